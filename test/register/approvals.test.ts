/** Release by two: what approvals must be about, and that nothing is let go without them. */
import {
  approversDigest,
  approversOf,
  NotApproved,
  openRegister,
  type ApprovalSubject,
  type Approvers,
  type ClaimKey,
  type ClaimReference,
  type Register,
} from '../../src/register';
import { Approver } from '../support/approvers';
import { MemoryStore } from '../support/registers';
import { conversations, FakeConversations, FakeFiles, quickClock } from './support/fake-bits';

const FOREVER = new AbortController().signal;
const [anna, bo, cleo, mallory] = [new Approver(), new Approver(), new Approver(), new Approver()] as const;
const TWO = approversOf([anna.pem, bo.pem, cleo.pem], 2);
const REASON = 'settled';

let store: MemoryStore;
let bits: FakeConversations;
beforeEach(() => {
  store = new MemoryStore();
  bits = new FakeConversations();
});

function open(approvers: Approvers | undefined = TWO): Promise<Register> {
  return openRegister(
    {
      address: 'memory',
      store,
      s3: () => Promise.reject(new Error('no S3')),
      clock: quickClock(),
      random: Math.random,
      actor: 'test',
      ...(approvers === undefined ? {} : { approvers }),
    },
    FOREVER,
  );
}

const nobody = (): Promise<Register> =>
  openRegister(
    {
      address: 'memory',
      store,
      s3: () => Promise.reject(new Error('no S3')),
      clock: quickClock(),
      random: Math.random,
      actor: 'test',
    },
    FOREVER,
  );

function keyOf(matter: string, more: Partial<ClaimKey> = {}): ClaimKey {
  return {
    organization: 'organization',
    resourceType: 'genesyscloud_compliance_legalhold',
    holdApi: 'deletion_protection',
    matter,
    name: 'hold',
    ...more,
  };
}

async function hold(matter = 'A', ids = conversations(0, 9), register?: Register): Promise<ClaimReference> {
  const made = await (register ?? (await open())).claimConversations({ key: keyOf(matter), ids }, bits, FOREVER);
  return made.reference;
}

async function subjectOf(reference: ClaimReference, reason = REASON): Promise<ApprovalSubject> {
  const register = await open();
  return register.approvalSubject(register.claim(reference), 'release', { reason }, FOREVER);
}

const at = (texts: readonly string[], now = Date.parse('2026-01-01T00:00:00Z')) => ({ texts, now });

/** Releases with these, and answers why not. */
async function release(reference: ClaimReference, texts: readonly string[], now?: number): Promise<string> {
  const before = bits.held.size;
  try {
    const register = await open();
    await register.releaseConversations(reference, REASON, bits, FOREVER, { approvals: at(texts, now) });
    return 'released';
  } catch (error) {
    if (!(error instanceof NotApproved)) throw error;
    // Nothing was changed.
    expect(bits.held.size).toBe(before);
    expect(store.entries.some(({ kind }) => kind === 'drop')).toBe(false);
    return error.message;
  }
}

test('is released with the signatures of two, which stay in the register', async () => {
  const reference = await hold();
  const subject = await subjectOf(reference);
  const given = [await anna.approve(subject), await bo.approve(subject)];
  expect(await release(reference, given)).toBe('released');
  expect(bits.held.size).toBe(0);
  expect(store.entries.find(({ kind }) => kind === 'drop')).toMatchObject({ reason: REASON, approvals: given });
  const claim = (await open()).view.claims.get(reference.claim);
  expect(claim).toMatchObject({ state: 'done', approvals: given, approvers: TWO });
});

test('a claim that was made without approvers is released as before', async () => {
  const reference = await hold('A', conversations(0, 9), await nobody());
  await (await nobody()).releaseConversations(reference, REASON, bits, FOREVER);
  expect(bits.held.size).toBe(0);
});

