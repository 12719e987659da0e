/** Each approval that is none, with the real terraform: refused with a message of its own, and nothing is released. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderStore, openRegister, type ApprovalSubject, type Register } from '../../../src/register';
import { startSimulator, type Simulator } from '../../../src/simulator';
import { seeded } from '../../genesys/helpers';
import { quickClock } from '../../register/support/fake-bits';
import { Aws } from '../../simulator/aws';
import { Approver } from '../../support/approvers';
import { registersIn } from '../../support/registers';
import { attach, type Attached } from '../attached';

jest.setTimeout(240_000);

const FOREVER = new AbortController().signal;
const REASON = 'Acme v. Example was settled';
const DAY = 86_400_000;
const [anna, bo, mallory] = [new Approver(), new Approver(), new Approver()] as const;
const environment = { ...process.env };

let simulator: Simulator;
let attached: Attached;
let aws: Aws;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'approvals-'));
  simulator = await startSimulator({
    rateLimitPerMinute: 1e6,
    seed: {
      conversations: Array.from({ length: 20 }, (_, n) => ({ id: conversation(n), start: '2026-01-10T12:00:00Z' })),
    },
  });
  aws = new Aws(simulator);
  Object.assign(process.env, simulator.env);
  const register = join(folder, 'register');
  attached = await attach({
    env: { ...simulator.env, GENESYSCLOUD_COMPLIANCE_REGISTER: register },
    registers: registersIn(new FolderStore(register)),
  });
});
afterEach(async () => {
  await attached.close();
  aws.close();
  await simulator.stop();
  rmSync(folder, { recursive: true, force: true });
  process.env = { ...environment };
});

const conversation = (n: number): string => `0000${String(n).padStart(4, '0')}-0000-4000-8000-000000000001`;

interface Hold {
  readonly name: string;
  readonly matter?: string;
  readonly conversations: readonly number[];
  readonly approvals?: readonly string[];
}

const block = ({ name, matter = 'ACME-1', conversations, approvals = [] }: Hold): string => `
resource "genesyscloud_compliance_legalhold" "${name}" {
  name                  = "${name}"
  external_reference_id = "${matter}"
  conversation_ids      = ${JSON.stringify(conversations.map(conversation))}
  release_on_destroy    = true
  release_reason        = "${REASON}"
  release_approvals     = ${JSON.stringify(approvals)}
}`;

const provider = (approvers: readonly Approver[] = [anna, bo], required = 2): string => `
provider "genesyscloud" {
  release_approvers  = ${JSON.stringify(approvers.map(({ pem }) => pem))}
  approvals_required = ${required}
}`;

function register(): Promise<Register> {
  const s3 = (): never => {
    throw new Error('no S3');
  };
  const address = join(folder, 'register');
  return openRegister({ address, s3, clock: quickClock(), random: seeded(), actor: 'ann' }, FOREVER);
}

/** What has to be approved of a hold as it is now. */
async function subjectOf(name: string, change: Partial<ApprovalSubject> = {}): Promise<ApprovalSubject> {
  const open = await register();
  const claim = [...open.view.claims.values()].find(({ key, state }) => key.name === name && state === 'held');
  if (claim === undefined) throw new Error(`no claim ${name}`);
  return { ...(await open.approvalSubject(claim, 'release', { reason: REASON }, FOREVER)), ...change };
}

const both = async (subject: ApprovalSubject, expires?: string): Promise<readonly string[]> => [
  await anna.approve(subject, expires),
  await bo.approve(subject, expires),
];

