/** Release by two, over both kinds of hold and both hold APIs, with the real terraform. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { approversOf, openRegister, type ApprovalAction, type Approvers } from '../../src/register';
import { Approver } from '../support/approvers';
import { MemoryObjectStore } from '../support/memory-object-store';
import { MemoryStore, registersIn } from '../support/registers';
import { attach, CREDENTIALS, type Attached } from './attached';
import { conversation, FakeGenesys } from './fake-genesys';

const LEGAL = 'genesyscloud_compliance_legalhold.case';
const OBJECTS = 'genesyscloud_compliance_object_hold.case';
const NEVER = new AbortController().signal;
const [anna, bo, mallory] = [new Approver(), new Approver(), new Approver()] as const;

let genesys: FakeGenesys;
let objects: MemoryObjectStore;
let register: MemoryStore;
let attached: Attached;

beforeEach(async () => {
  genesys = new FakeGenesys();
  objects = new MemoryObjectStore();
  for (const n of [1, 2, 3]) objects.put(`case/${n}`);
  register = new MemoryStore();
  attached = await attach({
    genesys,
    env: { ...CREDENTIALS, GENESYSCLOUD_COMPLIANCE_REGISTER: 's3://holds' },
    registers: registersIn(register),
    openBucket: () => ({
      store: objects,
      s3: () => Promise.reject(new Error('no client is needed')),
      jobs: () => {
        throw new Error('no jobs are needed');
      },
      close: () => Promise.resolve(),
    }),
  });
});
afterEach(() => attached.close());

const list = (texts: readonly string[]) => JSON.stringify(texts);
const provider = (approvers: readonly Approver[], required = 2) =>
  `provider "genesyscloud" {\n  release_approvers  = ${list(approvers.map(({ pem }) => pem))}\n  approvals_required = ${required}\n}\n`;
const TWO = provider([anna, bo]);
const consent = (approvals: readonly string[] = [], more = '') =>
  `release_on_destroy = true\n  release_reason = "settled"\n  ${approvals.length === 0 ? '' : `release_approvals = ${list(approvals)}`}\n  ${more}`;

const legal = (more: string, numbers: readonly number[] = [1, 2]) => `
resource "genesyscloud_compliance_legalhold" "case" {
  name             = "Matter A"
  conversation_ids = ${list(numbers.map(conversation))}
  ${more}
}
`;
const files = (more: string) => `
resource "genesyscloud_compliance_object_hold" "case" {
  name   = "Matter A"
  bucket = "recordings"
  prefix = "case/"
  tags   = { matter = "A" }
  ${more}
}
`;

const destroy = () => attached.workspace.run(['destroy', '-auto-approve']);
const apply = () => attached.workspace.run(['apply', '-auto-approve']);
const kinds = () => register.entries.map(({ kind }) => kind);

async function applied(configuration: string): Promise<void> {
  attached.workspace.write(configuration);
  await attached.workspace.apply();
}

/** What these people sign of the hold at the address, as the register has it now. */
async function signed(
  address: string,
  by: readonly Approver[],
  action: ApprovalAction = 'release',
  approvers: Approvers | null = null,
): Promise<readonly string[]> {
  const { claim_id: id } = await attached.workspace.attributes(address);
  const at = await openRegister({ ...registersIn(register), address: 's3://holds' }, NEVER);
  const claim = at.view.claims.get(String(id));
  if (claim === undefined) throw new Error('no claim');
  const subject = await at.approvalSubject(claim, action, { reason: 'settled', approvers }, NEVER);
  return Promise.all(by.map((one) => one.approve(subject)));
}

describe.each([
  ['a legal hold by deletion protection', LEGAL, (more: string) => legal(`hold_api = "deletion_protection"\n${more}`)],
  ['a legal hold by the compliance API', LEGAL, (more: string) => legal(`hold_api = "compliance"\n${more}`)],
  ['an object hold', OBJECTS, files],
] as const)('%s', (_, address, resource) => {
  const held = () =>
    genesys.protectedIds.size +
    [...genesys.complianceHolds.values()].reduce((sum, { ids }) => sum + ids.size, 0) +
    objects.all.filter(({ hold }) => hold === 'ON').length;

  test('is released with the approvals of two, applied before, and not by rewriting the provider block', async () => {
    await applied(TWO + resource(consent()));
    const before = held();
    expect(before).toBeGreaterThan(1);

    // Neither without approvals, nor with one, nor by whoever changes the provider block.
    for (const block of [TWO, provider([mallory], 1), '']) {
      attached.workspace.write(block + resource(consent()));
      expect((await apply()).code).toBe(0);
      const run = await destroy();
      expect(run.code).toBe(1);
      expect(run.text).toContain('Release is not approved');
      expect(run.text.replace(/\s+/g, ' ')).toContain('takes 2 valid approvals of different people, and has 0');
    }
    const [one = '', two = ''] = await signed(address, [anna, bo]);
    await applied(TWO + resource(consent([one])));
    expect((await destroy()).text).toContain('has 1');
    // In the configuration alone they count for nothing: a destroy sees the state.
    attached.workspace.write(TWO + resource(consent([one, two])));
    expect((await destroy()).code).toBe(1);
    expect(held()).toBe(before);

    await applied(TWO + resource(consent([one, two])));
    expect((await destroy()).code).toBe(0);
    expect(held()).toBe(0);
    const drop = register.entries.find(({ kind }) => kind === 'drop');
    expect(drop).toMatchObject({ reason: 'settled', approvals: [one, two] });
  });
});

