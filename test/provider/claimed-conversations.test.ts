/** What the claims of a register need of deletion protection, as a check of the live accounts asks for it. */
import { claimedConversations, claimsOf } from '../../src/provider/claimed-conversations';
import { openRegister, RegisterProblem, type ClaimKey, type Register } from '../../src/register';
import { conversations, FakeConversations } from '../register/support/fake-bits';
import { MemoryStore, registersIn } from '../support/registers';

const FOREVER = new AbortController().signal;
let store: MemoryStore;

beforeEach(() => {
  store = new MemoryStore();
});

const open = (): Promise<Register> => openRegister({ ...registersIn(store), address: 'a' }, FOREVER);
const ORGANIZATION = 'organization';

async function claim(matter: string, first: number, last: number, more: Partial<ClaimKey> = {}) {
  const key: ClaimKey = {
    organization: ORGANIZATION,
    resourceType: 'genesyscloud_compliance_legalhold',
    holdApi: 'deletion_protection',
    matter,
    name: 'hold',
    ...more,
  };
  const request = { key, ids: conversations(first, last) };
  return (await open()).claimConversations(request, new FakeConversations(), FOREVER);
}

test('are those of every live claim, each conversation once; other organizations and hold APIs do not count', async () => {
  await claim('first', 0, 9);
  await claim('second', 5, 14);
  const third = await claim('third', 20, 29);
  await (await open()).releaseConversations(third.reference, 'settled', new FakeConversations(), FOREVER);
  await claim('fourth', 30, 39, { organization: 'another' });
  await claim('fifth', 40, 49, { holdApi: 'compliance' });

  const answer = await claimsOf(open)(ORGANIZATION, FOREVER);

  expect(answer).toMatchObject({ known: true, conversations: { size: 15 } });
  const first = await claimedConversations(await open(), ORGANIZATION, 1, FOREVER);
  expect(first).toMatchObject({ isWhole: false, conversations: { size: 10 } });
});

test('are none where there is no register', async () => {
  expect(await claimsOf(open)(ORGANIZATION, FOREVER)).toMatchObject({ known: true, conversations: { size: 0 } });
});

test('are unknown where the register cannot be read, and not none', async () => {
  await claim('first', 0, 9);
  store.reach = () => {
    throw new RegisterProblem('unreachable', 'The register could not be listed: timed out. Request id 17.\nTry again.');
  };
  expect(await claimsOf(open)(ORGANIZATION, FOREVER)).toMatchObject({
    known: false,
    why: 'could not be read from the register: The register could not be listed: timed out',
  });
});
