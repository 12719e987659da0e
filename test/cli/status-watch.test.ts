/** `status --watch`: an apply and a release of others, followed by the register. */
import { watchRegister } from '../../src/cli/status-watch';
import { openRegister, type ClaimKey, type Register } from '../../src/register';
import { conversations, FakeConversations, quickClock } from '../register/support/fake-bits';
import { MemoryStore } from '../support/registers';

const FOREVER = new AbortController().signal;

let store: MemoryStore;
beforeEach(() => (store = new MemoryStore()));

function open(): Promise<Register> {
  const s3 = () => Promise.reject(new Error('no S3'));
  return openRegister({ address: 'memory', store, s3, clock: quickClock(), random: Math.random, actor: 'x' }, FOREVER);
}

const keyOf = (matter: string): ClaimKey => ({
  organization: 'organization',
  resourceType: 'genesyscloud_compliance_legalhold',
  holdApi: 'deletion_protection',
  matter,
  name: matter,
});

/** Between two looks another machine does the next of these. */
async function follow(
  steps: readonly (() => Promise<unknown>)[],
  matter?: string,
  signal = FOREVER,
): Promise<{ readonly lines: readonly string[]; readonly left: boolean }> {
  const lines: string[] = [];
  const queue = [...steps];
  const clock = {
    now: () => Date.parse('2026-03-01T00:00:00Z'),
    sleep: async () => {
      const step = queue.shift();
      if (step === undefined) throw new Error('nothing is under way any more, and the watch continues');
      await step();
      signal.throwIfAborted();
    },
  };
  const say = (line: string): void => void lines.push(line.replace('2026-03-01T00:00:00.000Z ', ''));
  const left = await watchRegister(await open(), { matter, everyMs: 5_000, clock, say }, signal);
  return { lines, left };
}

test('follows what is claimed, held and released, and ends when nothing is under way', async () => {
  const bits = new FakeConversations();
  await (await open()).claimConversations({ key: keyOf('OLD'), ids: conversations(50, 59) }, bits, FOREVER);
  let reference: Awaited<ReturnType<Register['beginConversations']>>;
  const { lines, left } = await follow([
    async () =>
      (reference = await (
        await open()
      ).beginConversations({ key: keyOf('ACME'), ids: conversations(0, 39) }, bits, FOREVER)),
    async () => {
      await reference.setting.finish(38, FOREVER);
    },
  ]);
  expect(left).toBe(false);
  expect(lines).toEqual([
    'Nothing is under way. Waiting for the next apply; Ctrl-C ends this.',
    expect.stringMatching(/^"ACME": being set: 40 conversations; how many .* .TF_LOG_PROVIDER=info\)$/),
    '"ACME": held: 38 seen held of 40 conversations',
  ]);
});

test('a release is followed to its end; other matters are left out', async () => {
  const bits = new FakeConversations();
  const own = await (await open()).claimConversations({ key: keyOf('ACME'), ids: conversations(0, 9) }, bits, FOREVER);
  await (await open()).beginConversations({ key: keyOf('OTHER'), ids: conversations(20, 29) }, bits, FOREVER);
  let isEnding = (): void => undefined;
  const paused = new Promise<void>((resolve) => (isEnding = resolve));
  const slow = new FakeConversations(bits.held);
  slow.lift = async () => {
    await paused;
    slow.held = conversations(0, -1);
  };
  let releasing: Promise<unknown> = Promise.resolve();
  const { lines, left } = await follow(
    [
      async () => {
        releasing = (await open()).releaseConversations(own.reference, 'settled', slow, FOREVER);
        while (!store.entries.some(({ kind }) => kind === 'lift'))
          await new Promise((resolve) => setImmediate(resolve));
      },
      async () => {
        isEnding();
        await releasing;
      },
    ],
    'ACME',
  );
  expect(left).toBe(false);
  expect(lines).toEqual([
    'Nothing is under way. Waiting for the next apply; Ctrl-C ends this.',
    '"ACME": being released (settled): 10 conversations',
    '"ACME": 1 section of its release is under way',
    '"ACME": released: nothing of it is held for this matter any more',
  ]);
});

test('interrupted while something is under way: that is said', async () => {
  const bits = new FakeConversations();
  await (await open()).beginConversations({ key: keyOf('ACME'), ids: conversations(0, 9) }, bits, FOREVER);
  const stop = new AbortController();
  const { lines, left } = await follow([() => Promise.resolve(stop.abort())], undefined, stop.signal);
  expect([left, lines]).toEqual([true, [expect.stringContaining('"ACME": being set: 10 conversations; ')]]);
});
