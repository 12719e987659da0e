/** Tags of objects and buckets. Setting tags replaces all of them, as in S3. */
import type { S3Request, S3Response } from './exchange';
import { existing } from './existing-version';
import type { Bucket } from './object-store';
import { invalidArgument, malformedXml, methodNotAllowed, S3Error } from './s3-error';
import { document, element, elements, textOf } from './xml';

const MAX_OBJECT_TAGS = 10;
const MAX_BUCKET_TAGS = 50;
type Tags = ReadonlyMap<string, string>;

export function objectTagging(bucket: Bucket, request: S3Request): S3Response {
  const version = existing(bucket, request.key, request.query.get('versionId') ?? undefined);
  const headers: Record<string, string> = bucket.versioning === 'Off' ? {} : { 'x-amz-version-id': version.versionId };
  switch (request.method) {
    case 'GET':
      return taggingDocument(version.tags, headers);
    case 'PUT':
      version.tags = tagsFromXml(request.bytes.toString('utf8'), MAX_OBJECT_TAGS);
      return { status: 200, headers };
    case 'DELETE':
      version.tags = new Map();
      return { status: 204, headers };
    default:
      throw methodNotAllowed();
  }
}

export function bucketTagging(bucket: Bucket, request: S3Request): S3Response {
  switch (request.method) {
    case 'GET':
      if (bucket.tags.size === 0) throw new S3Error(404, 'NoSuchTagSet', 'The TagSet does not exist');
      return taggingDocument(bucket.tags, {});
    case 'PUT':
      bucket.tags = tagsFromXml(request.bytes.toString('utf8'), MAX_BUCKET_TAGS);
      return { status: 204 };
    case 'DELETE':
      bucket.tags = new Map();
      return { status: 204 };
    default:
      throw methodNotAllowed();
  }
}

/** `x-amz-tagging: a=1&b=2` */
export function tagsFromHeader(header: string | undefined): Tags {
  return header === undefined ? new Map() : checked([...new URLSearchParams(header)], MAX_OBJECT_TAGS);
}

function tagsFromXml(xml: string, most: number): Tags {
  const set = elements(xml, 'TagSet')[0];
  if (set === undefined) throw malformedXml();
  const pairs = elements(set, 'Tag').map((tag): readonly [string, string] => {
    const key = textOf(tag, 'Key');
    const value = textOf(tag, 'Value');
    if (key === undefined || value === undefined) throw malformedXml();
    return [key, value];
  });
  return checked(pairs, most);
}

function checked(pairs: readonly (readonly [string, string])[], most: number): Tags {
  if (pairs.length > most) throw new S3Error(400, 'BadRequest', `Object tags cannot be greater than ${most}`);
  const tags = new Map(pairs);
  if (tags.size !== pairs.length) {
    throw new S3Error(400, 'InvalidTag', 'Cannot provide multiple Tags with the same key');
  }
  for (const [key, value] of tags) {
    if (key === '' || key.length > 128 || value.length > 256) {
      throw invalidArgument('A tag key has 1 to 128 characters, a value at most 256');
    }
  }
  return tags;
}

function taggingDocument(tags: Tags, headers: Readonly<Record<string, string>>): S3Response {
  const set = [...tags].map(([key, value]) => element('Tag', [element('Key', key), element('Value', value)]));
  return {
    status: 200,
    body: document('Tagging', [element('TagSet', set)]),
    headers: { 'Content-Type': 'application/xml', ...headers },
  };
}
