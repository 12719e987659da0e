/**
 * Grants that can never take effect: a bucket's action on an object's ARN, or the reverse. They look right in review and
 * fail at run time.
 */
import { KNOWN_ACTIONS, type ArnLevel, levelOf } from './actions';
import type { Statement } from './document';
import { compile } from './pattern';
import { readPolicy } from './policy-kinds';
import type { PolicySource } from './question';
import { actionMatches } from './statement';

/** One action of one Allow statement that grants nothing. */
export interface DeadGrant {
  readonly statement: Statement;
  /** In official spelling. */
  readonly action: string;
  /** The level the action takes. */
  readonly takes: ArnLevel;
  /** The resources of the statement, none of which is of that level. */
  readonly resources: readonly string[];
}

/** The dead grants of a policy; none for one that cannot be read. Actions written with wildcards are not judged. */
export function deadGrants(policy: PolicySource): readonly DeadGrant[] {
  const read = readPolicy(policy);
  if (!read.seen) return [];
  return read.document.statements
    .filter((statement) => statement.effect === 'Allow' && !statement.actions.negated)
    .flatMap(wrongLevels);
}

function wrongLevels(statement: Statement): readonly DeadGrant[] {
  const resources = statement.resources;
  if (resources === null || resources.negated) return [];
  const levels = resources.value.map(levelsOfArn);
  const exact = statement.actions.value.filter((action) => !/[*?$]/.test(action)).map((action) => action.toLowerCase());
  return KNOWN_ACTIONS.filter(
    (action) => exact.includes(action.toLowerCase()) && actionMatches(statement, action).is === 'yes',
  ).flatMap((action) => {
    const takes = levelOf(action)!;
    if (levels.some((possible) => possible.has(takes))) return [];
    return [{ statement, action, takes, resources: resources.value }];
  });
}

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
