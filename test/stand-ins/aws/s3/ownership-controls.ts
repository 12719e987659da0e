import type { ObjectOwnership } from '@aws-sdk/client-s3';
import { block, oneOf, s, schema } from '../../../../src/framework';
import { bucketSetting, settingAttributes } from './bucket-setting';

/** aws_s3_bucket_ownership_controls */
export const ownershipControls = bucketSetting({
  type: 'aws_s3_bucket_ownership_controls',
  schema: schema({
    description: 'Whom the objects in a bucket belong to.',
    attributes: settingAttributes,
    blocks: {
      rule: block.list(
        { minItems: 1, maxItems: 1, description: 'The rule.' },
        {
          object_ownership: s.string({
            required: true,
            validators: [oneOf('BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter')],
            description: 'Who owns objects that others write.',
          }),
        },
      ),
    },
  }),
  absentCode: 'OwnershipControlsNotFoundError',
  put: (s3, bucket, wanted) =>
    s3.putBucketOwnershipControls({
      Bucket: bucket,
      OwnershipControls: {
        Rules: wanted.rule.map((rule) => ({ ObjectOwnership: rule.object_ownership as ObjectOwnership })),
      },
    }),
  get: async (s3, bucket) => {
    const { OwnershipControls: found } = await s3.getBucketOwnershipControls({ Bucket: bucket });
    return { rule: (found?.Rules ?? []).map((rule) => ({ object_ownership: rule.ObjectOwnership ?? '' })) };
  },
  remove: (s3, bucket) => s3.deleteBucketOwnershipControls({ Bucket: bucket }),
});
