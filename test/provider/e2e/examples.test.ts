import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  createProviderServer,
  s,
  schema,
  startServer,
  type DataSourceDefinition,
  type ProviderDefinition,
} from '../../../src/framework';
import { attach, type Attached } from '../attached';
import { conversation, FakeGenesys, INTEGRATION } from '../fake-genesys';
import { Workspace } from '../workspace';

const EXAMPLES = resolve(__dirname, '../../../examples/hcl');
const read = (name: string): string => readFileSync(join(EXAMPLES, name, 'main.tf'), 'utf8');

/** As much of the official provider as the example uses. */
const integrations = schema({
  description: 'Stand-in.',
  attributes: {
    name: s.string({ required: true, description: 'Name.' }),
    id: s.string({ computed: true, description: 'Id.' }),
  },
});
const integration: DataSourceDefinition<typeof integrations, object> = {
  type: 'genesyscloud_integration',
  schema: integrations,
  read: ({ config }) => Promise.resolve({ name: config.name, id: INTEGRATION }),
};
const nothing = schema({ description: 'Stand-in.', attributes: {} });
const official: ProviderDefinition<typeof nothing, object> = {
  schema: nothing,
  version: '0.0.0',
  configure: () => ({}),
  resources: [],
  dataSources: [integration],
  functions: [],
};

describe('the examples', () => {
  let genesys: FakeGenesys;
  let attached: Attached;
  beforeEach(async () => {
    genesys = new FakeGenesys();
    attached = await attach({ genesys });
  });
  afterEach(() => attached.close());

  test('are formatted', () => {
    const { status, stdout } = spawnSync('terraform', ['fmt', '-check', '-recursive', EXAMPLES], { encoding: 'utf8' });

    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });

  test('are all tried here', () => {
    expect(readdirSync(EXAMPLES).sort()).toEqual(['basic', 'beside-official-provider', 'checked', 'rolling']);
  });

  test('basic exports and holds', async () => {
    const { workspace } = attached;
    workspace.writeWhole(read('basic'));

    const applied = await workspace.apply('-var', `integration_id=${INTEGRATION}`);

    expect(applied.stdout).toMatch(/"status" = "active"/);
    expect((await workspace.plan('-var', `integration_id=${INTEGRATION}`)).code).toBe(0);
  });

  test('beside the official provider this one goes by another local name', async () => {
    const server = await startServer(createProviderServer(official), {
      address: 'registry.terraform.io/mypurecloud/genesyscloud',
    });
    const both = JSON.stringify({ ...JSON.parse(attached.reattach), ...JSON.parse(server.reattach) });
    const workspace = Workspace.attached(both);
    try {
      workspace.writeWhole(read('beside-official-provider'));
      const applied = await workspace.apply();

      expect(applied.stdout).toContain('"2026-01-29T00:00:00.000Z/2026-01-31T00:00:00.000Z"');
      expect(genesys.protectedIds.size).toBe(3);
      expect((await workspace.plan()).code).toBe(0);
    } finally {
      await server.close();
      workspace.remove();
    }
  });

  test('rolling holds what is in scope without any export', async () => {
    const { workspace } = attached;
    workspace.writeWhole(read('rolling'));

    const applied = await workspace.apply('-var', 'from=2026-01-01');

    expect(applied.stdout).toContain('"conversations" = 3');
    expect(genesys.protectedIds.size).toBe(3);
    expect(genesys.jobs.size).toBe(0);
    expect((await workspace.plan('-var', 'from=2026-01-01')).code).toBe(0);
  });

  test('checked fails an apply that holds only a part, keeps what is held, and tells of what was released', async () => {
    const { workspace } = attached;
    const ids = ['-var', `conversation_ids=["${conversation(1)}","${conversation(2)}"]`];
    genesys.refused.set(conversation(2), { conversationId: conversation(2), code: 'full', message: 'No room.' });
    workspace.writeWhole(read('checked'));

    const partly = await workspace.run(['apply', '-auto-approve', ...ids]);
    expect(partly.code).toBe(1);
    expect(partly.text).toContain('1 conversations are not held, see gaps');
    expect(workspace.stateText()).not.toContain('tainted');

    genesys.refused.clear();
    await workspace.apply(...ids);
    genesys.release(conversation(1));
    expect((await workspace.plan('-refresh-only', ...ids)).text).toContain(
      'conversations of the hold are not held, see gaps',
    );
  });
});
