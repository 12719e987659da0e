/** A hold belongs to a matter: claims in a register that two states share. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MemoryStore, registersIn } from '../support/registers';
import { attach, CREDENTIALS, type Attached } from './attached';
import { conversation, FakeGenesys, INTEGRATION } from './fake-genesys';

const HOLD = 'genesyscloud_compliance_legalhold.case';
const CONSENT = 'release_on_destroy = true\nrelease_reason = "settled"';

const ids = (...numbers: readonly number[]) => `[${numbers.map((n) => `"${conversation(n)}"`).join(', ')}]`;

const hold = (name: string, list: string, more = '') => `
resource "genesyscloud_compliance_legalhold" "case" {
  name             = "${name}"
  conversation_ids = ${list}
  ${more}
}
`;

let genesys: FakeGenesys;
let store: MemoryStore;
let open: Attached[];

beforeEach(() => {
  genesys = new FakeGenesys();
  store = new MemoryStore();
  open = [];
});
afterEach(() => Promise.all(open.map((attached) => attached.close())));

/** A machine with a state of its own; all share the register, unless they are given another. */
async function machine(env: Readonly<Record<string, string>> = {}, registers = registersIn(store)): Promise<Attached> {
  const one = await attach({
    genesys,
    env: { ...CREDENTIALS, GENESYSCLOUD_COMPLIANCE_REGISTER: 's3://holds', ...env },
    registers,
  });
  open.push(one);
  return one;
}

const held = () => [...genesys.protectedIds].sort();
const kinds = () => store.entries.map(({ kind }) => kind);
const destroy = ({ workspace }: Attached) => workspace.run(['destroy', '-auto-approve']);
const apply = ({ workspace }: Attached) => workspace.run(['apply', '-auto-approve']);
const stateOf = ({ workspace }: Attached) => join(workspace.folder, 'terraform.tfstate');

/** Holds these conversations from a machine of its own, ready to be released. */
async function matter(name: string, list: string): Promise<Attached> {
  const one = await machine();
  one.workspace.write(hold(name, list, CONSENT));
  await one.workspace.apply();
  return one;
}

const unreachable = (): never => {
  throw Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO', syscall: 'read' });
};

describe('a new hold', () => {
  test('is claimed before it is set, and noted as held when it was seen', async () => {
    const one = await machine();
    one.workspace.write(hold('Matter A', ids(1, 2)));
    let claimedFirst = false;
    genesys.onProtect = () => (claimedFirst = kinds().includes('claim'));

    await one.workspace.apply();

    expect(claimedFirst).toBe(true);
    expect(kinds()).toEqual(['open', 'claim', 'held']);
    const { claim_id: claim, register_id: register } = await one.workspace.attributes(HOLD);
    expect(store.entries[0]).toMatchObject({ register });
    expect(store.entries[1]).toMatchObject({
      claim,
      key: { matter: 'Matter A', holdApi: 'deletion_protection', organization: genesys.organization },
    });
    expect((await one.workspace.plan()).code).toBe(0);
    expect((await one.workspace.plan('-refresh-only')).code).toBe(0);
  });

  test('is looked at twice for each hundred, and set once', async () => {
    const one = await machine();
    one.workspace.write(hold('Matter A', ids(...Array.from({ length: 250 }, (_, n) => n))));

    await one.workspace.apply();

    // The second look is a part of `protect`.
    expect(genesys.calls.filter((call) => /^status (100|50)$/.test(call))).toHaveLength(3);
  });

  test('of the same matter and name is refused with the import that takes it over', async () => {
    const one = await matter('Matter A', ids(1, 2));
    const { claim_id: claim } = await one.workspace.attributes(HOLD);
    const two = await machine();
    two.workspace.write(hold('Matter A', ids(1, 2)));

    const run = await apply(two);

    expect(run.code).toBe(1);
    expect(run.text).toContain('Another hold has this claim');
    expect(run.text).toContain(`claim/${String(claim)}`);
  });

  test('carries on the claim of an apply that was killed before it held anything', async () => {
    const one = await machine();
    one.workspace.write(hold('Matter A', ids(1, 2)));
    genesys.onProtect = () => {
      throw new Error('killed');
    };
    expect((await apply(one)).code).toBe(1);
    expect(kinds()).toEqual(['open', 'claim']);
    genesys.onProtect = () => undefined;

    await one.workspace.apply();

    expect(kinds()).toEqual(['open', 'claim', 'held']);
    expect(held()).toHaveLength(2);
  });
});

