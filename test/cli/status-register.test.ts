/** What `status --register` says: whether a state is as new as the register, and whether a hold was released since. */
import { claimNote } from '../../src/cli/status-register';
import { openRegister, type ClaimKey, type Register } from '../../src/register';
import { readStatus, type StatusEntry } from '../../src/review';
import { conversations, FakeConversations } from '../register/support/fake-bits';
import { MemoryStore, registersIn } from '../support/registers';

const FOREVER = new AbortController().signal;
const KEY: ClaimKey = {
  organization: 'organization',
  resourceType: 'genesyscloud_compliance_legalhold',
  holdApi: 'deletion_protection',
  matter: 'ACME',
  name: 'ACME',
};

let store: MemoryStore;
let register: Register;
let claim: string;
let reference: Awaited<ReturnType<Register['claimConversations']>>['reference'];
const bits = new FakeConversations();

const open = (): Promise<Register> => openRegister({ ...registersIn(store), address: 'a' }, FOREVER);

beforeEach(async () => {
  store = new MemoryStore('s3://holds/register');
  const made = await (await open()).claimConversations({ key: KEY, ids: conversations(0, 9) }, bits, FOREVER);
  ({ claim, reference } = made);
  register = await open();
});

/** The entry of a hold over so many conversations. */
function entry(values: object): StatusEntry {
  const state = {
    format_version: '1.0',
    values: {
      root_module: {
        resources: [
          {
            address: 'genesyscloud_compliance_legalhold.acme',
            mode: 'managed',
            type: 'genesyscloud_compliance_legalhold',
            values: {
              name: 'ACME',
              status: 'active',
              conversation_count: 10,
              held_count: 10,
              missing_count: 0,
              gap_count: 0,
              claim_id: claim,
              register_id: register.id,
              ...values,
            },
          },
        ],
      },
    },
  };
  return readStatus(JSON.stringify(state)).entries[0] as StatusEntry;
}

test('a claim that is there agrees, and is no look', () => {
  const note = claimNote(register, entry({}));
  expect(note?.verdict).toBe('agrees');
  expect(note?.text).toContain('over 10 conversations');
  expect(note?.text).toContain('looks at nothing');
});

test('a hold that was released since contradicts the state, with when and why', async () => {
  await (await open()).releaseConversations(reference, 'settled out of court', bits, FOREVER);
  const note = claimNote(await open(), entry({}));
  expect(note?.verdict).toBe('contradicts');
  expect(note?.text).toMatch(/was released \(\d{4}-.*\): settled out of court/);
});

test('a claim that another took the place of makes the state an older one', async () => {
  const next = { key: { ...KEY, name: 'Renamed' }, keep: conversations(0, 9), reason: 'renamed' };
  await (await open()).replaceConversations(reference, next, bits, FOREVER);
  const note = claimNote(await open(), entry({}));
  expect(note).toMatchObject({ verdict: 'contradicts', text: expect.stringContaining('was replaced by') as string });
});

test.each([
  [{ claim_id: null }, 'unknown', 'is in no register'],
  [{ claim_id: '00000000-0000-4000-8000-000000000001' }, 'unknown', 'has no claim 0000'],
  [{ register_id: '00000000-0000-4000-8000-000000000002' }, 'unknown', 'is in another register'],
  [{ conversation_count: 12 }, 'contradicts', 'has 10 conversations in claim'],
  [{ conversation_count: 7 }, 'agrees', 'It covers more than the state has in scope'],
])('%j: %s', (values, verdict, text) => {
  const note = claimNote(register, entry(values));
  expect(note?.verdict).toBe(verdict);
  expect(note?.text).toContain(text);
});
