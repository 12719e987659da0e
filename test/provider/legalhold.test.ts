import { ConversationSet } from '../../src/genesys';
import { attach, CREDENTIALS, type Attached } from './attached';
import { conversation, FakeGenesys, INTEGRATION } from './fake-genesys';
import { errorsIn } from './workspace';

const HOLD = 'genesyscloud_compliance_legalhold.case';

const CONSENT = 'release_on_destroy = true\nrelease_reason = "settled"';

const ids = (...numbers: readonly number[]) => `[${numbers.map((n) => `"${conversation(n)}"`).join(', ')}]`;

const named = (list: string, more = '') => `
resource "genesyscloud_compliance_legalhold" "case" {
  name             = "Acme v. Example"
  conversation_ids = ${list}
  ${more}
}
`;

const both = (more = '', exportMore = '') => `
resource "genesyscloud_recording_export_job" "sms" {
  integration_id = "${INTEGRATION}"
  interval       = "2025-12-01T00:00:00Z/2025-12-31T00:00:00Z"
  ${exportMore}
}
resource "genesyscloud_compliance_legalhold" "case" {
  name          = "Acme v. Example"
  export_job_id = genesyscloud_recording_export_job.sms.id
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

const held = () => [...genesys.protectedIds].sort();
const sent = (verb: string) => genesys.calls.filter((call) => call.startsWith(verb));

describe('a new hold', () => {
  test('covers what its export covers, after the export is complete, and then there is nothing to do', async () => {
    const { workspace } = attached;
    workspace.write(both());

    await workspace.apply();

    expect(genesys.calls.findIndex((call) => call.startsWith('protect'))).toBeGreaterThan(
      genesys.calls.indexOf('completion'),
    );
    expect(held()).toEqual([1, 2, 3].map(conversation));
    expect(await workspace.attributes(HOLD)).toMatchObject({
      status: 'active',
      hold_api: 'deletion_protection',
      conversation_count: 3,
      held_count: 3,
      missing_count: 0,
      failed_count: 0,
      out_of_scope_count: 0,
      failures: [],
      conversation_ids_sha256: genesys.conversations.sha256,
    });
    expect((await workspace.plan()).code).toBe(0);
    expect((await workspace.plan('-refresh-only')).code).toBe(0);
  });

  test('is refused, before anything is asked of the hold API, while the export is not complete', async () => {
    const { workspace } = attached;
    genesys.pendingCount = 7;
    workspace.write(both());

    const run = await workspace.run(['apply', '-auto-approve']);

    expect(run.code).toBe(1);
    expect(errorsIn(run)).toHaveLength(1);
    expect(run.text).toContain('7 of 3 recordings');
    expect(run.text).toContain(`recording r-1 of conversation ${conversation(1)}`);
    expect(run.text).toContain('and 2 more');
    expect(sent('protect')).toEqual([]);
  });

  test('over nothing is refused', async () => {
    genesys.conversations = ConversationSet.empty;
    attached.workspace.write(both());

    const run = await attached.workspace.run(['apply', '-auto-approve']);

    expect(run.code).toBe(1);
    expect(run.text).toContain('Nothing to hold');
  });

  test('of which nothing could be held is an error and leaves nothing behind', async () => {
    const { workspace } = attached;
    genesys.refused.set(conversation(1), { conversationId: conversation(1), code: 'gone', message: 'No such one.' });
    workspace.write(named(ids(1)));

    const run = await workspace.run(['apply', '-auto-approve']);

    expect(run.code).toBe(1);
    expect(run.text).toContain('No such one. (gone)');
    expect((await workspace.run(['state', 'list'])).stdout).toBe('');
  });

  test('of which a part could be held is saved untainted, with a warning; the next apply holds just the rest', async () => {
    const { workspace } = attached;
    genesys.refused.set(conversation(2), { conversationId: conversation(2), code: 'full', message: 'No room.' });
    workspace.write(named(ids(1, 2, 3)));

    const applied = await workspace.apply();

    expect(applied.text).toContain('Legal hold is incomplete');
    expect(applied.text).toContain('No room. (full)');
    expect(workspace.stateText()).not.toContain('tainted');
    expect(await workspace.attributes(HOLD)).toMatchObject({
      status: 'incomplete',
      held_count: 2,
      missing_count: 1,
      failed_count: 1,
      failures: [{ conversation_id: conversation(2), code: 'full', message: 'No room.' }],
    });
    expect((await workspace.plan('-refresh-only')).code).toBe(0);
    expect(await workspace.actions()).toEqual({ [HOLD]: 'update' });

    genesys.refused.clear();
    await workspace.apply();

    expect(sent('protect').at(-1)).toBe(`protect ${conversation(2)}`);
    expect(await workspace.attributes(HOLD)).toMatchObject({ status: 'active', missing_count: 0, failures: [] });
    expect((await workspace.plan()).code).toBe(0);
  });

  test('that was cut short in the middle says why, and continues', async () => {
    const { workspace } = attached;
    genesys.stopsAfter = 1;
    workspace.write(named(ids(1, 2, 3)));

    const applied = await workspace.apply();

    expect(applied.text).toContain('lacks 2 of 3 conversations');
    expect(applied.text).toContain('Correlation id: corr-1');
    await workspace.apply();
    expect(held()).toHaveLength(3);
    expect((await workspace.plan()).code).toBe(0);
  });
});

describe('a hold that somebody released behind our back', () => {
  beforeEach(async () => {
    attached.workspace.write(named(ids(1, 2, 3)));
    await attached.workspace.apply();
    genesys.calls.length = 0;
  });

  test('is planned as one update, which holds exactly what is missing', async () => {
    const { workspace } = attached;
    genesys.release(conversation(1), conversation(3));

    const plan = await workspace.plan();
    expect(plan.code).toBe(2);
    expect(plan.stdout).toMatch(/missing_count\s+= 2 -> \(known after apply\)/);
    expect(plan.stdout).toMatch(/status\s+= "partially_released" -> \(known after apply\)/);
    expect(plan.text).toContain('2 conversations released outside of Terraform');
    expect(sent('protect')).toEqual([]);

    await workspace.apply();
    expect(sent('protect')).toEqual([`protect ${conversation(1)},${conversation(3)}`]);
    expect((await workspace.plan()).code).toBe(0);
  });

  test('completely is still an update, and may be destroyed since nothing is held', async () => {
    const { workspace } = attached;
    genesys.release(conversation(1), conversation(2), conversation(3));

    expect(await workspace.actions()).toEqual({ [HOLD]: 'update' });
    expect((await workspace.run(['destroy', '-auto-approve'])).code).toBe(0);
    expect(sent('release')).toEqual([]);
  });

  test('is an error that saves what was done when it cannot be repaired completely', async () => {
    const { workspace } = attached;
    genesys.release(conversation(1), conversation(3));
    genesys.refused.set(conversation(3), { conversationId: conversation(3), code: 'full', message: 'No room.' });

    const run = await workspace.run(['apply', '-auto-approve']);

    expect(run.code).toBe(1);
    expect(errorsIn(run)).toHaveLength(1);
    expect(await workspace.attributes(HOLD)).toMatchObject({
      status: 'partially_released',
      held_count: 2,
      missing_count: 1,
      failed_count: 0,
      gaps: [{ kind: 'released', id: conversation(3), detail: 'No room. (full)' }],
    });
    expect(await workspace.actions()).toEqual({ [HOLD]: 'update' });
  });
});

describe('releasing', () => {
  test('is refused when planned, naming the hold and the way out', async () => {
    const { workspace } = attached;
    workspace.write(named(ids(1, 2)));
    await workspace.apply();

    const plan = await workspace.run(['plan', '-destroy']);

    expect(plan.code).toBe(1);
    expect(errorsIn(plan)).toHaveLength(1);
    expect(plan.text).toContain('"Acme v. Example"');
    expect(plan.text).toContain('2 conversations');
    expect(plan.text).toContain('release_on_destroy = true and release_reason');
    expect(plan.text).toContain('terraform state rm');
    expect(held()).toHaveLength(2);
  });

  test('is refused when the resource is taken out of the configuration', async () => {
    const { workspace } = attached;
    workspace.write(named(ids(1)));
    await workspace.apply();

    workspace.write('');

    expect((await workspace.plan()).code).toBe(1);
  });

  test('is refused for a replacement when planned, and for a tainted hold at the latest when applied', async () => {
    const { workspace } = attached;
    workspace.write(named(ids(1)));
    await workspace.apply();

    const replaced = await workspace.run(['plan', `-replace=${HOLD}`]);
    expect(replaced.code).toBe(1);
    expect(replaced.text).toContain('without -replace');

    await workspace.run(['taint', HOLD]);
    const tainted = await workspace.run(['apply', '-auto-approve']);
    expect(tainted.code).toBe(1);
    expect(tainted.text).toContain('terraform untaint');
    expect(held()).toHaveLength(1);
  });

  test('takes consent: release_on_destroy, applied first', async () => {
    const { workspace } = attached;
    workspace.write(named(ids(1, 2)));
    await workspace.apply();

    workspace.write(named(ids(1, 2), CONSENT));
    genesys.calls.length = 0;
    await workspace.apply();
    expect(sent('protect')).toEqual([]);

    const plan = await workspace.run(['plan', '-destroy']);
    expect(plan.code).toBe(0);
    expect(plan.text).toContain('releases 2 of 2.');
    expect(plan.text).toContain('Other machines were not asked');
    await workspace.run(['destroy', '-auto-approve']);
    expect(sent('release')).toEqual([`release ${conversation(1)},${conversation(2)}`]);
    expect(held()).toEqual([]);
  });

  test('with consent a replacement releases and holds again', async () => {
    const { workspace } = attached;
    workspace.write(named(ids(1, 2), CONSENT));
    await workspace.apply();
    genesys.calls.length = 0;

    await workspace.apply(`-replace=${HOLD}`);

    expect(sent('release')).toHaveLength(1);
    expect(held()).toHaveLength(2);
    expect((await workspace.plan()).code).toBe(0);
  });

  test('with consent a tainted hold is released as well', async () => {
    const { workspace } = attached;
    workspace.write(named(ids(1, 2), CONSENT));
    await workspace.apply();
    await workspace.run(['taint', HOLD]);
    genesys.calls.length = 0;

    await workspace.apply();

    expect(sent('release')).toEqual([`release ${conversation(1)},${conversation(2)}`]);
    expect(held()).toHaveLength(2);
  });
});

describe('a changed scope', () => {
  beforeEach(async () => {
    attached.workspace.write(named(ids(1, 2, 3)));
    await attached.workspace.apply();
    genesys.calls.length = 0;
  });

  test('adds what is new and keeps what falls out, counted and announced', async () => {
    const { workspace } = attached;
    workspace.write(named(ids(3, 4)));

    const plan = await workspace.plan();
    expect(plan.text).toContain('2 conversations of the hold "Acme v. Example" are no longer in scope. They stay held');
    expect(plan.stdout).toMatch(/out_of_scope_count\s+= 0 -> \(known after apply\)/);

    await workspace.apply();
    expect(sent('protect ')).toEqual([`protect ${conversation(4)}`]);
    expect(sent('release')).toEqual([]);
    expect(held()).toHaveLength(4);
    expect(await workspace.attributes(HOLD)).toMatchObject({
      status: 'active',
      conversation_count: 2,
      out_of_scope_count: 2,
      conversation_ids_sha256: ConversationSet.of([3, 4].map(conversation)).sha256,
    });
    expect((await workspace.plan()).code).toBe(0);
    expect((await workspace.plan('-refresh-only')).code).toBe(0);
  });

  test('releases what falls out only with consent, and says so', async () => {
    const { workspace } = attached;
    workspace.write(named(ids(3), CONSENT));

    expect((await workspace.plan()).text).toContain(
      '2 conversations of the hold "Acme v. Example" are no longer in scope. They stay held',
    );
    await workspace.apply();
    expect(held()).toHaveLength(3);
    expect((await workspace.plan()).text).toContain(
      '2 conversations of the hold "Acme v. Example" are no longer in scope. The apply releases 2 of 2.',
    );
    await workspace.apply();

    expect(held()).toEqual([conversation(3)]);
    expect(await workspace.attributes(HOLD)).toMatchObject({ out_of_scope_count: 0, conversation_count: 1 });
    expect((await workspace.plan()).code).toBe(0);
  });

  test('later consent releases what had fallen out', async () => {
    const { workspace } = attached;
    workspace.write(named(ids(3)));
    await workspace.apply();
    workspace.write(named(ids(3), CONSENT));
    await workspace.apply();
    expect(held()).toHaveLength(3);

    expect((await workspace.plan()).text).toContain('2 conversations of the hold "Acme v. Example" are no longer in');
    await workspace.apply();

    expect(held()).toEqual([conversation(3)]);
    expect((await workspace.plan()).code).toBe(0);
  });

  test('is no change when ids are only written another way', async () => {
    attached.workspace.write(named(ids(3, 2, 1).toUpperCase().replaceAll('"C', '"c')));

    expect((await attached.workspace.plan()).code).toBe(0);
  });

  test('of a replaced export is only known when that is there', async () => {
    const { workspace } = attached;
    workspace.write(both('', ''));

    const plan = await workspace.plan();
    expect(plan.text).toContain('How many that are is unknown until then');
    genesys.conversations = ConversationSet.of([3, 4].map(conversation));
    await workspace.apply();

    expect(held()).toHaveLength(4);
    expect(await workspace.attributes(HOLD)).toMatchObject({ conversation_count: 2, out_of_scope_count: 2 });
    expect((await workspace.plan()).code).toBe(0);
  });

  test('forgets what fell out and was released by somebody', async () => {
    const { workspace } = attached;
    workspace.write(named(ids(3)));
    await workspace.apply();
    genesys.release(conversation(1));

    await workspace.run(['apply', '-refresh-only', '-auto-approve']);

    expect(await workspace.attributes(HOLD)).toMatchObject({ out_of_scope_count: 1 });
    expect((await workspace.plan()).code).toBe(0);
  });

  test('notes who asked without any request', async () => {
    const { workspace } = attached;
    workspace.write(named(ids(1, 2, 3), 'requested_by = "Legal"\n reason = "Notice"'));

    await workspace.apply();

    expect([...sent('protect'), ...sent('release')]).toEqual([]);
    expect((await workspace.plan()).code).toBe(0);
  });
});

describe('with the compliance API', () => {
  beforeEach(async () => {
    genesys.hasCompliance = true;
    attached.workspace.write(named(ids(1, 2, 3), 'external_reference_id = "MATTER-2026-0017"'));
    await attached.workspace.apply();
  });

  test('auto takes it, and the hold keeps its id', async () => {
    const { workspace } = attached;
    expect(await workspace.attributes(HOLD)).toMatchObject({ hold_api: 'compliance', id: 'hold-1' });
    expect(held()).toEqual([]);
    expect((await workspace.plan()).code).toBe(0);
  });

  test('a hold that is gone is made again by an update', async () => {
    const { workspace } = attached;
    genesys.complianceHolds.clear();
    genesys.complianceHolds.set('other', { name: 'Other', ids: new Set() });

    expect(await workspace.actions()).toEqual({ [HOLD]: 'update' });
    await workspace.apply();

    expect(await workspace.attributes(HOLD)).toMatchObject({ id: 'hold-2', status: 'active' });
    expect((await workspace.plan()).code).toBe(0);
  });

  test.each([
    ['name', named(ids(1, 2, 3), 'external_reference_id = "MATTER-2026-0017"').replace('Acme v.', 'Acme vs.')],
    ['external_reference_id', named(ids(1, 2, 3), 'external_reference_id = "MATTER-2026-0018"')],
    ['hold_api', named(ids(1, 2, 3), 'external_reference_id = "MATTER-2026-0017"\n hold_api = "deletion_protection"')],
  ])('a changed %s is refused with the way out', async (attribute, hcl) => {
    attached.workspace.write(hcl);

    const plan = await attached.workspace.plan();

    expect(plan.code).toBe(1);
    expect(errorsIn(plan)).toHaveLength(1);
    expect(plan.text).toContain(`${attribute}: the`);
    expect(plan.text).toContain('second hold');
  });

  test('what falls out of scope stays in the hold, whatever the consent', async () => {
    const { workspace } = attached;
    workspace.write(named(ids(1), `external_reference_id = "MATTER-2026-0017"\n ${CONSENT}`));

    expect((await workspace.plan()).text).toContain('releases a hold only as a whole');
    await workspace.apply();

    expect(genesys.complianceHolds.get('hold-1')?.ids.size).toBe(3);
    expect(await workspace.attributes(HOLD)).toMatchObject({ out_of_scope_count: 2 });
    expect((await workspace.plan()).code).toBe(0);
  });

  test('it can be imported by its id', async () => {
    const { workspace } = attached;
    await workspace.run(['state', 'rm', HOLD]);

    const imported = await workspace.run(['import', HOLD, 'compliance/hold-1']);

    expect(imported.stderr).toBe('');
    expect(await workspace.attributes(HOLD)).toMatchObject({
      name: 'Acme v. Example',
      held_count: 3,
      status: 'active',
    });
  });

  test('the provider can be told to use deletion protection nevertheless', async () => {
    await attached.close();
    attached = await attach({ genesys, env: { ...CREDENTIALS, GENESYSCLOUD_HOLD_API: 'deletion_protection' } });
    attached.workspace.write(named(ids(1)));

    expect((await attached.workspace.plan()).stdout).toMatch(/hold_api\s+= "deletion_protection"/);
    await attached.workspace.apply();

    expect(held()).toEqual([conversation(1)]);
  });
});

describe('import without a hold id', () => {
  test('by conversations gives a state that the next apply only has to name', async () => {
    const { workspace } = attached;
    genesys.protectedIds.add(conversation(1)).add(conversation(2));
    workspace.write(named(ids(1, 2)));

    const imported = await workspace.run(['import', HOLD, `conversations/${conversation(1)},${conversation(2)}`]);

    expect(imported.stderr).toBe('');
    const { name, id } = await workspace.attributes(HOLD);
    expect(name).toBe(id);
    expect(await workspace.actions()).toEqual({ [HOLD]: 'update' });
    genesys.calls.length = 0;
    await workspace.apply();
    expect([...sent('protect'), ...sent('release')]).toEqual([]);
    expect((await workspace.plan()).code).toBe(0);
  });

  test('by export holds what that export covers', async () => {
    const { workspace } = attached;
    workspace.write(both());
    await workspace.apply();
    await workspace.run(['state', 'rm', HOLD]);

    const imported = await workspace.run(['import', HOLD, `export/${[...genesys.jobs.keys()].join(',')}`]);

    expect(imported.stderr).toBe('');
    expect(await workspace.attributes(HOLD)).toMatchObject({ held_count: 3, conversation_count: 3 });
    await workspace.apply();
    expect((await workspace.plan()).code).toBe(0);
  });

  test.each([
    ['nonsense', 'compliance/<hold id>'],
    ['conversations/none', 'UUID'],
    [`conversations/${conversation(9)}`, 'no hold to import'],
    ['compliance/', 'hold id is missing'],
    ['export/x', 'UUID'],
  ])('"%s" is refused with what to write', async (id, words) => {
    attached.workspace.write(named(ids(1)));

    const imported = await attached.workspace.run(['import', HOLD, id]);

    expect(imported.code).toBe(1);
    expect(imported.text).toContain(words);
  });
});

describe('bad input', () => {
  test.each([
    ['neither scope', '', 'export_job_id'],
    ['both scopes', `conversation_ids = ${ids(1)}\n export_job_id = "${conversation(1)}"`, 'conversation_ids'],
    ['no conversations', 'conversation_ids = []', 'conversation_ids'],
    ['an id that is none', 'conversation_ids = ["x"]', 'conversation_ids'],
    ['an export that is none', 'export_job_id = "job-1"', 'export_job_id'],
    ['a blank reference', `conversation_ids = ${ids(1)}\n external_reference_id = " "`, 'external_reference_id'],
    [
      'a reference without end',
      `conversation_ids = ${ids(1)}\n external_reference_id = "${'x'.repeat(5_000)}"`,
      'external_reference_id',
    ],
    [
      'a blank reason to accept',
      `conversation_ids = ${ids(1)}\n accepted_gaps = { sha256 = "${'a'.repeat(64)}", reason = " " }`,
      'reason',
    ],
    ['an unknown API', `conversation_ids = ${ids(1)}\n hold_api = "auto"`, 'hold_api'],
  ])('%s is one error, found without asking anybody', async (_, body, attribute) => {
    attached.workspace.write(`resource "genesyscloud_compliance_legalhold" "case" {\n name = "x"\n ${body}\n}`);

    const validated = await attached.workspace.run(['validate']);

    expect(validated.code).toBe(1);
    expect(errorsIn(validated)).toHaveLength(1);
    expect(validated.text).toContain(attribute);
  });

  test.each([
    ['', 'It has 0 characters'],
    [' \\t', 'It is blank'],
  ])('the name "%s" is one error, found without asking anybody', async (name, words) => {
    attached.workspace.write(named(ids(1)).replace(/name( *)= ".*"/, `name$1= "${name}"`));

    const validated = await attached.workspace.run(['validate']);

    expect(validated.code).toBe(1);
    expect(errorsIn(validated)).toHaveLength(1);
    expect(validated.text).toContain(words);
  });

  test('a malformed reference id fails the plan; the provider can be told another form', async () => {
    const { workspace } = attached;
    workspace.write(named(ids(1), 'external_reference_id = "matter 17"'));
    const plan = await workspace.plan();
    expect(plan.code).toBe(1);
    expect(errorsIn(plan)).toHaveLength(1);
    expect(plan.text).toContain('external_reference_id: "matter 17"');

    workspace.write(
      `provider "genesyscloud" { external_reference_id_pattern = "matter \\\\d+" }\n${named(ids(1), 'external_reference_id = "matter 17"')}`,
    );
    expect((await workspace.plan()).code).toBe(2);
  });
});
