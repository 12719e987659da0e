/** `/api/v2/analytics/dataretention/settings`: the organization's maximum retention of interaction data. */
import { constraint } from './api-error';
import { actorOf, changesBetween } from './audit-log';
import { ok, type Route } from './exchange';
import { LEAST_MAXIMUM_DAYS } from './retention-rules';
import { jsonBody, onlyProperties, optionalWhole } from './validation';
import type { World } from '../world';

const PATH = '/api/v2/analytics/dataretention/settings';

export function dataRetentionRoutes(world: World): readonly Route[] {
  const answer = (): unknown => {
    const { maximumDays } = world.settings.retention;
    return maximumDays === null ? {} : { retentionDays: maximumDays };
  };
  return [
    { method: 'GET', path: PATH, any: ['analytics:dataRetention:view'], handle: () => ok(answer()) },
    {
      method: 'PUT',
      path: PATH,
      any: ['analytics:dataRetention:edit'],
      handle: (request) => {
        const body = jsonBody(request);
        onlyProperties(body, ['retentionDays'], 'UpdateAnalyticsDataRetentionRequest');
        const days = optionalWhole(body['retentionDays'], 'retentionDays');
        // It cannot be unset, so there is no way to say null.
        if (days === undefined || days < LEAST_MAXIMUM_DAYS) {
          throw constraint(`retentionDays: must be at least ${LEAST_MAXIMUM_DAYS}`);
        }
        world.audits.add({
          serviceName: 'AnalyticsReporting',
          action: 'Update',
          entityType: 'DataRetention',
          entities: [{ id: world.organizationId }],
          actor: actorOf(request),
          changes: changesBetween(
            { retentionDays: world.settings.retention.maximumDays ?? undefined },
            { retentionDays: days },
          ),
        });
        world.configure({ retention: { maximumDays: days } });
        return ok(answer());
      },
    },
  ];
}
