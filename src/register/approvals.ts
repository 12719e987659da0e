/**
 * Approvals of a release: signed statements about exactly one claim as it is now. Whoever adds to the claim, takes it over, or
 * changes its approvers makes those that were given before worthless.
 */
import {
  DsseProblem,
  parseEnvelope,
  parseStatement,
  STATEMENT_PAYLOAD_TYPE,
  statementText,
  verifyEnvelope,
} from '../signing';
import { keysOf, type Approvers } from './approvers';

/** What is approved: that the claim is released, or that others approve from here on. */
export type ApprovalAction = 'release' | 'change-approvers';

/** What an approval must be about, as the register says now. */
export interface ApprovalSubject {
  readonly action: ApprovalAction;
  /** Id of the register. */
  readonly register: string;
  readonly organization: string;
  readonly matter: string;
  readonly name: string;
  readonly claim: string;
  readonly epoch: number;
  /** Number of the last entry that changed what the claim covers, or its approvers. */
  readonly revision: number;
  /** SHA-256 over what it covers. */
  readonly scope: string;
  readonly reason: string;
  /** Digest of the approvers that come; null for a release. */
  readonly approvers: string | null;
}

/** What an approval says besides. */
export interface ApprovalTimes {
  /** ISO-8601 in UTC. */
  readonly approved: string;
  readonly expires: string;
}

const PREDICATE = 'urn:genesyscloud-compliance:approval:1';

/** Approvals as they were given, and the time that they are held against. */
export interface Approvals {
  /** Texts of envelopes. */
  readonly texts: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What became of them. */
export interface Weighed {
  readonly required: number;
  /** Texts of the valid ones, of as many different keys. */
  readonly valid: readonly string[];
  /** Why the others do not count, a sentence each. */
  readonly refused: readonly string[];
}

/** Not enough valid approvals. */
export class NotApproved extends Error {
  override readonly name = 'NotApproved';

