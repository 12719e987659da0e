import { s, schema } from '../../../../src/framework';
import { bucketSetting, settingAttributes } from './bucket-setting';

/** aws_s3_bucket_logging */
export const logging = bucketSetting({
  type: 'aws_s3_bucket_logging',
  schema: schema({
    description: 'Where S3 writes who asked what of a bucket.',
    attributes: {
      ...settingAttributes,
      target_bucket: s.string({ required: true, description: 'Bucket that logs are written to.' }),
      target_prefix: s.string({ required: true, description: 'What the keys of logs begin with.' }),
    },
  }),
  absentCode: 'NoSuchBucket',
  put: (s3, bucket, wanted) =>
    s3.putBucketLogging({
      Bucket: bucket,
      BucketLoggingStatus: {
        LoggingEnabled: { TargetBucket: wanted.target_bucket, TargetPrefix: wanted.target_prefix },
      },
    }),
  get: async (s3, bucket) => {
    const { LoggingEnabled: found } = await s3.getBucketLogging({ Bucket: bucket });
    if (found === undefined) return null;
    return { target_bucket: found.TargetBucket ?? '', target_prefix: found.TargetPrefix ?? '' };
  },
  remove: (s3, bucket) => s3.putBucketLogging({ Bucket: bucket, BucketLoggingStatus: {} }),
});
