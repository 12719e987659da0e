import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import {
  approversOf,
  openRegister,
  type ApprovalAction,
  type Approvers,
  type ClaimKey,
  type Register,
} from '../../src/register';
import { sha256 } from '../../src/register/entry';
import { Approver } from '../support/approvers';
import { conversations, FakeConversations, quickClock } from './support/fake-bits';

const FOREVER = new AbortController().signal;
const SCHEMA = join(__dirname, '..', '..', 'docs', 'schemas', 'register-1.json');
const key: ClaimKey = {
  organization: 'organization',
  resourceType: 'genesyscloud_compliance_legalhold',
  holdApi: 'deletion_protection',
  matter: 'MATTER-1',
  name: 'hold',
};

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'register-format-'));
  const bits = new FakeConversations(conversations(0, 1));
  const { reference } = await (await open()).claimConversations({ key, ids: conversations(0, 9) }, bits, FOREVER);
  await (await open()).knownAs(reference, 'hold-1', FOREVER);
  await (await open()).lost(reference, 9, FOREVER);
  await (await open()).growConversations(reference, conversations(0, 12), bits, FOREVER);
  const narrowed = await (
    await open()
  ).narrowConversations(reference, conversations(0, 5), 'out of scope', bits, FOREVER);
  const newer = await (await open()).takeOver(narrowed.reference.claim, FOREVER);
  const files = { bucket: 'bucket', prefix: 'a/', conversations: conversations(0, 2) };
  const objects = { ...key, resourceType: 'genesyscloud_compliance_object_hold', holdApi: 's3' };
  await (await open()).claimFiles({ key: objects, files }, FOREVER);
  await (await open()).releaseConversations(newer, 'settled', bits, FOREVER);
  await approved(bits);
});

/** A claim whose release is approved, by others than those who had to approve at first. */
async function approved(bits: FakeConversations): Promise<void> {
  const [anna, bo] = [new Approver(), new Approver()];
  const own = { key: { ...key, matter: 'MATTER-2' }, ids: conversations(20, 29) };
  const { reference } = await (await open(approversOf([anna.pem], 1))).claimConversations(own, bits, FOREVER);
  const by = async (who: Approver, action: ApprovalAction, approvers: Approvers | null) => {
    const register = await open();
    const what = { reason: 'settled', approvers };
    const subject = await register.approvalSubject(register.claim(reference), action, what, FOREVER);
    return { texts: [await who.approve(subject)], now: 0 };
  };
  const next = approversOf([bo.pem], 1);
  const change = await by(anna, 'change-approvers', next);
  await (await open()).changeApprovers(reference, next, change, FOREVER);
  const approvals = await by(bo, 'release', null);
  await (await open()).releaseConversations(reference, 'settled', bits, FOREVER, { approvals });
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function open(approvers?: Approvers): Promise<Register> {
  return openRegister(
    {
      ...(approvers === undefined ? {} : { approvers }),
      address: folder,
      s3: () => Promise.reject(new Error('no S3')),
      clock: quickClock(),
      random: Math.random,
      actor: 'test',
    },
    FOREVER,
  );
}

describe('entries', () => {
  it('are as docs/schemas/register-1.json says', () => {
    const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false });
    addFormats(ajv);
    const validate = ajv.compile(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object);
    const names = readdirSync(join(folder, 'e'));
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) {
      validate(JSON.parse(readFileSync(join(folder, 'e', name), 'utf8')));
      expect(validate.errors).toBeNull();
    }
  });

  it('are chained by the hash of the whole file before', () => {
    const files = readdirSync(join(folder, 'e')).map((name) => readFileSync(join(folder, 'e', name)));
    files.forEach((bytes, at) => {
      const { previous } = JSON.parse(bytes.toString('utf8')) as { readonly previous: string | null };
      expect(previous).toBe(at === 0 ? null : sha256(files[at - 1] as Buffer));
    });
  });

  const hasJq = spawnSync('jq', ['--version']).status === 0;
  (hasJq ? it : it.skip)('are readable with cat, jq and sha256sum alone', () => {
    const shell = (command: string): string => execFileSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' });
    expect(shell('cat e/* | jq -r .body.kind').split('\n')[0]).toBe('open');
    expect(shell('sha256sum e/0000000001').split(' ')[0]).toBe(shell('jq -r .previous e/0000000002').trim());
    for (const line of shell('sha256sum c/*').trim().split('\n')) {
      const [hash, name] = line.split(/\s+/);
      expect(name).toBe(`c/${hash}`);
    }
  });
});