  constructor(
    readonly weighed: Weighed,
    readonly subject: ApprovalSubject,
  ) {
    const { required, valid, refused } = weighed;
    super(
      [
        `${valid.length} of ${required} approvals ${required === 1 ? 'is' : 'are'} valid for claim ${subject.claim} as it is now.`,
        ...refused,
      ].join('\n'),
    );
  }
}

/** What is signed, and its type. */
export function approvalPayload(
  subject: ApprovalSubject,
  times: ApprovalTimes,
): { readonly type: string; readonly payload: Buffer } {
  const about = [{ name: `claim/${subject.claim}`, digest: { sha256: subject.scope } }];
  return { type: STATEMENT_PAYLOAD_TYPE, payload: statementText(about, PREDICATE, { ...subject, ...times }) };
}

/** Which of these approvals are valid for this, now. Pure. */
export function weighApprovals(subject: ApprovalSubject, approvers: Approvers, { texts, now }: Approvals): Weighed {
  const keys = keysOf(approvers);
  const valid = new Map<string, { readonly text: string; readonly number: number }>();
  const refused: string[] = [];
  for (const [index, text] of texts.entries()) {
    const number = index + 1;
    const read = readApproval(text, keys);
    const why = 'problem' in read ? read.problem : contradiction(read.says, subject, now);
    if (why !== undefined) {
      refused.push(`Approval ${number}: ${why}.`);
      continue;
    }
    const { keyId } = read as Read;
    const first = valid.get(keyId);
    if (first === undefined) valid.set(keyId, { text, number });
    else
      refused.push(
        `Approval ${number}: it is signed with the same key as approval ${first.number} (${keyId}), and one person approves once.`,
      );
  }
  return { required: approvers.required, valid: [...valid.values()].map((one) => one.text), refused };
}

interface Read {
  readonly keyId: string;
  readonly says: ApprovalSubject & ApprovalTimes;
}

/** Checks form and signature. */
function readApproval(text: string, keys: ReturnType<typeof keysOf>): Read | { readonly problem: string } {
  try {
    const envelope = parseEnvelope(text);
    const [signature, ...others] = envelope.signatures;
    if (signature === undefined || others.length > 0) return malformed('it does not have exactly one signature');
    const key = keys.get(signature.keyid);
    if (key === undefined) {
      return { problem: `it is signed with the key ${signature.keyid}, which is not among the approvers of the claim` };
    }
    if (envelope.payloadType !== STATEMENT_PAYLOAD_TYPE) return malformed(`its type is ${envelope.payloadType}`);
    let verified;
    try {
      verified = verifyEnvelope(envelope, key);
    } catch (error) {
      if (!(error instanceof DsseProblem)) throw error;
      return { problem: `its signature is not valid: ${error.message}` };
    }
    const says = parseStatement(verified.payload, PREDICATE).predicate;
    return isApproval(says) ? { keyId: verified.keyId, says } : malformed('its statement lacks a field');
  } catch (error) {
    if (error instanceof DsseProblem || error instanceof RangeError) return malformed(error.message);
    throw error;
  }
}

function malformed(why: string): { readonly problem: string } {
  return { problem: `it is malformed: ${why}. Use the file that "genesyscloud-compliance approve" wrote, unchanged` };
}

const TEXTS = [
  'register',
  'organization',
  'matter',
  'name',
  'claim',
  'scope',
  'reason',
  'approved',
  'expires',
] as const;

function isApproval(value: unknown): value is Read['says'] {
  if (typeof value !== 'object' || value === null) return false;
  const says = value as Readonly<Record<string, unknown>>;
  return (
    TEXTS.every((name) => typeof says[name] === 'string') &&
    (says['action'] === 'release' || says['action'] === 'change-approvers') &&
    Number.isInteger(says['epoch']) &&
    Number.isInteger(says['revision']) &&
    (says['approvers'] === null || typeof says['approvers'] === 'string') &&
    [says['approved'], says['expires']].every((at) => !Number.isNaN(Date.parse(String(at))))
  );
}

const ACTIONS: Readonly<Record<ApprovalAction, string>> = {
  release: 'the release of the claim',
  'change-approvers': 'a change of its approvers',
};

/** Why a well-signed approval is not one of this; undefined when it is. The matter is compared before the claim: it says more. */
function contradiction(says: Read['says'], wanted: ApprovalSubject, now: number): string | undefined {
  if (says.action !== wanted.action) return `it approves ${ACTIONS[says.action]}, and not ${ACTIONS[wanted.action]}`;
  if (says.matter !== wanted.matter || says.organization !== wanted.organization) {
    return `it is for the matter "${says.matter}" of organization ${says.organization}, and this is "${wanted.matter}" of ${wanted.organization}`;
  }
  if (says.register !== wanted.register || says.claim !== wanted.claim || says.name !== wanted.name) {
    return `it is for claim ${says.claim} ("${says.name}") in register ${says.register}, and this is claim ${wanted.claim} ("${wanted.name}") in ${wanted.register}: an approval is good for one claim only`;
  }
  if (says.epoch !== wanted.epoch) {
    return `it was given in epoch ${says.epoch} of the claim, which was taken over since (epoch ${wanted.epoch}), so that it must be approved again`;
  }
  if (says.scope !== wanted.scope) {
    return `the claim covers something else than what was approved: its scope has the digest ${wanted.scope}, and ${says.scope} was approved, so that it must be approved again`;
  }
  if (says.revision !== wanted.revision) {
    return `the claim was changed after it was approved (entry ${wanted.revision} of the register, and ${says.revision} was approved), so that it must be approved again`;
  }
  // Why others approve from here on is for the record alone; no configuration says it.
  if (wanted.action === 'release' && says.reason !== wanted.reason) {
    return `it approves the reason "${says.reason}", and the reason is "${wanted.reason}"`;
  }
  if (says.approvers !== wanted.approvers) {
    return `it approves other approvers (digest ${says.approvers ?? 'none'}) than the provider block names (${wanted.approvers ?? 'none'})`;
  }
  return Date.parse(says.expires) <= now ? `it expired at ${says.expires}` : undefined;
}
