/** `verify --live`: each claim's own hold API is asked, the register must be the pack's or a continuation, and who cannot be asked is said. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { compareLive, lookAtMatter, Work, writePack, type LiveAccounts, type LiveChecked } from '../../../src/evidence';
import { ConversationSet } from '../../../src/conversations';
import { HOLD_ABILITIES, type HoldApiName } from '../../../src/genesys';
import { openRegister, type Register } from '../../../src/register';
import { never, seeded } from '../../genesys/helpers';
import { FakeConversations, quickClock } from '../../register/support/fake-bits';
import { MATTER, SimulatedMatter } from '../support/simulated-matter';

const start = '2026-01-02T03:04:05Z';
const APIS = Object.keys(HOLD_ABILITIES) as readonly HoldApiName[];

let matter: SimulatedMatter;
afterEach(() => matter.stop());

async function begin(holdApi: HoldApiName): Promise<string> {
  matter = await SimulatedMatter.start(
    [
      { start, recordings: 1 },
      { start, recordings: 1 },
    ],
    holdApi,
  );
  const work = await Work.open(join(matter.folder, 'work'), MATTER, Date.now());
  const register = await matter.register();
  const accounts = { genesys: matter.genesys, readerOf: matter.readerOf, register };
  const question = { matter: MATTER, jobIds: matter.jobIds, places: [], hashing: 'stored' as const };
  const options = { work, signal: never, progress: () => undefined, now: Date.now() };
  const look = await lookAtMatter(question, accounts, options);
  const pack = join(matter.folder, 'pack');
  mkdirSync(pack);
  await writePack(
    pack,
    {
      look,
      register,
      buckets: [],
      management: null,
      run: {
        by: 'ann',
        awsIdentity: 'arn',
        genesysOrganization: look.organizationId,
        software: [],
        command: 'evidence collect',
      },
      lookedFrom: new Date().toISOString(),
      lookedUntil: () => new Date().toISOString(),
      hashing: 's3',
      signer: null,
    },
    never,
  );
  return pack;
}

async function live(pack: string, change: Partial<LiveAccounts> = {}): Promise<LiveChecked> {
  const { genesys, readerOf } = matter;
  const accounts = { genesys, readerOf, register: change.register ?? (await matter.register()), ...change };
  return compareLive(pack, accounts, never, () => undefined);
}

describe.each(APIS)('holds by %s', (holdApi) => {
  test('what is as it was is no change; a released conversation is named, and so is a hold that is not there', async () => {
    const pack = await begin(holdApi);
    expect(await live(pack)).toEqual({
      changes: [],
      notLookedAt: [],
      files: 4,
      conversations: 2,
      register: { entries: expect.any(Number) as number, since: 0 },
    });

    const [first, second] = matter.simulator.conversations().map(({ id }) => id) as [string, string];
    matter.simulator.releaseQuietly([first]);
    const { changes, notLookedAt } = await live(pack);
    expect(notLookedAt).toEqual([]);
    expect(changes).toContain(`Conversation ${first}: it is not protected any more.`);
    expect(changes).toHaveLength(1);

    const [hold = null] = [...(await matter.register()).view.claims.values()].map((claim) => claim.hold);
    const nothing = (): void => undefined;
    await matter.genesys.holds.api(holdApi).lift(hold, ConversationSet.of([first, second]), nothing, never);
    const gone = (await live(pack)).changes;
    expect(gone.filter((one) => one.startsWith('Conversation '))).toHaveLength(2);
    expect(gone.some((one) => one.startsWith('Hold '))).toBe(HOLD_ABILITIES[holdApi].hasHolds);
  });
});

describe('the register', () => {
  test('may have grown; a release since then is named', async () => {
    const pack = await begin('deletion_protection');
    const register = await matter.register();
    const [claim] = [...register.view.claims.values()];
    const reference = register.reference(claim?.id ?? '');
    await register.releaseConversations(reference, 'settled', new FakeConversations(), never);
    const { changes, register: checked } = await live(pack);
    expect(checked?.since).toBeGreaterThan(0);
    expect(changes).toEqual([
      expect.stringMatching(/^Release of claim [0-9a-f]{8} began\. Reason: settled \(entry \d+, by ann@laptop, at /),
    ]);
  });

  test('of another place, an empty one, and one that is damaged are each named', async () => {
    const pack = await begin('deletion_protection');
    const other = await opened(join(matter.folder, 'other'));
    expect(await live(pack, { register: other })).toMatchObject({
      changes: ['The register ends before entry 1, which the pack has.'],
      register: null,
    });
    const key = {
      organization: 'o',
      resourceType: 'genesyscloud_compliance_legalhold',
      holdApi: 'x',
      matter: 'm',
      name: 'n',
    };
    const ids = await (await matter.register()).conversations(firstClaim(await matter.register()), never);
    await other.claimConversations({ key, ids }, new FakeConversations(), never);
    expect((await live(pack, { register: other })).changes).toEqual([
      expect.stringContaining('is another one than that of the pack'),
    ]);
    const register = await matter.register();
    rmSync(join(matter.registerFolder, 'e'), { recursive: true });
    expect((await live(pack, { register })).changes).toEqual([expect.stringContaining('register')]);
  });
});

test('who cannot be asked is said, and what was held there is no change', async () => {
  const pack = await begin('deletion_protection');
  const { simulator } = matter;
  simulator.addFault({ method: 'POST', path: '/api/v2/recordings/deletionprotection', times: 1000, status: 403 });
  const { changes, notLookedAt } = await live(pack, { register: { missing: 'no register was named' } });
  expect(changes).toEqual([]);
  expect(notLookedAt.map(({ what }) => what)).toEqual(['whether conversations are held', 'the register']);
});

function firstClaim(register: Register) {
  const [claim] = register.view.claims.values();
  if (claim === undefined) throw new Error('the register has no claim');
  return claim;
}

function opened(address: string): Promise<Register> {
  return openRegister(
    { address, s3: () => Promise.reject(new Error('no S3')), clock: quickClock(), random: seeded(), actor: 'ann' },
    never,
  );
}
