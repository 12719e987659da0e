/** What opens recordings, or stops protecting them, stands under what a plan removes and ends with 2. */
import { exitCode, type ReviewReport } from '../../../src/review';
import { FILES, reviewOf, saidOf, type Planned } from './plans';

const NAME = 'recordings';
const OBJECTS = `arn:aws:s3:::${NAME}/*`;
const POLICY = 'aws_s3_bucket_policy.recordings';

const TLS_ONLY = {
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: [`arn:aws:s3:::${NAME}`, OBJECTS],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};
const NO_DELETE = { Effect: 'Deny', Principal: '*', Action: 's3:DeleteObjectVersion', Resource: OBJECTS };
const PUBLIC = { Sid: 'Public', Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: OBJECTS };

const document = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const values = (policy: string) => ({ bucket: NAME, policy });

function review(...planned: readonly Planned[]): ReviewReport {
  const bucket = { bucket: NAME, arn: `arn:aws:s3:::${NAME}` };
  const files = { bucket: NAME, prefix: '', object_lock_legal_hold: true, version_count: 1, held_count: 1 };
  return reviewOf([
    { address: 'aws_s3_bucket.recordings', actions: ['no-op'], before: bucket, after: bucket },
    { address: FILES, actions: ['no-op'], before: files, after: files },
    ...planned,
  ]);
}

const removedBy = ({ changes }: ReviewReport): readonly string[] =>
  changes.filter(({ loses }) => loses).map(({ place }) => place.address);

test('given a Deny of deletions that goes while one about TLS stays, then protection is removed', () => {
  const report = review({
    address: POLICY,
    actions: ['update'],
    before: values(document(TLS_ONLY, NO_DELETE)),
    after: values(document(TLS_ONLY)),
  });

  expect(removedBy(report)).toEqual([POLICY]);
  expect(saidOf(report, POLICY)[0]).toMatch(/^no longer denies s3:DeleteObjectVersion/);
  expect(exitCode(report, { failOn: 'error', strict: true })).toBe(2);
});

test('given a Deny about TLS that goes, then that is not taken for a removed protection against deletion', () => {
  const report = review({
    address: POLICY,
    actions: ['update'],
    before: values(document(TLS_ONLY, NO_DELETE)),
    after: values(document(NO_DELETE)),
  });

  expect(removedBy(report)).toEqual([]);
});

test.each([
  ['new', 'create', null],
  ['changed', 'update', values(document(TLS_ONLY))],
])('given a %s bucket policy that lets everybody read, then protection is removed', (_, action, before) => {
  const report = review({
    address: POLICY,
    actions: [action],
    before,
    after: values(document(TLS_ONLY, PUBLIC)),
  });

  expect(removedBy(report)).toEqual([POLICY]);
  expect(saidOf(report, POLICY)).toContain('lets everybody read recordings');
  expect(exitCode(report, { failOn: 'error', strict: true })).toBe(2);
});
