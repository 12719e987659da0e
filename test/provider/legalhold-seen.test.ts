/** A hold is true only when it was seen: gaps, what is accepted, what is unknown, and whose it is. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConversationSet } from '../../src/genesys';
import { MemoryStore, registersIn } from '../support/registers';
import { attach, type Attached } from './attached';
import { conversation, FakeGenesys, INTEGRATION } from './fake-genesys';
import { errorsIn } from './workspace';

const HOLD = 'genesyscloud_compliance_legalhold.case';

const ids = (...numbers: readonly number[]) => `[${numbers.map((n) => `"${conversation(n)}"`).join(', ')}]`;

const named = (list: string, more = '') => `
resource "genesyscloud_compliance_legalhold" "case" {
  name             = "Acme v. Example"
  conversation_ids = ${list}
  ${more}
  lifecycle {
    postcondition {
      condition     = self.status == "active"
      error_message = "The hold is not whole."
    }
  }
}
`;

const both = (more = '') => `
resource "genesyscloud_recording_export_job" "sms" {
  integration_id = "${INTEGRATION}"
  interval       = "2026-01-01T00:00:00Z/2026-01-31T00:00:00Z"
}
resource "genesyscloud_compliance_legalhold" "case" {
  name          = "Acme v. Example"
  export_job_id = genesyscloud_recording_export_job.sms.id
  ${more}
}
`;

let genesys: FakeGenesys;
let attached: Attached;
let store: MemoryStore;

beforeEach(async () => {
  genesys = new FakeGenesys();
  store = new MemoryStore();
  attached = await attach({ genesys, registers: registersIn(store) });
});
afterEach(() => attached.close());

const held = () => [...genesys.protectedIds].sort();
const apply = (...args: readonly string[]) => attached.workspace.run(['apply', '-auto-approve', ...args]);

/** Changes the hold in the state file, as a hand or a converter does. */
function editHold(change: (instance: { attributes: Record<string, unknown>; private?: string }) => void): void {
  const file = join(attached.workspace.folder, 'terraform.tfstate');
  const state = JSON.parse(readFileSync(file, 'utf8')) as {
    serial: number;
    resources: { type: string; instances: { attributes: Record<string, unknown>; private?: string }[] }[];
  };
  state.serial += 1;
  for (const resource of state.resources) {
    if (resource.type === 'genesyscloud_compliance_legalhold') resource.instances.forEach(change);
  }
  writeFileSync(file, JSON.stringify(state));
}

describe('a conversation that cannot be held', () => {
  test.each([
    ['without recordings', 'unprotectable', 'no recordings'],
    ['that Genesys Cloud does not know', 'gone', 'does not know'],
  ] as const)('%s is a gap of its own, red until exactly it is accepted', async (_, kind, words) => {
    const { workspace } = attached;
    (kind === 'gone' ? genesys.unknown : genesys.bare).add(conversation(2));
    workspace.write(named(ids(1, 2)));

    const created = await apply();
    expect(created.text).toContain('Legal hold is incomplete');
    expect(created.text).toContain(`${kind} ${conversation(2)}`);
    const first = await workspace.attributes(HOLD);
    expect(first).toMatchObject({
      status: 'incomplete',
      held_count: 1,
      missing_count: 1,
      failed_count: 0,
      [`${kind}_count`]: 1,
      gap_count: 1,
      gaps: [{ kind, id: conversation(2), detail: expect.stringContaining(words) as string }],
    });

    expect(await workspace.actions()).toEqual({ [HOLD]: 'update' });
    const repaired = await apply();
    expect(repaired.code).toBe(1);
    expect(repaired.stderr).not.toContain('released');
    expect((await workspace.attributes(HOLD))['gaps_sha256']).toBe(first['gaps_sha256']);

    const accepted = `accepted_gaps = { sha256 = "${String(first['gaps_sha256'])}", reason = "never recorded" }`;
    workspace.write(named(ids(1, 2), accepted));
    await workspace.apply();
    expect(await workspace.attributes(HOLD)).toMatchObject({ status: 'active', held_count: 1, gap_count: 1 });
    expect((await workspace.plan()).code).toBe(0);
    expect((await workspace.plan('-refresh-only')).code).toBe(0);

    // One more gap is another set.
    genesys.release(conversation(1));
    const plan = await workspace.plan();
    expect(plan.code).toBe(2);
    expect(plan.text).toContain('1 conversation released outside of Terraform');
  });
});

