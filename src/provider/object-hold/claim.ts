/** The claim of an object hold: its key, and which files it covers. */
import type { StateOf } from '../../framework';
import type { ClaimKey, FileScope } from '../../register';
import { OBJECT_HOLD } from '../../words';
import { describeScope, scopeName } from './computed';
import { LONGEST_NAME, type ObjectHoldSchema } from './schema';
import type { ObjectScope, ScopeArguments } from './scope';
import { jobIds, written } from '../validators';

type Naming = ScopeArguments & Pick<StateOf<ObjectHoldSchema>, 'name' | 'external_reference_id' | 'tags'>;

/** Whose claim it is. A hold without a name is known by what it holds and how it tags it. */
export function keyOf(organization: string, args: Naming): ClaimKey {
  const name = args.name ?? nameFor(args);
  return {
    organization,
    resourceType: OBJECT_HOLD,
    holdApi: 'object_lock',
    matter: args.external_reference_id ?? name,
    name,
  };
}

function nameFor(args: Naming): string {
  const tags = [...(args.tags ?? [])].map(([key, value]) => `${key}=${value}`).sort();
  return tags.length === 0 ? scopeName(args) : `${scopeName(args)} (${tags.join(', ')})`;
}

/** The export that a name made by {@link keyOf} speaks of; null for a name that somebody gave. */
export function exportInName(name: string): string | null {
  const jobs = /^export (\S+) in s3:\/\//.exec(name)?.[1];
  return jobs === undefined || jobIds.check(jobs) !== undefined ? null : jobs;
}

/** A name that the argument `name` takes; null for a longer one. */
export function nameInConfiguration(name: string): string | null {
  return written(LONGEST_NAME).check(name) === undefined ? name : null;
}

/** What a hold covers now, and what it covered before and still holds. */
export function filesOf(
  { bucket, prefix }: ScopeArguments,
  scope: ObjectScope,
  former: readonly ObjectScope[],
): readonly [FileScope, ...FileScope[]] {
  const filesIn = ({ prefixes, conversations }: ObjectScope, at: string): readonly FileScope[] =>
    conversations === null
      ? prefixes.map((each) => ({ bucket, prefix: each }))
      : [{ bucket, prefix: at, conversations }];
  const [first = { bucket, prefix: prefix ?? '' }, ...more] = filesIn(scope, prefix ?? '');
  // What an export covered before may have lain below another prefix.
  return [first, ...more, ...former.flatMap((one) => filesIn(one, ''))];
}

/** The hold in messages, at the beginning of a sentence. */
export function objectHoldNamed(args: ScopeArguments): string {
  return `The object hold on ${describeScope(args)}`;
}
