import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { applyObjectHold, openJournal } from '../../src/aws';
import { ConversationSet } from '../../src/genesys';
import { argumentsDigest } from '../../src/provider/object-hold/identity';
import { RegisterProblem, type Timing } from '../../src/register';
import { systemClock } from '../../src/time';
import { MemoryObjectStore, awsError } from '../support/memory-object-store';
import { MemoryStore, QUICK, registersIn } from '../support/registers';
import { attach, type Attached } from './attached';
import { conversation, FakeGenesys, INTEGRATION } from './fake-genesys';
import { errorsIn } from './workspace';

const HOLD = 'genesyscloud_compliance_object_hold.case';
const CONSENT = 'release_on_destroy = true\nrelease_reason = "settled"';
const ORG = '00000000-0000-4000-8000-000000000000';

const named = (more = '', prefix = 'case/') => `
resource "genesyscloud_compliance_object_hold" "case" {
  bucket = "recordings"
  prefix = "${prefix}"
  tags   = { matter = "M-17" }
  ${more}
}
`;

const both = (more = '') => `
resource "genesyscloud_recording_export_job" "sms" {
  integration_id = "${INTEGRATION}"
  interval       = "2026-01-01T00:00:00Z/2026-01-31T00:00:00Z"
}
resource "genesyscloud_compliance_object_hold" "case" {
  bucket        = "recordings"
  export_job_id = genesyscloud_recording_export_job.sms.id
  tags          = { matter = "M-17" }
  ${more}
}
`;

let genesys: FakeGenesys;
let store: MemoryObjectStore;
let register: MemoryStore;
let attached: Attached;

/** A provider over this bucket and this register. */
function provide(timing: Timing): Promise<Attached> {
  return attach({
    genesys,
    registers: registersIn(register, { timing }),
    openBucket: () => ({
      store,
      s3: () => Promise.reject(new Error('no client is needed')),
      jobs: () => {
        throw new Error('no jobs are needed');
      },
      close: () => Promise.resolve(),
    }),
  });
}

beforeEach(async () => {
  genesys = new FakeGenesys();
  store = new MemoryObjectStore();
  register = new MemoryStore();
  attached = await provide(QUICK);
});
afterEach(() => attached.close());

const key = (n: number, day = 'month=1/day=2/hour=3') =>
  `${ORG}/year=2026/${day}/conversation_id=${conversation(n)}/${n}.json`;

/** As if the register's journals were lost. */
function forgetJournals(): void {
  journals().forEach((path) => rmSync(path));
  for (const name of [...register.objects.keys()]) if (name.startsWith('j/')) register.objects.delete(name);
}

/** So many objects under `case/`. */
function fill(count: number): void {
  for (let n = 0; n < count; n += 1) store.put(`case/${n}`, { tags: { of: 'somebody' } });
}

const held = () => store.all.filter(({ hold }) => hold === 'ON').map((version) => version.key);
const changes = () => store.calls.filter(({ operation }) => operation.startsWith('write'));
const journals = () => readdirSync(attached.journalFolder).map((name) => join(attached.journalFolder, name));

