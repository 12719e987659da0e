import { ConversationSet, type BatchState } from '../../src/genesys';
import { attach, type Attached } from './attached';
import { conversation, FakeGenesys, INTEGRATION } from './fake-genesys';
import { errorsIn } from './workspace';

const ADDRESS = 'genesyscloud_recording_export_job.sms';
const INTERVAL = '2025-12-01T00:00:00Z/2025-12-31T00:00:00Z';

interface Options {
  readonly interval?: string;
  readonly batch?: string;
  readonly more?: string;
}

const config = ({ interval = INTERVAL, batch = 'P10D', more = '' }: Options = {}) => `
resource "genesyscloud_recording_export_job" "sms" {
  integration_id = "${INTEGRATION}"
  interval       = "${interval}"
  media_types    = ["message"]
  message_types  = ["sms"]
  batch_interval = "${batch}"
  ${more}
}
`;

let genesys: FakeGenesys;
let attached: Attached;

beforeEach(async () => {
  genesys = new FakeGenesys();
  attached = await attach({ genesys });
});
afterEach(() => attached.close());

const created = () => genesys.calls.filter((call) => call.startsWith('create'));
const jobs = () => [...genesys.jobs.keys()];

describe('a new export', () => {
  test('exports each batch once, and then there is nothing to do', async () => {
    const { workspace } = attached;
    workspace.write(config());

    await workspace.apply();

    expect(created()).toHaveLength(3);
    expect(await workspace.attributes(ADDRESS)).toMatchObject({
      id: jobs().join(','),
      state: 'exported',
      batch_count: 3,
      conversation_count: 3,
      completed_at: '2026-02-01T00:00:00.000Z',
      conversation_ids_sha256: genesys.conversations.sha256,
      include_metadata: false,
      wait_for: 'exported',
    });
    expect((await workspace.plan()).code).toBe(0);
    const refreshed = await workspace.plan('-refresh-only');
    expect(refreshed.code).toBe(0);
  });

  test('says in its plan how many jobs it will run, and whether the integration is there', async () => {
    const { workspace } = attached;
    workspace.write(config());

    const plan = await workspace.plan();

    expect(plan.stdout).toMatch(/batch_count\s+= 3/);
    expect(genesys.calls).toEqual([`integration ${INTEGRATION}`]);
  });

  test('over named conversations has no interval to split', async () => {
    const { workspace } = attached;
    workspace.write(`
      resource "genesyscloud_recording_export_job" "sms" {
        integration_id   = "${INTEGRATION}"
        conversation_ids = ["${conversation(2).toUpperCase()}", "${conversation(1)}"]
      }`);

    await workspace.apply();

    expect(genesys.specs.get(jobs()[0] ?? '')?.scope.conversationIds).toEqual([conversation(1), conversation(2)]);
    expect((await workspace.plan()).code).toBe(0);
  });

  test('without recordings succeeds with a warning', async () => {
    const { workspace } = attached;
    genesys.conversations = ConversationSet.empty;
    workspace.write(config());

    const applied = await workspace.apply();

    expect(applied.text).toContain('Export covers no recordings');
  });

  test('warns when its interval is so young that conversations may be missed', async () => {
    const { workspace } = attached;
    workspace.write(config({ interval: '2026-01-01T00:00:00Z/2999-01-01T00:00:00Z', batch: 'P1000D' }));

    expect((await workspace.plan()).text).toContain('Newest conversations may be missed');
  });
});

