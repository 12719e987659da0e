/** Three-valued logic that remembers what stands in the way: the ground everything in this room is built on. */

/** Why something could not be decided. */
export type Blocker =
  /** A Terraform expression whose value is not known: `${aws_s3_bucket.other.arn}`. */
  | { readonly kind: 'token'; readonly text: string }
  /** An IAM policy variable whose context key is not known: `${aws:username}`. */
  | { readonly kind: 'variable'; readonly text: string }
  /** A condition on a context key that is not known. */
  | { readonly kind: 'condition'; readonly key: string; readonly operator: string }
  /** A policy that could not be read. `refused`: it was, and AWS takes no such document. */
  | { readonly kind: 'policy'; readonly name: string; readonly why: string; readonly refused?: true }
  /** Something else, said in words. */
  | { readonly kind: 'other'; readonly text: string };

/** Yes, no, or unknown together with everything that blocks the decision. */
export type Truth =
  { readonly is: 'yes' } | { readonly is: 'no' } | { readonly is: 'unknown'; readonly blockers: readonly Blocker[] };

export const YES: Truth = { is: 'yes' };
export const NO: Truth = { is: 'no' };

export function unknown(...blockers: readonly Blocker[]): Truth {
  return { is: 'unknown', blockers: distinct(blockers) };
}

export function truthOf(value: boolean): Truth {
  return value ? YES : NO;
}

/** No if any is no, yes if all are yes (also of none), else unknown with the blockers of the unknown ones. */
export function and(...truths: readonly Truth[]): Truth {
  let result = YES;
  for (const truth of truths) {
    if (truth.is === 'no') return NO;
    if (truth.is === 'unknown') result = truth;
  }
  return result.is === 'yes' ? YES : unknown(...truths.flatMap(blockersOf));
}

/** Yes if any is yes, no if all are no (also of none), else unknown with the blockers of the unknown ones. */
export function or(...truths: readonly Truth[]): Truth {
  let result = NO;
  for (const truth of truths) {
    if (truth.is === 'yes') return YES;
    if (truth.is === 'unknown') result = truth;
  }
  return result.is === 'no' ? NO : unknown(...truths.flatMap(blockersOf));
}

export function not(truth: Truth): Truth {
  if (truth.is === 'unknown') return truth;
  return truth.is === 'yes' ? NO : YES;
}

export function blockersOf(truth: Truth): readonly Blocker[] {
  return truth.is === 'unknown' ? truth.blockers : [];
}

/** The same list without repetitions, in order of first appearance. */
export function distinct(blockers: readonly Blocker[]): readonly Blocker[] {
  if (blockers.length < 2) return blockers;
  const seen = new Map<string, Blocker>();
  for (const blocker of blockers) {
    const key = JSON.stringify(blocker);
    if (!seen.has(key)) seen.set(key, blocker);
  }
  return [...seen.values()];
}

/** A blocker in words, ready for the middle of a sentence. */
export function describeBlocker(blocker: Blocker): string {
  switch (blocker.kind) {
    case 'token':
      return `the expression ${blocker.text}, whose value is not known yet`;
    case 'variable':
      return `the policy variable ${blocker.text}, whose value is not known`;
    case 'condition':
      return `the condition ${blocker.operator} on ${blocker.key}, a context key whose value is not known`;
    case 'policy':
      return `the policy ${blocker.name}, which ${blocker.refused ? 'AWS refuses' : 'cannot be read'}: ${blocker.why}`;
    case 'other':
      return blocker.text;
  }
}
