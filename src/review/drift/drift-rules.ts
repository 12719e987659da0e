/** Rules of a run for drift, in the order of docs/drift.md, where each has a section. */

/** One kind of finding. */
interface DriftRuleInfo<Id extends string = string> {
  readonly id: Id;
  /** What it finds, half a sentence. */
  readonly finds: string;
}

const ALL = [
  {
    id: 'drift/not-applied',
    finds: 'a hold or an export that is configured and was never applied: nothing is held by it',
  },
  { id: 'drift/hold-released', finds: 'a legal hold that was released outside of Terraform, in whole or in part' },
  { id: 'drift/hold-incomplete', finds: 'a hold that could not hold everything in its scope' },
  { id: 'drift/late', finds: 'conversations that came late and are not held, or not exported' },
  { id: 'drift/lost', finds: 'recordings or object versions that were exported or held once and are gone' },
  { id: 'drift/gone', finds: 'conversations in scope that Genesys Cloud does not know' },
  { id: 'drift/unprotectable', finds: 'conversations in scope without recordings that could be protected' },
  { id: 'drift/unregistered', finds: 'what is held without an entry in the register' },
  { id: 'drift/absent', finds: 'conversations of an export without files in the bucket' },
  { id: 'drift/object-hold-lost', finds: 'exported objects that lost their legal hold or tags, or look deleted' },
  { id: 'drift/objects-late', finds: 'objects that came after the hold and are not held' },
  { id: 'drift/export-unfinished', finds: 'an export that is not finished: running, failed, cancelled, or forgotten' },
  { id: 'drift/export-incomplete', finds: 'recordings that could not be exported' },
  { id: 'drift/unknown', finds: 'an export or a hold of which something could not be found out' },
  { id: 'drift/policy-changed', finds: 'a policy of a role, bucket or key that says something else' },
  { id: 'drift/bucket-setting', finds: 'versioning, Object Lock, encryption and the like, changed or removed' },
  { id: 'drift/deleted', finds: 'a resource that no longer exists' },
  { id: 'drift/changed', finds: 'any other attribute that was changed' },
  { id: 'drift/unrelated', finds: 'resources that have no part in recordings; a note unless it is set to weigh' },
] as const satisfies readonly DriftRuleInfo[];

/** The ids there are. */
export type DriftRule = (typeof ALL)[number]['id'];

export const DRIFT_RULES: readonly DriftRuleInfo<DriftRule>[] = ALL;

/** The command that prints the section about a rule, or about what does not count. */
export function helpFor(rule: string): string {
  return `npx --no-install genesyscloud-compliance explain ${rule}`;
}
