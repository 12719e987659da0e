/** Approvals of claims in the log: what they must be about, and that nothing is let go without them. */
import { createHash } from 'node:crypto';
import {
  NotApproved,
  weighApprovals,
  type ApprovalAction,
  type Approvals,
  type ApprovalSubject,
  type Weighed,
} from './approvals';
import { approversDigest, type Approvers } from './approvers';
import type { Entry } from './entry';
import type { Parts } from './parts';
import type { SetStore } from './sets';
import { RegisterProblem } from './store';
import { GrowingView, isLive, type ClaimView, type View } from './view';

/** What an approval must be about now. */
export async function approvalSubject(
  sets: SetStore,
  register: string,
  claim: ClaimView,
  action: ApprovalAction,
  { reason, approvers = null }: { readonly reason: string; readonly approvers?: Approvers | null },
  signal: AbortSignal,
): Promise<ApprovalSubject> {
  const { key, id, epoch, revision } = claim;
  return {
    action,
    register,
    organization: key.organization,
    matter: key.matter,
    name: key.name,
    claim: id,
    epoch,
    revision,
    scope: await scopeDigest(sets, claim, signal),
    reason,
    approvers: action === 'release' ? null : approversDigest(approvers),
  };
}

/**
 * SHA-256 over what a claim covers. Conversations: their ids, sorted, a line each, as `conversation_ids_sha256` of a hold. Files:
 * a line for each place, with the digest of the conversations where only their files are covered.
 */
async function scopeDigest(sets: SetStore, claim: ClaimView, signal: AbortSignal): Promise<string> {
  if (claim.parts.every(({ kind }) => kind === 'conversations')) return (await sets.covers(claim, signal)).sha256;
  const lines = new Set<string>();
  for (const part of claim.parts) {
    if (part.kind !== 'files') continue;
    const { bucket, prefix, conversations } = part;
    const of = conversations === null ? '*' : (await sets.get(conversations, signal)).covers.sha256;
    lines.add(`s3://${bucket}/${prefix}\t${of}\n`);
  }
  const hash = createHash('sha256');
  for (const line of [...lines].sort()) hash.update(line);
  return hash.digest('hex');
}

/** Who must approve: those pinned in the claim; where none are, those of the configuration that is in force here. */
export function approversFor(parts: Pick<Parts, 'approvers'>, claim: ClaimView): Approvers | null {
  return claim.approvers ?? parts.approvers ?? null;
}

/** What these approvals are worth; undefined where nobody must approve. */
export async function weighed(
  parts: Parts,
  view: View,
  claim: ClaimView,
  action: ApprovalAction,
  what: { readonly reason: string; readonly approvers?: Approvers | null },
  approvals: Approvals,
  signal: AbortSignal,
): Promise<{ readonly weighed: Weighed; readonly subject: ApprovalSubject } | undefined> {
  const approvers = action === 'release' ? approversFor(parts, claim) : claim.approvers;
  if (approvers === null) return undefined;
  const subject = await approvalSubject(parts.sets, view.register ?? '', claim, action, what, signal);
  return { weighed: weighApprovals(subject, approvers, approvals), subject };
}

/** Those that are valid, to be kept in the entry; undefined where nobody must approve. Throws {@link NotApproved}. */
export async function requireApproved(
  ...asked: Parameters<typeof weighed>
): Promise<{ readonly approvals?: readonly string[] }> {
  const found = await weighed(...asked);
  if (found === undefined) return {};
  const { required, valid } = found.weighed;
  if (valid.length < required) throw new NotApproved(found.weighed, found.subject);
  return { approvals: valid };
}

/** No approvals were given. */
export function noApprovals({ clock }: Pick<Parts, 'clock'>): Approvals {
  return { texts: [], now: clock.now() };
}

/**
 * Whether each claim that was let go had the approvals that it needed. Throws {@link RegisterProblem} (`damaged`) for one that had
 * not. That they had not expired was decided when the entry was written, by the clock of Genesys Cloud.
 */
export async function checkDropped(sets: SetStore, view: View, place: string, signal: AbortSignal): Promise<void> {
  for (const claim of view.claims.values()) {
    if (isLive(claim) || claim.approvers === null) continue;
    const next = claim.replacedBy === null ? undefined : view.claims.get(claim.replacedBy);
    const [first] = next?.parts ?? [];
    if (first?.kind === 'conversations') {
      // Under another name everything stays held: nothing had to be approved.
      const kept = (await sets.get(first.ids, signal)).covers;
      if ((await sets.covers(claim, signal)).minus(kept).size === 0) continue;
    }
    const what = { reason: claim.reason ?? '' };
    const subject = await approvalSubject(sets, view.register ?? '', claim, 'release', what, signal);
    const said = `The register at ${place} says that claim ${claim.id} was released`;
    const remedy = 'Find out who, and look whether the conversations or files are still held.';
    requireKept(subject, claim.approvers, claim.approvals ?? [], said, remedy);
  }
}

/**
 * Whether each change of approvers had the approvals of those who had to approve until then: whoever could write others in would be
 * rid of them. Answers how many changes took approvals. Throws as {@link checkDropped}.
 */
export async function checkApproversChanged(
  sets: SetStore,
  entries: AsyncIterable<{ readonly entry: Entry }>,
  place: string,
  signal: AbortSignal,
): Promise<number> {
  const view = new GrowingView();
  let changes = 0;
  for await (const { entry } of entries) {
    const { body, number } = entry;
    const claim = body.kind === 'approvers' ? view.claims.get(body.claim) : undefined;
    if (body.kind === 'approvers' && claim !== undefined && isLive(claim) && claim.approvers !== null) {
      const what = { reason: '', approvers: body.approvers };
      const subject = await approvalSubject(sets, view.register ?? '', claim, 'change-approvers', what, signal);
      const said = `Entry ${number} of the register at ${place} changes who must approve the release of claim ${claim.id}`;
      const remedy = 'Find out who. Releases that the new approvers approve are not approved by those who had to.';
      requireKept(subject, claim.approvers, body.approvals ?? [], said, remedy);
      changes += 1;
    }
    view.follow(entry);
  }
  return changes;
}

/** Approvals in an entry are enough. Whether they had expired was decided when it was written. */
function requireKept(
  subject: ApprovalSubject,
  approvers: Approvers,
  texts: readonly string[],
  said: string,
  remedy: string,
): void {
  const { required, valid, refused } = weighApprovals(subject, approvers, { texts, now: Number.NEGATIVE_INFINITY });
  if (valid.length >= required) return;
  throw new RegisterProblem(
    'damaged',
    [
      `${said}, and has ${valid.length} of the ${required} approvals that this takes.`,
      ...refused,
      `Somebody wrote that entry who is not this product. ${remedy}`,
    ].join('\n'),
  );
}