describe('a new object hold', () => {
  test('tags and holds every version under its prefix, keeps other tags, and then there is nothing to do', async () => {
    const { workspace } = attached;
    fill(7);
    store.put('other/1');
    workspace.write(named());

    await workspace.apply();

    expect(held()).toHaveLength(7);
    expect(store.all.find((version) => version.key === 'other/1')?.hold).toBe('OFF');
    expect(Object.fromEntries(store.all[0]?.tags ?? [])).toEqual({ of: 'somebody', matter: 'M-17' });
    expect(await workspace.attributes(HOLD)).toMatchObject({
      status: 'active',
      engine_used: 'direct',
      version_count: 7,
      held_count: 7,
      tagged_count: 7,
      missing_count: 0,
      failed_count: 0,
      hidden_count: 0,
      absent_conversation_count: null,
      manifest_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      estimate: expect.objectContaining({ engine: 'direct', requests: expect.any(Number) }),
    });
    const written = store.writes;
    expect((await workspace.plan()).code).toBe(0);
    expect((await workspace.plan('-refresh-only')).code).toBe(0);
    await workspace.apply();
    expect(store.writes).toBe(written);
  });

  test('says in its plan what it will take, and writes nothing then', async () => {
    fill(7);
    attached.workspace.write(named());

    const plan = await attached.workspace.plan();

    expect(plan.code).toBe(2);
    expect(plan.text).toContain('s3://recordings/case/ has 7 object versions now');
    expect(plan.text).toMatch(/the engine direct takes about [\d,]+ requests, 0\.01 USD and 1 seconds/);
    expect(store.calls).toEqual([]);
  });

  test('over nothing is refused', async () => {
    attached.workspace.write(named());

    const run = await attached.workspace.run(['apply', '-auto-approve']);

    expect(run.code).toBe(1);
    expect(run.text).toContain('Nothing to hold');
    expect((await attached.workspace.run(['state', 'list'])).stdout).toBe('');
  });

  test('in a bucket without Object Lock says what to do, when it is planned', async () => {
    fill(1);
    store.lock = { state: 'off' };
    attached.workspace.write(named());

    const run = await attached.workspace.run(['plan']);

    expect(run.code).toBe(1);
    expect(errorsIn(run)).toHaveLength(1);
    expect(run.text).toContain('Enable versioning and Object Lock');
    expect(store.writes).toBe(0);
  });

  test('of which a part could be held is saved untainted, with a warning; the next apply holds just the rest', async () => {
    const { workspace } = attached;
    fill(5);
    store.before = (operation, version) => {
      if (operation === 'writeHold' && version.key === 'case/2')
        throw awsError('AccessDenied', 403, 's3:PutObjectLegalHold');
    };
    workspace.write(named());

    const applied = await workspace.apply();

    expect(applied.text).toContain('Object hold is incomplete');
    expect(applied.text).toContain('lacks 1 of 5 object versions');
    expect(applied.text).toContain('AccessDenied happened.');
    expect(workspace.stateText()).not.toContain('tainted');
    expect(await workspace.attributes(HOLD)).toMatchObject({
      status: 'incomplete',
      held_count: 4,
      tagged_count: 5,
      missing_count: 1,
      missing: [{ key: 'case/2', lacks: 'legal hold' }],
      failed_count: 1,
      failures: [{ key: 'case/2', step: 'write-hold', code: 'AccessDenied' }],
    });
    expect((await workspace.plan('-refresh-only')).code).toBe(0);
    expect(await workspace.actions()).toEqual({ [HOLD]: 'update' });

    store.before = () => undefined;
    const written = changes().length;
    await workspace.apply();

    expect(changes().slice(written)).toMatchObject([{ operation: 'writeHold', key: 'case/2' }]);
    expect(await workspace.attributes(HOLD)).toMatchObject({ status: 'active', missing_count: 0, failures: [] });
    expect((await workspace.plan()).code).toBe(0);
  });

  test('of which nothing could be held is an error and leaves nothing behind', async () => {
    fill(3);
    store.before = (operation) => {
      if (operation.startsWith('write')) throw awsError('AccessDenied', 403, 's3:PutObjectLegalHold');
    };
    attached.workspace.write(named());

    const run = await attached.workspace.run(['apply', '-auto-approve']);

    expect(run.code).toBe(1);
    expect(run.text).toContain('None of 3 object versions');
    expect((await attached.workspace.run(['state', 'list'])).stdout).toBe('');
  });
});

describe('a hold that is cut short', () => {
  test('by its timeout is saved untainted, with a warning, and continues', async () => {
    const { workspace } = attached;
    fill(9);
    const write = store.writeHold.bind(store);
    let left = 4;
    store.writeHold = (version, status, signal) => {
      left -= 1;
      if (left >= 0) return write(version, status, signal);
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    };
    workspace.write(named('timeouts {\n create = "2s"\n }'));

    const applied = await workspace.apply();

    expect(applied.text).toContain('has not been through all of its versions');
    expect(applied.text).toContain('did not finish within 2s');
    expect(workspace.stateText()).not.toContain('tainted');
    expect(await workspace.attributes(HOLD)).toMatchObject({ status: 'incomplete', manifest_sha256: null });

    store.writeHold = write;
    await workspace.apply();
    expect(held()).toHaveLength(9);
    expect((await workspace.plan()).code).toBe(0);
  });
});

