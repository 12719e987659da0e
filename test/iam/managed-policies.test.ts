import { awsManagedPolicy, evaluateAnywhere, managedPoliciesKnownUntil, readPolicy } from '../../src/iam';
import { AWS_MANAGED_POLICIES } from '../../src/iam/aws-managed-policies';

const arn = (name: string, partition = 'aws'): string => `arn:${partition}:iam::aws:policy/${name}`;
const may = (name: string, action: string): string =>
  evaluateAnywhere([{ name, kind: 'identity', document: awsManagedPolicy(arn(name))! }], {
    action,
    resource: { every: 'arn:aws:s3:::recordings/*' },
  }).decision;

test.each([
  ['AdministratorAccess', 's3:PutObjectLegalHold', 'Allowed'],
  ['AmazonS3FullAccess', 's3:DeleteObjectVersion', 'Allowed'],
  ['AmazonS3ReadOnlyAccess', 's3:GetObject', 'Allowed'],
  ['AmazonS3ReadOnlyAccess', 's3:PutObjectTagging', 'ImplicitlyDenied'],
  ['PowerUserAccess', 's3:PutObjectLegalHold', 'Allowed'],
  ['job-function/ViewOnlyAccess', 's3:GetObject', 'ImplicitlyDenied'],
  ['service-role/AWSLambdaBasicExecutionRole', 's3:GetObject', 'ImplicitlyDenied'],
])('%s: %s is %s', (name, action, decision) => expect(may(name, action)).toBe(decision));

test('one that is newer than the table, or of an account, is not known', () => {
  expect(awsManagedPolicy(arn('SomethingOfTomorrow'))).toBeNull();
  expect(awsManagedPolicy('arn:aws:iam::111122223333:policy/AdministratorAccess')).toBeNull();
  expect(awsManagedPolicy('AdministratorAccess')).toBeNull();
  expect(managedPoliciesKnownUntil()).toMatch(/^20\d\d-\d\d-\d\d$/);
});

test('in another partition its ARNs are of that partition', () => {
  const document = JSON.stringify(awsManagedPolicy(arn('AmazonS3OutpostsFullAccess', 'aws-us-gov')) ?? {});
  expect(document).not.toContain('arn:aws:');
});

test('every document of the table can be read', () => {
  const unread = AWS_MANAGED_POLICIES.trim()
    .split('\n')
    .map((line) => line.slice(0, line.indexOf(' ')))
    .map((name) => ({ name, read: readPolicy({ name, kind: 'identity', document: awsManagedPolicy(arn(name))! }) }))
    .filter(({ read }) => !read.seen);
  expect(unread).toEqual([]);
});
