/** A module whose every argument is a variable: how most teams use a provider. */
import { createProviderServer } from '../../../src/framework';
import type { SchemaBlock } from '../../../src/plugin';
import { context } from '../../framework/support/driver';
import { complianceProvider } from '../../../src/provider';
import { attach, type Attached } from '../attached';
import { conversation, FakeGenesys, INTEGRATION } from '../fake-genesys';
import { errorsIn } from '../workspace';
import { NO_REGISTERS } from '../../support/registers';

const NEVER = () => {
  throw new Error('A schema asks nobody.');
};

interface Module {
  /** Of the resource; the data source and the provider have theirs, too. */
  readonly type: string;
  readonly hcl: string;
  readonly names: readonly string[];
}

const written = ({ hcl, names }: Module): string =>
  hcl + names.map((name) => `variable "${name}" {\n type = any\n default = null\n}\n`).join('');

/** A block in HCL with a variable for each argument, those of its blocks included. */
function moduleOf(type: string, header: string, block: SchemaBlock, prefix: string): Module {
  const names: string[] = [];
  const body = (inner: SchemaBlock, path: string): string =>
    [
      ...inner.attributes
        .filter(({ required, optional }) => required === true || optional === true)
        .map(({ name }) => {
          names.push(`${path}${name}`);
          return `${name} = var.${path}${name}`;
        }),
      ...inner.blockTypes.map(
        ({ typeName, block: nested }) => `${typeName} {\n${body(nested, `${path}${typeName}_`)}\n}`,
      ),
    ].join('\n');
  return { type, hcl: `${header} {\n${body(block, prefix)}\n}\n`, names };
}

describe('a module in which every argument is a variable', () => {
  let attached: Attached;
  let modules: readonly Module[];
  beforeAll(async () => {
    const server = createProviderServer(
      complianceProvider({
        version: '0.0.0-test',
        env: {},
        now: () => new Date(),
        connect: NEVER,
        deliveryProof: NEVER,
        liveSources: NEVER,
        openBucket: NEVER,
        journalFolder: '/nonexistent',
        registers: NO_REGISTERS,
      }),
    )();
    const schemas = await server.GetProviderSchema({}, context);
    modules = [
      moduleOf('provider', 'provider "genesyscloud"', schemas.provider.block, 'provider_'),
      ...[...schemas.resourceSchemas].map(([type, { block }]) =>
        moduleOf(type, `resource "${type}" "x"`, block, `${type}_`),
      ),
      ...[...schemas.dataSourceSchemas].map(([type, { block }]) =>
        moduleOf(`data.${type}`, `data "${type}" "x"`, block, `data_${type}_`),
      ),
    ];
    attached = await attach({ genesys: new FakeGenesys() });
    attached.workspace.write(modules.map(written).join(''));
  });
  afterAll(() => attached.close());

  test('is valid', async () => {
    const { code, text } = await attached.workspace.run(['validate']);
    expect({ code, text: code === 0 ? '' : text }).toEqual({ code: 0, text: '' });
  });

  test('plans with the values of those that are set, and names each required one that is null', async () => {
    const job = 'genesyscloud_recording_export_job';
    const hold = 'genesyscloud_compliance_legalhold';
    const values = {
      [`${job}_integration_id`]: INTEGRATION,
      [`${job}_interval`]: '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z',
      [`${job}_batch_interval`]: 'P7D',
      [`${hold}_conversation_ids`]: [conversation(1)],
      [`${hold}_name`]: 'Acme v. Example',
    };
    attached.workspace.write(
      modules
        .filter(({ type }) => type === job || type === hold)
        .map(written)
        .join(''),
    );
    attached.workspace.writeVariables(values);
    const planned = await attached.workspace.plan();
    expect({ code: planned.code, text: planned.code === 2 ? '' : planned.text }).toEqual({ code: 2, text: '' });

    attached.workspace.writeVariables({ ...values, [`${job}_integration_id`]: null, [`${hold}_name`]: null });
    const refused = await attached.workspace.plan();
    expect(refused.code).toBe(1);
    expect(errorsIn(refused).map((error) => error.split('\n')[0])).toEqual([
      'Missing required argument',
      'Missing required argument',
    ]);
    expect(refused.text).toContain('The argument "integration_id" is required');
    expect(refused.text).toContain('The argument "name" is required');
  });
});
