/** The live fact collectors against a real IAM, as far as this one goes, and our evaluation of what they bring against its own. */
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutObjectLegalHoldCommand,
  PutObjectLockConfigurationCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import { fetchBucket, fetchCallerIdentity, fetchRole } from '../../src/aws';
import { evaluate, type PolicySource } from '../../src/iam';
import { ADMIN_ARN, Rgw, type Put } from './rgw';

const signal = new AbortController().signal;
const policy = (...Statement: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
const TRUST = policy({ Effect: 'Allow', Principal: { AWS: [ADMIN_ARN] }, Action: ['sts:AssumeRole'] });

let rgw: Rgw;
beforeAll(() => (rgw = Rgw.admin()));
afterAll(() => rgw.close());

async function role(RoleName: string, policies: Readonly<Record<string, string>>): Promise<void> {
  await rgw.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST }));
  for (const [PolicyName, PolicyDocument] of Object.entries(policies)) {
    await rgw.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
  }
}

describe('a role', () => {
  const tagging = policy({ Effect: 'Allow', Action: ['s3:PutObjectTagging'], Resource: ['arn:aws:s3:::recordings/*'] });

  test('is read with its trust and all its inline policies, whose documents come plain and not URL-encoded', async () => {
    await role('exporter', { tagging, listing: policy({ Effect: 'Allow', Action: ['s3:List*'], Resource: ['*'] }) });

    const live = await fetchRole(rgw.iam, 'exporter', signal);

    expect(live).toMatchObject({
      arn: { known: true, value: 'arn:aws:iam:::role/exporter' },
      trustPolicy: { known: true, value: TRUST },
      permissionsBoundary: { known: true, value: null },
    });
    expect(live.inlinePolicies.known && live.inlinePolicies.value.map(({ name }) => name).sort()).toEqual([
      'listing',
      'tagging',
    ]);
    const found = live.inlinePolicies.known && live.inlinePolicies.value.find(({ name }) => name === 'tagging');
    expect(found).toMatchObject({ document: { known: true, value: tagging } });
  });

  test('has parts that this IAM cannot tell: they are not seen, with the call that failed, and not taken for none', async () => {
    const live = await fetchRole(rgw.iam, 'exporter', signal);
    const caller = await fetchCallerIdentity(rgw.sts, signal);

    expect(live.managedPolicies).toMatchObject({ known: false, why: expect.stringContaining('HTTP 405') });
    expect(live.managedPolicies.source).toContain('iam:ListAttachedRolePolicies');
    expect(caller).toMatchObject({ known: false, source: expect.stringContaining('sts:GetCallerIdentity') });
  });

  test('that does not exist is not seen, and neither are its policies', async () => {
    const { arn, inlinePolicies } = await fetchRole(rgw.iam, 'nobody', signal);

    expect(arn).toMatchObject({ known: false, why: expect.stringContaining('HTTP 404') });
    expect(inlinePolicies.known).toBe(false);
  });
});

describe('a bucket', () => {
  test('made for holds is seen as it is: versions, Object Lock without a default, no policy', async () => {
    await rgw.lockedBucket('facts-locked');

    expect(await fetchBucket(rgw.s3, 'facts-locked', signal)).toMatchObject({
      policy: { known: true, value: null },
      versioning: { known: true, value: 'enabled' },
      objectLock: { known: true, value: { enabled: true, defaultRetention: null } },
      abortsIncompleteUploads: { known: true, value: false },
    });
  });

  test('with a default retention, a policy and a rule against incomplete uploads shows all three', async () => {
    const Bucket = 'facts-settings';
    const Policy = policy({
      Effect: 'Deny',
      Principal: '*',
      Action: ['s3:PutObjectTagging'],
      Resource: [`arn:aws:s3:::${Bucket}/*`],
    });
    await rgw.lockedBucket(Bucket);
    const Rule = { DefaultRetention: { Mode: 'GOVERNANCE' as const, Days: 7 } };
    const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled' as const, Rule };
    await rgw.s3.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }));
    const uploads = { ID: 'uploads', Status: 'Enabled' as const, Filter: { Prefix: '' } };
    const Rules = [{ ...uploads, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }];
    await rgw.s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }));
    await rgw.s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));

    const live = await fetchBucket(rgw.s3, Bucket, signal);

    expect(live).toMatchObject({
      objectLock: { value: { enabled: true, defaultRetention: { mode: 'GOVERNANCE', days: 7 } } },
      abortsIncompleteUploads: { known: true, value: true },
    });
    expect(live.policy.known && JSON.parse(live.policy.value ?? '')).toEqual(JSON.parse(Policy));
  });

  test('without Object Lock says so, and one that a role may not look at names the right that is missing', async () => {
    await rgw.s3.send(new CreateBucketCommand({ Bucket: 'facts-plain' }));
    await role('blind', { nothing: policy({ Effect: 'Allow', Action: ['s3:ListBucket'], Resource: ['*'] }) });
    const blind = await rgw.as('blind');

    const seen = await fetchBucket(rgw.s3, 'facts-plain', signal);
    const unseen = await fetchBucket(blind.s3, 'facts-plain', signal);
    blind.close();

    expect(seen).toMatchObject({
      objectLock: { known: true, value: { enabled: false } },
      versioning: { known: true, value: 'disabled' },
    });
    expect(unseen.policy).toMatchObject({
      known: false,
      missingRight: 's3:GetBucketPolicy on arn:aws:s3:::facts-plain',
    });
  });
});

