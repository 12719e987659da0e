/**
 * Modules are validated and planned before their variables and what they refer to are known. Whatever may still turn out
 * right is accepted: the property holds for every argument of the provider, its resources and data sources.
 */
import fc from 'fast-check';
import { createProviderServer, UNKNOWN, type Value } from '../../src/framework';
import { encodeMsgpack, type ProviderServer, type Rpcs, type SchemaBlock } from '../../src/plugin';
import { complianceProvider } from '../../src/provider';
import { context, recordingLog } from '../framework/support/driver';
import { impliedType, proposedNew } from '../framework/support/core';
import { NO_REGISTERS } from '../support/registers';

type Obj = { readonly [name: string]: Value };

const NEVER = () => {
  throw new Error('Nothing is asked while something is unknown.');
};

function makeServer(): ProviderServer {
  return createProviderServer(
    complianceProvider({
      version: '0.0.0-test',
      env: {},
      now: () => new Date('2026-06-01T00:00:00Z'),
      connect: NEVER,
      deliveryProof: NEVER,
      liveSources: NEVER,
      openBucket: NEVER,
      journalFolder: '/nonexistent',
      registers: NO_REGISTERS,
    }),
    { log: recordingLog() },
  )();
}

const UUID = '11111111-1111-4111-8111-111111111111';
const INTERVAL = '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z';

/** Configurations that are right, with as many arguments as can stand together. */
const RIGHT: Readonly<Record<'resource' | 'data' | 'provider', readonly (readonly [type: string, config: Obj])[]>> = {
  resource: [
    [
      'genesyscloud_recording_export_job',
      {
        integration_id: UUID,
        interval: INTERVAL,
        batch_interval: 'P7D',
        media_types: ['voice'],
        address_from: '+13175550100',
        address_to: '+13175550101',
        external_tag: 'acme',
        include_metadata: true,
        include_screen_recordings: true,
        include_recordings_with_sensitive_data: true,
        action_date: '2026-03-01T00:00:00Z',
        wait_for: 'fulfilled',
        destination: { bucket: 'recordings', prefix: 'p', region: 'eu-central-1', endpoint: 'https://s3.example.com' },
        timeouts: { create: '1h', read: '1h', update: '1h', delete: '1h' },
      },
    ],
    [
      'genesyscloud_recording_export_job',
      {
        integration_id: UUID,
        conversation_ids: [UUID],
        media_types: ['message'],
        message_types: ['sms'],
        action_age: 3,
      },
    ],
    [
      'genesyscloud_compliance_legalhold',
      {
        name: 'Acme v. Example',
        export_job_id: UUID,
        external_reference_id: 'MATTER-2026-0017',
        reason: 'Litigation',
        requested_by: 'legal@example.com',
        hold_api: 'compliance',
        release_on_destroy: false,
        timeouts: { create: '1h', read: '1h', update: '1h', delete: '1h' },
      },
    ],
    ['genesyscloud_compliance_legalhold', { name: 'Acme v. Example', conversation_ids: [UUID] }],
    [
      'genesyscloud_compliance_object_hold',
      {
        export_job_id: UUID,
        bucket: 'recordings',
        prefix: 'p/',
        region: 'eu-central-1',
        endpoint: 'https://s3.example.com',
        tags: new Map([['matter', 'M-17']]),
        object_lock_legal_hold: true,
        engine: 'batch_operations',
        batch_operations: {
          role_arn: 'arn:aws:iam::123456789012:role/hold',
          report_bucket: 'reports',
          report_prefix: 'p/',
          threshold: 1000,
          checksums: true,
        },
        journal_dir: '/var/lib/journals',
        release_on_destroy: false,
        timeouts: { create: '1h', read: '1h', update: '1h', delete: '1h' },
      },
    ],
    [
      'genesyscloud_compliance_object_hold',
      { bucket: 'recordings', prefix: 'p/', object_lock_legal_hold: false, tags: new Map([['matter', 'M-17']]) },
    ],
  ],
  data: [
    ['genesyscloud_recording_export_job', { job_ids: [UUID] }],
    [
      'genesyscloud_compliance_preflight',
      {
        role_arn: 'arn:aws:iam::123456789012:role/export',
        tagging_role_arn: 'arn:aws:iam::123456789012:role/tag',
        hold_role_arn: 'arn:aws:iam::123456789012:role/hold',
        bucket: 'recordings',
        prefix: 'p',
        integration_id: UUID,
        interval: INTERVAL,
        media_types: ['message'],
        message_types: ['sms'],
        batch_interval: 'P7D',
        trunk_ids: [UUID],
        protected_conversations: 3,
      },
    ],
    ['genesyscloud_compliance_preflight', { conversation_ids: [UUID] }],
  ],
  provider: [
    [
      '',
      {
        oauthclient_id: 'client',
        oauthclient_secret: 'secret',
        aws_region: 'eu-central-1',
        requests_per_minute: 60,
        retry_timeout: '5m',
        hold_api: 'auto',
        external_reference_id_pattern: '^M-\\d+$',
        gateway: {
          protocol: 'https',
          host: 'gateway.example.com',
          port: 443,
          path_params: [{ path_name: 'api', path_value: 'genesys' }],
          auth: { username: 'me', password: 'gateway-password' },
        },
        proxy: {
          protocol: 'http',
          host: 'proxy.example.com',
          port: 3128,
          auth: { username: 'me', password: 'proxy-password' },
        },
      },
    ],
    ['', { access_token: 'token', aws_region: 'eu-central-1' }],
  ],
};

