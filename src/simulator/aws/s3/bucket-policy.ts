/** `?policy`: the policy of a bucket, as JSON. */
import { readPolicy, type Statement } from '../../../iam';
import { bucketArn } from '../identity/account';
import type { Bucket } from './bucket';
import { blocksPublicPolicy } from './bucket-settings';
import type { S3Request, S3Response } from './exchange';
import { methodNotAllowed, S3Error } from './s3-error';

const MOST_BYTES = 20 * 1024;

/** `unknownPrincipal` answers the first principal of a document that does not exist. */
export function bucketPolicy(
  bucket: Bucket,
  request: S3Request,
  unknownPrincipal: (statements: readonly Statement[]) => string | undefined,
): S3Response {
  switch (request.method) {
    case 'GET':
      if (bucket.policy === undefined) {
        throw new S3Error(404, 'NoSuchBucketPolicy', 'The bucket policy does not exist');
      }
      return { status: 200, body: bucket.policy, headers: { 'Content-Type': 'application/json' } };
    case 'PUT':
      checkPolicy(bucket, request, unknownPrincipal);
      bucket.policy = request.bytes.toString('utf8');
      return { status: 204 };
    case 'DELETE':
      bucket.policy = undefined;
      return { status: 204 };
    default:
      throw methodNotAllowed();
  }
}

function checkPolicy(
  bucket: Bucket,
  request: S3Request,
  unknownPrincipal: (statements: readonly Statement[]) => string | undefined,
): void {
  if (request.bytes.length > MOST_BYTES) throw malformed('Policy exceeds the maximum allowed document size.');
  const read = readPolicy({ name: bucket.name, kind: 'bucket', document: request.bytes.toString('utf8') });
  if (!read.seen) throw malformed(read.why);
  const { statements } = read.document;
  const own = bucketArn(bucket.name);
  const foreign = statements
    .flatMap((statement) => statement.resources?.value ?? [])
    .find((resource) => resource !== '*' && resource !== own && !resource.startsWith(`${own}/`) && !isWider(resource));
  if (foreign !== undefined) throw malformed(`Policy has invalid resource: ${foreign}`);
  const unknown = unknownPrincipal(statements);
  if (unknown !== undefined) throw malformed(`Invalid principal in policy: ${unknown}`);
  if (blocksPublicPolicy(bucket) && statements.some(isPublic)) {
    throw new S3Error(
      403,
      'AccessDenied',
      'Access Denied: public policies are blocked by the BlockPublicPolicy setting.',
    );
  }
}

/** A wildcard within the bucket's own name, such as `arn:aws:s3:::acme-*`. */
function isWider(resource: string): boolean {
  return /^arn:aws:s3:::[^/]*[*?]/.test(resource);
}

function isPublic(statement: Statement): boolean {
  return (
    statement.effect === 'Allow' &&
    statement.principals?.negated === false &&
    statement.principals.value.everyone &&
    statement.conditions.length === 0
  );
}

function malformed(why: string): S3Error {
  return new S3Error(400, 'MalformedPolicy', why);
}
