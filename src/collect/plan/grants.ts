import type { Known, PolicyFact } from '../../facts';
import { isRow, rows, type Row } from '../../plan';

/** What a statement of a role's allows on one resource, as far as it is about exported objects. */
export interface Grant {
  /** As written: `arn:aws:s3:::recordings/*`, `${aws_s3_bucket.recordings.arn}/*`. */
  readonly resource: string;
  readonly writes: boolean;
  readonly tags: boolean;
  /** `on`: puts legal holds on only. `any`: takes them off, too. */
  readonly locks: 'on' | 'any' | null;
}

/** Texts without one of these are not parsed: of thousands of policies few are about objects. */
const OF_INTEREST = /s3:/i;

const WRITES = /^s3:(?:\*|put(?:\*|object\*?|objectacl)|getbucketlocation|getencryptionconfiguration)$/i;
// Named in full: s3:* is what administrators have, and says nothing about whose task it is.
const TAGS = /^s3:putobject(?:version)?tagging$/i;
const LOCKS = /^s3:putobjectlegalhold$/i;

/** What identity policies allow, for telling whose task is what. Whether it is enough is for the rules to say. */
export function grantsOf(policies: readonly PolicyFact[]): readonly Grant[] {
  return policies.flatMap(({ document }) => statementsOf(document).flatMap(grantsIn));
}

function grantsIn(statement: Row): readonly Grant[] {
  if (statement['Effect'] !== 'Allow') return [];
  const actions = texts(statement['Action']);
  const does = (pattern: RegExp): boolean => actions.some((action) => pattern.test(action));
  const [writes, tags, locks] = [does(WRITES), does(TAGS), does(LOCKS)];
  if (!writes && !tags && !locks) return [];
  return texts(statement['Resource']).map((resource) => ({
    resource,
    writes,
    tags,
    locks: !locks ? null : onlyOn(statement['Condition']) ? 'on' : 'any',
  }));
}

/** Whether a condition lets legal holds be put on only: S3 has one action for on and off. */
function onlyOn(condition: unknown): boolean {
  if (!isRow(condition)) return false;
  return Object.values(condition).some(
    (keys) =>
      isRow(keys) &&
      Object.entries(keys).some(
        ([key, values]) =>
          key.toLowerCase() === 's3:object-lock-legal-hold' && texts(values).every((value) => value === 'ON'),
      ),
  );
}

function statementsOf(document: Known<string | object>): readonly Row[] {
  if (!document.known) return [];
  if (typeof document.value !== 'string') return rows((document.value as Row)['Statement']);
  if (!OF_INTEREST.test(document.value)) return [];
  try {
    const parsed: unknown = JSON.parse(document.value);
    return isRow(parsed) ? rows(parsed['Statement']) : [];
  } catch {
    return [];
  }
}

function texts(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((one) => typeof one === 'string');
}
