/** Rights that are missing, as a real server refuses them: by role and by bucket policy. */
import { CreateRoleCommand, DeleteRolePolicyCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { DeleteBucketPolicyCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/time';
import { applyObjectHold, openJournal, readJournal, type JournalLine, type ObjectHoldResult } from '../../src/aws';
import { ADMIN_ARN, Rgw, type Put } from './rgw';

const signal = new AbortController().signal;
const LOOKS = [
  's3:ListBucketVersions',
  's3:GetBucketObjectLockConfiguration',
  's3:GetObjectLegalHold',
  's3:GetObjectTagging',
  's3:GetObjectVersionTagging',
];
const HOLDS = 's3:PutObjectLegalHold';
const TAGS = ['s3:PutObjectTagging', 's3:PutObjectVersionTagging'];

let rgw: Rgw;
let folder: string;
beforeAll(() => {
  rgw = Rgw.admin();
  folder = mkdtempSync(join(tmpdir(), 'rgw-roles-'));
});
afterAll(() => {
  rgw.close();
  rmSync(folder, { recursive: true });
});

const statement = (more: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...more }] });

async function role(RoleName: string, actions: readonly string[]): Promise<void> {
  const trust = statement({ Principal: { AWS: [ADMIN_ARN] }, Action: ['sts:AssumeRole'] });
  await rgw.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
  await grant(RoleName, actions);
}

async function grant(RoleName: string, Action: readonly string[]): Promise<void> {
  const PolicyDocument = statement({ Action, Resource: ['*'] });
  await rgw.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'hold', PolicyDocument }));
}

/** A run with the rights of the role, and what it wrote down. */
async function runAs(name: string, bucket: string): Promise<{ result: ObjectHoldResult; writes: readonly string[] }> {
  const caller = await rgw.as(name);
  const journal = await openJournal(journalOf(bucket), systemClock);
  try {
    const request = { bucket, prefixes: ['org/'], tags: new Map([['matter', 'M-17']]), legalHold: true };
    const result = await applyObjectHold(request, { store: caller.store(bucket), journal }, signal);
    return { result, writes: caller.writes };
  } finally {
    await journal.close();
    caller.close();
  }
}

const journalOf = (bucket: string): string => join(folder, `${bucket}.jsonl`);

async function journalled(bucket: string): Promise<readonly JournalLine[]> {
  const lines: JournalLine[] = [];
  await readJournal(journalOf(bucket), (line) => lines.push(line));
  return lines;
}

async function filled(bucket: string): Promise<readonly Put[]> {
  await rgw.lockedBucket(bucket);
  return [await rgw.put(bucket, 'org/a'), await rgw.put(bucket, 'org/a'), await rgw.put(bucket, 'org/b')];
}

test('a role without s3:PutObjectTagging holds everything, names the right that is missing, and finishes once it has it', async () => {
  const versions = await filled('untagged');
  await role('cannot-tag', [...LOOKS, HOLDS]);

  const { result } = await runAs('cannot-tag', 'untagged');

  expect(result).toMatchObject({ failed: 3, failuresByCode: { AccessDenied: 3 }, writes: { holds: 3, tags: 0 } });
  expect(result.failures.first[0]).toMatchObject({ step: 'write-tags', code: 'AccessDenied' });
  expect(result.failures.first[0]?.missingRight).toContain('s3:PutObjectTagging');
  for (const version of versions) expect(await rgw.look(version)).toEqual({ hold: 'ON', tags: {} });
  const refused = (await journalled('untagged')).filter((line) => line.type === 'version' && line.outcome === 'failed');
  expect(refused).toHaveLength(3);
  expect(refused[0]).toMatchObject({ holdAfter: 'ON', errors: [{ step: 'write-tags', code: 'AccessDenied' }] });

  await grant('cannot-tag', [...LOOKS, HOLDS, ...TAGS]);
  const next = await runAs('cannot-tag', 'untagged');

  expect(next.result).toMatchObject({ changed: 3, failed: 0 });
  expect(next.writes).toEqual(Array.from({ length: 3 }, () => 'PutObjectTaggingCommand'));
  for (const version of versions) expect((await rgw.look(version)).tags).toEqual({ matter: 'M-17' });
});

test('a role without s3:PutObjectLegalHold tags, and says that nothing is held', async () => {
  const versions = await filled('unheld');
  await role('cannot-hold', [...LOOKS, ...TAGS]);

  const { result } = await runAs('cannot-hold', 'unheld');

  expect(result).toMatchObject({ failed: 3, writes: { holds: 0, tags: 3 } });
  expect(result.failures.first[0]?.missingRight).toContain(HOLDS);
  for (const version of versions) expect((await rgw.look(version)).hold).toBe('OFF');
});

test('a role that may not list stops before anything is written', async () => {
  await filled('unlisted');
  await role('cannot-list', [...LOOKS.filter((action) => action !== 's3:ListBucketVersions'), HOLDS, ...TAGS]);

  const { result, writes } = await runAs('cannot-list', 'unlisted');

  expect(result.stopped).toMatchObject({ why: 'refused', error: { code: 'AccessDenied' } });
  expect(String(result.stopped?.error)).toContain('s3:ListBucketVersions');
  expect(writes).toEqual([]);
});

test('a key that the bucket policy denies is the only one that fails; without the statement the next run writes that one alone', async () => {
  const [, , denied] = (await filled('guarded')) as [Put, Put, Put];
  await role('holder', [...LOOKS, HOLDS, ...TAGS]);
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: [HOLDS, ...TAGS],
        Resource: [`arn:aws:s3:::guarded/${denied.Key}`],
      },
    ],
  });
  await rgw.s3.send(new PutBucketPolicyCommand({ Bucket: 'guarded', Policy }));

  const { result } = await runAs('holder', 'guarded');

  expect(result).toMatchObject({ changed: 2, failed: 1 });
  expect(new Set(result.failures.first.map(({ key }) => key))).toEqual(new Set([denied.Key]));

  await rgw.s3.send(new DeleteBucketPolicyCommand({ Bucket: 'guarded' }));
  const next = await runAs('holder', 'guarded');

  expect(next.result).toMatchObject({ changed: 1, unchanged: 2, failed: 0 });
  expect([...next.writes].sort()).toEqual(['PutObjectLegalHoldCommand', 'PutObjectTaggingCommand']);
});

test('a role that has lost its policy meets one refusal, not one for each object', async () => {
  await filled('bare');
  await role('stripped', [...LOOKS, HOLDS, ...TAGS]);
  await rgw.iam.send(new DeleteRolePolicyCommand({ RoleName: 'stripped', PolicyName: 'hold' }));

  const { result, writes } = await runAs('stripped', 'bare');

  expect(result).toMatchObject({ versions: 0, stopped: { why: 'refused' } });
  expect(writes).toEqual([]);
});
