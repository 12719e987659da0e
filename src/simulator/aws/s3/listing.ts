/** Listings: objects (versions 1 and 2) and object versions, with prefix, delimiter and paging. */
import { compareUtf8 } from '../../../aws';
import type { Bucket } from './bucket';
import type { ObjectVersion } from './object-version';
import { invalidArgument } from './s3-error';
import { document, element } from './xml';

const MAX_KEYS = 1000;

interface Page<T> {
  readonly entries: readonly T[];
  readonly commonPrefixes: readonly string[];
  readonly truncated: boolean;
  /** The last key or common prefix of the page. */
  readonly last: string;
}

interface ListOptions {
  readonly prefix: string;
  readonly delimiter: string;
  /** Only keys after this one. */
  readonly after: string;
  /** Where the page begins: `after`, or the key marker of a version listing, whose own key may continue. */
  readonly from: string;
  readonly maxKeys: number;
  /** Applied to keys and prefixes of the answer. */
  readonly encode: (text: string) => string;
}

export function listObjectsV2(bucket: Bucket, query: URLSearchParams): string {
  const token = query.get('continuation-token');
  const startAfter = query.get('start-after') ?? '';
  const options = optionsOf(query, token === null ? startAfter : readToken(token));
  const page = pageOf(bucket, options, liveVersions);
  return document('ListBucketResult', [
    ...head(bucket, query, options),
    ...(token === null ? [] : [element('ContinuationToken', token)]),
    ...(startAfter === '' ? [] : [element('StartAfter', options.encode(startAfter))]),
    element('KeyCount', page.entries.length + page.commonPrefixes.length),
    element('IsTruncated', page.truncated),
    ...(page.truncated ? [element('NextContinuationToken', writeToken(page.last))] : []),
    ...page.entries.map((version) => element('Contents', objectFields(version, options))),
    ...prefixes(page, options),
  ]);
}

export function listObjectsV1(bucket: Bucket, query: URLSearchParams): string {
  const options = optionsOf(query, query.get('marker') ?? '');
  const page = pageOf(bucket, options, liveVersions);
  return document('ListBucketResult', [
    ...head(bucket, query, options),
    element('Marker', options.encode(options.after)),
    element('IsTruncated', page.truncated),
    ...(page.truncated ? [element('NextMarker', options.encode(page.last))] : []),
    ...page.entries.map((version) => element('Contents', [...objectFields(version, options), OWNER])),
    ...prefixes(page, options),
  ]);
}

export function listVersions(bucket: Bucket, query: URLSearchParams): string {
  const keyMarker = query.get('key-marker') ?? '';
  const options = { ...optionsOf(query, ''), from: keyMarker };
  const versionMarker = query.get('version-id-marker') ?? '';
  if (versionMarker !== '' && keyMarker === '') {
    throw invalidArgument('A version-id marker cannot be specified without a key marker.');
  }
  const page = pageOf(bucket, options, (key) => versionsAfter(bucket, key, keyMarker, versionMarker));
  const last = page.entries.at(-1);
  const ended = page.commonPrefixes.includes(page.last) ? undefined : last;
  return document('ListVersionsResult', [
    ...head(bucket, query, options),
    element('KeyMarker', options.encode(keyMarker)),
    element('VersionIdMarker', versionMarker),
    element('IsTruncated', page.truncated),
    ...(page.truncated ? [element('NextKeyMarker', options.encode(page.last))] : []),
    ...(page.truncated && ended !== undefined ? [element('NextVersionIdMarker', ended.versionId)] : []),
    ...page.entries.map((version) =>
      element(version.deleteMarker ? 'DeleteMarker' : 'Version', [
        ...(version.deleteMarker
          ? [
              element('Key', options.encode(version.key)),
              element('LastModified', new Date(version.lastModified).toISOString()),
            ]
          : objectFields(version, options)),
        element('VersionId', version.versionId),
        element('IsLatest', bucket.version(version.key) === version),
        OWNER,
      ]),
    ),
    ...prefixes(page, options),
  ]);
}

const OWNER = element('Owner', [element('ID', 'simulator')]);