describe('what our evaluation of the live policies says is what the server does', () => {
  const objects = (bucket: string): string => `arn:aws:s3:::${bucket}/*`;
  const all = (bucket: string): object => ({ Effect: 'Allow', Action: ['s3:*'], Resource: [objects(bucket)] });
  const cases: readonly {
    readonly name: string;
    readonly role: (bucket: string) => readonly object[];
    readonly bucket?: (bucket: string) => object;
  }[] = [
    { name: 'nothing at all', role: () => [] },
    { name: 'everything', role: (bucket) => [all(bucket)] },
    {
      name: 'tagging alone',
      role: (bucket) => [{ Effect: 'Allow', Action: ['s3:PutObject*Tagging'], Resource: [objects(bucket)] }],
    },
    {
      name: 'the hold alone',
      role: (bucket) => [{ Effect: 'Allow', Action: ['s3:PutObjectLegalHold'], Resource: [objects(bucket)] }],
    },
    {
      name: 'everything, except tagging by a Deny',
      role: (bucket) => [all(bucket), { Effect: 'Deny', Action: ['s3:PutObject*Tagging'], Resource: ['*'] }],
    },
    { name: 'everything on another bucket', role: (bucket) => [all(`${bucket}-not`)] },
    {
      name: 'object actions on the ARN of the bucket: a dead grant',
      role: (bucket) => [{ Effect: 'Allow', Action: ['s3:PutObject*'], Resource: [`arn:aws:s3:::${bucket}`] }],
    },
    {
      name: 'everything, with a bucket policy that denies tagging',
      role: (bucket) => [all(bucket)],
      bucket: (bucket) => ({
        Effect: 'Deny',
        Principal: '*',
        Action: ['s3:PutObjectTagging', 's3:PutObjectVersionTagging'],
        Resource: [objects(bucket)],
      }),
    },
    {
      name: 'everything, with a bucket policy that denies the hold on another key',
      role: (bucket) => [all(bucket)],
      bucket: (bucket) => ({
        Effect: 'Deny',
        Principal: '*',
        Action: ['s3:PutObjectLegalHold'],
        Resource: [`arn:aws:s3:::${bucket}/other`],
      }),
    },
  ];

  test.each(cases.map((each, index) => [each.name, index, each] as const))('%s', async (_name, index, each) => {
    const bucket = `oracle-${index}`;
    await rgw.lockedBucket(bucket);
    const version = await rgw.put(bucket, 'recording');
    const statements = each.role(bucket);
    await role(bucket, statements.length === 0 ? {} : { only: policy(...statements) });
    if (each.bucket !== undefined) {
      await rgw.s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: policy(each.bucket(bucket)) }));
    }

    const policies = await livePolicies(bucket);

    expect(decisions(policies, bucket, version)).toEqual(await deeds(bucket, version));
  });

  /** Everything that bears on the role of this name and the bucket of the same name. */
  async function livePolicies(name: string): Promise<readonly PolicySource[]> {
    const { inlinePolicies } = await fetchRole(rgw.iam, name, signal);
    const { policy: bucketPolicy } = await fetchBucket(rgw.s3, name, signal);
    if (!inlinePolicies.known || !bucketPolicy.known) throw new Error('the policies could not be read');
    const identity = inlinePolicies.value.map((each): PolicySource => ({
      name: each.name,
      kind: 'identity',
      document: each.document.known ? each.document.value : { unseen: each.document.why },
    }));
    if (bucketPolicy.value === null) return identity;
    return [...identity, { name: 'bucket policy', kind: 'bucket', document: bucketPolicy.value }];
  }

  function decisions(policies: readonly PolicySource[], name: string, { Bucket, Key }: Put): object {
    const decide = (action: string): string => {
      const { decision } = evaluate(policies, {
        action,
        resource: { exactly: `arn:aws:s3:::${Bucket}/${Key}` },
        caller: { kind: 'role', arn: `arn:aws:iam:::role/${name}`, account: '' },
      });
      return decision.endsWith('Denied') ? 'denied' : decision.toLowerCase();
    };
    return { tag: decide('s3:PutObjectVersionTagging'), hold: decide('s3:PutObjectLegalHold') };
  }

  async function deeds(name: string, version: Put): Promise<object> {
    const caller = await rgw.as(name);
    const { s3 } = caller;
    const done = (call: Promise<unknown>): Promise<string> =>
      call.then(
        () => 'allowed',
        (error: Error) => (error.name === 'AccessDenied' ? 'denied' : error.message),
      );
    const Tagging = { TagSet: [{ Key: 'matter', Value: 'M-17' }] };
    const tag = await done(s3.send(new PutObjectTaggingCommand({ ...version, Tagging })));
    const hold = await done(s3.send(new PutObjectLegalHoldCommand({ ...version, LegalHold: { Status: 'ON' } })));
    caller.close();
    return { tag, hold };
  }
});
