import type { S3 } from '@aws-sdk/client-s3';
import { s, type ResourceDefinition, type Schema, type StateOf } from '../../../../src/framework';
import { id, region } from '../attributes';
import type { Aws } from '../clients';
import { attempt, readBack, unlessAbsent } from '../refusal';

/** Arguments of everything that is set on a bucket. */
export const settingAttributes = {
  id,
  region,
  bucket: s.string({ required: true, requiresReplace: true, description: 'Name of the bucket.' }),
};

/** What is particular to one setting. Codes of absence are S3's words for "never set" and "deleted". */
export interface BucketSetting<S extends Schema> {
  readonly type: string;
  readonly schema: S;
  readonly absentCode: string;
  put(s3: S3, bucket: string, wanted: StateOf<S>): Promise<unknown>;
  /** What is set now, in the spelling of `like` where there are several; null when nothing is. */
  get(s3: S3, bucket: string, like: StateOf<S>): Promise<Omit<StateOf<S>, 'id' | 'region' | 'bucket'> | null>;
  remove(s3: S3, bucket: string): Promise<unknown>;
}

interface Named {
  readonly bucket: string;
}

/**
 * A resource that is one setting of a bucket: put and put again, read back, taken away. What it answers after a change is
 * what S3 then says, not what was asked for.
 */
export function bucketSetting<S extends Schema>(setting: BucketSetting<S>): ResourceDefinition<S, Aws> {
  const { type, schema, absentCode } = setting;
  const name = (state: StateOf<S>): string => (state as unknown as Named).bucket;

  const read = async (client: Aws, like: StateOf<S>): Promise<StateOf<S> | null> => {
    const bucket = name(like);
    const found = await attempt(`Reading ${type} of bucket ${bucket}`, async () =>
      unlessAbsent(setting.get(await client.s3(), bucket, like), absentCode, 'NoSuchBucket'),
    );
    return found == null ? null : ({ ...found, id: bucket, bucket, region: client.region } as unknown as StateOf<S>);
  };

  const write = async (client: Aws, wanted: StateOf<S>): Promise<StateOf<S>> => {
    const bucket = name(wanted);
    await attempt(`Putting ${type} on bucket ${bucket}`, async () => setting.put(await client.s3(), bucket, wanted));
    return readBack(await read(client, wanted), `${type} of bucket ${bucket}`);
  };

  return {
    type,
    schema,
    create: ({ client, config }) => write(client, config),
    update: ({ client, config }) => write(client, config),
    read: ({ client, state }) => read(client, state),
    delete: async ({ client, prior }) => {
      const bucket = name(prior);
      await attempt(`Removing ${type} from bucket ${bucket}`, async () => {
        await unlessAbsent(setting.remove(await client.s3(), bucket), absentCode, 'NoSuchBucket');
      });
    },
    import: ({ id: bucket }) => Promise.resolve({ state: { bucket } as unknown as Partial<StateOf<S>> }),
  };
}