describe('two matters over the same conversations', () => {
  test.each([
    ['the first made is released first', [0, 1]],
    ['the last made is released first', [1, 0]],
  ])('%s: a release lifts only what the other does not need, the last one lifts all', async (_words, [first, last]) => {
    const matters = [await matter('Matter A', ids(1, 2, 3)), await matter('Matter B', ids(3, 4))] as const;
    const [one, other] = [matters[first as 0], matters[last as 1]];
    const before = held().length;

    const plan = await one.workspace.run(['plan', '-destroy']);
    const [all, lifts] = first === 0 ? [3, 2] : [2, 1];
    expect(plan.text).toContain(`releases ${lifts} of ${all}; 1 stays held for 1 other claim.`);
    expect(plan.text).not.toContain(first === 0 ? 'Matter B' : 'Matter A');
    expect((await destroy(one)).code).toBe(0);

    expect(held()).toHaveLength(before - lifts);
    expect((await other.workspace.plan()).code).toBe(0);
    expect((await destroy(other)).code).toBe(0);
    expect(held()).toEqual([]);
    expect(kinds().filter((kind) => kind === 'done')).toHaveLength(2);
  });

  test('are shown by name where the provider block allows it', async () => {
    await matter('Matter B', ids(1));
    const one = await machine();
    one.workspace.write(`provider "genesyscloud" {\n  show_matters = true\n}\n${hold('Matter A', ids(1), CONSENT)}`);
    await one.workspace.apply();

    expect((await one.workspace.run(['plan', '-destroy'])).text).toContain('"Matter B" (claim ');
  });

  test('what falls out of scope stays held for the other', async () => {
    const one = await matter('Matter A', ids(1, 2, 3));
    const other = await matter('Matter B', ids(3));
    one.workspace.write(hold('Matter A', ids(1), CONSENT));

    expect((await one.workspace.plan()).text).toContain('The apply releases 1 of 2; 1 stays held for 1 other claim.');
    await one.workspace.apply();

    expect(held()).toEqual([conversation(1), conversation(3)]);
    expect((await one.workspace.plan()).code).toBe(0);
    expect((await other.workspace.plan()).code).toBe(0);
    expect((await destroy(one)).code).toBe(0);
    expect(held()).toEqual([conversation(3)]);
  });
});

describe('what was held before', () => {
  test('stays held, and the plan says so', async () => {
    genesys.protectedIds.add(conversation(1));
    const one = await matter('Matter A', ids(1, 2));

    expect((await one.workspace.run(['plan', '-destroy'])).text).toContain(
      'releases 1 of 2; 1 stays held because it was held before this hold came.',
    );
    const run = await destroy(one);

    expect(run.code).toBe(0);
    expect(run.text).toContain('released 1; 1 stays held because it was held before this hold came.');
    expect(held()).toEqual([conversation(1)]);
  });
});

describe('a renamed hold', () => {
  test('is another claim over the same, in one entry, and lifts nothing', async () => {
    const one = await matter('Matter A', ids(1, 2));
    one.workspace.write(hold('Matter A2', ids(1, 2), CONSENT));

    await one.workspace.apply();

    expect(held()).toHaveLength(2);
    expect(store.entries.filter(({ kind }) => kind === 'claim')[1]).toMatchObject({
      key: { matter: 'Matter A2', name: 'Matter A2' },
      replaces: expect.objectContaining({ reason: expect.stringContaining('Renamed') as string }) as object,
    });
    expect((await one.workspace.plan()).code).toBe(0);
    expect((await destroy(one)).code).toBe(0);
    expect(held()).toEqual([]);
  });
});

