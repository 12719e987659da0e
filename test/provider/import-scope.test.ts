/** A hold by scope is imported by what it follows: `scope/<interval>?<arguments>`, with real terraform. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createGenesys, ProcessState } from '../../src/genesys';
import { parseScopeText, scopeText } from '../../src/provider/legalhold/import-scope';
import { startSimulator, type Simulator } from '../../src/simulator';
import { fastClock, seeded } from '../genesys/helpers';
import { MemoryStore, registersIn } from '../support/registers';
import { attach, type Attached } from './attached';

const HOLD = 'genesyscloud_compliance_legalhold';
const CASE = `${HOLD}.sms`;
const PLAIN = {
  interval: '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z',
  batch_interval: null,
  media_types: null,
  message_types: null,
  address_from: null,
  address_to: null,
  external_tag: null,
};

describe('the text of a scope', () => {
  test.each([
    [PLAIN, '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z'],
    [
      { ...PLAIN, interval: '2026-01-01T00:00:00Z/..', batch_interval: 'P1D', media_types: ['voice', 'message'] },
      '2026-01-01T00:00:00Z/..?batch_interval=P1D&media_types=message,voice',
    ],
    [
      { ...PLAIN, address_to: '+13175550100', external_tag: 'a,b & c=d "e" ${f} %{g} ?' },
      `2026-01-01T00:00:00Z/2026-02-01T00:00:00Z?address_to=%2B13175550100&external_tag=${encodeURIComponent('a,b & c=d "e" ${f} %{g} ?')}`,
    ],
  ])('is read as it was written: %#', (scope, text) => {
    expect(scopeText(scope)).toBe(text);
    const { scope: read, claim } = parseScopeText(text);
    expect(claim).toBeUndefined();
    expect(scopeText(read)).toBe(text);
    expect({ ...read, media_types: null }).toEqual({ ...scope, media_types: null });
  });

  test.each([
    ['', 'interval'],
    ['2026-01-01T00:00:00Z', 'interval'],
    ['2026-02-01T00:00:00Z/2026-01-01T00:00:00Z', 'end'],
    ['2026-01-01T00:00:00Z/..', 'needs batch_interval'],
    ['2026-01-01T00:00:00Z/..?batch_interval=daily', 'duration'],
    ['2026-01-01T00:00:00Z/..?batch=P1D', '"batch" is not an argument of a scope'],
    ['2026-01-01T00:00:00Z/2026-02-01T00:00:00Z?media_types=sms', 'media_types has "sms"'],
    ['2026-01-01T00:00:00Z/2026-02-01T00:00:00Z?message_types=SMS', 'lower case'],
    ['2026-01-01T00:00:00Z/2026-02-01T00:00:00Z?media_types=message&media_types=voice', 'given twice'],
    ['2026-01-01T00:00:00Z/2026-02-01T00:00:00Z?address_to=', 'has no value'],
    ['2026-01-01T00:00:00Z/2026-02-01T00:00:00Z?address_to=%ZZ', 'percent-encoded'],
    ['2026-01-01T00:00:00Z/2026-02-01T00:00:00Z?claim=17', 'not the id of a claim'],
  ])('is refused where it is wrong: %s', (text, why) => {
    expect(() => parseScopeText(text)).toThrow(why);
  });
});

describe('an import by scope', () => {
  let simulator: Simulator;
  let attached: Attached;
  let claim: string;
  const store = new MemoryStore();

  beforeAll(async () => {
    simulator = await startSimulator({ pendingMs: 10, rateLimitPerMinute: 1_000_000, seed: 'none' });
    simulator.seed({
      conversations: ['01-05', '01-12', '01-19', '02-03'].map((day) => ({ start: `2026-${day}T10:00:00Z` })),
    });
    const genesys = createGenesys(
      {
        clientId: simulator.env['GENESYSCLOUD_OAUTHCLIENT_ID'] ?? '',
        clientSecret: simulator.env['GENESYSCLOUD_OAUTHCLIENT_SECRET'] ?? '',
        region: 'us-east-1',
        gateway: { protocol: 'http', host: '127.0.0.1', port: Number(new URL(simulator.url).port) },
        requestsPerMinute: 1_000_000,
        retryTimeoutMs: 300_000,
        holdApi: 'auto',
      },
      { clock: fastClock(100), random: seeded(), state: new ProcessState() },
    );
    attached = await attach({ genesys, registers: registersIn(store) });
    attached.workspace.write(configuration(JANUARY));
    await attached.workspace.apply();
    claim = String((await attached.workspace.attributes(CASE))['claim_id']);
  });
  afterAll(async () => {
    await attached.close();
    await simulator.stop();
  });

  const loseState = () => {
    for (const file of ['terraform.tfstate', 'generated.tf']) {
      rmSync(join(attached.workspace.folder, file), { force: true });
    }
  };
  const configuration = (scope: string) => `
    resource "${HOLD}" "sms" {
      name                  = "Acme v. Example"
      external_reference_id = "M-17"
      scope                 = { ${scope} }
    }`;
  const JANUARY = 'interval = "2026-01-01T00:00:00Z/2026-02-01T00:00:00Z", media_types = ["message"]';
  const imports = (id: string) => `
    terraform {
      required_providers {
        compliance = { source = "terraform.local/genesyscloud/compliance" }
      }
    }
    import {
      provider = compliance
      to       = ${CASE}
      id       = "${id}"
    }`;

  test('the register has the scope of what is claimed', () => {
    const [written] = store.entries.filter(({ kind }) => kind === 'claim');
    expect(written?.['scope']).toBe('2026-01-01T00:00:00Z/2026-02-01T00:00:00Z?media_types=message');
  });

  const TEXT = '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z?media_types=message';

  test.each([
    ['scope', () => `scope/${TEXT}`],
    ['scope and claim', () => `scope/${TEXT}&claim=${claim}`],
    ['claim', () => `claim/${claim}`],
  ])('takes over what is held, by %s, and then the plan is empty', async (_, form) => {
    const { workspace } = attached;
    loseState();
    workspace.write(configuration(JANUARY));
    const imported = await workspace.run(['import', CASE, form()]);
    expect({ code: imported.code, said: imported.stderr }).toEqual({ code: 0, said: '' });
    expect(await workspace.attributes(CASE)).toMatchObject({
      name: 'Acme v. Example',
      external_reference_id: 'M-17',
      conversation_ids: null,
      conversation_count: 3,
      held_count: 3,
      scope_end: '2026-02-01T00:00:00.000Z',
    });
    expect(await workspace.actions()).toEqual({ [CASE]: 'update' });
    await workspace.apply();
    expect((await workspace.plan()).code).toBe(0);
    expect(await workspace.attributes(CASE)).toMatchObject({ claim_id: claim, held_count: 3 });
  });

  test('by an import block writes the scope into a generated configuration', async () => {
    const { workspace } = attached;
    loseState();
    workspace.writeWhole(imports(`scope/${TEXT}&claim=${claim}`));
    const generating = await workspace.plan('-generate-config-out=generated.tf');
    expect({ code: generating.code, said: generating.stderr }).toEqual({ code: 2, said: '' });
    const generated = readFileSync(join(workspace.folder, 'generated.tf'), 'utf8');
    expect(generated).toMatch(/interval += "2026-01-01T00:00:00Z\/2026-02-01T00:00:00Z"/);
    expect(generated).toMatch(/conversation_ids += null/);
    expect(await workspace.actions()).toEqual({ [CASE]: 'update' });
    await workspace.apply();
    expect((await workspace.plan()).code).toBe(0);
    expect(await workspace.attributes(CASE)).toMatchObject({ claim_id: claim, held_count: 3 });
  });

  test('the register knows the scope as it was applied last, and an import takes that', async () => {
    const { workspace } = attached;
    loseState();
    const wider = 'interval = "2026-01-01T00:00:00Z/..", batch_interval = "P7D", media_types = ["message"]';
    workspace.write(configuration(wider));
    expect((await workspace.run(['import', CASE, `claim/${claim}`])).code).toBe(0);
    // The state has the old scope, and the configuration a wider one.
    await workspace.apply();
    expect(await workspace.attributes(CASE)).toMatchObject({ held_count: 4, claim_id: claim });

    loseState();
    expect((await workspace.run(['import', CASE, `claim/${claim}`])).code).toBe(0);
    expect((await workspace.attributes(CASE))['scope']).toMatchObject({
      interval: '2026-01-01T00:00:00Z/..',
      batch_interval: 'P7D',
    });
    await workspace.apply();
    expect((await workspace.plan()).code).toBe(0);
  });

  test.each([
    ['scope/2026-01-01T00:00:00Z/..', 'needs batch_interval'],
    ['scope/2025-01-01T00:00:00Z/2025-02-01T00:00:00Z', 'There is no hold to import'],
    [
      'scope/2026-01-01T00:00:00Z/2026-02-01T00:00:00Z?claim=00000000-0000-4000-8000-000000000009',
      'There is no claim to import',
    ],
  ])('of nothing is refused: %s', async (form, why) => {
    const { workspace } = attached;
    loseState();
    workspace.write(configuration(JANUARY));
    const run = await workspace.run(['import', CASE, form]);
    expect(run.code).toBe(1);
    expect(run.stderr.replace(/[\s│╷╵]+/g, ' ')).toContain(why);
  });
});