describe('refused, each with its own message', () => {
  let reference: ClaimReference;
  let subject: ApprovalSubject;
  beforeEach(async () => {
    reference = await hold();
    subject = await subjectOf(reference);
  });

  const twice = async (change: Partial<ApprovalSubject>): Promise<readonly string[]> => [
    await anna.approve({ ...subject, ...change }),
    await bo.approve({ ...subject, ...change }),
  ];

  test('none, and one of two', async () => {
    expect(await release(reference, [])).toContain('0 of 2 approvals are valid');
    expect(await release(reference, [await anna.approve(subject)])).toContain('1 of 2 approvals are valid');
  });

  test('the same person twice', async () => {
    const said = await release(reference, [await anna.approve(subject), await anna.approve(subject)]);
    expect(said).toContain('1 of 2');
    expect(said).toContain('Approval 2: it is signed with the same key as approval 1');
  });

  test('a key that is not among the approvers', async () => {
    const said = await release(reference, [await anna.approve(subject), await mallory.approve(subject)]);
    expect(said).toContain(`Approval 2: it is signed with the key ${mallory.id}, which is not among the approvers`);
  });

  test('a changed payload, and a signature of another one', async () => {
    const good = JSON.parse(await bo.approve(subject)) as { payload: string };
    const other = JSON.parse(await bo.approve({ ...subject, reason: 'other' })) as { payload: string };
    const forged = `${JSON.stringify({ ...good, payload: other.payload }, null, 2)}\n`;
    expect(await release(reference, [await anna.approve(subject), forged])).toContain(
      'Approval 2: its signature is not valid',
    );
  });

  test.each([
    ['nonsense', 'it is not JSON'],
    ['{}', 'it lacks payloadType'],
  ])('malformed: %s', async (text, why) => {
    expect(await release(reference, [await anna.approve(subject), text])).toContain(
      `Approval 2: it is malformed: ${why}`,
    );
  });

  test('another matter', async () => {
    expect(await release(reference, await twice({ matter: 'B' }))).toContain(
      'Approval 1: it is for the matter "B" of organization organization, and this is "A"',
    );
  });

  test('another claim of the same matter', async () => {
    expect(await release(reference, await twice({ claim: 'another' }))).toContain('good for one claim only');
  });

  test('another register', async () => {
    expect(await release(reference, await twice({ register: 'elsewhere' }))).toContain('in register elsewhere');
  });

  test('another reason', async () => {
    expect(await release(reference, await twice({ reason: 'lost interest' }))).toContain(
      'it approves the reason "lost interest", and the reason is "settled"',
    );
  });

  test('another scope', async () => {
    expect(await release(reference, await twice({ scope: 'ab'.repeat(32) }))).toContain(
      'covers something else than what was approved',
    );
  });

  test('a scope that has grown since', async () => {
    const given = await twice({});
    await (await open()).growConversations(reference, conversations(0, 12), bits, FOREVER);
    expect(await release(reference, given)).toContain('covers something else than what was approved');
    subject = await subjectOf(reference);
    expect(await release(reference, await twice({}))).toBe('released');
  });

  test('a replay after the claim was adopted again', async () => {
    const given = await twice({});
    const newer = await (await open()).takeOver(reference.claim, FOREVER);
    expect(await release(newer, given)).toContain('it was given in epoch 1 of the claim, which was taken over since');
  });

  test('expired', async () => {
    const given = [
      await anna.approve(subject, '2026-01-01T00:00:00.000Z'),
      await bo.approve(subject, '2026-01-02T00:00:00.000Z'),
    ];
    const said = await release(reference, given, Date.parse('2026-01-01T12:00:00Z'));
    expect(said).toContain('1 of 2');
    expect(said).toContain('Approval 1: it expired at 2026-01-01T00:00:00.000Z');
  });

  test('an approval of another action', async () => {
    expect(await release(reference, await twice({ action: 'change-approvers', approvers: 'x' }))).toContain(
      'it approves a change of its approvers, and not the release',
    );
  });
});

describe('what cannot get around it', () => {
  test('a run whose configuration names other approvers, or none', async () => {
    const reference = await hold();
    const own = approversOf([mallory.pem], 1);
    const subject = await subjectOf(reference);
    const approvals = at([await mallory.approve(subject)]);
    for (const register of [await open(own), await nobody()]) {
      await expect(
        register.releaseConversations(reference, REASON, bits, FOREVER, { approvals }),
      ).rejects.toBeInstanceOf(NotApproved);
    }
    expect(bits.held.size).toBe(10);
  });

  test('a claim over less in its place, or one under another name', async () => {
    const reference = await hold();
    const narrow = async (texts: readonly string[]) =>
      (await nobody()).narrowConversations(reference, conversations(0, 4), REASON, bits, FOREVER, {
        approvals: at(texts),
      });
    await expect(narrow([])).rejects.toBeInstanceOf(NotApproved);

    const key = keyOf('A', { name: 'renamed' });
    const keep = conversations(0, 9);
    const renamed = await (
      await nobody()
    ).replaceConversations(reference, { key, keep, reason: 'Renamed' }, bits, FOREVER);
    // Nothing was let go, and the approvers came along.
    expect(renamed.claim.approvers).toEqual(TWO);
    await expect(
      (await nobody()).releaseConversations(renamed.reference, REASON, bits, FOREVER),
    ).rejects.toBeInstanceOf(NotApproved);
  });

  test('an entry that somebody else wrote without approvals is found', async () => {
    const reference = await hold();
    await forge({ kind: 'drop', claim: reference.claim, reason: REASON });

    await expect((await open()).verify(FOREVER)).rejects.toThrow('has 0 of the 2 approvals that this takes');
  });
});

/** Writes the next entry by hand, as somebody could who may write into the register. */
async function forge(body: object): Promise<void> {
  const last =
    [...store.objects.keys()]
      .filter((key) => key.startsWith('e/'))
      .sort()
      .at(-1) ?? '';
  const { createHash } = await import('node:crypto');
  const previous = createHash('sha256')
    .update(store.objects.get(last) ?? '')
    .digest('hex');
  const number = Number(last.slice(2)) + 1;
  const entry = { format: 1, number, previous, nonce: 'n', at: '2026-01-01T00:00:00.000Z', actor: 'mallory', body };
  store.objects.set(`e/${String(number).padStart(10, '0')}`, Buffer.from(`${JSON.stringify(entry)}\n`));
}

