import type { BucketVersioningStatus } from '@aws-sdk/client-s3';
import { block, oneOf, s, schema } from '../../../../src/framework';
import { bucketSetting, settingAttributes } from './bucket-setting';

const versioningSchema = schema({
  description: 'Whether a bucket keeps old versions.',
  attributes: settingAttributes,
  blocks: {
    versioning_configuration: block.list(
      { minItems: 1, maxItems: 1, description: 'The setting.' },
      {
        status: s.string({
          required: true,
          validators: [oneOf('Enabled', 'Suspended')],
          description: '`Enabled` or `Suspended`.',
        }),
      },
    ),
  },
});

/** aws_s3_bucket_versioning */
export const versioning = bucketSetting({
  type: 'aws_s3_bucket_versioning',
  schema: versioningSchema,
  absentCode: 'NoSuchBucket',
  put: (s3, bucket, wanted) =>
    s3.putBucketVersioning({
      Bucket: bucket,
      VersioningConfiguration: { Status: wanted.versioning_configuration[0]?.status as BucketVersioningStatus },
    }),
  get: async (s3, bucket) => {
    const { Status } = await s3.getBucketVersioning({ Bucket: bucket });
    return Status === undefined ? null : { versioning_configuration: [{ status: Status }] };
  },
  remove: async (s3, bucket) => {
    try {
      await s3.putBucketVersioning({ Bucket: bucket, VersioningConfiguration: { Status: 'Suspended' } });
    } catch (error) {
      // Object Lock keeps versioning on for as long as the bucket exists. The real provider lets go of it too.
      if ((error as Error).name !== 'InvalidBucketState') throw error;
    }
  },
});
