import type { Facts } from '../../../src/facts';
import { checkRules } from '../../../src/rules';
import { factsOf, planOf, refers, type Planned } from './plans';

const BUCKET = 'aws_s3_bucket.files';
const created = (address: string, after: object, more: Partial<Planned> = {}): Planned => ({
  address,
  actions: ['create'],
  after: after as Planned['after'],
  ...more,
});
const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Action: string | string[], Resource: string, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const GENESYS = document({
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::765628985471:root' },
  Action: 'sts:AssumeRole',
});
const OTHERS = document({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' });
const OBJECTS = 'arn:aws:s3:::recordings/*';
const ON = { Condition: { StringEquals: { 's3:object-lock-legal-hold': 'ON' } } };

const bucket = created(BUCKET, { bucket: 'recordings' }, { unknown: { arn: true, id: true } });
const job = created('genesyscloud_recording_export_job.sms', { destination: { bucket: 'recordings' } });
const role = (name: string, trust: string, ...statements: object[]): readonly Planned[] => [
  created(`aws_iam_role.${name}`, { name, assume_role_policy: trust }, { unknown: { arn: true } }),
  created(`aws_iam_role_policy.${name}`, { role: name, policy: document(...statements) }),
];

/** "export exporter recordings" for each duty. */
const told = ({ duties }: Facts): readonly string[] =>
  duties
    .map(({ duty, role: who, bucket: where }) =>
      [duty, who.known ? who.value : '?', where.known ? where.value : '?'].join(' '),
    )
    .sort();

const about = (...resources: readonly (Planned | readonly Planned[])[]): Facts => factsOf(planOf(resources.flat()));

describe('who does what is told by roles', () => {
  test('the exporter tags as well when nobody else does, also when it lacks the right', () => {
    expect(told(about(bucket, job, role('exporter', GENESYS, allow('s3:PutObject', OBJECTS))))).toEqual([
      `export aws_iam_role.exporter ${BUCKET}`,
      `tag aws_iam_role.exporter ${BUCKET}`,
    ]);
  });

  test('a role that puts legal holds on tags as well; one that takes them off, too, releases', () => {
    const facts = about(
      bucket,
      job,
      role('exporter', GENESYS, allow('s3:PutObject', OBJECTS)),
      role('holder', OTHERS, allow('s3:PutObjectLegalHold', OBJECTS, ON)),
      role('releaser', OTHERS, allow('s3:PutObjectLegalHold', OBJECTS)),
    );
    expect(told(facts)).toEqual([
      `export aws_iam_role.exporter ${BUCKET}`,
      `hold aws_iam_role.holder ${BUCKET}`,
      `release aws_iam_role.releaser ${BUCKET}`,
      `tag aws_iam_role.holder ${BUCKET}`,
    ]);
  });

  test('administrators and roles of other buckets have no part in it', () => {
    const facts = about(
      bucket,
      job,
      role('exporter', GENESYS, allow('s3:PutObject', OBJECTS)),
      role('admin', OTHERS, allow('*', '*')),
      role('backup', OTHERS, allow('s3:PutObjectTagging', 'arn:aws:s3:::backups/*')),
      role('tagger', OTHERS, allow('s3:PutObjectTagging', '*')),
    );
    expect(facts.roles.map(({ address }) => address)).toEqual(['aws_iam_role.exporter']);
  });

  test('an export in one plan and its bucket in another belong together', () => {
    const storage = planOf([bucket, ...role('exporter', GENESYS, allow('s3:PutObject', OBJECTS))]);
    const facts = factsOf(planOf([job]), storage);
    expect(told(facts)).toContain(`export aws_iam_role.exporter ${BUCKET}`);
    expect(facts.exports[0]?.bucket).toMatchObject({ value: BUCKET });
  });

  test('an export whose files nobody is seen to tag is not passed over', () => {
    const facts = about(job);
    expect(told(facts)).toEqual(['tag ? arn:aws:s3:::recordings']);
    const findings = checkRules(facts).findings.filter(({ rule }) => rule === 'iam/put-object-tagging');
    expect(findings).toMatchObject([
      { status: 'unknown', id: 'iam/put-object-tagging genesyscloud_recording_export_job.sms' },
    ]);
  });
});

describe('a policy', () => {
  const exporter = role('exporter', GENESYS, allow('s3:PutObject', OBJECTS));
  const policies = (...more: readonly Planned[]) =>
    about(bucket, job, exporter, more).roles[0]!.identityPolicies.map(({ document: one }) =>
      one.known ? 'seen' : one.why,
    );

  test('of AWS itself is known by its ARN', () => {
    const arn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    const attachment = created('aws_iam_role_policy_attachment.a', { role: 'exporter', policy_arn: arn });
    expect(policies(attachment)).toEqual(['seen', 'seen']);
  });

  test('attached by ARN that no plan manages is not seen', () => {
    const arn = 'arn:aws:iam::111122223333:policy/elsewhere';
    expect(policies(created('aws_iam_role_policy_attachment.a', { role: 'exporter', policy_arn: arn }))).toEqual([
      'seen',
      `is attached as ${arn}, which none of the given plans manages`,
    ]);
  });

  test('that is only known after the apply is not seen, and says what it uses', () => {
    const later = created(
      'aws_iam_role_policy.later',
      { role: 'exporter' },
      { unknown: { policy: true }, given: { policy: refers('aws_kms_key.k.arn', 'aws_kms_key.k') } },
    );
    expect(policies(later)).toEqual(['seen', 'is only known after the apply: it uses aws_kms_key.k.arn']);
  });

  test('that is marked as sensitive is not looked at', () => {
    const secret = created(
      'aws_iam_role_policy.secret',
      { role: 'exporter', policy: document(allow('s3:Secret', '*')) },
      { sensitive: { policy: true } },
    );
    expect(policies(secret)).toEqual(['seen', 'is marked as sensitive, so it is not looked at']);
    expect(JSON.stringify(about(bucket, job, exporter, secret))).not.toContain('s3:Secret');
  });

  test('for a role that is not known yet may be for this one', () => {
    const open = created(
      'aws_iam_role_policy.open',
      { policy: document(allow('s3:DeleteObject', OBJECTS)) },
      { unknown: { role: true }, given: { role: refers('var.role') } },
    );
    expect(policies(open)).toEqual([
      'seen',
      'may be attached to this role: its role is only known after the apply: it uses var.role',
    ]);
  });

  test('for a new role is found by the reference', () => {
    const referring = created(
      'aws_iam_role_policy.more',
      { policy: document(allow('s3:PutObjectTagging', OBJECTS)) },
      { unknown: { role: true }, given: { role: refers('aws_iam_role.exporter.id', 'aws_iam_role.exporter') } },
    );
    expect(policies(referring)).toEqual(['seen', 'seen']);
  });
});

describe('what a plan leaves out is said', () => {
  test('of one that ended with an error', () => {
    expect(factsOf(planOf([job], { errored: true })).unseen).toMatchObject([
      { why: expect.stringContaining('ended with an error') as string, origin: { address: 'stack-1' } },
    ]);
  });

  test('of one that was made with -target', () => {
    expect(factsOf(planOf([job], { complete: false })).unseen).toHaveLength(1);
    expect(factsOf(planOf([job], { complete: true })).unseen).toEqual([]);
  });
});

describe('the provider block', () => {
  const configured = (expressions: object, variables: object = {}, sensitive = false): Facts =>
    factsOf({
      ...planOf([job]),
      variables: variables as never,
      configuration: {
        provider_config: {
          c: { full_name: 'terraform.local/genesyscloud/compliance', expressions: expressions as never },
        },
        root_module: { variables: { pattern: { sensitive } } },
      },
    });

  test('tells pattern and request budget', () => {
    const facts = configured({
      external_reference_id_pattern: { constant_value: 'X-\\d+' },
      requests_per_minute: { constant_value: 100 },
    });
    expect(facts.externalReferenceIdPattern).toMatchObject({ known: true, value: 'X-\\d+' });
    expect(facts.requestBudget?.perMinute).toMatchObject({ known: true, value: 100 });
  });

  test('is followed to a variable, unless that is sensitive', () => {
    const pattern = { external_reference_id_pattern: refers('var.pattern') };
    const variables = { pattern: { value: 'secret-.*' } };
    expect(configured(pattern, variables).externalReferenceIdPattern).toMatchObject({ value: 'secret-.*' });
    const hidden = configured(pattern, variables, true);
    expect(hidden.externalReferenceIdPattern.known).toBe(false);
    expect(JSON.stringify(hidden)).not.toContain('secret-');
  });
});

test('the same address in two plans is told apart by the plan', () => {
  const { exports } = factsOf(planOf([job]), planOf([job]));
  expect(exports.map(({ address }) => address)).toEqual([
    'stack-1/genesyscloud_recording_export_job.sms',
    'stack-2/genesyscloud_recording_export_job.sms',
  ]);
});
