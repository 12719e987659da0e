/** Reads an object from beginning to end, without keeping it. */
import type { S3Client } from '@aws-sdk/client-s3';
import { partitionOf } from '../words';
import type { Attempt } from './aws-error';
import { callAws, toldIn } from './call';

/** Which object. */
export interface ObjectPlace {
  readonly bucket: string;
  readonly key: string;
  /** @default the newest */
  readonly versionId?: string;
  /** For the right in messages. @default that of the client's region */
  readonly partition?: string;
  readonly endpoint?: string;
}

/** The bytes of an object, in pieces. Throws AwsError, also while they come, and the signal's reason when aborted. */
export async function* readObject(s3: S3Client, place: ObjectPlace, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const { GetObjectCommand } = await import('@aws-sdk/client-s3');
  const attempt = reading({ ...place, partition: place.partition ?? partitionOf(await s3.config.region()) });
  const answer = await callAws(attempt, signal, () =>
    s3.send(
      new GetObjectCommand({
        Bucket: place.bucket,
        Key: place.key,
        ...(place.versionId === undefined ? {} : { VersionId: place.versionId }),
      }),
      { abortSignal: signal },
    ),
  );
  const body = toldIn(answer.Body, 'body', attempt, answer.$metadata.requestId) as AsyncIterable<Uint8Array>;
  const pieces = body[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await callAws(attempt, signal, () => pieces.next());
      if (done === true) return;
      yield value;
    }
  } finally {
    // Whoever has read enough lets go of the connection.
    await pieces.return?.();
  }
}

/** What is tried, for messages. Without the right to list, S3 calls what is not there forbidden. */
export function reading({ bucket, key, versionId, partition = 'aws', endpoint }: ObjectPlace): Attempt {
  const action = versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion';
  return {
    operation: 'GetObject',
    target: `s3://${bucket}/${key}${versionId === undefined ? '' : ` (version ${versionId})`}`,
    right: `${action} on arn:${partition}:s3:::${bucket}/${key}, and s3:ListBucket on arn:${partition}:s3:::${bucket}`,
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}