describe('with an export', () => {
  test('it holds the objects of the conversations that the export covers, and nothing beside them', async () => {
    const { workspace } = attached;
    [1, 2, 3, 4].forEach((n) => store.put(key(n)));
    store.put(`${key(1)}_metadata.json`);
    workspace.write(both());

    await workspace.apply();

    expect(held().sort()).toEqual([key(1), `${key(1)}_metadata.json`, key(2), key(3)].sort());
    expect(await workspace.attributes(HOLD)).toMatchObject({ version_count: 4, absent_conversation_count: 0 });
    expect((await workspace.plan()).code).toBe(0);
  });

  test('nothing is written before the export is complete', async () => {
    genesys.pendingCount = 7;
    store.put(key(1));
    attached.workspace.write(both());

    const run = await attached.workspace.run(['apply', '-auto-approve']);

    expect(run.code).toBe(1);
    expect(run.text).toContain('Export is not finished');
    expect(store.calls).toEqual([]);
  });

  test('conversations that began in the month before are found, and so are padded folders', async () => {
    const { workspace } = attached;
    store.put(key(1));
    store.put(key(2, 'month=01/day=03/hour=04'));
    store.put(key(3).replace('year=2026/month=1/day=2', 'year=2025/month=12/day=30'));
    workspace.write(both());

    await workspace.apply();

    expect(held()).toHaveLength(3);
    expect(await workspace.attributes(HOLD)).toMatchObject({ absent_conversation_count: 0 });
    expect((await workspace.plan()).code).toBe(0);
  });

  test('conversations without objects are gaps: told at once, an error in updates, and quiet once exactly they are accepted', async () => {
    const { workspace } = attached;
    store.put(key(1));
    workspace.write(both());

    const applied = await workspace.apply();

    expect(applied.text).toContain('Conversations without objects');
    expect(applied.text).toContain('Object hold has gaps');
    const { gaps_sha256: digest, ...hold } = await workspace.attributes(HOLD);
    expect(hold).toMatchObject({
      status: 'incomplete',
      absent_conversation_count: 2,
      gap_count: 2,
      gaps: [
        { kind: 'absent', id: conversation(2) },
        { kind: 'absent', id: conversation(3) },
      ],
    });
    expect(await workspace.actions()).toMatchObject({ [HOLD]: 'update' });
    const repeated = await workspace.run(['apply', '-auto-approve']);
    expect(repeated.code).toBe(1);
    expect(repeated.text).toContain(conversation(2));
    expect(workspace.stateText()).not.toContain('tainted');

    // When exactly these gaps are accepted, there is nothing left to do, and they stay visible
    workspace.write(both(`accepted_gaps = { sha256 = "${String(digest)}", reason = "checked with the vendor" }`));
    await workspace.apply();
    expect(await workspace.attributes(HOLD)).toMatchObject({ status: 'active', gap_count: 2 });
    expect((await workspace.plan()).code).toBe(0);
    // and one that is not among them is red again
    const first = store.all[0];
    if (first !== undefined) store.remove(first);
    expect(await workspace.actions()).toMatchObject({ [HOLD]: 'update' });
  });

  test('a conversation whose recording Genesys Cloud could not export is expected to have no object', async () => {
    const { workspace } = attached;
    workspace.write(both().replace(/resource "genesyscloud_compliance_object_hold"[^]*/, ''));
    await workspace.apply();
    // Given the recording of the first conversation, of which Genesys Cloud says that it failed
    for (const [id, batch] of genesys.jobs) genesys.jobs.set(id, { ...batch, failedRecordings: 1 });
    store.put(key(2));
    store.put(key(3));
    workspace.write(both());

    await workspace.run(['apply', '-auto-approve']);

    expect(await workspace.attributes(HOLD)).toMatchObject({
      status: 'active',
      absent_conversation_count: 1,
      gap_count: 0,
    });
  });

  test('another export is added in place; what falls out of scope stays held and is released with the hold', async () => {
    const { workspace } = attached;
    [1, 2, 3, 4].forEach((n) => store.put(key(n)));
    workspace.write(both());
    await workspace.apply();

    genesys.conversations = ConversationSet.of([conversation(4)]);
    workspace.write(both().replace('2026-01-01T00:00:00Z/2026-01-31', '2026-02-01T00:00:00Z/2026-02-28'));
    expect((await workspace.actions())[HOLD]).toBe('update');
    await workspace.apply();

    expect(held()).toHaveLength(4);
    expect(await workspace.attributes(HOLD)).toMatchObject({ version_count: 1, held_count: 1 });
    const refused = await workspace.run(['plan', '-destroy']);
    expect(refused.text).toContain('over 4 object versions');
    workspace.write(both(CONSENT).replace('2026-01-01T00:00:00Z/2026-01-31', '2026-02-01T00:00:00Z/2026-02-28'));
    await workspace.apply();
    expect((await workspace.run(['destroy', '-auto-approve'])).code).toBe(0);
    expect(held()).toEqual([]);
  });
});

