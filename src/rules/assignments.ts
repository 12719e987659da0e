/** Which role has which duty on which bucket. */
import type { BucketFact, Duty, DutyFact, Facts, RoleFact } from '../facts';

/** A duty with what it is about. */
export interface Assignment {
  readonly duty: DutyFact;
  readonly role: RoleFact;
  readonly bucket: BucketFact;
}

/** Duties of one kind: those whose role and bucket are among the facts, and those where one of them cannot be seen. */
export function assignmentsOf(
  facts: Facts,
  kind: Duty,
): {
  readonly seen: readonly Assignment[];
  readonly unseen: readonly { readonly duty: DutyFact; readonly why: string }[];
} {
  const seen: Assignment[] = [];
  const unseen: { duty: DutyFact; why: string }[] = [];
  const duties = facts.duties.filter(({ duty }) => duty === kind);
  const roles = byAddress(facts.roles);
  const buckets = byAddress(facts.buckets);
  const same = groupedBy(duties, pairOf);
  for (const duty of duties) {
    if (same.get(pairOf(duty))!.some((other) => isWider(other, duty))) continue;
    const { role: roleAt, bucket: bucketAt } = duty;
    const role = roleAt.known ? roles.get(roleAt.value) : undefined;
    const bucket = bucketAt.known ? buckets.get(bucketAt.value) : undefined;
    if (role && bucket) seen.push({ duty, role, bucket });
    else if (!role)
      unseen.push({
        duty,
        why: roleAt.known ? `the role ${roleAt.value} is not among the facts` : `the role ${roleAt.why}`,
      });
    else
      unseen.push({
        duty,
        why: bucketAt.known ? `the bucket ${bucketAt.value} is not among the facts` : `the bucket ${bucketAt.why}`,
      });
  }
  return { seen, unseen };
}

/** The first of each address. */
function byAddress<F extends { readonly address: string }>(facts: readonly F[]): ReadonlyMap<string, F> {
  const found = new Map<string, F>();
  for (const fact of facts) if (!found.has(fact.address)) found.set(fact.address, fact);
  return found;
}

/** Only duties of the same role on the same bucket can be compared. */
function pairOf({ role, bucket }: DutyFact): string {
  return role.known && bucket.known ? JSON.stringify([role.value, bucket.value]) : '';
}

function groupedBy<T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return groups;
}

/** Whether another duty of the same role asks for the same and more; then the narrower one need not be asked. */
function isWider(other: DutyFact, duty: DutyFact): boolean {
  if (!other.role.known || !duty.role.known || !other.bucket.known || !duty.bucket.known) return false;
  const same = other.role.value === duty.role.value && other.bucket.value === duty.bucket.value;
  return same && other.prefix.length < duty.prefix.length && duty.prefix.startsWith(other.prefix);
}

/** The ARN of every object of an assignment: `arn:aws:s3:::recordings/org/*`. Null when the bucket's ARN is not known. */
export function objectsArn({ bucket, duty }: Assignment): string | null {
  const arn = bucketArn(bucket);
  return arn === null ? null : `${arn}/${duty.prefix}*`;
}

/** The ARN of a bucket, built from its name if need be; null when neither is known. */
export function bucketArn(bucket: BucketFact): string | null {
  if (bucket.arn.known) return bucket.arn.value;
  return bucket.name.known ? `arn:aws:s3:::${bucket.name.value}` : null;
}
