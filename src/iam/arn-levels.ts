/** Which level of ARN a resource of a policy can be of: a bucket, an object, a key. */
import type { ArnLevel } from './actions';
import { compile } from './pattern';

const EVERY_LEVEL: ReadonlySet<ArnLevel> = new Set<ArnLevel>(['bucket', 'object', 'job', 'key', 'role', 'any']);

/**
 * The levels an ARN pattern can be of. Bucket names hold no slash and keys come after one, so the slash tells; a wildcard
 * before it stands for slashes as well.
 */
export function levelsOfArn(text: string): ReadonlySet<ArnLevel> {
  if (text === '*') return EVERY_LEVEL;
  const bucketToken = /^\$\{(?:data\.)?aws_s3_bucket\.[^}]*\.arn\}(.*)$/s.exec(text);
  const rest = bucketToken ? `b${bucketToken[1] ?? ''}` : /^arn:(?:\$\{[^}]*\}|[^:]+):s3:::(.*)$/s.exec(text)?.[1];
  if (rest !== undefined) return levelsInS3(rest, bucketToken !== null);
  if (/^arn:[^:]+:kms:/.test(text)) return new Set<ArnLevel>(['key']);
  if (/^arn:[^:]+:iam:[^:]*:[^:]*:role\//.test(text)) return new Set<ArnLevel>(['role']);
  if (/^arn:[^:]+:s3:[^:]*:[^:]*:job\//.test(text)) return new Set<ArnLevel>(['job']);
  return EVERY_LEVEL;
}

function levelsInS3(rest: string, bucketKnown: boolean): ReadonlySet<ArnLevel> {
  const units = compile(rest, { wildcards: true }) ?? [];
  if (units.some((unit) => unit.kind === 'char' && unit.text === '/')) return new Set<ArnLevel>(['object']);
  const open = units.some((unit) => unit.kind === 'many' || (unit.kind === 'symbol' && !isBucketName(unit.text)));
  return open || (bucketKnown && units.length === 0)
    ? new Set<ArnLevel>(['bucket', 'object'])
    : new Set<ArnLevel>(['bucket']);
}

/** An expression that yields a bucket's name, which has no slash. */
function isBucketName(expression: string): boolean {
  return /^\$\{(?:data\.)?aws_s3_bucket\.[^}]*\.(?:id|bucket)\}$/.test(expression);
}