/** An object with null, or no blocks, for what is not given; whole, and in its single blocks and nested objects. */
function whole(block: SchemaBlock, given: Obj): Obj {
  const attributes = block.attributes.map(({ name }): [string, Value] => [name, given[name] ?? null]);
  const blocks = block.blockTypes.map(({ typeName, nesting, block: inner }): [string, Value] => {
    const value = given[typeName] ?? (nesting === 1 ? null : []);
    if (Array.isArray(value)) return [typeName, value.map((each) => whole(inner, each as Obj))];
    return [typeName, value === null ? null : whole(inner, value as Obj)];
  });
  return Object.fromEntries([...attributes, ...blocks]);
}

/** Every place of a value that can be unknown, as paths; those inside of objects included. */
function places(value: Value, path: readonly string[] = []): readonly (readonly string[])[] {
  if (value === null || typeof value !== 'object' || value instanceof Map) return [path];
  const inner = Object.entries(value).flatMap(([name, each]) => places(each as Value, [...path, name]));
  return path.length === 0 ? inner : [path, ...inner];
}

/** Core never sends a nested block as unknown where it stands in the configuration; its arguments can be. */
function replaced(value: Value, paths: readonly string[], by: Value, path = ''): Value {
  if (paths.includes(path)) return by;
  if (value === null || typeof value !== 'object' || value instanceof Map) return value;
  const entries = Object.entries(value).map(([name, each]): [string, Value] => [
    name,
    replaced(each as Value, paths, by, path === '' ? name : `${path}.${name}`),
  ]);
  return Array.isArray(value) ? entries.map(([, each]) => each) : Object.fromEntries(entries);
}

describe('a right configuration of which any part is not known yet', () => {
  let server: ProviderServer;
  let schemas: Rpcs['GetProviderSchema']['response'];
  beforeAll(async () => {
    server = makeServer();
    schemas = await server.GetProviderSchema({}, context);
  });

  const blockOf = (role: keyof typeof RIGHT, type: string): SchemaBlock => {
    const found =
      role === 'provider'
        ? schemas.provider
        : (role === 'data' ? schemas.dataSourceSchemas : schemas.resourceSchemas).get(type);
    if (found === undefined) throw new Error(`no schema of ${type}`);
    return found.block;
  };
  const validate = async (role: keyof typeof RIGHT, typeName: string, config: Obj): Promise<readonly string[]> => {
    const wire = { msgpack: encodeMsgpack(config, impliedType(blockOf(role, typeName))) };
    const { diagnostics } =
      role === 'provider'
        ? await server.ValidateProviderConfig({ config: wire }, context)
        : role === 'data'
          ? await server.ValidateDataResourceConfig({ typeName, config: wire }, context)
          : await server.ValidateResourceConfig(
              {
                typeName,
                config: wire,
                clientCapabilities: { deferralAllowed: false, writeOnlyAttributesAllowed: true },
              },
              context,
            );
    return (diagnostics ?? []).map(({ summary, detail }) => `${summary}: ${detail}`);
  };

  const cases = (['resource', 'data', 'provider'] as const).flatMap((role) =>
    RIGHT[role].map(([type, config], index) => ({ role, type, config, name: `${role} ${type} (${index})` })),
  );

  test.each(cases)('is accepted by validate: $name', async ({ role, type, config }) => {
    expect(await validate(role, type, whole(blockOf(role, type), config))).toEqual([]);
    const blocks = blockOf(role, type).blockTypes.map(({ typeName }) => typeName);
    const all = places(config)
      .map((path) => path.join('.'))
      .filter((path) => !blocks.includes(path) && !/^gateway\.(path_params(\.0)?|auth)$|^proxy\.auth$/.test(path));
    await fc.assert(
      fc.asyncProperty(fc.subarray(all), async (unknown) => {
        const seen = replaced(config, unknown, UNKNOWN) as Obj;
        expect(await validate(role, type, whole(blockOf(role, type), seen))).toEqual([]);
      }),
      { numRuns: 60, seed: 17 },
    );
  });

  test.each(cases)(
    'is accepted by validate with every other argument unknown: $name',
    async ({ role, type, config }) => {
      const block = blockOf(role, type);
      const rest = Object.fromEntries(
        block.attributes
          .filter(({ required, optional }) => required === true || optional === true)
          .map(({ name }): [string, Value] => [name, config[name] ?? UNKNOWN]),
      );

      expect(await validate(role, type, whole(block, { ...config, ...rest }))).toEqual([]);
      const none = Object.fromEntries(Object.keys(rest).map((name): [string, Value] => [name, UNKNOWN]));
      expect(await validate(role, type, whole(block, none))).toEqual([]);
    },
  );

  test.each(cases.filter(({ role }) => role === 'resource'))(
    'is accepted by a plan: $name',
    async ({ type, config }) => {
      const block = blockOf('resource', type);
      const cty = impliedType(block);
      const all = places(config).map((path) => path.join('.'));
      await fc.assert(
        fc.asyncProperty(fc.subarray(all.filter((path) => !path.startsWith('timeouts'))), async (unknown) => {
          const seen = whole(block, replaced(config, unknown, UNKNOWN) as Obj);
          const { diagnostics } = await server.PlanResourceChange(
            {
              typeName: type,
              priorState: { msgpack: encodeMsgpack(null, cty) },
              proposedNewState: { msgpack: encodeMsgpack(proposedNew(block, null, seen), cty) },
              config: { msgpack: encodeMsgpack(seen, cty) },
              priorPrivate: new Uint8Array(),
            },
            context,
          );
          const errors = (diagnostics ?? []).filter(({ severity }) => severity === 1);
          expect(errors.map(({ summary, detail }) => `${summary}: ${detail}`)).toEqual([]);
        }),
        { numRuns: 60, seed: 17 },
      );
    },
  );
});
