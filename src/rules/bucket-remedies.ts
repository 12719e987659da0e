/** Settings of a bucket that remedies ask for, in the language of who reads them: HCL, CDKTF, or a command for an account. */
import type { BucketFact, Facts } from '../facts';
import { labelOf, languageOf, quotedReferenceTo, referenceTo } from './remedy-places';

/** How one setting is written. `bucket` refers to the bucket, `label` is the name that it has. */
interface Setting {
  /** Type of the resource, `aws_s3_bucket_versioning`. */
  readonly type: string;
  /** Arguments beside `bucket`, a line each. */
  readonly hcl: readonly string[];
  /** Class of the AWS bindings. */
  readonly construct: string;
  readonly props: readonly string[];
  /** Command of `aws s3api`, with what follows `--bucket NAME`. */
  readonly command: readonly [name: string, ...options: string[]];
}

/**
 * Not object_lock_enabled of the bucket itself: on a bucket that is there, that plans to destroy and recreate it.
 * The command takes no rule, so there is no default retention.
 */
const LOCK: Setting = {
  type: 'aws_s3_bucket_object_lock_configuration',
  hcl: ['object_lock_enabled = "Enabled"'],
  construct: 'S3BucketObjectLockConfigurationA',
  props: [`objectLockEnabled: 'Enabled',`],
  command: ['put-object-lock-configuration', `--object-lock-configuration ObjectLockEnabled=Enabled`],
};

const VERSIONING: Setting = {
  type: 'aws_s3_bucket_versioning',
  hcl: ['versioning_configuration {', '  status = "Enabled"', '}'],
  construct: 'S3BucketVersioningA',
  props: [`versioningConfiguration: { status: 'Enabled' },`],
  command: ['put-bucket-versioning', '--versioning-configuration Status=Enabled'],
};

/** S3 turns Object Lock on for versioned buckets only. */
export function lockAndVersioningOn(facts: Facts, bucket: BucketFact): string {
  const words = languageOf(facts, bucket) === 'json' ? 'Run, for versioning and Object Lock:' : ADD_BOTH;
  return `${words}\n${written(facts, bucket, VERSIONING)}\n${written(facts, bucket, LOCK)}`;
}

const ADD_BOTH = 'Add, or make those that are there say:';

export function versioningOn(facts: Facts, bucket: BucketFact): string {
  const words = languageOf(facts, bucket) === 'json' ? 'Run:' : 'Add, or make the one that is there say:';
  return `${words}\n${written(facts, bucket, VERSIONING)}`;
}

function written(facts: Facts, bucket: BucketFact, setting: Setting): string {
  const label = labelOf(bucket.address);
  switch (languageOf(facts, bucket)) {
    case 'hcl':
      return [
        `resource "${setting.type}" "${label}" {`,
        ...[`bucket = ${referenceTo(bucket, 'bucket')}`, ...setting.hcl].map((line) => `  ${line}`),
        '}',
      ].join('\n');
    case 'cdktf': {
      const id = `${label}-${setting.type.replace(/^aws_s3_bucket_/, '').replaceAll('_', '-')}`;
      return [
        `new ${setting.construct}(this, '${id}', {`,
        ...[`bucket: ${quotedReferenceTo(bucket, 'bucket')},`, ...setting.props].map((line) => `  ${line}`),
        '});',
      ].join('\n');
    }
    case 'json': {
      const [command, ...options] = setting.command;
      return `aws s3api ${command} --bucket ${nameOf(bucket)} ${options.join(' ')}`;
    }
  }
}

/** A lifecycle rule as Terraform takes it. */
const ABORT_HCL = `rule {
  id     = "abort-incomplete-uploads"
  status = "Enabled"
  filter {}
  abort_incomplete_multipart_upload {
    days_after_initiation = 7
  }
}`;

const ABORT_PROPS = `{
  id: 'abort-incomplete-uploads',
  status: 'Enabled',
  filter: [{ prefix: '' }],
  abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
}`;

const ABORT_JSON = JSON.stringify(
  {
    ID: 'abort-incomplete-uploads',
    Status: 'Enabled',
    Filter: {},
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
  },
  null,
  2,
);

/**
 * A rule that aborts incomplete uploads. A bucket has one lifecycle configuration: where there is one, the rule goes into it,
 * or the rules that are there would be gone.
 */
export function abortUploads(facts: Facts, bucket: BucketFact, hasConfiguration: boolean): string {
  const { address } = bucket;
  const language = languageOf(facts, bucket);
  if (language === 'json') return `Add this rule to the lifecycle configuration of ${nameOf(bucket)}:\n${ABORT_JSON}`;
  if (hasConfiguration) {
    const [kind, rule] =
      language === 'hcl'
        ? ['aws_s3_bucket_lifecycle_configuration', ABORT_HCL]
        : ['S3BucketLifecycleConfiguration, to its rules', ABORT_PROPS];
    return `Add to the lifecycle configuration of ${address} (${kind}):\n${rule}`;
  }
  return `Add beside ${address}:\n${written(facts, bucket, {
    type: 'aws_s3_bucket_lifecycle_configuration',
    hcl: ABORT_HCL.split('\n'),
    construct: 'S3BucketLifecycleConfiguration',
    props: `rule: [${ABORT_PROPS}],`.split('\n'),
    command: ['put-bucket-lifecycle-configuration'],
  })}`;
}

function nameOf({ name, address }: BucketFact): string {
  return name.known ? name.value : address.replace(/^arn:[\w-]+:s3:::/, '');
}