function head(bucket: Bucket, query: URLSearchParams, options: ListOptions): string[] {
  return [
    element('Name', bucket.name),
    element('Prefix', options.encode(options.prefix)),
    ...(options.delimiter === '' ? [] : [element('Delimiter', options.encode(options.delimiter))]),
    element('MaxKeys', options.maxKeys),
    ...(query.get('encoding-type') === 'url' ? [element('EncodingType', 'url')] : []),
  ];
}

function objectFields(version: ObjectVersion, options: ListOptions): string[] {
  return [
    element('Key', options.encode(version.key)),
    element('LastModified', new Date(version.lastModified).toISOString()),
    element('ETag', `"${version.etag}"`),
    ...(version.checksum === undefined
      ? []
      : [element('ChecksumAlgorithm', version.checksum.algorithm), element('ChecksumType', version.checksum.type)]),
    element('Size', version.size),
    element('StorageClass', 'STANDARD'),
  ];
}

function prefixes(page: Page<ObjectVersion>, options: ListOptions): string[] {
  return page.commonPrefixes.map((prefix) => element('CommonPrefixes', [element('Prefix', options.encode(prefix))]));
}

function optionsOf(query: URLSearchParams, after: string): ListOptions {
  const wanted = query.get('max-keys') ?? String(MAX_KEYS);
  if (!/^\d{1,9}$/.test(wanted)) throw invalidArgument('max-keys is not a whole number');
  const url = query.get('encoding-type') === 'url';
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    after,
    from: after,
    maxKeys: Math.min(MAX_KEYS, Number(wanted)),
    encode: url ? (text) => encodeURIComponent(text).replaceAll('%2F', '/') : (text) => text,
  };
}

function liveVersions(_key: string, versions: readonly ObjectVersion[]): readonly ObjectVersion[] {
  const newest = versions[0];
  return newest === undefined || newest.deleteMarker ? [] : [newest];
}

/** The versions of a key that come after the two markers of a version listing. */
function versionsAfter(
  bucket: Bucket,
  key: string,
  keyMarker: string,
  versionMarker: string,
): readonly ObjectVersion[] {
  if (keyMarker === '' || compareUtf8(key, keyMarker) > 0) return bucket.versions(key);
  return key === keyMarker && versionMarker !== '' ? bucket.versionsAfter(key, versionMarker) : [];
}

function pageOf(
  bucket: Bucket,
  options: ListOptions,
  versionsOf: (key: string, versions: readonly ObjectVersion[]) => readonly ObjectVersion[],
): Page<ObjectVersion> {
  const { prefix, delimiter, after, from, maxKeys } = options;
  const keys = bucket.keys();
  const entries: ObjectVersion[] = [];
  const commonPrefixes: string[] = [];
  let last = '';
  for (let at = bucket.firstKeyFrom(compareUtf8(prefix, from) > 0 ? prefix : from); at < keys.length; at += 1) {
    const key = keys[at] as string;
    if (!key.startsWith(prefix)) {
      if (compareUtf8(key, prefix) > 0) break;
      continue;
    }
    if (after !== '' && compareUtf8(key, after) <= 0) continue;
    const versions = versionsOf(key, bucket.versions(key));
    if (versions.length === 0) continue;
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const group = cut < 0 ? undefined : key.slice(0, cut + delimiter.length);
    // A page that ended with a common prefix continues behind everything under it.
    if (group !== undefined && (group === commonPrefixes.at(-1) || group === from)) continue;
    for (const version of group === undefined ? versions : versions.slice(0, 1)) {
      if (entries.length + commonPrefixes.length >= maxKeys)
        return { entries, commonPrefixes, truncated: maxKeys > 0, last };
      if (group === undefined) entries.push(version);
      else commonPrefixes.push(group);
      last = group ?? key;
    }
  }
  return { entries, commonPrefixes, truncated: false, last };
}

function writeToken(key: string): string {
  return Buffer.from(key).toString('base64');
}

function readToken(token: string): string {
  const key = Buffer.from(token, 'base64').toString('utf8');
  if (key === '' || writeToken(key) !== token) throw invalidArgument('The continuation token provided is incorrect');
  return key;
}
