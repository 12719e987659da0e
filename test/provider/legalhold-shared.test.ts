/** Recordings that belong to several conversations: all of these are held, and counted. */
import { ConversationSet } from '../../src/genesys';
import { startSimulator } from '../../src/simulator';
import { attach, type Attached } from './attached';
import { conversation, FakeGenesys, refusal } from './fake-genesys';

const HOLD = 'genesyscloud_compliance_legalhold.case';
const UNKNOWN = 'Unknown whether recordings are shared';

const over = (...numbers: readonly number[]) => `
resource "genesyscloud_compliance_legalhold" "case" {
  name             = "Acme v. Example"
  conversation_ids = [${numbers.map((n) => `"${conversation(n)}"`).join(', ')}]
}
`;

let genesys: FakeGenesys;
let attached: Attached;

beforeEach(async () => {
  genesys = new FakeGenesys();
  attached = await attach({ genesys });
});
afterEach(() => attached.close());

const held = () => [...genesys.protectedIds].map((id) => Number(id.slice(-12))).sort((a, b) => a - b);
const share = (n: number, ...others: readonly number[]) =>
  genesys.sharing.set(conversation(n), others.map(conversation));
const spaceless = (text: string) => text.replace(/[\s│╷╵]+/g, ' ');

test('are held with the conversation in scope, counted apart, and then there is nothing to do', async () => {
  const { workspace } = attached;
  share(1, 7);
  share(7, 1, 8);
  workspace.write(over(1, 2));

  await workspace.apply();

  expect(held()).toEqual([1, 2, 7, 8]);
  expect(await workspace.attributes(HOLD)).toMatchObject({
    status: 'active',
    conversation_count: 4,
    held_count: 4,
    associated_count: 2,
    conversation_ids_sha256: ConversationSet.of([1, 2].map(conversation)).sha256,
  });
  expect((await workspace.plan()).code).toBe(0);
  expect((await workspace.plan('-refresh-only')).code).toBe(0);
});

test('none: zero is counted, each conversation is asked about once', async () => {
  const { workspace } = attached;
  workspace.write(over(1, 2));
  await workspace.apply();
  expect(await workspace.attributes(HOLD)).toMatchObject({ associated_count: 0, conversation_count: 2 });

  genesys.askedForShared.length = 0;
  workspace.write(over(1, 2, 3));
  await workspace.apply();

  expect(genesys.askedForShared).toEqual([conversation(3)]);
});

test('one that cannot be held keeps the hold from being whole', async () => {
  const { workspace } = attached;
  share(1, 7);
  genesys.refused.set(conversation(7), { conversationId: conversation(7), code: 'full', message: 'No room.' });
  workspace.write(over(1));

  const applied = await workspace.apply();

  expect(applied.text).toContain('Legal hold is incomplete');
  expect(await workspace.attributes(HOLD)).toMatchObject({ status: 'incomplete', missing_count: 1 });
  genesys.refused.clear();
  await workspace.apply();
  expect(held()).toEqual([1, 7]);
  expect(await workspace.attributes(HOLD)).toMatchObject({ status: 'active', associated_count: 1 });
});

test('released outside of Terraform, is held again as any other', async () => {
  const { workspace } = attached;
  share(1, 7);
  workspace.write(over(1));
  await workspace.apply();
  genesys.release(conversation(7));

  expect(await workspace.actions()).toEqual({ [HOLD]: 'update' });
  await workspace.apply();

  expect(held()).toEqual([1, 7]);
});

test('leave with the conversation that brought them, and stay held', async () => {
  const { workspace } = attached;
  share(1, 7);
  workspace.write(over(1, 2));
  await workspace.apply();
  workspace.write(over(2));

  expect(spaceless((await workspace.plan()).text)).toContain(
    '2 conversations of the hold "Acme v. Example" are no longer',
  );
  await workspace.apply();

  expect(held()).toEqual([1, 2, 7]);
  expect(await workspace.attributes(HOLD)).toMatchObject({ out_of_scope_count: 2, associated_count: 0 });
});

test('where they cannot be read: what is in scope is held, a warning says so, and the next update asks again', async () => {
  const { workspace } = attached;
  genesys.transcoding.add(conversation(1));
  share(1, 7);
  workspace.write(over(1, 2));

  const applied = await workspace.apply();

  expect(applied.text).toContain(UNKNOWN);
  expect(spaceless(applied.text)).toContain('the recordings of 1 of 2 conversations were not looked at');
  expect(held()).toEqual([1, 2]);
  expect(await workspace.attributes(HOLD)).toMatchObject({ status: 'active', associated_count: null });
  expect((await workspace.plan()).code).toBe(0);

  genesys.transcoding.clear();
  workspace.write(over(1, 2, 3));
  await workspace.apply();
  expect(held()).toEqual([1, 2, 3, 7]);
});

test('a refused question is a warning, and holds what is in scope', async () => {
  const { workspace } = attached;
  genesys.refusesShared = refusal(403, 'read which conversations share the recordings of the conversation');
  workspace.write(over(1));

  const applied = await workspace.apply();

  expect(applied.text).toContain(UNKNOWN);
  expect(applied.text).toContain('corr-1');
  expect(held()).toEqual([1]);
});

test('a shared recording outlives its delete date at the simulator, which asks for all of its conversations', async () => {
  const simulator = await startSimulator({ seed: 'none', rateLimitPerMinute: 100_000 });
  const real = await attach({ env: simulator.env });
  try {
    const [first, other] = [conversation(1), conversation(2)];
    const deleteDate = new Date(Date.now() + 86_400_000).toISOString();
    simulator.seed({
      conversations: [
        { id: first, start: '2026-01-20T10:00:00Z', recordings: [{ deleteDate, associatedConversationIds: [other] }] },
        { id: other, start: '2026-01-20T10:00:00Z' },
      ],
    });
    real.workspace.write(over(1));
    await real.workspace.apply();
    expect(await real.workspace.attributes(HOLD)).toMatchObject({ status: 'active', associated_count: 1 });

    simulator.advance(2 * 86_400_000);

    const kept = simulator.conversations().find(({ id }) => id === first);
    expect(kept?.recordings).toHaveLength(1);
  } finally {
    await real.close();
    await simulator.stop();
  }
});

describe('the capacity of the organization', () => {
  const range = (from: number, count: number) => Array.from({ length: count }, (_, n) => from + n);
  const hold = (name: string, numbers: readonly number[]) =>
    over(...numbers)
      .replace('"case"', `"${name}"`)
      .replace('Acme', name);

  test('counts what other holds claim and is not protected at the moment', async () => {
    const { workspace } = attached;
    workspace.write(hold('first', range(1, 600)));
    await workspace.apply();
    genesys.release(...range(1, 600).map(conversation));
    workspace.write(hold('first', range(1, 600)) + hold('second', range(1_001, 500)));

    const plan = await workspace.plan();

    expect(plan.code).toBe(1);
    expect(plan.text).toContain('More conversations than can be protected');
    expect(spaceless(plan.text)).toContain('Other holds claim 600 conversations that are not protected at the moment');
    expect(spaceless(plan.text)).toContain('At least 100 would stay without protection');
  });

  test('counts what shares a recording, where room is scarce', async () => {
    const { workspace } = attached;
    for (const n of range(1, 999)) genesys.protectedIds.add(conversation(n));
    share(2_000, 2_001);
    workspace.write(over(2_000));

    const plan = await workspace.plan();

    expect(plan.code).toBe(1);
    expect(spaceless(plan.text)).toContain(
      'The hold is over 2 conversations, 1 of them because they share a recording',
    );
  });
});
