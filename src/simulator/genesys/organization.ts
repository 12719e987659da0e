/** The organization itself and its recording settings. */
import { actorOf, changesBetween } from './audit-log';
import { ok, type Route } from './exchange';
import { jsonBody, onlyProperties } from './validation';
import type { World } from '../world';

const SETTINGS = '/api/v2/recording/settings';

export function organizationRoutes(world: World): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v2/organizations/me',
      handle: () =>
        ok({
          id: world.organizationId,
          name: world.settings.organizationName,
          defaultLanguage: 'en-us',
          defaultCountryCode: 'US',
          thirdPartyOrgName: 'simulated-organization',
          domain: 'simulated-organization',
          version: 1,
          state: 'active',
          voicemailEnabled: false,
          productPlatform: 'GenesysCloud',
          selfUri: `/api/v2/organizations/${world.organizationId}`,
          features: {},
        }),
    },
    { method: 'GET', path: SETTINGS, handle: () => ok(world.recordingSettings) },
    {
      method: 'PUT',
      path: SETTINGS,
      any: [
        'recording:settings:editScreenRecordings',
        'recording:settings:editRegionalStorage',
        'recording:settings:editUrlExpiration',
      ],
      handle: (request) => {
        const body = jsonBody(request);
        onlyProperties(
          body,
          [...Object.keys(world.recordingSettings), 'stopRecordingWhenOnlyExternalParticipants'],
          'RecordingSettings',
        );
        const before = world.recordingSettings;
        world.recordingSettings = { ...before, ...body };
        world.audits.add({
          serviceName: 'Quality',
          action: 'Update',
          entityType: 'RecordingSettings',
          entities: [{ id: world.organizationId }],
          actor: actorOf(request),
          changes: changesBetween(before, world.recordingSettings),
        });
        return ok(world.recordingSettings);
      },
    },
  ];
}