describe('drift', () => {
  beforeEach(async () => {
    fill(6);
    attached.workspace.write(named());
    await attached.workspace.apply();
    store.calls.length = 0;
  });

  test('a lifted hold, a lost tag and a late object are planned as one update, which repairs exactly those', async () => {
    const { workspace } = attached;
    const [lifted, untagged] = store.all;
    if (lifted !== undefined) lifted.hold = 'OFF';
    untagged?.tags.delete('matter');
    store.put('case/late');

    const plan = await workspace.plan();
    expect(plan.code).toBe(2);
    // What comes from looking is known after the apply; what the refresh saw stands beside it.
    expect(plan.stdout).toMatch(/missing_count\s+= 3 -> \(known after apply\)/);
    expect(plan.stdout).toMatch(/kind\s+= "released"/);
    expect(plan.stdout).toMatch(/kind\s+= "late"/);
    expect(plan.stdout).toContain('case/late');
    expect(plan.stdout).toMatch(/estimate\s+= \{/);
    expect(store.writes).toBe(0);

    await workspace.apply();
    expect(
      changes()
        .map(({ operation, key: written }) => `${operation} ${written}`)
        .sort(),
    ).toEqual(
      [`writeHold ${lifted?.key}`, 'writeHold case/late', 'writeTags case/late', `writeTags ${untagged?.key}`].sort(),
    );
    expect(await workspace.attributes(HOLD)).toMatchObject({ status: 'active', version_count: 7, missing: [] });
    expect((await workspace.plan()).code).toBe(0);
  });

  test('a delete marker is told, and needs no update', async () => {
    const { workspace } = attached;
    store.put('case/3', { marker: true });

    const plan = await workspace.plan();

    expect(plan.code).toBe(0);
    expect(plan.text).toContain('Held objects look deleted');
    expect(plan.text).toContain('case/3');
    await workspace.run(['apply', '-refresh-only', '-auto-approve']);
    expect(await workspace.attributes(HOLD)).toMatchObject({
      status: 'active',
      hidden_count: 1,
      hidden: [{ key: 'case/3' }],
    });
  });

  test.each([
    ['some', 1, 'partially_released'],
    ['all', 6, 'released'],
  ])('%s holds taken off are told as such', async (_, count, status) => {
    const { workspace } = attached;
    store.all.slice(0, count).forEach((version) => (version.hold = 'OFF'));

    await workspace.run(['apply', '-refresh-only', '-auto-approve']);

    expect(await workspace.attributes(HOLD)).toMatchObject({ status, held_count: 6 - count });
    expect((await workspace.plan('-refresh-only')).code).toBe(0);
  });

  test('that cannot be repaired completely is an error that saves what was done', async () => {
    const { workspace } = attached;
    store.all.slice(0, 2).forEach((version) => (version.hold = 'OFF'));
    store.before = (operation, version) => {
      if (operation === 'writeHold' && version.key === 'case/0') throw awsError('AccessDenied', 403, 'a right');
    };

    const run = await workspace.run(['apply', '-auto-approve']);

    expect(run.code).toBe(1);
    expect(errorsIn(run)).toHaveLength(1);
    expect(await workspace.attributes(HOLD)).toMatchObject({ status: 'incomplete', held_count: 5, missing_count: 1 });
    expect(await workspace.actions()).toEqual({ [HOLD]: 'update' });
  });

  test('another value of a tag is put in its place, and told', async () => {
    const { workspace } = attached;
    workspace.write(named().replace('M-17', 'M-18'));

    const applied = await workspace.apply();

    expect(applied.text).toContain('Tags had other values');
    expect(changes().every(({ operation }) => operation === 'writeTags')).toBe(true);
    expect((await workspace.plan()).code).toBe(0);
  });

  test('a setting that concerns no object makes no request', async () => {
    const { workspace } = attached;
    workspace.write(named(`${CONSENT}\nengine = "direct"`));
    await workspace.apply();

    expect(store.writes).toBe(0);
    expect(await workspace.attributes(HOLD)).toMatchObject({ release_on_destroy: true, status: 'active' });
  });

  test('nothing can be said when no version can be read: an error, and the state stays', async () => {
    store.before = () => {
      throw awsError('AccessDenied', 403, 's3:GetObjectLegalHold on arn:aws:s3:::recordings/*');
    };

    const plan = await attached.workspace.plan();

    expect(plan.code).toBe(1);
    expect(plan.text).toContain('Object hold could not be read');
  });
});

describe('a version that was held and is gone', () => {
  test('is named by the journal, stays told through applies, and is accepted by its digest alone', async () => {
    const { workspace } = attached;
    fill(6);
    workspace.write(named());
    await workspace.apply();
    // Given an admin who lifts a hold and deletes the version, while another one comes
    const lost = store.all[2];
    if (lost === undefined) throw new Error('there are six');
    store.remove(lost);
    store.put('case/new');

    // Then the plan shows it, and an apply holds what came and fails for what went
    expect(await workspace.actions()).toEqual({ [HOLD]: 'update' });
    const run = await workspace.run(['apply', '-auto-approve']);
    expect(run.code).toBe(1);
    expect(errorsIn(run)).toHaveLength(1);
    expect(run.text).toContain(`lost: recordings/${lost.key}`);
    expect(held()).toHaveLength(6);
    const { gaps_sha256: digest, ...hold } = await workspace.attributes(HOLD);
    expect(hold).toMatchObject({
      status: 'incomplete',
      lost_count: 1,
      lost: [{ key: lost.key, version_id: lost.versionId, held_since: expect.stringMatching(/Z$/) }],
      gaps: [{ kind: 'lost', id: `recordings/${lost.key}?versionId=${lost.versionId}` }],
    });
    // And it stays so, whatever is applied
    expect((await workspace.run(['apply', '-auto-approve'])).code).toBe(1);
    expect((await workspace.plan()).code).toBe(2);

    workspace.write(named(`accepted_gaps = { sha256 = "${String(digest)}", reason = "deleted by court order" }`));
    await workspace.apply();
    expect(await workspace.attributes(HOLD)).toMatchObject({ status: 'active', lost_count: 1 });
    expect((await workspace.plan()).code).toBe(0);
  });

  test('is counted where no journal names it', async () => {
    const { workspace } = attached;
    fill(4);
    workspace.write(named());
    await workspace.apply();
    journals().forEach((path) => rmSync(path));
    const lost = store.all[1];
    if (lost !== undefined) store.remove(lost);

    await workspace.run(['apply', '-refresh-only', '-auto-approve']);

    expect(await workspace.attributes(HOLD)).toMatchObject({
      status: 'incomplete',
      lost_count: 1,
      lost: [{ key: null, version_id: null }],
      gaps: [{ kind: 'lost', id: expect.stringMatching(/^recordings\?mark=[0-9a-f]{16}$/) }],
    });
  });
});

describe('two holds over the same objects', () => {
  const hold = (label: string, more = CONSENT) =>
    named(`name = "${label}"\n${more}`)
      .replace('"case" {', `"${label}" {`)
      .replace(/tags .*/, '');

  test.each([
    ['the first', 'a', 'b'],
    ['the second', 'b', 'a'],
  ])(
    'releasing %s lifts nothing that the other claims; the last release lifts all but what was held before',
    async (_, __, other) => {
      const { workspace } = attached;
      fill(5);
      store.put('case/others', { hold: 'ON' });
      workspace.write(hold('a'));
      await workspace.apply();
      workspace.write(hold('a') + hold('b'));
      await workspace.apply();
      workspace.write(hold(other));

      const plan = await workspace.plan();
      expect(plan.text).toContain(
        'releases 0 of 6; 5 stay held for 1 other claim; 1 stays held because it was held before',
      );
      const lifts = store.calls.filter(({ operation }) => operation === 'liftHold').length;
      await workspace.apply();

      expect(held()).toHaveLength(6);
      expect(store.calls.filter(({ operation }) => operation === 'liftHold')).toHaveLength(lifts);
      expect((await workspace.plan()).code).toBe(0);
      // When the last is released
      expect((await workspace.run(['destroy', '-auto-approve'])).code).toBe(0);
      expect(held()).toEqual(['case/others']);
    },
  );

  test('of which one is narrower: what only the wider covers is released', async () => {
    const { workspace } = attached;
    fill(5);
    store.put('case/x/1');
    const narrow = hold('b').replace('"case/"', '"case/x/"');
    workspace.write(hold('a') + narrow);
    await workspace.apply('-parallelism=1');
    workspace.write(narrow);

    const applied = await workspace.apply();

    expect(applied.text).toContain('releases 5 of 6; 1 stays held for 1 other claim');
    expect(held()).toEqual(['case/x/1']);
  });

  test('of the same matter and name are one claim: the second is told to import it', async () => {
    const { workspace } = attached;
    fill(1);
    workspace.write(hold('a'));
    await workspace.apply();
    workspace.write(hold('a') + hold('a').replace('"a" {', '"again" {'));

    const run = await workspace.run(['apply', '-auto-approve']);

    expect(run.code).toBe(1);
    expect(run.text).toMatch(/Another hold has this claim.*import ADDRESS claim\//);
  });
});

describe('the register', () => {
  const unreachable = (call: string): void => {
    throw new RegisterProblem('unreachable', `The register does not answer (${call}).`);
  };

  test('that cannot be reached: objects are held, the gap is red, the next apply writes the claim, and nothing is released', async () => {
    const { workspace } = attached;
    fill(3);
    workspace.write(named(CONSENT));
    register.reach = unreachable;

    const applied = await workspace.apply();

    expect(applied.text).toContain('Hold is not in the register');
    expect(held()).toHaveLength(3);
    expect(await workspace.attributes(HOLD)).toMatchObject({
      status: 'incomplete',
      claim_id: null,
      gaps: [{ kind: 'unregistered', id: 's3://recordings/case/' }],
    });
    const refused = await workspace.run(['plan', '-destroy']);
    expect(refused.code).toBe(1);
    expect(refused.text).toContain('Release refused: the hold is not in the register');
    // When it answers again
    register.reach = () => undefined;
    await workspace.apply();
    expect(await workspace.attributes(HOLD)).toMatchObject({ status: 'active', claim_id: expect.any(String) });
    expect((await workspace.plan()).code).toBe(0);
    // and goes away again: a refresh warns, and a release is refused
    register.reach = unreachable;
    expect((await workspace.plan()).text).toContain('Register could not be read');
    const blind = await workspace.run(['destroy', '-auto-approve']);
    expect(blind.code).toBe(1);
    expect(blind.text).toContain('Release refused: what other matters claim is unknown');
    expect(held()).toHaveLength(3);
    register.reach = () => undefined;
    expect((await workspace.run(['destroy', '-auto-approve'])).code).toBe(0);
    expect(held()).toEqual([]);
  });

  test.each([
    ['of another id', () => register.objects.clear()],
    ['that is torn', () => register.objects.delete('e/0000000003')],
    ['with a torn entry at its end', () => register.objects.set('e/0000000004', Buffer.from('{"format":1'))],
  ])('%s: nothing is released', async (_, damage) => {
    const { workspace } = attached;
    fill(3);
    workspace.write(named(CONSENT));
    await workspace.apply();
    damage();

    const run = await workspace.run(['destroy', '-auto-approve']);

    expect(run.code).toBe(1);
    expect(run.text).toContain('Release refused: what other matters claim is unknown');
    expect(held()).toHaveLength(3);
  });

  test('knows of a newer state: an old one, restored from a backup, releases nothing', async () => {
    const { workspace } = attached;
    fill(3);
    workspace.write(named(CONSENT));
    await workspace.apply();
    const old = workspace.stateText();
    const { claim_id: claim } = await workspace.attributes(HOLD);
    // Given a state that lost the hold, and took it over again
    await workspace.run(['state', 'rm', HOLD]);
    expect((await workspace.run(['import', HOLD, `claim/${String(claim)}`])).code).toBe(0);
    await workspace.apply();
    expect(await workspace.attributes(HOLD)).toMatchObject({ claim_id: claim, status: 'active' });
    expect((await workspace.plan()).code).toBe(0);
    const young = workspace.stateText();

    workspace.editState(() => old);
    const run = await workspace.run(['destroy', '-auto-approve']);
    expect(run.code).toBe(1);
    expect(run.text).toContain('The state is older than the hold');
    expect(held()).toHaveLength(3);

    workspace.editState(() => young);
    expect((await workspace.run(['destroy', '-auto-approve'])).code).toBe(0);
    expect(held()).toEqual([]);
  });

  test('is asked a fixed number of times: at most 10 an apply, 20 a release, 3 a refresh', async () => {
    // Given a lease that no look at the log is older than
    await attached.close();
    attached = await provide({ ...QUICK, leaseMs: 4_000 });
    const { workspace } = attached;
    fill(300);
    workspace.write(named(CONSENT));
    // Terraform plans, applies and refreshes; the plan of a creation asks nothing.
    const calls = async (work: () => Promise<unknown>): Promise<number> => {
      register.calls.length = 0;
      await work();
      return register.calls.length;
    };

    const apply = await calls(() => workspace.apply());
    const refresh = await calls(() => workspace.run(['plan', '-refresh-only']));
    const release = await calls(() => workspace.run(['destroy', '-auto-approve', '-refresh=false']));

    expect(held()).toEqual([]);
    expect(apply).toBeLessThanOrEqual(10);
    expect(refresh).toBeLessThanOrEqual(3);
    expect(release).toBeLessThanOrEqual(20);
  });
});

describe('a creation that never reached the state', () => {
  test('is known again by its journal: what it held is released with the hold', async () => {
    const { workspace } = attached;
    fill(4);
    // Given a run that ended before the hold was handed to Terraform
    const journal = await openJournal(join(attached.journalFolder, `object-hold-${'a'.repeat(32)}.jsonl`), systemClock);
    const args = { bucket: 'recordings', prefix: 'case/', export_job_id: null, region: null, endpoint: null };
    const wish = { tags: new Map([['matter', 'M-17']]), object_lock_legal_hold: true };
    await journal.append({ type: 'hold', id: 'a', arguments: argumentsDigest({ ...args, ...wish }) });
    const request = { bucket: 'recordings', prefixes: ['case/'], tags: wish.tags, legalHold: true };
    await applyObjectHold(request, { store, journal }, new AbortController().signal);
    await journal.close();
    expect(held()).toHaveLength(4);

    // When it is applied again, and released
    workspace.write(named(CONSENT));
    await workspace.apply();
    expect((await workspace.attributes(HOLD))['id']).toBe(`object-hold-${'a'.repeat(32)}`);
    expect((await workspace.run(['destroy', '-auto-approve'])).code).toBe(0);

    expect(held()).toEqual([]);
  });
});

describe('releasing', () => {
  beforeEach(async () => {
    fill(3);
    store.put('case/others', { hold: 'ON' });
    attached.workspace.write(named());
    await attached.workspace.apply();
  });

  test('is refused when planned, naming the hold and the way out', async () => {
    const run = await attached.workspace.run(['plan', '-destroy']);

    expect(run.code).toBe(1);
    expect(errorsIn(run)).toHaveLength(1);
    expect(run.text).toContain('Object hold would be released');
    expect(run.text).toContain('s3://recordings/case/');
    expect(run.text).toContain('release_on_destroy = true');
  });

  test('without a reason is refused when validating, when planning, and with a state that never had one', async () => {
    const { workspace } = attached;
    workspace.write(named('release_on_destroy = true'));
    const validated = await workspace.run(['validate']);
    expect(validated.code).toBe(1);
    expect(validated.text).toContain('A release needs a reason');

    workspace.write(`variable "consent" { type = bool }\n${named('release_on_destroy = var.consent')}`);
    workspace.writeVariables({ consent: true });
    const planned = await workspace.run(['plan']);
    expect(planned.code).toBe(1);
    expect(planned.text).toContain('A release needs a reason');

    workspace.write(named());
    workspace.editState((text) => text.replace('"release_on_destroy": false', '"release_on_destroy": true'));
    const destroyed = await workspace.run(['plan', '-destroy']);
    expect(destroyed.code).toBe(1);
    expect(destroyed.text).toContain('Object hold would be released without a reason');
    expect(held()).toHaveLength(4);
  });

  test('is refused for a replacement', async () => {
    const run = await attached.workspace.run(['plan', `-replace=${HOLD}`]);

    expect(run.code).toBe(1);
    expect(held()).toHaveLength(4);
  });

  test.each([
    ['bucket', () => named().replace('"recordings"', '"elsewhere"'), 'Bucket of an object hold cannot be changed'],
    ['object_lock_legal_hold', () => named('object_lock_legal_hold = false'), 'Object hold would be released'],
  ])('by another %s is refused', async (_, hcl, title) => {
    attached.workspace.write(hcl());

    const run = await attached.workspace.run(['plan']);

    expect(run.code).toBe(1);
    expect(run.text).toContain(title);
  });

  test('with consent takes off only the holds that were ours, and tells of the others', async () => {
    const { workspace } = attached;
    workspace.write(named(CONSENT));
    await workspace.apply();

    const run = await workspace.run(['destroy', '-auto-approve']);

    expect(run.code).toBe(0);
    expect(run.text).toContain('Some object versions stay held');
    expect(held()).toEqual(['case/others']);
    expect(run.text).toContain('releases 3 of 4; 1 stays held because it was held before this hold came');
    expect(register.entries.map(({ kind }) => kind)).toEqual([
      'open',
      'claim',
      'held',
      'drop',
      'lift',
      'close',
      'done',
    ]);
  });

  test('without its journal is refused, whatever the tags say, since it is unknown which holds are ours', async () => {
    const { workspace } = attached;
    workspace.write(named(CONSENT));
    await workspace.apply();
    forgetJournals();

    const run = await workspace.run(['destroy', '-auto-approve']);

    expect(run.code).toBe(1);
    expect(run.text).toContain('Unknown which holds are ours');
    expect(held()).toHaveLength(4);
  });
});

describe('the journal', () => {
  test('lies in the folder that is named, and its head is in state', async () => {
    const { workspace } = attached;
    fill(1);
    const folder = join(attached.journalFolder, 'mine');
    workspace.write(named(`journal_dir = "${folder}"`));
    await workspace.apply();

    const { journal_path: path, id } = await workspace.attributes(HOLD);

    expect(path).toBe(join(folder, `${String(id)}.jsonl`));
    expect(existsSync(String(path))).toBe(true);
    expect(readFileSync(String(path), 'utf8')).toContain('"type":"intent"');
  });

  test('of another machine comes from the register: it continues from there, and releases all', async () => {
    const { workspace } = attached;
    fill(5);
    workspace.write(named(CONSENT).replace(/tags .*/, ''));
    await workspace.apply();
    // Given a disk that was thrown away, and a repair of one late version on a fresh one
    journals().forEach((path) => rmSync(path));
    store.put('case/late');
    const repaired = await workspace.apply();
    expect(repaired.text).not.toContain('Journal of earlier runs');
    expect(held()).toHaveLength(6);
    journals().forEach((path) => rmSync(path));

    expect((await workspace.run(['destroy', '-auto-approve'])).code).toBe(0);

    expect(held()).toEqual([]);
  });

  test('that state names and the register lacks is told, and releases nothing', async () => {
    const { workspace } = attached;
    fill(5);
    workspace.write(named(CONSENT));
    await workspace.apply();
    forgetJournals();
    store.put('case/late');
    const repaired = await workspace.apply();
    expect(repaired.text).toContain('Journal of earlier runs is not here');

    const plan = await workspace.run(['plan', '-destroy']);

    expect(plan.code).toBe(1);
    expect(plan.text).toContain('Unknown which holds are ours');
    expect(held()).toHaveLength(6);
  });

  test('goes along when its folder is changed', async () => {
    const { workspace } = attached;
    fill(2);
    workspace.write(named());
    await workspace.apply();
    const folder = join(attached.journalFolder, 'elsewhere');
    store.put('case/late');
    workspace.write(named(`journal_dir = "${folder}"`));
    const applied = await workspace.apply();
    expect(applied.text).not.toContain('Journal of earlier runs');
    const { journal_path: path } = await workspace.attributes(HOLD);
    expect(readFileSync(String(path), 'utf8')).toContain('"key":"case/0"');
  });

  test('that cannot be opened keeps everything from being written', async () => {
    fill(1);
    attached.workspace.write(named('journal_dir = "/dev/null/x"'));

    const run = await attached.workspace.run(['apply', '-auto-approve']);

    expect(run.code).toBe(1);
    expect(run.text).toContain('Journal cannot be used');
    expect(store.writes).toBe(0);
  });
});

describe('import', () => {
  test('takes over objects by bucket and prefix', async () => {
    const { workspace } = attached;
    store.put('case/1', { hold: 'ON', tags: { matter: 'M-17' } });
    workspace.write(named());

    expect((await workspace.run(['import', HOLD, 'recordings/case/'])).code).toBe(0);
    expect(await workspace.attributes(HOLD)).toMatchObject({ status: 'active', held_count: 1 });
    await workspace.apply();
    expect(store.writes).toBe(0);
    expect((await workspace.plan()).code).toBe(0);
  });

  test('of a bucket without Object Lock is an ordinary error', async () => {
    store.lock = { state: 'off' };
    store.put('case/1');
    attached.workspace.write(named());

    const run = await attached.workspace.run(['import', HOLD, 'recordings/case/']);

    expect(run.code).toBe(1);
    expect(run.text).toContain('Nothing is held in this bucket');
    expect(run.text).not.toContain('bug');
  });

  test('without a bucket is refused with what to write', async () => {
    attached.workspace.write(named());

    const run = await attached.workspace.run(['import', HOLD, 's3://recordings']);

    expect(run.code).toBe(1);
    expect(run.text).toContain('Import takes bucket/prefix');
  });
});

describe('a configuration', () => {
  test.each([
    ['neither export nor prefix', 'bucket = "recordings"', 'For the whole bucket, write prefix = ""'],
    ['nothing to do', 'bucket = "recordings"\nprefix = ""\nobject_lock_legal_hold = false', 'Nothing is asked for'],
    ['tags that S3 does not take', 'bucket = "recordings"\nprefix = ""\ntags = { "aws:x" = "y" }', 'Invalid tags'],
    [
      'Batch Operations without settings',
      'bucket = "recordings"\nprefix = ""\nengine = "batch_operations"',
      'is not configured',
    ],
    [
      'reports in the same bucket',
      'bucket = "recordings"\nprefix = ""\nbatch_operations = { role_arn = "arn:aws:iam::123456789012:role/x", report_bucket = "recordings" }',
      'Reports would land',
    ],
  ])('with %s is refused', async (_, body, words) => {
    attached.workspace.write(`resource "genesyscloud_compliance_object_hold" "case" {\n${body}\n}`);

    const run = await attached.workspace.run(['validate']);

    expect(run.code).toBe(1);
    expect(run.text).toContain(words);
  });
});