describe('what an export covered', () => {
  test('and has no recordings any more is lost, and not a smaller hold', async () => {
    const { workspace } = attached;
    workspace.write(both().split('resource "genesyscloud_compliance_legalhold"')[0] ?? '');
    await workspace.apply();
    genesys.conversations = ConversationSet.of([1, 2].map(conversation));
    genesys.bare.add(conversation(3));
    genesys.missingRecordings = 1;
    workspace.write(both());

    const created = await apply();
    expect(created.text).toContain('Legal hold is incomplete');
    expect((await workspace.attributes(HOLD))['lost_count']).toBe(1);

    const plan = await workspace.plan();
    expect(plan.code).toBe(2);
    expect(plan.text).toContain(`lost ${conversation(3)}`);
  });

  test('is repaired before anything is asked about the export', async () => {
    const { workspace } = attached;
    workspace.write(both());
    await workspace.apply();
    genesys.release(conversation(1));
    // Another export, which is not finished.
    genesys.pendingCount = 1;
    workspace.write(named(ids(1), '').replace(/conversation_ids = .*/, `export_job_id = "${conversation(77)}"`));

    const run = await apply();

    expect(run.code).toBe(1);
    expect(held()).toContain(conversation(1));
  });
});

describe('a hold without its private state', () => {
  beforeEach(async () => {
    attached.workspace.write(both());
    await attached.workspace.apply();
  });

  test.each([
    ['missing', undefined],
    ['unreadable', Buffer.from(JSON.stringify({ data: { ledger: '?', scope: null } })).toString('base64')],
    ['empty', Buffer.from(JSON.stringify({ data: { ledger: '', scope: null } })).toString('base64')],
  ])('(%s) asks again, also without a refresh', async (_, kept) => {
    const { workspace } = attached;
    editHold((instance) => {
      if (kept === undefined) delete instance.private;
      else instance.private = kept;
    });
    workspace.write(both('requested_by = "Legal"'));

    await workspace.apply('-refresh=false');

    expect(await workspace.attributes(HOLD)).toMatchObject({
      status: 'active',
      held_count: 3,
      conversation_ids_sha256: genesys.conversations.sha256,
    });
    genesys.release(conversation(2));
    expect((await workspace.plan()).code).toBe(2);
  });

  test('is repaired from its claim when nobody else can say what it covers', async () => {
    const { workspace } = attached;
    editHold((instance) => delete instance.private);
    genesys.jobs.clear();
    genesys.release(conversation(2));
    workspace.write(both('requested_by = "Legal"'));

    await apply('-refresh=false');

    expect(held()).toHaveLength(3);
    expect(await workspace.attributes(HOLD)).toMatchObject({ held_count: 3, conversation_count: 3 });
  });

  test('is refused with what to do when nobody can say what it covers, and is not let go without consent', async () => {
    const { workspace } = attached;
    editHold((instance) => {
      delete instance.private;
      instance.attributes['claim_id'] = null;
      instance.attributes['held_count'] = 0;
    });
    genesys.jobs.clear();
    // Nor the register, which another machine never had.
    store.objects.clear();
    workspace.write(both('requested_by = "Legal"'));

    const run = await apply('-refresh=false');
    expect(run.code).toBe(1);
    expect(run.text).toContain('Scope of the hold is unknown');
    expect(run.text).toContain('terraform state rm');

    const destroyed = await workspace.run(['destroy', '-auto-approve', '-refresh=false', `-target=${HOLD}`]);
    expect(destroyed.code).toBe(1);
    expect(destroyed.text).toContain('release_on_destroy is false');
    expect(held()).toHaveLength(3);
  });
});

