import type { BucketLocationConstraint, S3 } from '@aws-sdk/client-s3';
import { s, schema, type ResourceDefinition, type StateOf } from '../../../../src/framework';
import { arn, fixed, id, region } from '../attributes';
import type { Aws } from '../clients';
import { partitionOf } from '../partitions';
import { attempt, readBack, unlessAbsent } from '../refusal';
import { planTags, tagAttributes, tagList, tagsOf } from '../tags';

const bucketSchema = schema({
  description: 'A bucket. Its settings are resources of their own.',
  attributes: {
    id,
    arn,
    region,
    ...tagAttributes,
    bucket: s.string({ required: true, requiresReplace: true, description: 'Name.' }),
    object_lock_enabled: s.bool({
      optional: true,
      computed: true,
      keepIfUnchanged: true,
      requiresReplace: true,
      description: 'Whether object versions can be locked.',
    }),
    bucket_domain_name: fixed('Host name.'),
    bucket_region: fixed('Region that the bucket is in.'),
    bucket_regional_domain_name: fixed('Host name with the region in it.'),
  },
});

type State = StateOf<typeof bucketSchema>;

/** aws_s3_bucket */
export const bucket: ResourceDefinition<typeof bucketSchema, Aws> = {
  type: 'aws_s3_bucket',
  schema: bucketSchema,
  plan: planTags,

  async create({ client, config }) {
    const { bucket: name, tags } = config;
    await attempt(`Creating bucket ${name}`, async () => {
      const s3 = await client.s3();
      await s3.createBucket({
        Bucket: name,
        ...(config.object_lock_enabled === true ? { ObjectLockEnabledForBucket: true } : {}),
        // S3 refuses its first region as a location.
        ...(client.region === 'us-east-1'
          ? {}
          : { CreateBucketConfiguration: { LocationConstraint: client.region as BucketLocationConstraint } }),
      });
      await putTags(s3, name, tags);
    });
    return readBack(await read(client, config), `Bucket ${name}`);
  },

  read: ({ client, state }) => read(client, state),

  async update({ client, config }) {
    const { bucket: name, tags } = config;
    await attempt(`Tagging bucket ${name}`, async () => putTags(await client.s3(), name, tags));
    return readBack(await read(client, config), `Bucket ${name}`);
  },

  delete: ({ client, prior }) =>
    attempt(`Deleting bucket ${prior.bucket}`, async () => {
      await unlessAbsent((await client.s3()).deleteBucket({ Bucket: prior.bucket }), 'NoSuchBucket');
    }),

  import: ({ id: name }) => Promise.resolve({ state: { bucket: name } }),
};

async function putTags(s3: S3, name: string, tags: State['tags']): Promise<void> {
  if (tags === null || tags.size === 0) await s3.deleteBucketTagging({ Bucket: name });
  else await s3.putBucketTagging({ Bucket: name, Tagging: { TagSet: tagList(tags) } });
}

function read(client: Aws, like: Pick<State, 'bucket' | 'tags'>): Promise<State | null> {
  const name = like.bucket;
  return attempt(`Reading bucket ${name}`, async () => {
    const s3 = await client.s3();
    const Bucket = name;
    const head = await unlessAbsent(s3.headBucket({ Bucket }), 'NoSuchBucket');
    if (head === undefined) return null;
    const lock = await unlessAbsent(s3.getObjectLockConfiguration({ Bucket }), 'ObjectLockConfigurationNotFoundError');
    const tagging = await unlessAbsent(s3.getBucketTagging({ Bucket }), 'NoSuchTagSet');
    const { partition, dnsSuffix } = partitionOf(client.region);
    const located = head.BucketRegion ?? client.region;
    return {
      ...tagsOf(
        (tagging?.TagSet ?? []).map(({ Key, Value }) => ({ Key, Value })),
        like,
      ),
      id: name,
      bucket: name,
      arn: `arn:${partition}:s3:::${name}`,
      region: client.region,
      bucket_region: located,
      object_lock_enabled: lock?.ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled',
      bucket_domain_name: `${name}.s3.${dnsSuffix}`,
      bucket_regional_domain_name: `${name}.s3.${located}.${dnsSuffix}`,
    };
  });
}
