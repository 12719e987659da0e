import type { DefaultRetention, ObjectLockRetentionMode } from '@aws-sdk/client-s3';
import { block, oneOf, s, schema } from '../../../../src/framework';
import { bucketSetting, settingAttributes } from './bucket-setting';

const objectLockSchema = schema({
  description: 'Object Lock of a bucket, with or without a default retention.',
  attributes: {
    ...settingAttributes,
    object_lock_enabled: s.string({
      optional: true,
      default: 'Enabled',
      requiresReplace: true,
      validators: [oneOf('Enabled')],
      description: 'Always `Enabled`.',
    }),
  },
  blocks: {
    rule: block.list(
      { maxItems: 1, description: 'The rule for new versions.' },
      {},
      {
        default_retention: block.list(
          { minItems: 1, maxItems: 1, description: 'How long new versions are kept.' },
          {
            mode: s.string({
              optional: true,
              validators: [oneOf('COMPLIANCE', 'GOVERNANCE')],
              description: '`COMPLIANCE` or `GOVERNANCE`.',
            }),
            days: s.number({ optional: true, description: 'Days.' }),
            years: s.number({ optional: true, description: 'Years.' }),
          },
        ),
      },
    ),
  },
});

/** aws_s3_bucket_object_lock_configuration */
export const objectLock = bucketSetting({
  type: 'aws_s3_bucket_object_lock_configuration',
  schema: objectLockSchema,
  absentCode: 'ObjectLockConfigurationNotFoundError',
  put: (s3, bucket, wanted) => {
    const retention = wanted.rule[0]?.default_retention[0];
    const DefaultRetention: DefaultRetention | undefined = retention && {
      ...(retention.mode === null ? {} : { Mode: retention.mode as ObjectLockRetentionMode }),
      ...(retention.days === null ? {} : { Days: retention.days }),
      ...(retention.years === null ? {} : { Years: retention.years }),
    };
    return s3.putObjectLockConfiguration({
      Bucket: bucket,
      ObjectLockConfiguration: {
        ObjectLockEnabled: 'Enabled',
        ...(DefaultRetention === undefined ? {} : { Rule: { DefaultRetention } }),
      },
    });
  },
  get: async (s3, bucket) => {
    const { ObjectLockConfiguration: found } = await s3.getObjectLockConfiguration({ Bucket: bucket });
    const retention = found?.Rule?.DefaultRetention;
    return {
      object_lock_enabled: found?.ObjectLockEnabled ?? 'Enabled',
      rule:
        retention === undefined
          ? []
          : [
              {
                default_retention: [
                  { mode: retention.Mode ?? null, days: retention.Days ?? null, years: retention.Years ?? null },
                ],
              },
            ],
    };
  },
  // Object Lock cannot be turned off: what goes is the default retention.
  remove: (s3, bucket) =>
    s3.putObjectLockConfiguration({ Bucket: bucket, ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } }),
});
