/** {@link ObjectStore} over the AWS SDK. */
import type * as S3Sdk from '@aws-sdk/client-s3';
import type { ListObjectVersionsCommandOutput, S3Client } from '@aws-sdk/client-s3';
import { AwsError, type Attempt } from '../aws-error';
import { partitionOf } from '../../words';
import { callAws, incomplete, receiptOf, toldIn } from '../call';
import { fencedBy } from '../fence';
import { ServerClock } from '../server-clock';
import type { HidingMarker, ObjectStore, ObjectVersion, VersionPage, VersionRef } from './object-store';

/** The bucket and how it is reached. */
export interface S3ObjectStoreOptions {
  readonly bucket: string;
  /** Asked for at the first call, and once: loading the SDK takes a tenth of a second. */
  readonly client: () => Promise<S3Client>;
  /** Only for messages. */
  readonly region?: string;
  /** Only for messages. */
  readonly endpoint?: string;
}

/** What S3 answers when a version never had a hold: it is not an error, it is OFF. */
const NEVER_HELD = new Set(['NoSuchObjectLockConfiguration', 'ObjectLockConfigurationNotFoundError']);

interface Loaded {
  readonly s3: S3Client;
  readonly sdk: typeof S3Sdk;
}

/** Object versions of one bucket. The SDK and the client are loaded at the first call. */
export function createS3ObjectStore(options: S3ObjectStoreOptions): ObjectStore {
  const { bucket } = options;
  let loading: Promise<Loaded> | undefined;
  const load = async (): Promise<Loaded> => {
    loading ??= Promise.all([options.client(), import('@aws-sdk/client-s3')]).then(([s3, sdk]) => ({ s3, sdk }));
    return await loading;
  };
  const bucketArn = `arn:${partitionOf(options.region)}:s3:::${bucket}`;
  const place = {
    ...(options.region === undefined ? {} : { region: options.region }),
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
  };
  const onBucket = (operation: string, action: string, path = ''): Attempt => ({
    operation,
    target: `s3://${bucket}/${path}`,
    right: `${action} on ${bucketArn}`,
    ...place,
  });
  // A version id makes S3 ask for the action of its own that each tagging call has; the hold has one action for both.
  const onVersion = (operation: string, actions: string, version: VersionRef): Attempt => ({
    operation,
    target: `s3://${bucket}/${version.key} (version ${version.versionId})`,
    right: `${actions} on ${bucketArn}/${version.key}`,
    ...place,
  });
  const address = (version: VersionRef): { Bucket: string; Key: string; VersionId: string } => ({
    Bucket: bucket,
    Key: version.key,
    VersionId: version.versionId,
  });

  const serverClock = new ServerClock();
  return {
    // A signature is good for whole seconds.
    shortestLiftMs: 1000,

    async *listVersions(prefix, signal) {
      const { s3, sdk } = await load();
      const attempt = onBucket('ListObjectVersions', 's3:ListBucketVersions', prefix);
      let from: { KeyMarker: string; VersionIdMarker?: string } | undefined;
      do {
        const answer: ListObjectVersionsCommandOutput = await callAws(attempt, signal, () =>
          s3.send(
            new sdk.ListObjectVersionsCommand({
              Bucket: bucket,
              // Keys may hold characters that XML cannot carry.
              EncodingType: 'url',
              ...(prefix === '' ? {} : { Prefix: prefix }),
              ...from,
            }),
            { abortSignal: signal },
          ),
        );
        const page = readPage(answer, { bucket, prefix }, attempt);
        serverClock.note(page.receipt);
        yield page;
        from = nextPage(answer, attempt);
      } while (from !== undefined);
    },

    async readTags(version, signal) {
      const { s3, sdk } = await load();
      const attempt = onVersion('GetObjectTagging', 's3:GetObjectTagging and s3:GetObjectVersionTagging', version);
      const answer = await callAws(attempt, signal, () =>
        s3.send(new sdk.GetObjectTaggingCommand(address(version)), { abortSignal: signal }),
      );
      const receipt = receiptOf(answer);
      const tags = toldIn(answer.TagSet, 'TagSet', attempt, receipt.requestId).map((tag): [string, string] => [
        toldIn(tag.Key, 'key of a tag', attempt, receipt.requestId),
        toldIn(tag.Value, 'value of a tag', attempt, receipt.requestId),
      ]);
      return { value: new Map(tags), receipt };
    },

    async writeTags(version, tags, signal) {
      const { s3, sdk } = await load();
      const attempt = onVersion('PutObjectTagging', 's3:PutObjectTagging and s3:PutObjectVersionTagging', version);
      const Tagging = { TagSet: [...tags].map(([Key, Value]) => ({ Key, Value })) };
      const command = new sdk.PutObjectTaggingCommand({ ...address(version), Tagging });
      return receiptOf(await callAws(attempt, signal, () => s3.send(command, { abortSignal: signal })));
    },

    async readHold(version, signal) {
      const { s3, sdk } = await load();
      const attempt = onVersion('GetObjectLegalHold', 's3:GetObjectLegalHold', version);
      try {
        const answer = await callAws(attempt, signal, () =>
          s3.send(new sdk.GetObjectLegalHoldCommand(address(version)), { abortSignal: signal }),
        );
        const receipt = serverClock.note(receiptOf(answer));
        const value = answer.LegalHold?.Status;
        if (value !== 'ON' && value !== 'OFF') {
          throw incomplete(attempt, 'the answer has no legal hold that is ON or OFF', receipt.requestId);
        }
        return { value, receipt };
      } catch (error) {
        if (!(error instanceof AwsError) || !NEVER_HELD.has(error.code)) throw error;
        return { value: 'OFF', receipt: { requestId: error.requestId, attempts: 1 } };
      }
    },

    async writeHold(version, status, signal) {
      const { s3, sdk } = await load();
      const attempt = onVersion('PutObjectLegalHold', 's3:PutObjectLegalHold', version);
      const command = new sdk.PutObjectLegalHoldCommand({ ...address(version), LegalHold: { Status: status } });
      return receiptOf(await callAws(attempt, signal, () => s3.send(command, { abortSignal: signal })));
    },

    async liftHold(version, withinMs, signal) {
      const { s3, sdk } = await load();
      const attempt = onVersion('PutObjectLegalHold', 's3:PutObjectLegalHold', version);
      const command = new sdk.PutObjectLegalHoldCommand({ ...address(version), LegalHold: { Status: 'OFF' } });
      command.middlewareStack.use(fencedBy({ from: serverClock.now(), seconds: Math.floor(withinMs / 1000) }));
      return receiptOf(await callAws(attempt, signal, () => s3.send(command, { abortSignal: signal })));
    },

    async lockSupport(signal) {
      const { s3, sdk } = await load();
      const attempt = onBucket('GetObjectLockConfiguration', 's3:GetBucketObjectLockConfiguration');
      try {
        const answer = await callAws(attempt, signal, () =>
          s3.send(new sdk.GetObjectLockConfigurationCommand({ Bucket: bucket }), { abortSignal: signal }),
        );
        const enabled: string = toldIn(
          answer.ObjectLockConfiguration?.ObjectLockEnabled,
          'ObjectLockEnabled',
          attempt,
          answer.$metadata.requestId,
        );
        return { state: enabled === 'Enabled' ? 'on' : 'off' };
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        if (error.code === 'ObjectLockConfigurationNotFoundError') return { state: 'off' };
        if (error.missingRight !== undefined) return { state: 'unseen', missingRight: error.missingRight };
        throw error;
      }
    },
  };
}

