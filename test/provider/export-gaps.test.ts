import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConversationSet } from '../../src/genesys';
import { digestOfGaps } from '../../src/provider/gaps';
import { attach, type Attached } from './attached';
import { conversation, FakeGenesys, INTEGRATION } from './fake-genesys';

const ADDRESS = 'genesyscloud_recording_export_job.sms';
const FAILED = { kind: 'failed', id: `${conversation(1)}/r-1` } as const;
const LATE = { kind: 'late', id: conversation(9) } as const;

const config = (more = '') => `
resource "genesyscloud_recording_export_job" "sms" {
  integration_id = "${INTEGRATION}"
  interval       = "2026-01-01T00:00:00Z/2026-01-31T00:00:00Z"
  media_types    = ["message"]
  message_types  = ["sms"]
  ${more}
}
`;

const accepted = (digest: string | null) => `accepted_gaps = { sha256 = "${digest}", reason = "known to the court" }`;

let genesys: FakeGenesys;
let attached: Attached;
/** Recordings whose file is not in the bucket. */
let lost: Set<string>;

beforeEach(async () => {
  genesys = new FakeGenesys();
  lost = new Set();
  attached = await attach({
    genesys,
    now: () => new Date('2026-02-03T00:00:00Z'),
    deliveryProof: () => (recordings) => Promise.resolve(recordings.map(({ recordingId }) => !lost.has(recordingId))),
  });
});
afterEach(() => attached.close());

describe('an export with a recording that cannot be exported', () => {
  beforeEach(async () => {
    genesys.fates = ['incomplete'];
    attached.workspace.write(config());
  });

  test('finishes incomplete, untainted, with a warning that names the recording and its job', async () => {
    const { workspace } = attached;

    const applied = await workspace.apply();

    expect(applied.text).toContain('Export is incomplete');
    expect(applied.text).toContain(`recording r-1 of conversation ${conversation(1)}`);
    expect(applied.text).toContain([...genesys.jobs.keys()][0]);
    expect(workspace.stateText()).not.toContain('tainted');
    expect(await workspace.attributes(ADDRESS)).toMatchObject({
      state: 'incomplete',
      conversation_count: 3,
      conversation_ids_sha256: genesys.conversations.sha256,
      completed_at: '2026-02-01T00:00:00.000Z',
      failed_recording_count: 1,
      failed_recordings: [{ conversation_id: conversation(1), recording_id: 'r-1' }],
      gap_count: 1,
      gaps: [expect.objectContaining(FAILED)],
      gaps_sha256: digestOfGaps([FAILED]),
    });
  });

  test('plans an update that exports its conversation again, and promises nothing that is seen only then', async () => {
    const { workspace } = attached;
    await workspace.apply();
    const { id } = await workspace.attributes(ADDRESS);

    const plan = await workspace.plan();

    expect(plan.code).toBe(2);
    expect(plan.text).toContain('Export has gaps');
    expect(plan.text).toContain(String(digestOfGaps([FAILED])));
    for (const name of ['state', 'gap_count', 'failed_recording_count', 'conversation_count', 'completed_at']) {
      expect(plan.stdout).toMatch(new RegExp(`${name}\\s+= .*known after apply`));
    }

    await workspace.apply();

    expect(genesys.calls).toContain(`repair ${conversation(1)}`);
    expect(await workspace.attributes(ADDRESS)).toMatchObject({
      id,
      state: 'exported',
      gap_count: 0,
      gaps_sha256: null,
    });
    expect((await workspace.plan()).code).toBe(0);
  });

  test('that is repaired says, once, that the clock of this machine is wrong', async () => {
    const { workspace } = attached;
    await workspace.apply();
    genesys.clockAhead = 5 * 60_000;
    genesys.fates = ['incomplete'];

    const { text } = await workspace.apply();

    expect(text).toContain("clock is 300 seconds ahead of this machine's");
    expect(text.match(/clock is wrong/g)).toHaveLength(1);
  });

  test.each([
    ['fails once more', 'incomplete'],
    ['has its job fail', 'failed'],
    ['takes longer than ten minutes', 'processing'],
  ] as const)('is no error when the export of that conversation %s', async (_, fate) => {
    const { workspace } = attached;
    await workspace.apply();
    const { id } = await workspace.attributes(ADDRESS);
    genesys.fates = [fate];

    const applied = await workspace.apply();

    expect(applied.code).toBe(0);
    expect(applied.text).toContain('Export is incomplete');
    expect(await workspace.attributes(ADDRESS)).toMatchObject({ id, state: 'incomplete', gap_count: 1 });
    expect((await workspace.plan()).code).toBe(2);
  });

  test('plans nothing when just this gap is accepted, and still shows it', async () => {
    const { workspace } = attached;
    await workspace.apply();
    genesys.calls.length = 0;
    workspace.write(config(accepted(digestOfGaps([FAILED]))));

    await workspace.apply();

    expect(genesys.calls.some((call) => call.startsWith('repair'))).toBe(false);
    expect(await workspace.attributes(ADDRESS)).toMatchObject({ state: 'incomplete', gap_count: 1 });
    expect((await workspace.plan()).code).toBe(0);
  });

  test('is open again when there is one more gap than was accepted', async () => {
    const { workspace } = attached;
    workspace.write(config(accepted(digestOfGaps([FAILED]))));
    await workspace.apply();
    expect((await workspace.plan()).code).toBe(0);

    genesys.latecomers = ConversationSet.of([conversation(9)]);
    const plan = await workspace.plan();

    expect(plan.code).toBe(2);
    expect(plan.text).toContain(String(digestOfGaps([FAILED, LATE])));
  });
});

