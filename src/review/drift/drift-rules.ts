/** Rules of a run for drift, in the order of docs/drift.md, where each has a section. */

/** One kind of finding. */
interface DriftRuleInfo<Id extends string = string> {
  readonly id: Id;
  /** What it finds, half a sentence. */
  readonly finds: string;
}

const ALL = [
  { id: 'drift/hold-released', finds: 'a legal hold that protects fewer conversations than it did' },
  { id: 'drift/object-hold-lost', finds: 'exported objects that lost tags or locks, were deleted, or look deleted' },
  { id: 'drift/objects-late', finds: 'objects that came after the hold and are not held' },
  { id: 'drift/export-changed', finds: 'an unfinished export that is gone, was cancelled or failed' },
  { id: 'drift/policy-changed', finds: 'a policy of a role, bucket or key that says something else' },
  { id: 'drift/bucket-setting', finds: 'versioning, Object Lock, encryption and the like, changed or removed' },
  { id: 'drift/deleted', finds: 'a resource that is not there any more' },
  { id: 'drift/changed', finds: 'any other attribute that was changed' },
] as const satisfies readonly DriftRuleInfo[];

/** The ids there are. */
export type DriftRule = (typeof ALL)[number]['id'];

export const DRIFT_RULES: readonly DriftRuleInfo<DriftRule>[] = ALL;

/** The command that prints the section about a rule. What is no finding has none, and gets the whole page. */
export function helpFor(rule: string): string {
  return `npx genesyscloud-compliance explain ${DRIFT_RULES.some(({ id }) => id === rule) ? rule : 'drift'}`;
}