function readPage(
  answer: ListObjectVersionsCommandOutput,
  { bucket, prefix }: { readonly bucket: string; readonly prefix: string },
  attempt: Attempt,
): VersionPage {
  const decode = decoderOf(answer);
  const { requestId } = answer.$metadata;
  const told = <T>(value: T | undefined, what: string): T => toldIn(value, what, attempt, requestId);
  // The listing of an access point's alias names the bucket behind it.
  if (told(answer.Name, 'Name') !== bucket && !bucket.endsWith('-s3alias')) {
    throw incomplete(attempt, `the listing is of the bucket ${answer.Name}`, requestId);
  }
  const keyOf = (key: string | undefined): string => {
    const text = decode(told(key, 'key of a version'));
    if (text === undefined) throw incomplete(attempt, `the listing has the key "${key}", which is not URL-encoded`);
    if (!text.startsWith(prefix))
      throw incomplete(attempt, 'the listing has keys that do not begin with this prefix', requestId);
    return text;
  };
  // S3 leaves a list out when it is empty; what it always says is whether that is all.
  const versions = (answer.Versions ?? []).map((version): ObjectVersion => ({
    key: keyOf(version.Key),
    versionId: told(version.VersionId, 'version id'),
    etag: told(version.ETag, 'ETag').replace(/^"|"$/g, ''),
    size: told(version.Size, 'size'),
    modified: told(version.LastModified, 'LastModified').getTime(),
  }));
  const hidingMarkers = (answer.DeleteMarkers ?? [])
    .filter((marker) => marker.IsLatest === true)
    .map((marker): HidingMarker => ({
      key: keyOf(marker.Key),
      versionId: told(marker.VersionId, 'version id of a delete marker'),
      since: marker.LastModified?.getTime() ?? null,
    }));
  return { versions, hidingMarkers, receipt: receiptOf(answer) };
}

/** Not every S3 honours the encoding that was asked for; those that do say so. */
function decoderOf(answer: ListObjectVersionsCommandOutput): (text: string) => string | undefined {
  if (answer.EncodingType !== 'url') return (text) => text;
  return (text) => {
    try {
      return decodeURIComponent(text.replaceAll('+', ' '));
    } catch {
      return undefined;
    }
  };
}

function nextPage(
  answer: ListObjectVersionsCommandOutput,
  attempt: Attempt,
): { KeyMarker: string; VersionIdMarker?: string } | undefined {
  const { requestId } = answer.$metadata;
  if (!toldIn(answer.IsTruncated, 'word on whether there is more', attempt, requestId)) return undefined;
  const KeyMarker = answer.NextKeyMarker === undefined ? undefined : decoderOf(answer)(answer.NextKeyMarker);
  if (KeyMarker === undefined) {
    throw incomplete(attempt, 'the listing says that there is more, but not where it continues', requestId);
  }
  return answer.NextVersionIdMarker === undefined || answer.NextVersionIdMarker === ''
    ? { KeyMarker }
    : { KeyMarker, VersionIdMarker: answer.NextVersionIdMarker };
}