describe('a finished export', () => {
  beforeEach(async () => {
    attached.workspace.write(config('destination = { bucket = "recordings" }'));
    await attached.workspace.apply();
  });

  test('counts a conversation that came late, and exports just that one', async () => {
    const { workspace } = attached;
    expect(await workspace.attributes(ADDRESS)).toMatchObject({ late_count: 0, lost_count: 0 });
    genesys.latecomers = ConversationSet.of([conversation(9)]);

    expect(await workspace.actions()).toEqual({ [ADDRESS]: 'update' });
    await workspace.apply();

    expect(genesys.calls).toContain(`repair ${conversation(9)}`);
    expect(await workspace.attributes(ADDRESS)).toMatchObject({
      state: 'exported',
      late_count: 0,
      conversation_count: 4,
      conversation_ids_sha256: genesys.conversations.sha256,
    });
    expect((await workspace.plan()).code).toBe(0);
  });

  test('says which of its files are no longer in the bucket', async () => {
    const { workspace } = attached;
    lost.add('r-2');

    const plan = await workspace.plan();
    expect(plan.code).toBe(2);
    expect(plan.text).toContain(`recording r-2 of conversation ${conversation(2)}`);

    await workspace.run(['apply', '-refresh-only', '-auto-approve']);
    expect(await workspace.attributes(ADDRESS)).toMatchObject({
      state: 'incomplete',
      lost_count: 1,
      gaps: [expect.objectContaining({ kind: 'lost', id: `${conversation(2)}/r-2` })],
    });
  });

  test('claims nothing about its files when nobody says where they are', async () => {
    const { workspace } = attached;
    lost.add('r-2');
    workspace.write(config());
    await workspace.apply();

    expect((await workspace.plan()).code).toBe(0);
    await workspace.run(['apply', '-refresh-only', '-auto-approve']);
    expect(await workspace.attributes(ADDRESS)).toMatchObject({ state: 'exported', lost_count: null });
  });

  test('is refused with the credentials of another organization, before anything is asked there', async () => {
    const { workspace } = attached;
    const { organization } = genesys;
    genesys.organization = '99999999-0000-4000-8000-000000000000';
    genesys.calls.length = 0;

    const plan = await workspace.plan();

    expect(plan.code).toBe(1);
    expect(plan.text).toContain('State of another organization');
    expect(plan.text).toContain(organization);
    expect(plan.text).toContain(genesys.organization);
    expect(genesys.calls).toEqual([]);
  });
});

