import type { ExpirationStatus, LifecycleRule } from '@aws-sdk/client-s3';
import { block, oneOf, s, schema, type StateOf } from '../../../../src/framework';
import { bucketSetting, settingAttributes } from './bucket-setting';

const lifecycleSchema = schema({
  description: 'What S3 cleans out of a bucket by itself.',
  attributes: settingAttributes,
  blocks: {
    rule: block.list(
      { minItems: 1, description: 'The rules.' },
      {
        id: s.string({ required: true, description: 'Name of the rule.' }),
        status: s.string({
          required: true,
          validators: [oneOf('Enabled', 'Disabled')],
          description: '`Enabled` or `Disabled`.',
        }),
      },
      {
        filter: block.list(
          { maxItems: 1, description: 'Which objects the rule is for.' },
          { prefix: s.string({ optional: true, description: 'What their keys begin with.' }) },
        ),
        abort_incomplete_multipart_upload: block.list(
          { maxItems: 1, description: 'Drops the parts of uploads that were never finished.' },
          { days_after_initiation: s.number({ optional: true, description: 'Days since the upload began.' }) },
        ),
        expiration: block.list(
          { maxItems: 1, description: 'Deletes objects; in a versioned bucket, hides them.' },
          {
            days: s.number({ optional: true, description: 'Days since an object was written.' }),
            expired_object_delete_marker: s.bool({
              optional: true,
              description: 'Drops delete markers that hide nothing.',
            }),
          },
        ),
        noncurrent_version_expiration: block.list(
          { maxItems: 1, description: 'Deletes old versions.' },
          {
            noncurrent_days: s.number({ required: true, description: 'Days since a newer version came.' }),
            newer_noncurrent_versions: s.number({ optional: true, description: 'Old versions to keep all the same.' }),
          },
        ),
      },
    ),
  },
});

type Rule = StateOf<typeof lifecycleSchema>['rule'][number];

/** aws_s3_bucket_lifecycle_configuration */
export const lifecycle = bucketSetting({
  type: 'aws_s3_bucket_lifecycle_configuration',
  schema: lifecycleSchema,
  absentCode: 'NoSuchLifecycleConfiguration',
  put: (s3, bucket, wanted) =>
    s3.putBucketLifecycleConfiguration({
      Bucket: bucket,
      LifecycleConfiguration: { Rules: wanted.rule.map(toAws) },
    }),
  get: async (s3, bucket, like) => {
    const { Rules = [] } = await s3.getBucketLifecycleConfiguration({ Bucket: bucket });
    return { rule: Rules.map((rule, index) => fromAws(rule, like.rule?.[index])) };
  },
  remove: (s3, bucket) => s3.deleteBucketLifecycle({ Bucket: bucket }),
});

function toAws(rule: Rule): LifecycleRule {
  const [abort] = rule.abort_incomplete_multipart_upload;
  const [expiration] = rule.expiration;
  const [noncurrent] = rule.noncurrent_version_expiration;
  return {
    ID: rule.id,
    Status: rule.status as ExpirationStatus,
    Filter: { Prefix: rule.filter[0]?.prefix ?? '' },
    ...(abort === undefined
      ? {}
      : { AbortIncompleteMultipartUpload: given({ DaysAfterInitiation: abort.days_after_initiation }) }),
    ...(expiration === undefined
      ? {}
      : {
          Expiration: given({
            Days: expiration.days,
            ExpiredObjectDeleteMarker: expiration.expired_object_delete_marker,
          }),
        }),
    ...(noncurrent === undefined
      ? {}
      : {
          NoncurrentVersionExpiration: given({
            NoncurrentDays: noncurrent.noncurrent_days,
            NewerNoncurrentVersions: noncurrent.newer_noncurrent_versions,
          }),
        }),
  };
}

function fromAws(rule: LifecycleRule, like: Rule | undefined): Rule {
  const { AbortIncompleteMultipartUpload: abort, Expiration, NoncurrentVersionExpiration: noncurrent } = rule;
  return {
    id: rule.ID ?? '',
    status: rule.Status ?? '',
    filter: filterOf(rule.Filter?.Prefix ?? '', like),
    abort_incomplete_multipart_upload:
      abort === undefined ? [] : [{ days_after_initiation: abort.DaysAfterInitiation ?? null }],
    expiration:
      Expiration === undefined
        ? []
        : [
            {
              days: Expiration.Days ?? null,
              expired_object_delete_marker: Expiration.ExpiredObjectDeleteMarker ?? null,
            },
          ],
    noncurrent_version_expiration:
      noncurrent === undefined
        ? []
        : [
            {
              noncurrent_days: noncurrent.NoncurrentDays ?? 0,
              newer_noncurrent_versions: noncurrent.NewerNoncurrentVersions ?? null,
            },
          ],
  };
}

/** "All objects" is said in three ways: no filter, a filter without a prefix, an empty prefix. S3 knows one of them. */
function filterOf(prefix: string, like: Rule | undefined): Rule['filter'] {
  if (prefix !== '' || like === undefined) return [{ prefix }];
  return like.filter.map((filter) => ({ prefix: filter.prefix === null ? null : '' })).slice(0, 1);
}

/** Without what is null. */
function given<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as never;
}
