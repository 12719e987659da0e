/** Words and remedies that rules about permissions share. */
import type { PolicyKind } from '../iam';
import type { BucketFact, DutyFact, Origin, Subject } from '../facts';
import type { Answered } from './rule';

/** `the export aws.x`; an address that says what it is already stays as it is: `the export through 7a6b…`. */
export function named(kind: string, address: string): string {
  if (address.startsWith('the ')) return address;
  return address.startsWith(`${kind} `) ? `the ${address}` : `the ${kind} ${address}`;
}

/** Where a subject is, as the place a finding points to. */
export function placeOf({ address, constructPath }: Subject, attribute?: string): Origin {
  return {
    address,
    ...(attribute === undefined ? {} : { attribute }),
    ...(constructPath === undefined ? {} : { constructPath }),
  };
}

/** An origin in the middle of a sentence. */
export function originText({ address, attribute, constructPath }: Origin): string {
  const resource = attribute === undefined ? address : `${address}.${attribute}`;
  return constructPath === undefined || constructPath === address
    ? resource
    : `${resource} (construct ${constructPath})`;
}

const HOLDERS: Readonly<Record<PolicyKind, readonly [words: string, verb: string]>> = {
  identity: ['identity policies of the role', 'do'],
  boundary: ['permissions boundary of the role', 'does'],
  session: ['session policy', 'does'],
  scp: ['service control policies of the account', 'do'],
  bucket: ['bucket policy', 'does'],
  key: ['key policy', 'does'],
  trust: ['trust policy', 'does'],
};

/** Which policies leave something out: `the identity policies of the role do not allow it`. */
export function lackingInWords(kinds: readonly PolicyKind[]): string {
  const parts = kinds.map((kind) => HOLDERS[kind]);
  const verb = parts.length === 1 ? parts[0]![1] : 'do';
  return `the ${parts.map(([words]) => words).join(' and the ')} ${verb} not allow it`;
}

/** Where policies of a kind are: `bucket policy`, `permissions boundary of the role`. */
export function holderInWords(kind: PolicyKind): string {
  return HOLDERS[kind][0];
}

/** What tells apart findings about one role: the bucket, and the prefix if there is one. */
export function bucketDetail(bucket: BucketFact, { prefix }: DutyFact): string {
  return prefix === '' ? bucket.address : `${bucket.address}/${prefix}`;
}

/** The answer for a duty whose role or bucket cannot be seen. */
export function unseenDuty(duty: DutyFact, why: string, what: string): Answered {
  return {
    status: 'unknown',
    subject: duty.origin,
    ...(duty.prefix === '' ? {} : { detail: duty.prefix }),
    ...(!duty.role.known && duty.role.elsewhere === true ? { severity: 'warn' } : {}),
    message: `Unknown whether ${what}: ${why}.`,
    evidence: [],
    remedy: `Name role and bucket at ${originText(duty.origin)} so that they can be followed to their policies, or check the accounts themselves with genesyscloud-compliance preflight.`,
  };
}
