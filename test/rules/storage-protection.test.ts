import {
  OBJECTS_ARN,
  allow,
  at,
  bucket,
  duty,
  estate,
  findingsOf,
  onlyProblem,
  passes,
  policyFact,
  seen,
  statements,
  withBucket,
} from './estate';
import type { LifecycleRuleFact } from '../../src/facts';
import { causesOf, checkRules } from '../../src/rules';

const rule = (change: Partial<LifecycleRuleFact>): LifecycleRuleFact => ({
  id: 'old',
  prefix: '',
  isPartial: false,
  currentAfter: null,
  noncurrentAfter: null,
  abortsUploads: false,
  ...change,
});

describe('s3/public', () => {
  const RULE = 's3/public';
  const opened = (statement: object, more: object = {}) =>
    withBucket({ policies: [policyFact('aws_s3_bucket_policy.open', statements(statement))], ...more });
  const everybody = allow('s3:GetObject', OBJECTS_ARN, { Sid: 'Open', Principal: '*' });

  test('passes without a policy, and with one that names whom it lets in', () => {
    expect(passes(RULE, estate())).toBe(true);
    const named = allow('s3:GetObject', OBJECTS_ARN, { Principal: { AWS: 'arn:aws:iam::111122223333:role/reader' } });
    expect(passes(RULE, opened(named))).toBe(true);
  });

  test('fails where everybody may read', () => {
    const problem = onlyProblem(RULE, opened(everybody));
    expect(problem).toMatchObject({ status: 'fail' });
    expect(problem.message).toContain('lets everybody read recordings');
    expect(problem.remedy).toContain('"Open"');
  });

  test('warns where only restrict_public_buckets stands in the way', () => {
    const closed = {
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: false,
      restrictPublicBuckets: true,
    };
    expect(onlyProblem(RULE, opened(everybody, { publicAccessBlock: seen(closed) }))).toMatchObject({ status: 'warn' });
  });

  test('everybody of the own organization is not everybody', () => {
    const Condition = { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } };
    expect(passes(RULE, opened({ ...everybody, Condition }))).toBe(true);
  });

  test('is unknown where a condition decides that no plan knows', () => {
    const Condition = { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } };
    expect(onlyProblem(RULE, opened({ ...everybody, Condition }))).toMatchObject({ status: 'unknown' });
  });
});

describe('s3/retention-loss', () => {
  const RULE = 's3/retention-loss';
  const ruled = (...rules: readonly LifecycleRuleFact[]) => withBucket({ lifecycle: seen(rules) });

  test('passes where nothing but noncurrent versions and parts of uploads goes', () => {
    expect(passes(RULE, ruled(rule({ noncurrentAfter: 90, abortsUploads: true })))).toBe(true);
  });

  test('an expiration and one of noncurrent versions add up', () => {
    const problem = onlyProblem(RULE, ruled(rule({ currentAfter: 30 }), rule({ id: 'versions', noncurrentAfter: 1 })));
    expect(problem.message).toContain('hides them after 30 days and deletes them for good after 31 days');
  });

  test('a rule about other keys says nothing', () => {
    const facts = ruled(rule({ prefix: 'logs/', currentAfter: 30 }));
    const prefixed = facts.exports.map((one) => ({
      ...one,
      destination: seen({ bucket: 'recordings', prefix: 'recordings/' }),
    }));
    expect(findingsOf(RULE, { ...facts, exports: prefixed, objectHolds: [] }).map(({ status }) => status)).toEqual([
      'pass',
    ]);
  });

  test.each(['suspended', 'disabled'] as const)('fails where objects are held and versioning is %s', (versioning) => {
    const [lifecycle, problem, ...others] = findingsOf(RULE, withBucket({ versioning: seen(versioning) }));
    expect(others).toEqual([]);
    expect(lifecycle).toMatchObject({ status: 'pass', id: `${RULE} aws_s3_bucket.recordings` });
    expect(problem).toMatchObject({ status: 'fail', id: `${RULE} aws_s3_bucket.recordings versioning` });
    expect(problem?.message).toContain(`versioning is ${versioning}, so a file that is overwritten or deleted is gone`);
  });

  test('fails where objects are held and Object Lock is off', () => {
    const problem = onlyProblem(RULE, withBucket({ objectLock: seen({ enabled: false, defaultRetention: null }) }));
    expect(problem).toMatchObject({ status: 'fail', id: `${RULE} aws_s3_bucket.recordings object lock` });
  });

  test.each([
    ['suspended', ['warn']],
    ['disabled', []],
  ] as const)('where nothing is held and versioning is %s', (versioning, statuses) => {
    const facts = estate({ duties: [duty('export')], buckets: [bucket({ versioning: seen(versioning) })] });
    const problems = findingsOf(RULE, facts).filter(({ status }) => status !== 'pass');
    expect(problems.map(({ status }) => status)).toEqual(statuses);
  });

  test('what s3/object-lock says of the same setting is the same cause', () => {
    const facts = withBucket({ versioning: seen('suspended', at('aws_s3_bucket_versioning.recordings')) });
    const problems = checkRules(facts).findings.filter(({ status }) => status === 'fail');
    expect(causesOf(problems).map(({ findings }) => findings.map(({ rule: id }) => id))).toEqual([
      [RULE, 's3/object-lock'],
    ]);
  });

  test('a plan that begins to delete is told once, by what it does and by what it comes to', () => {
    const lifecycle = 'aws_s3_bucket_lifecycle_configuration.recordings';
    const days = seen(30);
    const facts = estate({
      moment: 'plan',
      buckets: [bucket({ lifecycle: seen([rule({ currentAfter: 30 })], at(lifecycle)) })],
      changes: [
        {
          address: lifecycle,
          type: 'aws_s3_bucket_lifecycle_configuration',
          action: 'create',
          losses: [{ kind: 'objects-expire', days }],
          reappearsAt: null,
        },
      ],
    });
    const problems = checkRules(facts).findings.filter(({ status }) => status === 'fail');
    const [cause, ...others] = causesOf(problems);

    expect(others).toEqual([]);
    expect(cause?.findings.map(({ id }) => id)).toEqual([
      `hold/release-guard ${lifecycle} objects-expire`,
      `${RULE} aws_s3_bucket.recordings`,
    ]);
  });
});