describe('the state of a hold', () => {
  beforeEach(async () => {
    attached.workspace.write(named(ids(1, 2)));
    await attached.workspace.apply();
  });

  test('is refused with the credentials of another organization, naming both', async () => {
    genesys.organization = '99999999-9999-4999-8999-999999999999';
    genesys.protectedIds.clear();

    const plan = await attached.workspace.plan();

    expect(errorsIn(plan)).toHaveLength(1);
    expect(plan.text).toContain('00000000-0000-4000-8000-000000000000');
    expect(plan.text).toContain('99999999-9999-4999-8999-999999999999');
    expect((await apply('-refresh=false')).text).not.toContain('released');
    expect(held()).toEqual([]);
  });

  test('that names none is filled in when the organization knows one of its conversations', async () => {
    editHold(({ attributes }) => (attributes['organization_id'] = null));
    genesys.release(conversation(1), conversation(2));

    await attached.workspace.run(['apply', '-refresh-only', '-auto-approve']);

    expect(await attached.workspace.attributes(HOLD)).toMatchObject({
      organization_id: genesys.organization,
      status: 'released',
    });
  });

  test('that names none is not believed, and not written, where nothing of it is known', async () => {
    const { workspace } = attached;
    editHold(({ attributes }) => (attributes['organization_id'] = null));
    genesys.protectedIds.clear();
    [1, 2, 3].forEach((n) => genesys.unknown.add(conversation(n)));

    const plan = await workspace.plan();
    expect(plan.code).toBe(0);
    expect(plan.text).toContain('Organization of the state is unknown');

    workspace.write(named(ids(1, 2, 3)));
    const run = await apply();
    expect(run.code).toBe(1);
    expect(run.text).toContain('knows nothing that is in this state');
    expect(held()).toEqual([]);
  });
});

test('a release that had no effect is an error that names what is still protected', async () => {
  const { workspace } = attached;
  workspace.write(named(ids(1, 2), 'release_on_destroy = true\nrelease_reason = "settled"'));
  await workspace.apply();
  genesys.keepsWhatIsReleased = true;

  const run = await workspace.run(['destroy', '-auto-approve']);

  expect(run.code).toBe(1);
  expect(run.text).toContain('2 conversations stayed protected, among them:');
  expect(run.text).toContain(conversation(1));
  expect((await workspace.run(['state', 'list'])).stdout.trim()).toBe(HOLD);
});

test('more conversations than the organization has room for are refused when planning', async () => {
  const { workspace } = attached;
  for (let n = 5_000; n < 5_999; n += 1) genesys.protectedIds.add(conversation(n));
  genesys.countsAll = false;
  workspace.write(named(ids(1, 2)));

  const plan = await workspace.plan();

  expect(errorsIn(plan)).toHaveLength(1);
  expect(plan.text).toContain('at least 999 conversations');
  expect(plan.text).toContain('1,000 conversations can be protected');
});

test('a new hold says which API the organization has, and is imported by the bare id of its hold', async () => {
  const { workspace } = attached;
  workspace.write(named(ids(1)));
  expect((await apply()).text).toContain('Held by deletion protection');

  const id = '12345678-1234-4234-8234-123456789abc';
  genesys.complianceHolds.set(id, { name: 'Acme v. Example', ids: new Set([conversation(1)]) });
  await workspace.run(['state', 'rm', HOLD]);
  expect((await workspace.run(['import', HOLD, id])).stderr).toBe('');
  expect(await workspace.attributes(HOLD)).toMatchObject({ hold_api: 'compliance', id, status: 'active' });
});
