/** The S3 recording bulk actions integration: type, instance, configuration, state. */
import { ApiError, notFound } from './api-error';
import { actorOf, changesBetween, type PropertyChange } from './audit-log';
import { Clock } from '../clock';
import { ok, type ApiRequest, type Route } from './exchange';
import { numberedPage } from './paging';
import { jsonBody, object, oneOf, onlyProperties, optionalWhole, text, uuidParameter } from './validation';
import type { World } from '../world';

export interface IntegrationRecord {
  readonly id: string;
  readonly typeId: string;
  name: string;
  notes: string;
  intendedState: 'ENABLED' | 'DISABLED';
  version: number;
  /** Where exports go: the property `bucket` of the configuration. */
  bucket: string;
  properties: Record<string, unknown>;
  advanced: Record<string, unknown>;
  credentials: Record<string, unknown>;
}

/** Named so in the description of the recording policies' export action; property names are not public. */
const TYPE_ID = 'aws-s3-recording-bulk-actions-integration';
const VIEW = ['integrations:integration:view'];
const EDIT = ['integrations:integration:edit'];
const UPDATED = Date.parse('2026-01-01T00:00:00Z');

export const DEFAULT_INTEGRATION: IntegrationRecord = {
  id: '7a6b5c4d-3e2f-4a1b-9c0d-8e7f6a5b4c3d',
  typeId: TYPE_ID,
  name: 'AWS S3 Recording Bulk Actions',
  notes: '',
  intendedState: 'ENABLED',
  version: 1,
  bucket: 'genesys-recordings',
  properties: { bucket: 'genesys-recordings', region: 'us-east-1' },
  advanced: {},
  credentials: {},
};

export function integrationRoutes(world: World): readonly Route[] {
  const path = '/api/v2/integrations';
  return [
    {
      method: 'GET',
      path,
      any: VIEW,
      handle: ({ query, path: at }) => ok(numberedPage(filtered(world, query), query, at, present)),
    },
    {
      method: 'GET',
      path: `${path}/types`,
      any: VIEW,
      handle: ({ query, path: at }) => ok(numberedPage([TYPE_ID], query, at, presentType)),
    },
    { method: 'GET', path: `${path}/types/{typeId}`, any: VIEW, handle: (request) => ok(typeOf(request)) },
    {
      method: 'GET',
      path: `${path}/{integrationId}`,
      any: VIEW,
      handle: (request) => ok(present(recordOf(world, request))),
    },
    { method: 'PATCH', path: `${path}/{integrationId}`, any: EDIT, handle: (request) => ok(patch(world, request)) },
    {
      method: 'GET',
      path: `${path}/{integrationId}/config/current`,
      any: VIEW,
      handle: (request) => ok(configuration(recordOf(world, request))),
    },
    {
      method: 'PUT',
      path: `${path}/{integrationId}/config/current`,
      any: EDIT,
      handle: (request) => ok(configure(world, request)),
    },
  ];
}

function filtered(world: World, query: URLSearchParams): readonly IntegrationRecord[] {
  const ids = query.getAll('ids').flatMap((value) => value.split(','));
  const type = query.get('integrationType');
  return [...world.integrations.values()]
    .filter((one) => ids.length === 0 || ids.includes(one.id))
    .filter((one) => type === null || one.typeId === type);
}

function recordOf(world: World, request: ApiRequest): IntegrationRecord {
  const id = uuidParameter(request, 'integrationId');
  const record = world.integrations.get(id);
  if (record === undefined) throw notFound('not.found', `There is no integration with the id [${id}].`, id);
  return record;
}

function patch(world: World, request: ApiRequest): unknown {
  const record = recordOf(world, request);
  const body = jsonBody(request);
  const before = { intendedState: record.intendedState };
  record.intendedState = oneOf(body['intendedState'], ['ENABLED', 'DISABLED'], 'intendedState');
  audit(world, request, record, changesBetween(before, { intendedState: record.intendedState }));
  return present(record);
}

function configure(world: World, request: ApiRequest): unknown {
  const record = recordOf(world, request);
  const body = jsonBody(request);
  onlyProperties(
    body,
    ['id', 'name', 'version', 'properties', 'advanced', 'notes', 'credentials', 'selfUri'],
    'IntegrationConfiguration',
  );
  if (optionalWhole(body['version'], 'version') !== record.version) {
    throw new ApiError(409, 'version.conflict', 'Integration configuration update failed due to version conflict.', {
      entityId: record.id,
    });
  }
  const before = shownProperties(record);
  const properties = object(body['properties'], 'properties');
  record.name = text(body['name'], 'name');
  record.notes = text(body['notes'], 'notes');
  record.advanced = { ...object(body['advanced'], 'advanced') };
  record.credentials = { ...object(body['credentials'], 'credentials') };
  record.properties = { ...properties };
  record.bucket = text(properties['bucket'], 'properties.bucket');
  record.version += 1;
  audit(world, request, record, changesBetween(before, shownProperties(record)));
  return configuration(record);
}

function audit(
  world: World,
  request: ApiRequest,
  { id, name }: IntegrationRecord,
  changes: readonly PropertyChange[],
): void {
  world.audits.add({
    serviceName: 'Integrations',
    action: 'Update',
    entityType: 'Integration',
    entities: [{ id, name }],
    actor: actorOf(request),
    changes,
  });
}

/** Without credentials. */
function shownProperties({ name, notes, properties }: IntegrationRecord): Record<string, unknown> {
  return { name, notes, ...properties };
}

function present(record: IntegrationRecord): Record<string, unknown> {
  const enabled = record.intendedState === 'ENABLED';
  return {
    id: record.id,
    name: record.name,
    integrationType: presentType(record.typeId),
    notes: record.notes,
    intendedState: record.intendedState,
    reportedState: {
      code: enabled ? 'ACTIVE' : 'INACTIVE',
      effective: enabled ? 'Active' : 'Inactive',
      lastUpdated: Clock.iso(UPDATED),
    },
    config: { current: configuration(record) },
    attributes: {},
    selfUri: `/api/v2/integrations/${record.id}`,
  };
}

function configuration(record: IntegrationRecord): Record<string, unknown> {
  return {
    id: record.id,
    name: record.name,
    version: record.version,
    properties: record.properties,
    advanced: record.advanced,
    notes: record.notes,
    credentials: record.credentials,
    selfUri: `/api/v2/integrations/${record.id}/config/current`,
  };
}

function typeOf(request: ApiRequest): unknown {
  const id = request.params['typeId'] ?? '';
  if (id !== TYPE_ID) throw notFound('not.found', `There is no integration type with the id [${id}].`, id);
  return presentType(id);
}

function presentType(id: string): Record<string, unknown> {
  return {
    id,
    name: 'AWS S3 Recording Bulk Actions',
    category: 'Recording',
    credentials: {},
    maxInstances: 10,
    selfUri: `/api/v2/integrations/types/${id}`,
  };
}
