import {
  connectS3,
  connectS3Control,
  createJobControl,
  createS3ObjectStore,
  type BatchHoldDeps,
  type JobControl,
  type ObjectStore,
} from '../aws';

/** A bucket and how it is reached. */
export interface Place {
  readonly bucket: string;
  /** @default that of the AWS environment */
  readonly region?: string;
  /** Another S3 than AWS. @default AWS, or AWS_ENDPOINT_URL_S3 */
  readonly endpoint?: string;
}

/** What the engines need of AWS for one bucket. Nothing is loaded or sent before the first call. */
export interface BucketAccess {
  readonly store: ObjectStore;
  readonly s3: BatchHoldDeps['s3'];
  /** Jobs of S3 Batch Operations in this account. */
  jobs(accountId: string): JobControl;
  /** Closes its connections; nothing may be under way. */
  close(): Promise<void>;
}

/** Reaches a bucket with the credentials that the AWS SDK finds. */
export function openBucket({ bucket, region, endpoint }: Place): BucketAccess {
  const connection = {
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoints: { s3: endpoint } }),
  };
  const opened: Promise<{ destroy(): void }>[] = [];
  let client: ReturnType<typeof connectS3> | undefined;
  const s3 = (): ReturnType<typeof connectS3> => {
    if (client === undefined) opened.push((client = connectS3(connection)));
    return client;
  };
  let control: ReturnType<typeof connectS3Control> | undefined;
  const s3Control = (): ReturnType<typeof connectS3Control> => {
    if (control === undefined) opened.push((control = connectS3Control(connection)));
    return control;
  };
  return {
    store: createS3ObjectStore({
      bucket,
      client: s3,
      ...(region === undefined ? {} : { region }),
      ...(endpoint === undefined ? {} : { endpoint }),
    }),
    s3,
    jobs: (accountId) => createJobControl(accountId, s3Control),
    close: async () => {
      for (const settled of await Promise.allSettled(opened)) {
        if (settled.status === 'fulfilled') settled.value.destroy();
      }
    },
  };
}
