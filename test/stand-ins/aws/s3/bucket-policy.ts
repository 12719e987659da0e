import { s, schema } from '../../../../src/framework';
import { policyText, samePolicy } from '../policy-text';
import { bucketSetting, settingAttributes } from './bucket-setting';

/** aws_s3_bucket_policy */
export const bucketPolicy = bucketSetting({
  type: 'aws_s3_bucket_policy',
  schema: schema({
    description: 'The policy of a bucket.',
    attributes: {
      ...settingAttributes,
      policy: s.string({ required: true, equals: samePolicy, validators: [policyText], description: 'The document.' }),
    },
  }),
  absentCode: 'NoSuchBucketPolicy',
  put: (s3, bucket, { policy }) => s3.putBucketPolicy({ Bucket: bucket, Policy: policy }),
  get: async (s3, bucket) => ({ policy: (await s3.getBucketPolicy({ Bucket: bucket })).Policy ?? '' }),
  remove: (s3, bucket) => s3.deleteBucketPolicy({ Bucket: bucket }),
});