describe('changing the approvers', () => {
  const change = async (reference: ClaimReference, next: Approvers | null, texts: readonly string[]) =>
    (await open()).changeApprovers(reference, next, at(texts), FOREVER);

  async function changeSubject(reference: ClaimReference, next: Approvers | null): Promise<ApprovalSubject> {
    const register = await open();
    const what = { reason: 'Bo has left', approvers: next };
    return register.approvalSubject(register.claim(reference), 'change-approvers', what, FOREVER);
  }

  test('takes the approvals in force, for exactly those that come', async () => {
    const reference = await hold();
    const next = approversOf([anna.pem, mallory.pem], 2);
    const subject = await changeSubject(reference, next);
    const given = [await anna.approve(subject), await bo.approve(subject)];
    await expect(change(reference, next, [])).rejects.toBeInstanceOf(NotApproved);
    await expect(change(reference, null, given)).rejects.toThrow('it approves other approvers');

    await change(reference, next, given);

    const claim = (await open()).claim(reference);
    expect(approversDigest(claim.approvers)).toBe(approversDigest(next));
    // What was approved before is worth nothing any more, not even for the way back.
    const back = await changeSubject(reference, TWO);
    const forth = [await anna.approve({ ...back, revision: subject.revision }), await mallory.approve(back)];
    await expect(change(reference, TWO, forth)).rejects.toThrow('the claim was changed after it was approved');
  });

  test('is verified with the whole log: who wrote himself in by hand and then approved the release is found', async () => {
    const reference = await hold();
    const next = approversOf([anna.pem, mallory.pem], 2);
    const subject = await changeSubject(reference, next);
    await change(reference, next, [await anna.approve(subject), await bo.approve(subject)]);
    await expect((await open()).verify(FOREVER)).resolves.toMatchObject({ approverChanges: 1 });

    await forge({ kind: 'approvers', claim: reference.claim, approvers: approversOf([mallory.pem], 1) });
    const forged = (await open()).view.last;
    const last = await subjectOf(reference);
    expect(await release(reference, [await mallory.approve(last)])).toBe('released');
    await expect((await open()).verify(FOREVER)).rejects.toThrow(
      new RegExp(`^Entry ${forged} of .* changes who must approve .* and has 0 of the 2 approvals`),
    );
  });

  test('is free where a claim has none', async () => {
    const reference = await hold('A', conversations(0, 9), await nobody());
    await change(reference, TWO, []);
    expect(await release(reference, [])).toContain('0 of 2');
  });
});

test('claims over files are approved in the same way, by their places and conversations', async () => {
  const files = new FakeFiles();
  const key = keyOf('A', { resourceType: 'genesyscloud_compliance_object_hold', holdApi: 'object_lock' });
  const scope = { bucket: 'recordings', prefix: 'org/', conversations: conversations(0, 3) };
  const { claim, setting } = await (await open()).claimFiles({ key, files: scope }, FOREVER);
  await setting.finish(0, FOREVER);
  const reference = (await open()).reference(claim.id);
  const own = async function* () {
    // Nothing was placed.
  };
  const releaseWith = async (texts: readonly string[]) =>
    (await open()).releaseFiles(
      reference,
      { bucket: 'recordings', reason: REASON, bits: files, own, approvals: at(texts) },
      FOREVER,
    );
  const before = await subjectOf(reference);
  await (await open()).growFiles(reference, { ...scope, prefix: 'other/' }, FOREVER);
  const stale = [await anna.approve(before), await bo.approve(before)];
  await expect(releaseWith(stale)).rejects.toThrow('covers something else than what was approved');
  const now = await subjectOf(reference);
  expect(await releaseWith([await anna.approve(now), await cleo.approve(now)])).toBe(0);
});

describe('approvers', () => {
  test.each([
    [[anna.pem, anna.pem], 2, 'key 2 is there twice'],
    [[anna.pem, bo.pem], 3, '3 of 2 keys cannot sign'],
    [[anna.pem, bo.pem], 0, '0 of 2 keys cannot sign'],
    [[anna.privatePem, bo.pem], 2, 'key 1 is a private key'],
  ])('refused (%#)', (pems, required, why) => {
    expect(() => approversOf(pems, required)).toThrow(why);
  });

  test('are the same in any order', () => {
    expect(approversDigest(approversOf([bo.pem, anna.pem], 2))).toBe(
      approversDigest(approversOf([anna.pem, bo.pem], 2)),
    );
    expect(approversDigest(approversOf([bo.pem, anna.pem], 1))).not.toBe(
      approversDigest(approversOf([anna.pem, bo.pem], 2)),
    );
  });
});