describe('state that has lost its private part', () => {
  /** Writes private data into the state file, as an editor or a converter would. */
  const rewrite = (change: (kept: { data: Record<string, unknown> }) => unknown): void => {
    const { workspace } = attached;
    const state = JSON.parse(workspace.stateText()) as { resources: { instances: { private?: string }[] }[] };
    const instance = state.resources[0]?.instances[0] ?? {};
    const kept = JSON.parse(Buffer.from(instance.private ?? '', 'base64').toString('utf8')) as never;
    const changed = change(kept);
    if (changed === undefined) delete instance.private;
    else instance.private = Buffer.from(JSON.stringify(changed)).toString('base64');
    writeFileSync(join(workspace.folder, 'terraform.tfstate'), JSON.stringify(state));
  };

  beforeEach(async () => {
    attached.workspace.write(config());
    await attached.workspace.apply();
    genesys.calls.length = 0;
  });

  test('is asked again what the export covered, so that it is never taken as nothing', async () => {
    const { workspace } = attached;
    rewrite(() => undefined);

    await workspace.run(['apply', '-refresh-only', '-auto-approve']);

    expect(genesys.calls).toContain('completion');
    expect(await workspace.attributes(ADDRESS)).toMatchObject({
      state: 'exported',
      conversation_count: 3,
      conversation_ids_sha256: genesys.conversations.sha256,
    });
    genesys.calls.length = 0;
    await workspace.run(['apply', '-refresh-only', '-auto-approve']);
    expect(await workspace.plan()).toMatchObject({ code: 0 });
  });

  test('keeps what it says, also when nothing is refreshed', async () => {
    const { workspace } = attached;
    rewrite(() => undefined);
    workspace.write(config('wait_for = "fulfilled"'));

    await workspace.apply('-refresh=false');

    expect(await workspace.attributes(ADDRESS)).toMatchObject({ state: 'exported', conversation_count: 3 });
  });

  test('does not believe another answer than the one whose digest is in state', async () => {
    const { workspace } = attached;
    rewrite(() => undefined);
    genesys.conversations = ConversationSet.of([conversation(1)]);

    await workspace.run(['apply', '-refresh-only', '-auto-approve']);

    expect(await workspace.attributes(ADDRESS)).toMatchObject({ state: 'exported', conversation_count: 3 });
  });

  test('is told when it is damaged, with what to do', async () => {
    const { workspace } = attached;
    rewrite((kept) => ({ data: { ...kept.data, covered: 'no packed set' } }));

    const plan = await workspace.plan();

    expect(plan.code).toBe(0);
    expect(plan.text).toContain('Private part of the state is damaged');
    expect(plan.text).toContain('restore it from a backup');
  });
});

describe('an imported export that was finished before', () => {
  test('has no completion time of its own making', async () => {
    const { workspace } = attached;
    workspace.write(config());
    await workspace.apply();
    const { id } = await workspace.attributes(ADDRESS);
    await workspace.run(['state', 'rm', ADDRESS]);

    await workspace.run(['import', ADDRESS, String(id)]);

    expect(await workspace.attributes(ADDRESS)).toMatchObject({
      state: 'exported',
      completed_at: null,
      organization_id: genesys.organization,
    });
    expect((await workspace.plan()).code).toBe(0);
  });
});

describe('an argument that is not known in the plan', () => {
  const through = (trigger: string, value = INTEGRATION) => `
    resource "terraform_data" "integration" {
      input            = "${value}"
      triggers_replace = "${trigger}"
    }
    ${config().replace(`"${INTEGRATION}"`, 'terraform_data.integration.output')}`;

  test('is no change: the export is not made a second time', async () => {
    const { workspace } = attached;
    workspace.write(through('a'));
    await workspace.apply();
    const { id } = await workspace.attributes(ADDRESS);
    workspace.write(through('b'));

    expect(await workspace.actions()).toMatchObject({ [ADDRESS]: 'update' });
    await workspace.apply();

    expect(await workspace.attributes(ADDRESS)).toMatchObject({ id, state: 'exported' });
    expect(genesys.calls.filter((call) => call.startsWith('create'))).toHaveLength(1);
    expect((await workspace.plan()).code).toBe(0);
  });
});

describe('recordings that the jobs counted and that are not found', () => {
  test('keep the export from being called complete', async () => {
    const { workspace } = attached;
    genesys.missingRecordings = 2;
    workspace.write(config());

    const applied = await workspace.apply();

    expect(applied.text).toContain('counted 2 more recordings');
    expect(await workspace.attributes(ADDRESS)).toMatchObject({ state: 'incomplete', gap_count: 1 });
  });
});
