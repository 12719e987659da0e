import type { ServerSideEncryption, ServerSideEncryptionRule } from '@aws-sdk/client-s3';
import { block, oneOf, s, schema } from '../../../../src/framework';
import { bucketSetting, settingAttributes } from './bucket-setting';

const encryptionSchema = schema({
  description: 'What S3 encrypts new objects of a bucket with.',
  attributes: settingAttributes,
  blocks: {
    rule: block.set(
      { minItems: 1, description: 'The rule.' },
      { bucket_key_enabled: s.bool({ optional: true, description: 'Whether one data key serves many objects.' }) },
      {
        apply_server_side_encryption_by_default: block.list(
          { maxItems: 1, description: 'The default.' },
          {
            sse_algorithm: s.string({
              required: true,
              validators: [oneOf('AES256', 'aws:kms', 'aws:kms:dsse')],
              description: '`AES256`, `aws:kms` or `aws:kms:dsse`.',
            }),
            kms_master_key_id: s.string({ optional: true, description: 'Id or ARN of the KMS key.' }),
          },
        ),
      },
    ),
  },
});

/** aws_s3_bucket_server_side_encryption_configuration */
export const encryption = bucketSetting({
  type: 'aws_s3_bucket_server_side_encryption_configuration',
  schema: encryptionSchema,
  absentCode: 'ServerSideEncryptionConfigurationNotFoundError',
  put: (s3, bucket, wanted) =>
    s3.putBucketEncryption({
      Bucket: bucket,
      ServerSideEncryptionConfiguration: {
        Rules: wanted.rule.map((rule): ServerSideEncryptionRule => {
          const [preset] = rule.apply_server_side_encryption_by_default;
          return {
            ...(rule.bucket_key_enabled === null ? {} : { BucketKeyEnabled: rule.bucket_key_enabled }),
            ...(preset === undefined
              ? {}
              : {
                  ApplyServerSideEncryptionByDefault: {
                    SSEAlgorithm: preset.sse_algorithm as ServerSideEncryption,
                    ...(preset.kms_master_key_id === null ? {} : { KMSMasterKeyID: preset.kms_master_key_id }),
                  },
                }),
          };
        }),
      },
    }),
  get: async (s3, bucket, like) => {
    const { ServerSideEncryptionConfiguration: found } = await s3.getBucketEncryption({ Bucket: bucket });
    // S3 says "false" where nothing was asked for.
    const unset = (like.rule ?? []).every((rule) => rule.bucket_key_enabled === null);
    return {
      rule: (found?.Rules ?? []).map((rule) => {
        const preset = rule.ApplyServerSideEncryptionByDefault;
        const bucketKey = rule.BucketKeyEnabled ?? false;
        return {
          bucket_key_enabled: unset && !bucketKey ? null : bucketKey,
          apply_server_side_encryption_by_default:
            preset === undefined
              ? []
              : [{ sse_algorithm: preset.SSEAlgorithm ?? '', kms_master_key_id: preset.KMSMasterKeyID ?? null }],
        };
      }),
    };
  },
  remove: (s3, bucket) => s3.deleteBucketEncryption({ Bucket: bucket }),
});