describe('a register that cannot be used', () => {
  test('does not keep a new hold from being set: it is red until the next apply has claimed it', async () => {
    const one = await machine();
    one.workspace.write(hold('Matter A', ids(1, 2), CONSENT));
    store.reach = unreachable;

    const run = await one.workspace.apply();

    expect(held()).toHaveLength(2);
    expect(run.text).toContain('Hold is not in the register');
    expect(run.text).toContain('the release of another hold does not spare these conversations');
    expect(await one.workspace.attributes(HOLD)).toMatchObject({
      status: 'incomplete',
      held_count: 2,
      claim_id: null,
      gaps: [{ kind: 'unregistered', id: 'claim' }],
    });

    store.reach = () => undefined;
    expect((await one.workspace.plan()).code).toBe(2);
    await one.workspace.apply();
    expect(await one.workspace.attributes(HOLD)).toMatchObject({ status: 'active', gap_count: 0 });
    expect((await one.workspace.plan()).code).toBe(0);
    expect((await destroy(one)).code).toBe(0);
    expect(held()).toEqual([]);
  });

  test('keeps apart what was held before, until that can be claimed', async () => {
    genesys.protectedIds.add(conversation(1));
    const one = await machine();
    one.workspace.write(hold('Matter A', ids(1, 2), CONSENT));
    store.reach = unreachable;
    await one.workspace.apply();
    store.reach = () => undefined;
    await one.workspace.apply();

    await destroy(one);

    expect(held()).toEqual([conversation(1)]);
  });

  test('lets a refresh continue with a warning, and refuses a release', async () => {
    const one = await matter('Matter A', ids(1, 2));
    store.reach = unreachable;

    const plan = await one.workspace.plan();
    expect(plan.code).toBe(0);
    expect(plan.text).toContain('Register could not be read');
    expect(plan.text).toContain('its claim was not compared');

    const refused = await one.workspace.run(['plan', '-destroy']);
    expect(refused.code).toBe(1);
    expect(refused.text).toContain('Release refused: what other matters claim is unknown');
    expect((await destroy(one)).code).toBe(1);
    expect(held()).toHaveLength(2);
  });

  test('lets a claimed hold be repaired, and says that growth is not claimed', async () => {
    const one = await matter('Matter A', ids(1, 2));
    genesys.release(conversation(1));
    store.reach = unreachable;
    await one.workspace.apply();
    expect(held()).toHaveLength(2);
    expect(await one.workspace.attributes(HOLD)).toMatchObject({ status: 'active' });

    one.workspace.write(hold('Matter A', ids(1, 2, 3), CONSENT));
    const run = await apply(one);
    expect(run.code).toBe(1);
    expect(held()).toHaveLength(3);
    expect(run.text).toContain('unregistered');

    store.reach = () => undefined;
    await one.workspace.apply();
    expect((await one.workspace.plan()).code).toBe(0);
    await destroy(one);
    expect(held()).toEqual([]);
  });

  const TORN = 'e/0000000002';
  test.each<readonly [string, () => void, string]>([
    ['is torn', () => void store.objects.set(TORN, Buffer.from('{"format":1,"num')), 'it is not JSON'],
    ['lacks an entry', () => void store.objects.delete(TORN), `${TORN} is missing`],
    ['is another one', () => store.objects.clear(), 'The state was made with register'],
    [
      'lacks the claim',
      () => {
        for (const key of [...store.objects.keys()]) if (key.startsWith('e/') && key >= TORN) store.objects.delete(key);
      },
      'which the state names',
    ],
  ])('because it %s is told by a refresh, and nothing is released by it', async (_words, spoil, why) => {
    const one = await matter('Matter A', ids(1, 2));
    // A snapshot would make up for the entries.
    for (const key of [...store.objects.keys()]) if (!/^[ecj]\//.test(key)) store.objects.delete(key);
    spoil();

    const plan = await one.workspace.plan();
    expect(plan.code).toBe(0);
    expect(plan.text).toContain('Register could not be read');
    expect(plan.text).toContain(why);

    const run = await destroy(one);
    expect(run.code).toBe(1);
    expect(run.text).toContain(why);
    expect(held()).toHaveLength(2);

    one.workspace.write(hold('Matter A', ids(1, 2, 3), CONSENT));
    expect((await apply(one)).text).toContain(why);
    expect(held()).toHaveLength(3);
  });

  test('in the default folder of a CI system refuses the release and says what to set', async () => {
    const env = { GENESYSCLOUD_COMPLIANCE_REGISTER: '', CI: 'true' };
    const one = await machine(env);
    one.workspace.write(hold('Matter A', ids(1), CONSENT));
    await one.workspace.apply();

    const run = await one.workspace.run(['plan', '-destroy']);

    expect(run.code).toBe(1);
    expect(run.text).toContain('GENESYSCLOUD_COMPLIANCE_REGISTER, to the register that all machines share');
  });
});

describe('a state', () => {
  test('that was restored after its hold was released sets and releases nothing', async () => {
    const one = await matter('Matter A', ids(1, 2));
    const old = readFileSync(stateOf(one));
    await destroy(one);
    writeFileSync(stateOf(one), old);

    const run = await apply(one);

    expect(run.code).toBe(1);
    expect(run.text).toContain('A released claim is never set again');
    expect(held()).toEqual([]);
  });

  test('that was lost is imported by its claim; the old one is refused from then on', async () => {
    const one = await matter('Matter A', ids(1, 2));
    const { claim_id: claim } = await one.workspace.attributes(HOLD);
    const two = await machine();
    two.workspace.write(hold('Matter A', ids(1, 2), CONSENT));
    const imported = await two.workspace.run(['import', HOLD, `claim/${String(claim)}`]);
    expect(imported.stderr).toBe('');
    expect(await two.workspace.attributes(HOLD)).toMatchObject({
      name: 'Matter A',
      claim_id: claim,
      held_count: 2,
      status: 'active',
    });
    expect(await two.workspace.actions()).toEqual({ [HOLD]: 'update' });
    await two.workspace.apply();
    expect((await two.workspace.plan()).code).toBe(0);

    const refused = await one.workspace.run(['plan', '-destroy']);
    expect(refused.code).toBe(1);
    expect(refused.text).toContain('The state is older than the hold');
    expect((await one.workspace.plan()).text).toContain('is managed by a newer state (epoch 2)');

    expect((await destroy(two)).code).toBe(0);
    expect(held()).toEqual([]);
  });

  test('that was lost takes over its claim by the import of its conversations, too', async () => {
    const one = await matter('Matter A', ids(1, 2));
    const { claim_id: claim } = await one.workspace.attributes(HOLD);
    const two = await machine();
    two.workspace.write(hold('Matter A', ids(1, 2), CONSENT));
    await two.workspace.run(['import', HOLD, `conversations/${conversation(1)},${conversation(2)}`]);

    await two.workspace.apply();

    expect(await two.workspace.attributes(HOLD)).toMatchObject({ claim_id: claim });
    expect(kinds()).toContain('take-over');
  });

  test.each([
    ['claim/nothing', 'has no claim nothing'],
    ['claim/', 'has no claim'],
  ])('cannot be imported as %s', async (id, why) => {
    const one = await machine();
    one.workspace.write(hold('Matter A', ids(1)));

    expect((await one.workspace.run(['import', HOLD, id])).text).toContain(why);
  });
});

describe('the compliance API', () => {
  beforeEach(() => (genesys.hasCompliance = true));

  test('releases its own hold whole; the other keeps its own', async () => {
    const one = await matter('Matter A', ids(1, 2, 3));
    const other = await matter('Matter B', ids(3, 4));

    const plan = await one.workspace.run(['plan', '-destroy']);
    expect(plan.text).toContain('releases 2 of 3; 1 stays held for 1 other claim.');
    expect(plan.text).toContain('The other claims have holds of their own');
    expect((await destroy(one)).code).toBe(0);

    expect([...genesys.complianceHolds.values()].map(({ name, ids: some }) => [name, some.size])).toEqual([
      ['Matter B', 2],
    ]);
    expect((await other.workspace.plan()).code).toBe(0);
  });

  test('that takes what others need along: it is held for them again', async () => {
    const one = await matter('Matter A', ids(1, 3));
    const other = await matter('Matter B', ids(3, 4));
    genesys.onLift = () => {
      for (const { ids: some } of genesys.complianceHolds.values()) some.delete(conversation(3));
    };

    expect((await destroy(one)).code).toBe(0);

    expect((await other.workspace.plan()).code).toBe(0);
  });

  test('has a hold of this name that nobody has claimed: it is not taken over by accident', async () => {
    genesys.complianceHolds.set('by-hand', { name: 'Matter A', ids: new Set([conversation(1)]) });
    const one = await machine();
    one.workspace.write(hold('Matter A', ids(1, 2)));

    const run = await apply(one);

    expect(run.code).toBe(1);
    expect(run.text).toContain('There is a hold of this name');
    expect(run.text).toContain('terraform import ADDRESS compliance/by-hand');
  });
});

describe('a hold of version 0.1.0', () => {
  /** A state as 0.1.0 wrote it: it knows no claim, and what it held before is in no register. */
  async function old(name: string, list: string, provider = ''): Promise<Attached> {
    const one = await machine();
    one.workspace.write(`${provider}${hold(name, list, CONSENT)}`);
    await one.workspace.apply();
    store.objects.clear();
    const state = JSON.parse(readFileSync(stateOf(one), 'utf8')) as {
      serial: number;
      resources: { instances: { attributes: Record<string, unknown>; private?: string }[] }[];
    };
    state.serial += 1;
    for (const instance of state.resources.flatMap(({ instances }) => instances)) {
      Object.assign(instance.attributes, { claim_id: null, register_id: null });
      delete instance.private;
    }
    writeFileSync(stateOf(one), JSON.stringify(state));
    return one;
  }

  test('is refused to be released before it is in the register, and adopted by one update in place', async () => {
    const one = await old('Matter A', ids(1, 2));
    const refused = await one.workspace.run(['plan', '-destroy']);
    expect(refused.code).toBe(1);
    expect(refused.text).toContain('Release refused: the hold is not in the register');

    expect(await one.workspace.actions()).toEqual({ [HOLD]: 'update' });
    expect((await one.workspace.plan()).text).toContain('Hold is entered in the register');
    await one.workspace.apply();
    expect((await one.workspace.plan()).code).toBe(0);
    expect(kinds()).toEqual(['open', 'claim', 'held']);
  });

  test('keeps every conversation held when it is released, and the plan says so', async () => {
    const one = await old('Matter A', ids(1, 2));
    await one.workspace.apply();

    const plan = await one.workspace.run(['plan', '-destroy']);
    expect(plan.text).toContain('releases 0 of 2; 2 stay held because it is unknown whether they were held before.');
    expect(plan.text).toContain('set all_holds_adopted = true');
    expect((await destroy(one)).code).toBe(0);
    expect(held()).toHaveLength(2);
  });

  test('is released where somebody says that all holds are adopted; another one over the same keeps its own', async () => {
    const provider = 'provider "genesyscloud" {\n  all_holds_adopted = true\n}\n';
    const one = await old('Matter A', ids(1, 2), provider);
    await one.workspace.apply();
    const other = await matter('Matter B', ids(2, 3));

    expect((await one.workspace.run(['plan', '-destroy'])).text).toContain(
      'releases 1 of 2; 1 stays held for 1 other claim.',
    );
    expect((await destroy(one)).code).toBe(0);
    expect(held()).toEqual([2, 3].map(conversation));
    expect((await other.workspace.plan()).code).toBe(0);
  });
});

describe('an export whose jobs Genesys Cloud has forgotten', () => {
  const exported = (more: string) => `
resource "genesyscloud_recording_export_job" "sms" {
  integration_id = "${INTEGRATION}"
  interval       = "2026-01-01T00:00:00Z/2026-01-31T00:00:00Z"
}
resource "genesyscloud_compliance_legalhold" "case" {
  name          = "Matter A"
  export_job_id = genesyscloud_recording_export_job.sms.id
}
${more}`;

  test('takes a second matter, from its own state and from another', async () => {
    const one = await machine();
    one.workspace.write(exported(''));
    await one.workspace.apply();
    const { export_job_id: id } = await one.workspace.attributes(HOLD);
    genesys.jobs.clear();

    one.workspace.write(
      exported(
        hold('Matter B', 'null')
          .replace('"case"', '"b"')
          .replace('conversation_ids = null', 'export_job_id = genesyscloud_recording_export_job.sms.id'),
      ),
    );
    await one.workspace.apply();
    expect(await one.workspace.attributes('genesyscloud_compliance_legalhold.b')).toMatchObject({ held_count: 3 });

    const two = await machine();
    two.workspace.write(hold('Matter C', 'null').replace('conversation_ids = null', `export_job_id = "${String(id)}"`));
    await two.workspace.apply();
    expect(await two.workspace.attributes(HOLD)).toMatchObject({ held_count: 3, conversation_count: 3 });
  });

  test('is unknown where nobody held it', async () => {
    const one = await machine();
    one.workspace.write(
      hold('Matter C', 'null').replace(
        'conversation_ids = null',
        'export_job_id = "00000009-0000-4000-8000-000000000000"',
      ),
    );

    expect((await apply(one)).text).toContain('No hold over it has left its conversations in the register');
    expect(held()).toEqual([]);
  });
});
