/** BYOC trunks: one registered and in service, one whose registration fails. They carry voice, never SMS. */
import { notFound } from './api-error';
import { Clock } from '../clock';
import { ok, type Route } from './exchange';
import { uuidOf } from '../ids';
import { numberedPage } from './paging';
import type { World } from '../world';

export interface TrunkRecord {
  readonly id: string;
  readonly baseId: string;
  readonly name: string;
  readonly registered: boolean;
  readonly proxy: string;
}

const EDGES = '/api/v2/telephony/providers/edges';
const ANY = ['telephony:plugin:all'];
const SINCE = Clock.iso(Date.parse('2026-01-01T06:00:00Z'));
const METABASE = 'external_sip_pcv_byoc_carrier.json';

export function trunks(): readonly TrunkRecord[] {
  return [
    { name: 'BYOC Carrier A', registered: true, proxy: 'sip-a.example.net:5061' },
    { name: 'BYOC Carrier B', registered: false, proxy: 'sip-b.example.net:5061' },
  ].map((trunk) => ({ ...trunk, id: uuidOf(`trunk ${trunk.name}`), baseId: uuidOf(`trunk base ${trunk.name}`) }));
}

export function trunkRoutes(world: World): readonly Route[] {
  const one = (id: string | undefined, key: 'id' | 'baseId', message: string): TrunkRecord => {
    const trunk = world.trunks.find((candidate) => candidate[key] === id);
    if (trunk === undefined) throw notFound('general.resource.not.found', message, id);
    return trunk;
  };
  return [
    {
      method: 'GET',
      path: `${EDGES}/trunks`,
      any: ANY,
      handle: ({ query, path }) => {
        const type = query.get('trunkType');
        const base = query.get('trunkBase.id');
        const found = world.trunks
          .filter(() => type === null || type === 'EXTERNAL')
          .filter((trunk) => base === null || trunk.baseId === base);
        return ok(numberedPage(found, query, path, present));
      },
    },
    {
      method: 'GET',
      path: `${EDGES}/trunks/metrics`,
      any: ANY,
      handle: ({ query }) => {
        const ids = (query.get('trunkIds') ?? '').split(',');
        return ok(world.trunks.filter((trunk) => ids.includes(trunk.id)).map((trunk) => metrics(world, trunk)));
      },
    },
    {
      method: 'GET',
      path: `${EDGES}/trunks/{trunkId}`,
      any: ANY,
      handle: ({ params }) => ok(present(one(params['trunkId'], 'id', 'Trunk ID not found.'))),
    },
    {
      method: 'GET',
      path: `${EDGES}/trunks/{trunkId}/metrics`,
      any: ANY,
      handle: ({ params }) =>
        ok(metrics(world, one(params['trunkId'], 'id', 'Unable to find the trunk metrics with that id.'))),
    },
    {
      method: 'GET',
      path: `${EDGES}/trunkswithrecording`,
      any: ANY,
      handle: () => ok({ enabledCount: world.trunks.length, disabledCount: 0 }),
    },
    {
      method: 'GET',
      path: `${EDGES}/trunkbasesettings`,
      any: ANY,
      handle: ({ query, path }) => {
        const name = query.get('name');
        const found = world.trunks.filter((trunk) => name === null || trunk.name === name);
        return ok(numberedPage(found, query, path, presentBase));
      },
    },
    {
      method: 'GET',
      path: `${EDGES}/trunkbasesettings/{trunkBaseSettingsId}`,
      any: ANY,
      handle: ({ params }) =>
        ok(
          presentBase(
            one(params['trunkBaseSettingsId'], 'baseId', 'Unable to find the trunk base settings with that id.'),
          ),
        ),
    },
  ];
}

function present(trunk: TrunkRecord): Record<string, unknown> {
  return {
    id: trunk.id,
    name: trunk.name,
    version: 1,
    state: 'active',
    trunkType: 'EXTERNAL',
    trunkBase: { id: trunk.baseId, name: trunk.name, selfUri: `${EDGES}/trunkbasesettings/${trunk.baseId}` },
    trunkMetabase: { id: METABASE, name: 'BYOC Carrier' },
    inService: trunk.registered,
    enabled: true,
    connectedStatus: { connected: trunk.registered, connectedStateTime: SINCE },
    optionsStatus: [
      { proxyAddress: trunk.proxy, optionState: trunk.registered, optionStateTime: SINCE, ...trouble(trunk) },
    ],
    registersStatus: [
      { proxyAddress: trunk.proxy, registerState: trunk.registered, registerStateTime: SINCE, ...trouble(trunk) },
    ],
    optionsEnabledStatus: 'ENABLED',
    registersEnabledStatus: 'ENABLED',
    family: 1,
    proxyAddressList: [trunk.proxy],
    selfUri: `${EDGES}/trunks/${trunk.id}`,
  };
}

function trouble(trunk: TrunkRecord): Record<string, unknown> {
  return trunk.registered
    ? {}
    : { errorInfo: { code: 'sip.403', text: 'The carrier answered 403 Forbidden to REGISTER.' } };
}

function metrics(world: World, trunk: TrunkRecord): Record<string, unknown> {
  return {
    eventTime: Clock.iso(world.clock.now()),
    trunk: { id: trunk.id, name: trunk.name, selfUri: `${EDGES}/trunks/${trunk.id}` },
    calls: { inboundCallCount: trunk.registered ? 3 : 0, outboundCallCount: 0 },
    qos: { mismatchCount: 0 },
  };
}

function presentBase(trunk: TrunkRecord): Record<string, unknown> {
  return {
    id: trunk.baseId,
    name: trunk.name,
    version: 1,
    state: 'active',
    trunkMetabase: { id: METABASE, name: 'BYOC Carrier' },
    trunkType: 'EXTERNAL',
    managed: false,
    properties: {
      trunk_transport_protocolVariant: { value: { instance: 'tls' } },
      trunk_transport_serverProxyList: { value: { instance: [trunk.proxy] } },
      trunk_recording_enabled: { value: { instance: true } },
    },
    selfUri: `${EDGES}/trunkbasesettings/${trunk.baseId}`,
  };
}
