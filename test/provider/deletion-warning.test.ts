/** What is deleted before an export can be held: said when planning and applying, and never in the way. */
import { attach, type Attached } from './attached';
import { conversation, FakeGenesys, INTEGRATION, refusal } from './fake-genesys';

const TITLE = 'Recordings are deleted before this export can be held';
const UNKNOWN = 'Unknown whether recordings are deleted before they are held';

const config = (interval = '2026-01-01T00:00:00Z/2026-01-31T00:00:00Z', batch = 'P10D') => `
resource "genesyscloud_recording_export_job" "sms" {
  integration_id = "${INTEGRATION}"
  interval       = "${interval}"
  batch_interval = "${batch}"
}
`;

let genesys: FakeGenesys;
let attached: Attached;

beforeEach(async () => {
  genesys = new FakeGenesys();
  attached = await attach({ genesys });
});
afterEach(() => attached.close());

const due = (n: number) => ({
  conversationId: conversation(n),
  recordingId: `r-${n}`,
  at: `2026-02-0${n}T00:00:00.000Z`,
  by: n === 1 ? ('policy' as const) : ('maximum-retention' as const),
});

test('a plan names what goes first, and what to do', async () => {
  genesys.due = [due(1), due(2), due(3), due(4)];
  attached.workspace.write(config());

  const { text, code } = await attached.workspace.plan();

  expect(code).toBe(2);
  expect(text).toContain(TITLE);
  expect(text).toContain('is expected to take about 8 hours');
  expect(text.replace(/\s+/g, ' ')).toContain('4 recordings in scope are deleted');
  expect(text).toContain(`2026-02-01 00:00 UTC: recording r-1 of conversation ${conversation(1)}`);
  expect(text).toContain('by the maximum retention of the organization');
  expect(text).toContain('and 1 more');
  expect(text).toContain("preserve: 'at-once'");
});

test('an apply says it and exports; when it is done there is nothing to say', async () => {
  genesys.due = [due(1)];
  attached.workspace.write(config());

  const applied = await attached.workspace.apply();

  expect(applied.text).toContain(TITLE);
  expect([...genesys.jobs.values()].map(({ state }) => state)).toEqual(['exported', 'exported', 'exported']);
  const asked = genesys.askedForDeletions;
  const plan = await attached.workspace.plan();
  expect(plan.code).toBe(0);
  expect(plan.text).not.toContain(TITLE);
  expect(genesys.askedForDeletions).toBe(asked);
});

test('the next plan of an unfinished export says it again', async () => {
  genesys.due = [due(1)];
  genesys.fates = ['exported', 'failed', 'exported'];
  attached.workspace.write(config());
  await attached.workspace.run(['apply', '-auto-approve']);

  expect((await attached.workspace.plan()).text).toContain(TITLE);
});

test('nothing due is no word; what cannot be seen is', async () => {
  attached.workspace.write(config());
  expect((await attached.workspace.plan()).text).not.toContain('deleted before');

  genesys.undated = ['the OAuth client lacks analytics:dataRetention:view'];
  const { text } = await attached.workspace.plan();
  expect(text).toContain(UNKNOWN);
  expect(text.replace(/\s+/g, ' ')).toContain('the OAuth client lacks analytics:dataRetention:view');
});

test('a refused question is a warning, and the plan stands', async () => {
  genesys.deletions = () => Promise.reject(refusal(403, 'read the export dates of the recordings'));
  attached.workspace.write(config());

  const { text, code } = await attached.workspace.plan();

  expect(code).toBe(2);
  expect(text).toContain(UNKNOWN);
  expect(text).toContain('corr-1');
});

test('a plan asks about the integration and about deletions at once', async () => {
  const { integration } = genesys;
  const asked: number[] = [];
  genesys.integration = async (id) => {
    await new Promise((done) => setImmediate(done));
    asked.push(genesys.askedForDeletions);
    return integration(id);
  };
  attached.workspace.write(config());

  expect((await attached.workspace.plan()).code).toBe(2);

  expect(asked).toEqual([1]);
});

test('given an integration that is not there, then only that is said, and nothing is looked for any more', async () => {
  const ended: boolean[] = [];
  genesys.deletions = (_, signal) =>
    new Promise<never>((_done, fail) => {
      signal.addEventListener('abort', () => {
        ended.push(true);
        fail(new Error('ended'));
      });
    });
  attached.workspace.write(config().replace(INTEGRATION, '00000000-0000-4000-8000-00000000dead'));

  const { text, code } = await attached.workspace.run(['plan']);

  expect(code).toBe(1);
  expect(text).toContain('Unknown integration');
  expect(text).not.toContain(UNKNOWN);
  expect(ended).toEqual([true]);
});

test('screen recordings that reach a year are warned of, and the export runs', async () => {
  const aYearAgo = new Date(Date.now() - 364 * 86_400_000).toISOString().slice(0, 10);
  const screens = `include_screen_recordings = true\n}`;
  const interval = `${aYearAgo}T00:00:00Z/${new Date(Date.now() - 350 * 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`;
  attached.workspace.write(config(interval).replace(/\}\s*$/, screens));

  const { text } = await attached.workspace.apply();

  expect(text).toContain(TITLE);
  expect(text.replace(/[\s│╷╵]+/g, ' ')).toContain('Screen recordings are kept for a year at most');
  expect([...genesys.jobs.values()].every(({ state }) => state === 'exported')).toBe(true);

  attached.workspace.write(config(interval).replace(/\}\s*$/, 'external_tag = "x"\n}'));
  expect((await attached.workspace.plan()).text).not.toContain('Screen recordings are kept');
});