/** What is said of each hold when all of them are destroyed, in one line each. */
async function refusals(...more: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { code, text } = await attached.workspace.run(['plan', '-destroy', ...more]);
  expect(code).toBe(1);
  const plain = text.replace(/[│╷╵]/g, ' ').replace(/\s+/g, ' ');
  const said = plain.split('Error: Release is not approved').slice(1);
  return new Map(said.map((one) => [/[Hh]old "([^"]+)"/.exec(one)?.[1] ?? '', one]));
}

test('each kind of approval that is none has a message of its own', async () => {
  const { workspace } = attached;
  await aws.lockedBucket('recordings');
  await aws.put('recordings', 'org/a.json');
  const names = [
    'none',
    'twice',
    'expired',
    'matter',
    'claim',
    'files',
    'grown',
    'reason',
    'change',
    'forged',
    'stranger',
  ];
  const holds: readonly Hold[] = names.map((name, n) => ({ name, conversations: [n] }));
  const other: Hold = { name: 'other', matter: 'OTHER-2', conversations: [15] };
  const files = `
resource "genesyscloud_compliance_object_hold" "objects" {
  name                  = "objects"
  external_reference_id = "ACME-1"
  bucket                = "recordings"
  prefix                = "org/"
  engine                = "direct"
}`;
  const write = (all: readonly Hold[], block0 = provider()): void =>
    workspace.write([block0, ...[...all, other].map(block), files].join('\n'));
  write(holds);
  await workspace.apply();

  const own = (name: string): Promise<ApprovalSubject> => subjectOf(name);
  const [first = '', second = ''] = await both(await own('forged'));
  const approvals: Readonly<Record<string, readonly string[]>> = {
    none: [],
    twice: [await anna.approve(await own('twice')), await anna.approve(await own('twice'))],
    expired: await both(await own('expired'), '2026-01-01T00:00:00.000Z'),
    matter: await both(await own('other')),
    claim: await both(await own('none')),
    files: await both(await own('objects')),
    grown: await both(await own('grown')),
    reason: await both(await subjectOf('reason', { reason: 'Nobody needs it' })),
    change: await both(await subjectOf('change', { action: 'change-approvers' })),
    forged: [
      first,
      second.replace(/("sig": ")(.)/, (_all, name: string, sign: string) => name + (sign === 'A' ? 'B' : 'A')),
    ],
    stranger: [await anna.approve(await own('stranger')), await mallory.approve(await own('stranger'))],
  };
  const given = holds.map((hold): Hold => {
    const grown = hold.name === 'grown' ? { conversations: [...hold.conversations, 16] } : {};
    return { ...hold, ...grown, approvals: approvals[hold.name] ?? [] };
  });
  write(given);
  await workspace.apply();
  const said = await refusals();

  const expected: Readonly<Record<string, string>> = {
    none: 'takes 2 valid approvals of different people, and has 0',
    twice: 'Approval 2: it is signed with the same key as approval 1',
    expired: 'it expired at 2026-01-01T00:00:00.000Z',
    matter: 'it is for the matter "OTHER-2"',
    claim: '("none") in register',
    files: '("objects") in register',
    grown: 'the claim covers something else than what was approved',
    reason: 'it approves the reason "Nobody needs it"',
    change: 'it approves a change of its approvers, and not the release',
    forged: 'its signature is not valid',
    stranger: `it is signed with the key ${mallory.id}, which is not among the approvers`,
  };
  expect([...said.keys()].sort()).toEqual([...names, 'other'].sort());
  for (const [name, why] of Object.entries(expected))
    expect([name, said.get(name)]).toEqual([name, expect.stringContaining(why)]);
  expect(simulator.state().protected).toHaveLength(13);

  // Whoever wants the release rewrites the provider block in the same change: fewer, others, nobody.
  for (const [block0, remains] of [
    [provider([anna, bo], 1), 'and has 1.'],
    [provider([mallory, anna], 2), 'not among the approvers'],
    ['', 'and has 1.'],
  ] as const) {
    write(given, block0);
    expect((await refusals()).get('stranger')).toContain(remains);
  }
});

test('an approval that was used is worth nothing for the hold that is made again', async () => {
  const { workspace } = attached;
  const hold: Hold = { name: 'acme', conversations: [1] };
  workspace.write(provider() + block(hold));
  await workspace.apply();
  const used = await both(await subjectOf('acme'));
  workspace.write(provider() + block({ ...hold, approvals: used }));
  await workspace.apply();
  expect((await workspace.run(['destroy', '-auto-approve'])).code).toBe(0);
  expect(simulator.state().protected).toEqual([]);

  await workspace.apply();
  expect((await refusals()).get('acme')).toContain('an approval is good for one claim only');
  expect(simulator.state().protected).toEqual([conversation(1)]);
});

test('the clock of Genesys Cloud decides what has expired, also where nothing is refreshed', async () => {
  const { workspace } = attached;
  const hold: Hold = { name: 'acme', conversations: [1] };
  workspace.write(provider() + block(hold));
  await workspace.apply();
  // Good for hours by the clock of this machine, which is a day late.
  const inHours = new Date(Date.now() + DAY / 4).toISOString();
  workspace.write(provider() + block({ ...hold, approvals: await both(await subjectOf('acme'), inHours) }));
  await workspace.apply();
  simulator.advance(DAY);

  for (const more of [[], ['-refresh=false']]) {
    expect((await refusals(...more)).get('acme')).toContain(`it expired at ${inHours}`);
  }
  const destroyed = await workspace.run(['destroy', '-auto-approve', '-refresh=false']);
  expect([destroyed.code, simulator.state().protected]).toEqual([1, [conversation(1)]]);
});
