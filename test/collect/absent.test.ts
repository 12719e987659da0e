/** What there is none of says nothing; of what there may be none, it is unknown what it says. */
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { Fn, TerraformIterator, TerraformVariable, type TerraformResource } from 'cdktf';
import { collectSynthFacts } from '../../src/collect/synth';
import { allow, identityPolicies, seen, tagging } from './app';

const TAGGING = allow('s3:PutObjectTagging', 'arn:aws:s3:::recordings/*');
const DENY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:PutObjectTagging', Resource: 'arn:aws:s3:::recordings/*' }],
};

type Tagging = ReturnType<typeof tagging>;
type Repeat = (stack: Tagging['stack'], resource: TerraformResource) => void;

/** How there comes to be no instance, or perhaps none. */
const NONE: readonly (readonly [string, Repeat])[] = [
  ['count = 0', (_, one) => void (one.count = 0)],
  ['count = 0 through an override', (_, one) => one.addOverride('count', 0)],
  ['count = "0" as an expression', (_, one) => one.addOverride('count', '${0}')],
  ['for_each = toset([])', (_, one) => one.addOverride('for_each', '${toset([])}')],
  ['for_each over an empty list', (_, one) => void (one.forEach = TerraformIterator.fromList([]))],
  ['for_each over an empty map', (_, one) => void (one.forEach = TerraformIterator.fromMap({}))],
  ['for_each = {}', (_, one) => one.addOverride('for_each', '${{}}')],
];
const PERHAPS: readonly (readonly [string, Repeat])[] = [
  [
    'count = var.tag ? 1 : 0',
    (stack, one) => one.addOverride('count', Fn.conditional(new TerraformVariable(stack, 'tag', {}).value, 1, 0)),
  ],
  ['count = var.n', (stack, one) => one.addOverride('count', new TerraformVariable(stack, 'n', {}).value)],
  [
    'for_each over a variable',
    (stack, one) => void (one.forEach = TerraformIterator.fromList(new TerraformVariable(stack, 'each', {}).listValue)),
  ],
];

const rolePolicy = ({ stack, role }: Tagging): TerraformResource =>
  new IamRolePolicy(stack, 'policy', { role: role.name, policy: JSON.stringify(TAGGING) });
const attachment = ({ stack, role }: Tagging): TerraformResource => {
  const managed = new IamPolicy(stack, 'managed', { policy: JSON.stringify(TAGGING) });
  return new IamRolePolicyAttachment(stack, 'attachment', { role: role.name, policyArn: managed.arn });
};
const attached = ({ stack, role }: Tagging): TerraformResource => {
  const managed = new IamPolicy(stack, 'managed', { policy: JSON.stringify(TAGGING) });
  new IamRolePolicyAttachment(stack, 'attachment', { role: role.name, policyArn: managed.arn });
  return managed;
};
const bucketPolicy = ({ stack, bucket }: Tagging): TerraformResource =>
  new S3BucketPolicy(stack, 'guard', { bucket: bucket.bucket, policy: JSON.stringify(DENY) });

const ofRole = ({ app }: Tagging): unknown[] => identityPolicies(app);
const ofBucket = ({ app }: Tagging): unknown[] => collectSynthFacts(app).buckets[0]!.policies.map(seen);

describe.each([
  ['a policy of a role', rolePolicy, ofRole],
  ['an attachment', attachment, ofRole],
  ['a Deny in a bucket policy', bucketPolicy, ofBucket],
] as const)('%s', (_, make, read) => {
  test('without count is there', () => {
    const made = tagging();
    make(made);
    expect(read(made)).toHaveLength(1);
    expect(read(made)).not.toEqual([expect.stringContaining('not seen')]);
  });

  test.each(NONE)('with %s is not there', (_how, repeat) => {
    const made = tagging();
    repeat(made.stack, make(made));
    expect(read(made)).toEqual([]);
  });

  test.each(PERHAPS)('with %s is perhaps there', (_how, repeat) => {
    const made = tagging();
    repeat(made.stack, make(made));
    expect(read(made)).toEqual([expect.stringMatching(/^not seen: (?:has a count that|is made for each of what)/)]);
  });
});

test.each(PERHAPS)('a managed policy with %s says something unknown', (_how, repeat) => {
  const made = tagging();
  repeat(made.stack, attached(made));
  expect(ofRole(made)).toEqual([expect.stringContaining('not seen')]);
});

test('a setting of a bucket of which there may be none is unknown', () => {
  const made = tagging();
  const versioning = new S3BucketVersioningA(made.stack, 'versioning', {
    bucket: made.bucket.bucket,
    versioningConfiguration: { status: 'Enabled' },
  });
  expect(collectSynthFacts(made.app).buckets[0]!.versioning).toMatchObject({ known: true, value: 'enabled' });
  PERHAPS[0]![1](made.stack, versioning);
  expect(collectSynthFacts(made.app).buckets[0]!.versioning).toMatchObject({ known: false });
  versioning.addOverride('count', 0);
  expect(collectSynthFacts(made.app).buckets[0]!.versioning).toMatchObject({ known: true, value: 'disabled' });
});

describe('under the provider of another account', () => {
  const providers = ({ stack }: Tagging): AwsProvider => {
    new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
    return new AwsProvider(stack, 'other', {
      alias: 'other',
      region: 'eu-central-1',
      assumeRole: [{ roleArn: 'arn:aws:iam::444455556666:role/admin' }],
    });
  };

  test('a policy that names the role literally is not known to be this one’s', () => {
    const made = tagging();
    const provider = providers(made);
    new IamRolePolicy(made.stack, 'policy', { role: 'exporter', policy: JSON.stringify(TAGGING), provider });
    expect(ofRole(made)).toEqual([expect.stringContaining('another provider')]);
  });

  test('in another region of the same account it is', () => {
    const made = tagging();
    new AwsProvider(made.stack, 'aws', { region: 'eu-central-1' });
    const provider = new AwsProvider(made.stack, 'other', { alias: 'other', region: 'us-east-1' });
    new IamRolePolicy(made.stack, 'policy', { role: 'exporter', policy: JSON.stringify(TAGGING), provider });
    expect(ofRole(made)).toEqual([TAGGING]);
  });

  test('a bucket policy that names the bucket literally is not known to be this one’s', () => {
    const made = tagging();
    const provider = providers(made);
    new S3BucketPolicy(made.stack, 'guard', { bucket: 'recordings', policy: JSON.stringify(DENY), provider });
    expect(ofBucket(made)).toEqual([DENY]);
  });
});
