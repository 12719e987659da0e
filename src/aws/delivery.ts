/**
 * Proves that exported recordings have arrived, by listing the bucket. Genesys Cloud saying FULFILLED is not proof: it
 * writes the export dates then, and moves the files later.
 */
import type { ListObjectsV2CommandOutput, S3Client } from '@aws-sdk/client-s3';
import type { Attempt } from './aws-error';
import { partitionOf } from '../words';
import { callAws, incomplete, toldIn } from './call';
import { connectS3 } from './clients';
import { parseRecordingKey } from './key-layout';

/** The bucket that Genesys Cloud exports to. */
export interface Destination {
  readonly bucket: string;
  /** Only keys that begin with it are listed; as it stands in S3, without a leading slash. @default the whole bucket */
  readonly prefix?: string;
  /** @default what the AWS SDK finds: AWS_REGION, the profile */
  readonly region?: string;
  /** Another S3 than AWS, addressed path-style. @default AWS, or AWS_ENDPOINT_URL_S3 */
  readonly endpoint?: string;
}

/** A recording that is looked for. */
export interface RecordingRef {
  readonly conversationId: string;
  readonly recordingId: string;
}

/**
 * Answers, for each recording, whether its media file is in the bucket. The pages of the listing are read once per call,
 * whatever the number of recordings, and reading ends early when all were seen. Memory grows with the recordings asked
 * for, not with the bucket. Throws {@link AwsError} when S3 finally refuses, and the signal's reason when aborted.
 */
export function createDeliveryProof(
  destination: Destination,
): (recordings: readonly RecordingRef[], signal: AbortSignal) => Promise<readonly boolean[]> {
  let client: Promise<S3Client> | undefined;

  return async (recordings, signal) => {
    signal.throwIfAborted();
    if (recordings.length === 0) return [];
    const found = recordings.map(() => false);
    const wanted = indexesByRecording(recordings);
    // Loading the SDK takes a quarter of a second: paid only where a destination is to be proven.
    client ??= connect(destination);
    for await (const key of keys(await client, destination, signal)) {
      const parsed = parseRecordingKey(key);
      if (parsed === null) continue;
      const name = nameOf(parsed);
      for (const index of wanted.get(name) ?? []) found[index] = true;
      wanted.delete(name);
      if (wanted.size === 0) break;
    }
    return found;
  };
}

function indexesByRecording(recordings: readonly RecordingRef[]): Map<string, number[]> {
  const indexes = new Map<string, number[]>();
  recordings.forEach((recording, index) => {
    const name = nameOf(recording);
    const known = indexes.get(name);
    if (known === undefined) indexes.set(name, [index]);
    else known.push(index);
  });
  return indexes;
}

function nameOf(recording: RecordingRef): string {
  return `${recording.conversationId}/${recording.recordingId}`.toLowerCase();
}

function connect({ region, endpoint }: Destination): Promise<S3Client> {
  return connectS3({
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoints: { s3: endpoint } }),
  });
}

async function* keys(client: S3Client, destination: Destination, signal: AbortSignal): AsyncGenerator<string> {
  const attempt = attemptOf(destination);
  let token: string | undefined;
  do {
    const page = await listPage(client, destination, attempt, token, signal);
    // S3 leaves the list out when it is empty; what it always says is whether that is all.
    for (const object of page.Contents ?? []) yield toldIn(object.Key, 'key of an object', attempt);
    const more = toldIn(page.IsTruncated, 'word on whether there is more', attempt);
    if (more && page.NextContinuationToken === undefined) {
      throw incomplete(attempt, 'the listing says that there is more, but not where it continues');
    }
    token = more ? page.NextContinuationToken : undefined;
  } while (token !== undefined);
}

async function listPage(
  client: S3Client,
  { bucket, prefix = '' }: Destination,
  attempt: Attempt,
  token: string | undefined,
  signal: AbortSignal,
): Promise<ListObjectsV2CommandOutput> {
  const { ListObjectsV2Command } = await import('@aws-sdk/client-s3');
  const command = new ListObjectsV2Command({
    Bucket: bucket,
    ...(prefix === '' ? {} : { Prefix: prefix }),
    ...(token === undefined ? {} : { ContinuationToken: token }),
  });
  return await callAws(attempt, signal, () => client.send(command, { abortSignal: signal }));
}

function attemptOf({ bucket, prefix = '', region, endpoint }: Destination): Attempt {
  return {
    operation: 'ListObjectsV2',
    target: `s3://${bucket}/${prefix}`,
    right: `s3:ListBucket on arn:${partitionOf(region)}:s3:::${bucket}`,
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}