describe('an export that does not come through', () => {
  test('a failed job is an error; the next apply exports only that batch again and cancels nothing', async () => {
    const { workspace } = attached;
    genesys.fates = ['exported', 'failed', 'exported'];
    workspace.write(config());

    const failed = await workspace.run(['apply', '-auto-approve']);
    const [first, second, third] = jobs();

    expect(failed.code).toBe(1);
    expect(errorsIn(failed)).toHaveLength(1);
    expect(failed.text).toContain(`Job ${second}`);
    expect(failed.text).toContain('Export engine says no.');
    expect(failed.text).toContain('apply again');

    await workspace.apply();

    expect(created()).toHaveLength(4);
    expect(genesys.calls.some((call) => call.startsWith('cancel'))).toBe(false);
    expect(await workspace.attributes(ADDRESS)).toMatchObject({
      id: [first, jobs()[3], third].join(','),
      state: 'exported',
    });
    expect((await workspace.plan()).code).toBe(0);
  });

  test('recordings that fail are an error that names them, when that is asked for', async () => {
    const { workspace } = attached;
    genesys.fates = ['incomplete'];
    workspace.write(config({ batch: 'P40D', more: 'on_failed_recordings = "error"' }));

    const failed = await workspace.run(['apply', '-auto-approve']);

    expect(failed.code).toBe(1);
    expect(failed.text).toContain(`recording r-1 of conversation ${conversation(1)}`);
    expect(failed.text).toContain(`jobs ${jobs()[0]}`);
  });

  test('a timeout saves what there is, untainted, with a warning; the next apply continues with the same job', async () => {
    const { workspace } = attached;
    genesys.hangs = true;
    workspace.write(config({ more: 'timeouts { create = "300ms" }' }));

    const stopped = await workspace.apply();

    expect(stopped.text).toContain('Export is not complete yet');
    expect(stopped.text).toContain('3 batches: 1 processing, 2 planned');
    expect(workspace.stateText()).not.toContain('tainted');
    expect(await workspace.actions()).toEqual({ [ADDRESS]: 'update' });

    genesys.hangs = false;
    await workspace.apply();

    expect(created()).toHaveLength(3);
    expect(await workspace.attributes(ADDRESS)).toMatchObject({ state: 'exported', id: jobs().join(',') });
    expect((await workspace.plan()).code).toBe(0);
  });

  test('Ctrl-C saves what there is as well', async () => {
    const { workspace } = attached;
    genesys.hangs = true;
    workspace.write(config());

    const { child, ended } = workspace.start(['apply', '-auto-approve']);
    while (created().length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGINT');
    await ended;
    genesys.hangs = false;

    expect(await workspace.actions()).toEqual({ [ADDRESS]: 'update' });
    await workspace.apply();
    expect(created()).toHaveLength(3);
  });

  test('an unfinished job that Genesys Cloud has forgotten is planned again', async () => {
    const { workspace } = attached;
    genesys.hangs = true;
    workspace.write(config({ more: 'timeouts { create = "300ms" }' }));
    await workspace.apply();

    genesys.jobs.clear();
    genesys.hangs = false;

    expect(await workspace.actions()).toEqual({ [ADDRESS]: 'create' });
  });

  test('batches that are still to be made follow a changed batch_interval', async () => {
    const { workspace } = attached;
    genesys.hangs = true;
    workspace.write(config({ more: 'timeouts { create = "300ms" }' }));
    await workspace.apply();

    genesys.hangs = false;
    workspace.write(config({ batch: 'P5D' }));
    await workspace.apply();

    expect(created()).toHaveLength(1 + 4);
    expect((await workspace.plan()).code).toBe(0);
  });

  test('destroying it cancels what is not finished', async () => {
    const { workspace } = attached;
    genesys.hangs = true;
    workspace.write(config({ more: 'timeouts { create = "300ms" }' }));
    await workspace.apply();

    const destroyed = await workspace.run(['destroy', '-auto-approve']);

    expect(destroyed.code).toBe(0);
    expect(genesys.calls.at(-1)).toBe(`cancel ${jobs()[0]}`);
  });
});

describe('a finished export', () => {
  beforeEach(async () => {
    attached.workspace.write(config());
    await attached.workspace.apply();
  });

  test('is a fact: nothing is asked about it, and it stays when its jobs are forgotten', async () => {
    const { workspace } = attached;
    genesys.jobs.clear();
    genesys.calls.length = 0;

    expect((await workspace.plan()).code).toBe(0);
    expect(genesys.calls).toEqual([]);
  });

  test.each([
    ['another batch_interval', { batch: 'P5D' }],
    ['timeouts', { more: 'timeouts { create = "2h" }' }],
    ['less to wait for', { more: 'wait_for = "fulfilled"' }],
    ['a destination', { more: 'destination = { bucket = "recordings" }' }],
  ])('takes %s in place without doing anything', async (_, options) => {
    const { workspace } = attached;
    const before = await workspace.attributes(ADDRESS);
    workspace.write(config(options));

    expect(await workspace.actions()).toEqual({ [ADDRESS]: 'update' });
    genesys.calls.length = 0;
    await workspace.apply();

    expect(genesys.calls).toEqual([]);
    expect(await workspace.attributes(ADDRESS)).toMatchObject({ id: before['id'], state: 'exported' });
    expect((await workspace.plan()).code).toBe(0);
  });

  test.each([
    ['a batch_interval', { batch: 'P1W3D' }],
    ['an interval', { interval: '2025-12-01T01:00:00+01:00/2025-12-31T00:00:00.000Z' }],
  ])('does not change when %s is only written another way', async (_, options) => {
    attached.workspace.write(config(options));

    expect((await attached.workspace.plan()).code).toBe(0);
  });

  test('exports what a wider interval adds, and nothing that it has', async () => {
    const { workspace } = attached;
    const [first] = jobs();
    workspace.write(config({ interval: '2025-12-01T00:00:00Z/2026-01-10T00:00:00Z' }));

    expect(await workspace.actions()).toEqual({ [ADDRESS]: 'update' });
    const { text } = await workspace.apply();

    expect(text).toContain('1 new batch: 2025-12-31T00:00:00.000Z/2026-01-10T00:00:00.000Z');
    expect(created()).toHaveLength(4);
    expect(jobs()[0]).toBe(first);
    expect(await workspace.attributes(ADDRESS)).toMatchObject({
      id: jobs().join(','),
      state: 'exported',
      batch_count: 4,
      conversation_count: 4,
      conversation_ids_sha256: genesys.conversations.sha256,
      completed_at: '2026-03-02T00:00:00.000Z',
    });
    expect((await workspace.plan()).code).toBe(0);
  });

  test('forgets nothing when its interval becomes narrower, and exports nothing when it is as wide as it was', async () => {
    const { workspace } = attached;
    const before = await workspace.attributes(ADDRESS);
    workspace.write(config({ interval: '2025-12-01T00:00:00Z/2025-12-11T00:00:00Z' }));

    expect(await workspace.actions()).toEqual({ [ADDRESS]: 'update' });
    await workspace.apply();
    const { id, batch_count, conversation_count, conversation_ids_sha256 } = before;
    expect(await workspace.attributes(ADDRESS)).toMatchObject({
      id,
      batch_count,
      conversation_count,
      conversation_ids_sha256,
      state: 'exported',
    });
    expect((await workspace.plan()).code).toBe(0);
    workspace.write(config());
    await workspace.apply();

    expect(created()).toHaveLength(3);
  });

  test('is replaced when its scope has nothing in common with the old one', async () => {
    const { workspace } = attached;
    workspace.write(config({ interval: '2025-03-01T00:00:00Z/2025-03-11T00:00:00Z' }));

    const { text } = await workspace.plan();
    expect(text).toContain('Export is replaced');
    expect(text).toContain('nothing is exported twice');
    expect(await workspace.actions()).toEqual({ [ADDRESS]: 'delete+create' });
    await workspace.apply();

    expect(created()).toHaveLength(4);
    expect((await workspace.plan()).code).toBe(0);
  });

  test('says what is exported again when it has to be replaced', async () => {
    const { workspace } = attached;
    workspace.write(config({ more: 'include_screen_recordings = true' }));

    const { text } = await workspace.plan();

    expect(text).toContain('include_screen_recordings changes to what this export cannot grow to');
    expect(text).toContain('9 recordings of 3 conversations in 3 batches');
  });

  test('whose growth fails stays what it was, so that holds behind it get their turn, and continues', async () => {
    const { workspace } = attached;
    const before = await workspace.attributes(ADDRESS);
    workspace.write(config({ interval: '2025-12-01T00:00:00Z/2026-01-10T00:00:00Z' }));
    genesys.fates = Array<BatchState>(2).fill('failed');

    const grown = await workspace.run(['apply', '-auto-approve']);
    const again = await workspace.run(['apply', '-auto-approve']);

    for (const applied of [grown, again]) {
      expect(applied.code).toBe(0);
      expect(applied.text).toContain('Export is still growing');
      expect(applied.text).toContain('Export engine says no.');
    }
    const { id, conversation_ids_sha256 } = before;
    expect(await workspace.attributes(ADDRESS)).toMatchObject({ id, conversation_ids_sha256, state: 'growing' });
    expect((await workspace.plan()).code).toBe(2);
    await workspace.apply();
    expect(await workspace.attributes(ADDRESS)).toMatchObject({ state: 'exported', batch_count: 4 });
    expect((await workspace.plan()).code).toBe(0);
  });

  test('whose successor fails is no error, in whatever apply, so that holds behind it get their turn', async () => {
    const { workspace } = attached;
    workspace.write(config({ more: 'include_screen_recordings = true' }));
    genesys.fates = Array<BatchState>(20).fill('failed');

    const replaced = await workspace.run(['apply', '-auto-approve']);
    const again = await workspace.run(['apply', '-auto-approve']);

    for (const applied of [replaced, again]) {
      expect(applied.code).toBe(0);
      expect(applied.text).toContain('This export replaces one that was finished');
    }
    expect(await workspace.attributes(ADDRESS)).toMatchObject({ state: 'failed', completed_at: null });
    genesys.fates = [];
    await workspace.apply();
    expect(await workspace.attributes(ADDRESS)).toMatchObject({ state: 'exported' });
  });

  test('is really exported again with -replace, and cancels nothing', async () => {
    const { workspace } = attached;
    const before = jobs();

    await workspace.apply(`-replace=${ADDRESS}`);

    expect(genesys.lastAgain).toBe(true);
    expect(jobs()).not.toEqual(before);
    expect(created()).toHaveLength(6);
    expect(genesys.calls.some((call) => call.startsWith('cancel'))).toBe(false);
    expect((await workspace.plan()).code).toBe(0);
  });

  test('is forgotten, and nothing more, when it is destroyed', async () => {
    genesys.calls.length = 0;

    const destroyed = await attached.workspace.run(['destroy', '-auto-approve']);

    expect(destroyed.code).toBe(0);
    expect(genesys.calls).toEqual([]);
  });

  test('can be imported by its job ids; nothing is to do then', async () => {
    const { workspace } = attached;
    const id = jobs().join(',');
    await workspace.run(['state', 'rm', ADDRESS]);

    const imported = await workspace.run(['import', ADDRESS, id]);

    expect(imported.stderr).toBe('');
    expect(await workspace.attributes(ADDRESS)).toMatchObject({ id, state: 'exported', conversation_count: 3 });
    expect((await workspace.plan()).code).toBe(0);
  });

  test('is found by the data source', async () => {
    const { workspace } = attached;
    workspace.write(`${config()}
      data "genesyscloud_recording_export_job" "same" {
        job_ids = split(",", ${ADDRESS}.id)
      }
      output "state" { value = data.genesyscloud_recording_export_job.same.state }
      output "pending" { value = data.genesyscloud_recording_export_job.same.pending_recording_count }`);

    const applied = await workspace.apply();

    expect(applied.stdout).toMatch(/state = "exported"/);
    expect(applied.stdout).toMatch(/pending = 0/);
  });
});

describe('a finished job of the same query, whose state was lost', () => {
  test('is taken over with a warning that names it', async () => {
    const { workspace } = attached;
    genesys.adopts = true;
    workspace.write(config({ batch: 'P40D' }));

    const applied = await workspace.apply();

    expect(applied.text).toContain('Finished export taken over');
    expect(applied.text).toContain(`job ${jobs()[0]}`);
    expect(applied.text).toContain('-replace');
  });
});

describe('an export that waits for less', () => {
  test('is done when Genesys Cloud has accepted it, and continues when more is asked for', async () => {
    const { workspace } = attached;
    genesys.fates = ['fulfilled'];
    workspace.write(config({ batch: 'P40D', more: 'wait_for = "fulfilled"' }));
    await workspace.apply();
    expect((await workspace.plan()).code).toBe(0);

    workspace.write(config({ batch: 'P40D' }));
    expect(await workspace.actions()).toEqual({ [ADDRESS]: 'update' });
    await workspace.apply();

    expect(created()).toHaveLength(1);
    expect(await workspace.attributes(ADDRESS)).toMatchObject({ state: 'exported' });
  });
});

describe('bad input', () => {
  const base = `integration_id = "${INTEGRATION}"`;
  const scope = `${base}\n interval = "${INTERVAL}"`;

  test.each([
    ['neither interval nor conversation_ids', base, 'interval'],
    ['both', `${scope}\n conversation_ids = ["${conversation(1)}"]`, 'conversation_ids'],
    ['no conversation at all', `${base}\n conversation_ids = []`, 'conversation_ids'],
    ['a conversation id that is none', `${base}\n conversation_ids = ["nonsense"]`, 'conversation_ids'],
    ['an integration id that is none', `integration_id = "nonsense"\n interval = "${INTERVAL}"`, 'integration_id'],
    ['a malformed interval', `${base}\n interval = "January"`, 'interval'],
    ['an interval without time zone', `${base}\n interval = "2026-01-01T00:00:00/2026-01-02T00:00:00"`, 'interval'],
    ['an end before the start', `${base}\n interval = "2026-02-01T00:00:00Z/2026-01-01T00:00:00Z"`, 'interval'],
    ['an empty interval', `${base}\n interval = "2026-01-01T00:00:00Z/2026-01-01T00:00:00Z"`, 'interval'],
    ['a malformed duration', `${scope}\n batch_interval = "7 days"`, 'batch_interval'],
    ['a duration of nothing', `${scope}\n batch_interval = "P0D"`, 'batch_interval'],
    ['thousands of batches', `${scope}\n batch_interval = "PT1M"`, 'batch_interval'],
    [
      'a batch_interval for named conversations',
      `${base}\n conversation_ids = ["${conversation(1)}"]\n batch_interval = "P1D"`,
      'batch_interval',
    ],
    [
      'metadata for SMS',
      `${scope}\n media_types = ["message"]\n message_types = ["sms"]\n include_metadata = true`,
      'include_metadata',
    ],
    [
      'metadata for e-mail',
      `${scope}\n media_types = ["voice", "email"]\n include_metadata = true`,
      'include_metadata',
    ],
    ['metadata for everything', `${scope}\n include_metadata = true`, 'include_metadata'],
    ['an unknown medium', `${scope}\n media_types = ["sms"]`, 'media_types'],
    ['two action times', `${scope}\n action_date = "2026-03-01T00:00:00Z"\n action_age = 3`, 'action_age'],
    ['an action date without zone', `${scope}\n action_date = "2026-03-01"`, 'action_date'],
    ['half a day', `${scope}\n action_age = 0.5`, 'action_age'],
    ['an unknown wait', `${scope}\n wait_for = "later"`, 'wait_for'],
    ['a malformed timeout', `${scope}\n timeouts { create = "soon" }`, 'create'],
    ['a bucket that is an ARN', `${scope}\n destination = { bucket = "arn:aws:s3:::x" }`, 'bucket'],
  ])('%s is one error, found without asking anybody', async (_, body, attribute) => {
    const { workspace } = attached;
    workspace.write(`resource "genesyscloud_recording_export_job" "sms" {\n ${body}\n}`);

    const validated = await workspace.run(['validate']);

    expect(validated.code).toBe(1);
    expect(errorsIn(validated)).toHaveLength(1);
    expect(validated.text).toContain(attribute);
    expect(attached.configs).toEqual([]);
  });

  test('metadata for voice alone is allowed', async () => {
    attached.workspace.write(
      `resource "genesyscloud_recording_export_job" "sms" {\n ${scope}\n media_types = ["voice"]\n include_metadata = true\n}`,
    );

    expect((await attached.workspace.plan()).code).toBe(2);
  });

  test.each([
    ['unknown', '22222222-2222-4222-8222-222222222222', 'ENABLED', 'Unknown integration'],
    ['disabled', INTEGRATION, 'DISABLED', 'Integration is not active'],
  ])('an integration that is %s fails the plan', async (_, id, state, summary) => {
    const { workspace } = attached;
    genesys.integrationState = state;
    workspace.write(config().replace(INTEGRATION, id));

    const plan = await workspace.plan();

    expect(plan.code).toBe(1);
    expect(errorsIn(plan)).toHaveLength(1);
    expect(plan.text).toContain(summary);
    expect(plan.text).toContain('integration_id');
  });

  test('an import id that is none says what one looks like', async () => {
    attached.workspace.write(config());

    const imported = await attached.workspace.run(['import', ADDRESS, 'job-1']);

    expect(imported.code).toBe(1);
    expect(imported.text).toContain('separated by commas');
  });
});

describe('what is not known yet', () => {
  test('plans continue with a scope that another resource decides', async () => {
    const { workspace } = attached;
    workspace.write(`
      resource "terraform_data" "month" { input = "${INTERVAL}" }
      resource "genesyscloud_recording_export_job" "sms" {
        integration_id = "${INTEGRATION}"
        interval       = terraform_data.month.output
        batch_interval = "P10D"
      }`);

    await workspace.apply();

    expect(created()).toHaveLength(3);
    expect((await workspace.plan()).code).toBe(0);
  });
});
