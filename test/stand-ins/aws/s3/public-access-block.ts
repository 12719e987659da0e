import { s, schema } from '../../../../src/framework';
import { bucketSetting, settingAttributes } from './bucket-setting';

function flag(description: string) {
  return s.bool({ optional: true, default: false, description });
}

/** aws_s3_bucket_public_access_block */
export const publicAccessBlock = bucketSetting({
  type: 'aws_s3_bucket_public_access_block',
  schema: schema({
    description: 'What keeps a bucket from the public.',
    attributes: {
      ...settingAttributes,
      block_public_acls: flag('Refuse public access control lists.'),
      block_public_policy: flag('Refuse public bucket policies.'),
      ignore_public_acls: flag('Ignore public access control lists.'),
      restrict_public_buckets: flag('Give a bucket with a public policy to its account only.'),
    },
  }),
  absentCode: 'NoSuchPublicAccessBlockConfiguration',
  put: (s3, bucket, wanted) =>
    s3.putPublicAccessBlock({
      Bucket: bucket,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: wanted.block_public_acls,
        BlockPublicPolicy: wanted.block_public_policy,
        IgnorePublicAcls: wanted.ignore_public_acls,
        RestrictPublicBuckets: wanted.restrict_public_buckets,
      },
    }),
  get: async (s3, bucket) => {
    const { PublicAccessBlockConfiguration: found = {} } = await s3.getPublicAccessBlock({ Bucket: bucket });
    return {
      block_public_acls: found.BlockPublicAcls ?? false,
      block_public_policy: found.BlockPublicPolicy ?? false,
      ignore_public_acls: found.IgnorePublicAcls ?? false,
      restrict_public_buckets: found.RestrictPublicBuckets ?? false,
    };
  },
  remove: (s3, bucket) => s3.deletePublicAccessBlock({ Bucket: bucket }),
});
