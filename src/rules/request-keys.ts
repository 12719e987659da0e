/**
 * Condition keys that requests for most actions do not have: what stands in a header of one operation is absent from all others.
 *
 * Facts: service authorization reference, "Condition keys for Amazon S3", by action.
 */
import type { RequestContext } from '../iam';

/** Keys of headers that ask for a lock, an encryption, a list or a class, and the actions among those below that have them. */
const ACTIONS_OF: Readonly<Record<string, readonly string[]>> = {
  's3:object-lock-legal-hold': ['s3:putobjectlegalhold'],
  's3:object-lock-mode': [],
  's3:object-lock-retain-until-date': [],
  's3:object-lock-remaining-retention-days': [],
  's3:x-amz-server-side-encryption': [],
  's3:x-amz-server-side-encryption-aws-kms-key-id': [],
  's3:x-amz-server-side-encryption-customer-algorithm': [],
  's3:x-amz-storage-class': [],
  's3:x-amz-acl': [],
};

/** Actions of which it is sure which of the keys above they have. */
const PLAIN: ReadonlySet<string> = new Set(
  [
    ...['GetBucketLocation', 'GetEncryptionConfiguration', 'AbortMultipartUpload', 'ListMultipartUploadParts'],
    ...['PutObjectTagging', 'PutObjectVersionTagging', 'PutObjectLegalHold', 'DeleteObject', 'DeleteObjectVersion'],
  ].map((name) => `s3:${name.toLowerCase()}`),
);

/** By context and by what is absent: statements remember the last request they were asked about. */
const KNOWN = new WeakMap<RequestContext, Map<string, RequestContext>>();

/** What is known of a request for this action: keys that it never has are absent, unless somebody says that they are there. */
export function requestFor(action: string, context: RequestContext): RequestContext {
  const name = action.toLowerCase();
  if (!PLAIN.has(name)) return context;
  const absent = Object.keys(ACTIONS_OF).filter((key) => !ACTIONS_OF[key]!.includes(name));
  const known = KNOWN.get(context) ?? new Map<string, RequestContext>();
  KNOWN.set(context, known);
  const id = absent.join();
  const made = known.get(id) ?? { ...context, absent: [...(context.absent ?? []), ...absent] };
  known.set(id, made);
  return made;
}