test('without approvers holds are released as before, and say nothing of approvals', async () => {
  await applied(legal(consent()));
  expect((await destroy()).code).toBe(0);
  expect(kinds()).not.toContain('approvers');
  expect(register.entries.find(({ kind }) => kind === 'drop')).not.toHaveProperty('approvals');
});

test('a scope that grows needs new approvals; what leaves the scope does, too', async () => {
  await applied(TWO + legal(consent()));
  const old = await signed(LEGAL, [anna, bo]);
  await applied(TWO + legal(consent(old), [1, 2, 3]));
  const run = await destroy();
  expect(run.text.replace(/\s+/g, ' ')).toContain('covers something else than what was approved');
  expect(genesys.protectedIds.size).toBe(3);

  attached.workspace.write(TWO + legal(consent(old), [1]));
  const narrower = await apply();
  expect([narrower.code, narrower.text.includes('Release is not approved')]).toEqual([1, true]);
  expect(genesys.protectedIds.size).toBe(3);

  await applied(TWO + legal(consent(await signed(LEGAL, [anna, bo])), [1, 2, 3]));
  await applied(TWO + legal(consent(await signed(LEGAL, [anna, bo])), [1]));
  expect([...genesys.protectedIds]).toEqual([conversation(1)]);
  // The claim in its place has the same approvers, and was approved by nobody.
  expect((await destroy()).text).toContain('Release is not approved');
});

test('turning the lock of an object hold off is a release like any other', async () => {
  await applied(TWO + files(consent()));
  attached.workspace.write(TWO + files(consent([], 'object_lock_legal_hold = false')));
  expect((await apply()).text).toContain('Release is not approved');
  const given = await signed(OBJECTS, [anna, bo]);
  await applied(TWO + files(consent(given)));
  await applied(TWO + files(consent(given, 'object_lock_legal_hold = false')));
  expect(objects.all.filter(({ hold }) => hold === 'ON')).toEqual([]);
});

test('a hold that was made before has its approvers pinned by the next apply', async () => {
  await applied(legal(''));
  await applied(TWO + legal(consent()));
  expect(kinds().filter((kind) => kind === 'approvers')).toHaveLength(1);
  expect((await attached.workspace.plan()).code).toBe(0);
  attached.workspace.write(legal(consent()));
  expect((await destroy()).text).toContain('Release is not approved');
});

test('approvers are changed with the approvals of those in force, and stay otherwise, with a warning', async () => {
  await applied(TWO + legal(''));
  const next = provider([anna, mallory]);
  attached.workspace.write(next + legal('requested_by = "somebody"'));
  const warned = await apply();
  expect(warned.code).toBe(0);
  expect(warned.text).toContain('Approvers of the hold stay as they are');

  const approvals = await signed(LEGAL, [anna, bo], 'change-approvers', approversOf([anna.pem, mallory.pem], 2));
  await applied(next + legal(consent(approvals)));
  expect(kinds().filter((kind) => kind === 'approvers')).toHaveLength(1);
  await applied(next + legal(consent(await signed(LEGAL, [mallory, anna]))));
  expect((await destroy()).code).toBe(0);
});

test('approvals may be files; one that cannot be read is named', async () => {
  await applied(TWO + legal(consent(['anna.json', 'bo.json'])));
  const missing = await destroy();
  expect(missing.text).toContain('Approval cannot be read');
  expect(missing.text).toContain('anna.json');
  const [one = '', two = ''] = await signed(LEGAL, [anna, bo]);
  writeFileSync(join(attached.workspace.folder, 'anna.json'), one);
  writeFileSync(join(attached.workspace.folder, 'bo.json'), two);
  const paths = ['anna.json', 'bo.json'].map((name) => join(attached.workspace.folder, name));
  await applied(TWO + legal(consent(paths)));
  expect((await destroy()).code).toBe(0);
});

test.each([
  [`provider "genesyscloud" {\n  approvals_required = 2\n}\n`, 'It needs release_approvers'],
  [provider([anna], 2), '2 of 1 keys cannot sign'],
  [provider([anna, anna], 2), 'key 2 is there twice'],
  [`provider "genesyscloud" {\n  release_approvers = ["nonsense", "more"]\n}\n`, 'key 1 is not a public key'],
])('mistakes in the provider block are refused (%#)', async (block, why) => {
  attached.workspace.write(block + legal(''));
  const { code, text } = await attached.workspace.run(['plan']);
  expect(code).toBe(1);
  expect(text.replace(/\s+/g, ' ')).toContain(why);
});
