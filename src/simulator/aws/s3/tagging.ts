/** Tags of objects and buckets. Setting tags replaces all of them, as in S3. */
import type { Bucket } from './bucket';
import { versionIdOf, xml, type S3Request, type S3Response } from './exchange';
import { existing, versionHeader } from './existing-version';
import { NO_TAGS, type Tags } from './object-version';
import { malformedXml, methodNotAllowed, S3Error } from './s3-error';
import { document, element, elements, textOf } from './xml';

const MAX_OBJECT_TAGS = 10;
const MAX_BUCKET_TAGS = 50;
/** What S3 takes in keys and values: letters, digits, spaces of any script, and a few signs. */
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

export function objectTagging(bucket: Bucket, request: S3Request): S3Response {
  const version = existing(bucket, request.key, versionIdOf(request));
  const headers = versionHeader(bucket, version);
  switch (request.method) {
    case 'GET':
      return taggingDocument(version.tags, headers);
    case 'PUT':
      version.tags = tagsFromXml(request.bytes.toString('utf8'), MAX_OBJECT_TAGS);
      return { status: 200, headers };
    case 'DELETE':
      version.tags = NO_TAGS;
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
      bucket.tags = NO_TAGS;
      return { status: 204 };
    default:
      throw methodNotAllowed();
  }
}

/** `x-amz-tagging: a=1&b=2` */
export function tagsFromHeader(header: string | undefined): Tags {
  return header === undefined ? NO_TAGS : checked([...new URLSearchParams(header)], MAX_OBJECT_TAGS);
}

/** The tags that a request would set, without checking them: for conditions of policies. */
export function requestedTags(request: S3Request): Tags {
  const header = request.headers['x-amz-tagging'];
  if (header !== undefined) return new Map(new URLSearchParams(header));
  if (request.method !== 'PUT' || !request.query.has('tagging')) return NO_TAGS;
  return new Map(
    elements(request.bytes.toString('utf8'), 'Tag').map((tag) => [
      textOf(tag, 'Key') ?? '',
      textOf(tag, 'Value') ?? '',
    ]),
  );
}

function tagsFromXml(body: string, most: number): Tags {
  const set = elements(body, 'TagSet')[0];
  if (set === undefined) throw malformedXml();
  const pairs = elements(set, 'Tag').map((tag): readonly [string, string] => {
    const key = textOf(tag, 'Key');
    const value = textOf(tag, 'Value');
    if (key === undefined || value === undefined) throw malformedXml();
    return [key, value];
  });
  return checked(pairs, most);
}

/** Throws 400 for tags that S3 does not take. */
export function objectTags(pairs: readonly (readonly [string, string])[]): Tags {
  return checked(pairs, MAX_OBJECT_TAGS);
}

function checked(pairs: readonly (readonly [string, string])[], most: number): Tags {
  if (pairs.length > most) throw new S3Error(400, 'BadRequest', `Object tags cannot be greater than ${most}`);
  const tags = new Map(pairs);
  if (tags.size !== pairs.length) {
    throw invalidTag('Cannot provide multiple Tags with the same key');
  }
  for (const [key, value] of tags) {
    if (key === '' || lengthOf(key) > 128 || !TAG_TEXT.test(key)) {
      throw invalidTag('The TagKey you have provided is invalid');
    }
    if (lengthOf(value) > 256 || !TAG_TEXT.test(value)) throw invalidTag('The TagValue you have provided is invalid');
    if (key.toLowerCase().startsWith('aws:')) throw invalidTag('System tags cannot be added/updated by requester');
  }
  return tags;
}

/** In characters, not in UTF-16 units. */
function lengthOf(text: string): number {
  return [...text].length;
}

function invalidTag(message: string): S3Error {
  return new S3Error(400, 'InvalidTag', message);
}

function taggingDocument(tags: Tags, headers: Readonly<Record<string, string>>): S3Response {
  const set = [...tags].map(([key, value]) => element('Tag', [element('Key', key), element('Value', value)]));
  return xml(document('Tagging', [element('TagSet', set)]), headers);
}
