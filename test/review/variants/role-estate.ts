/** Policies of the role that exports, in the ways in which they come to a role. */
import * as e from './estate';

export const TAG = 'iam/put-object-tagging';
export const WITHOUT_TAGGING = [
  e.allow(e.ON_BUCKET, e.ARN),
  e.allow(
    e.ON_OBJECTS.filter((one) => !/Tagging/.test(one)),
    e.OBJECTS,
  ),
];
export const own = (...statements: readonly object[]) =>
  e.kept(e.ROLE_POLICY, e.rolePolicy(...statements), {
    given: { name: e.constant('export'), role: e.refers(`${e.ROLE}.id`, e.ROLE), policy: {} },
  });
export const TAGGING = e.allow(['s3:PutObjectTagging', 's3:PutObjectVersionTagging'], e.OBJECTS);
export const NO_TAGGING = { Effect: 'Deny', Action: 's3:PutObjectTagging', Resource: '*' };
export const OK: e.Expected = { exit: 0, others: '', [TAG]: 'clean' };
export const NOT: e.Expected = { [TAG]: 'error', others: '' };
export const OPEN: e.Expected = { [TAG]: 'unknown', others: '' };
export const second = (address: string, after: e.Row, more: Partial<e.Planned> = {}) =>
  e.made(address, after, { given: { role: e.refers(`${e.ROLE}.id`, e.ROLE), policy: {} }, ...more });
export const inline = (statement: object, more: e.Row = {}) => ({
  name: 'tag',
  role: 'exporter',
  policy: e.document(statement),
  ...more,
});
export const managed = (statement: object, more: e.Row = {}) => ({
  id: 'arn:aws:iam::111122223333:policy/tag',
  arn: 'arn:aws:iam::111122223333:policy/tag',
  name: 'tag',
  policy: e.document(statement),
  ...more,
});
export const attach = (more: e.Row = {}) => ({
  role: 'exporter',
  policy_arn: 'arn:aws:iam::111122223333:policy/tag',
  ...more,
});
