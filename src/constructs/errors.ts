import type { IConstruct } from 'constructs';

/** A construct that was given something it cannot work with. Says which construct, what is wrong, and what to do. */
export class ConstructError extends Error {
  override readonly name = 'ConstructError';
  constructor(
    /** Path of the construct at fault, `storage/recordings`. */
    readonly constructPath: string,
    problem: string,
    remedy: string,
  ) {
    super(`[${constructPath}] ${problem} ${remedy}`);
  }
}

/** The path that a construct with this id will have. For errors before the construct exists. */
export const pathOf = (scope: IConstruct, id: string): string =>
  [scope.node.path, id].filter((part) => part !== '').join('/');

/** The catalogue of what can be wrong with props. */
export const errors = {
  bucketNameIsNoLiteral: (path: string) =>
    new ConstructError(
      path,
      'The bucket name is a token, so ARNs and policies that are made from it would not be known before apply, and no check could look at them.',
      'Give bucketName as a literal text; for a bucket made elsewhere use ExportBucket.fromBucketName with its literal name.',
    ),
  bucketNameIsMalformed: (path: string, name: string) =>
    new ConstructError(
      path,
      `"${name}" is not an S3 bucket name.`,
      'Use 3 to 63 lower-case letters, digits, dots and hyphens, beginning and ending with a letter or digit, without "s3://" or an ARN.',
    ),
  roleNameIsMalformed: (path: string, name: string) =>
    new ConstructError(path, `"${name}" is not an IAM role name.`, 'Use 1 to 64 letters, digits and + = , . @ _ -.'),
  nobodyAssumes: (path: string) =>
    new ConstructError(path, 'Nobody may assume this role.', 'Name at least one role, user or account in assumedBy.'),
  principalIsMalformed: (path: string, principal: string) =>
    new ConstructError(
      path,
      `"${principal}" names no single role, user or account.`,
      'Give a full ARN such as arn:aws:iam::123456789012:role/compliance, or an account id of 12 digits; IAM takes no wildcards there.',
    ),
  registerPlaceIsMalformed: (place: string) =>
    new ConstructError(
      'HoldRegister.fromPlace',
      `"${place}" is not a place in S3.`,
      'Give it as s3://bucket/prefix, a literal text. A folder is given to the ComplianceProvider as text.',
    ),
  retentionIsMalformed: (path: string) =>
    new ConstructError(
      path,
      'The retention of the register has no length, or two.',
      'Give either days or years, a whole number from 1 on.',
    ),
  registerDiffers: (path: string, wanted: string, given: string | undefined) =>
    new ConstructError(
      path,
      given === undefined
        ? `Its register is ${wanted}, but the provider that holds names none and would use another one.`
        : `Its register is ${wanted}, but the provider that holds uses ${given}. Each release would go by claims that the other does not have.`,
      'Give the same register to the ComplianceProvider.',
    ),
  workspaceIsHeld: (path: string, bucketName: string) =>
    new ConstructError(
      path,
      `Manifests and reports of jobs would lie in ${bucketName} itself, among the objects that are held.`,
      'Give a bucket of its own as workspace.',
    ),
  recordsItself: (path: string, bucketName: string) =>
    new ConstructError(
      path,
      `What happens to ${bucketName} would be recorded in ${bucketName} itself, which is something that happens to it.`,
      'Give another bucket for the records.',
    ),
  logTargetIsLocked: (path: string, bucketName: string) =>
    new ConstructError(
      path,
      `Access logs cannot be written to ${bucketName}: it has Object Lock, and S3 takes no such bucket as a target of logs.`,
      'Give a bucket without Object Lock; for a trail that is protected itself use dataEvents.',
    ),
  addressIsTaken: (path: string, address: string, holder: string) =>
    new ConstructError(
      path,
      `Its address in Terraform would be ${address}, which is already that of ${holder}. Two resources of one address would silently become one.`,
      'Give one of the two another construct id, or an address of its own with the prop logicalId. Keep the one that is deployed already.',
    ),
  logicalIdIsMalformed: (path: string, logicalId: string) =>
    new ConstructError(
      path,
      `"${logicalId}" cannot be a name in Terraform.`,
      'Begin with a letter or underscore and continue with letters, digits, underscores and hyphens.',
    ),
  scopeIsAmbiguous: (path: string, given: 'neither' | 'both') =>
    new ConstructError(
      path,
      given === 'both'
        ? 'Both interval and conversationIds are given.'
        : 'Neither interval nor conversationIds is given.',
      'Say what to export by exactly one of them.',
    ),
  propIsMalformed: (path: string, prop: string, problem: string) =>
    new ConstructError(path, `${prop}: ${problem}`, 'Terraform would refuse it in the plan.'),
  stackIdIsTaken: (path: string, other: string, id: string) =>
    new ConstructError(
      path,
      `The stacks ${path} and ${other} have the same id "${id}". cdktf writes each stack to cdktf.out/stacks/ID, so one of the two would silently take the place of the other, and its holds would be planned as gone.`,
      `Give each stack an id of its own, e.g. "${id}-${other.split('/')[0]}".`,
    ),
  batchIntervalWithoutInterval: (path: string) =>
    new ConstructError(
      path,
      'batchInterval splits an interval, but the export is given by conversationIds.',
      'Leave batchInterval out, or give an interval.',
    ),
  objectHoldWithoutBucket: (path: string) =>
    new ConstructError(
      path,
      'Objects are to be held, but it is not said in which bucket they are.',
      'Give bucket, or a destination with one.',
    ),
  checksAreSetTwice: (path: string) =>
    new ConstructError(
      path,
      'ComplianceChecks are set twice for this construct, so one setting would silently win.',
      'Set them once per scope; a scope further inside may set its own.',
    ),
} as const;
