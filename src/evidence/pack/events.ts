/** What happened to a matter, told from its entries in the register, its export jobs and what the look found. Pure. */
import type { ClaimView, Entry } from '../../register';
import { DsseProblem, parseEnvelope } from '../../signing';
import { counted, OBJECT_HOLD } from '../../words';
import type { SurveyedJob } from '../../genesys';
import type { Difference } from '../model';
import type { ClaimFact, EventFact } from './facts';

/** What one of the matter's entries says happened; null for bookkeeping. */
export function eventOf({ body, at, actor, number, correlation }: Entry): EventFact | null {
  const by = {
    known: true,
    name: actor,
    source: `entry ${number} of the register${correlation === undefined ? '' : `, run ${correlation}`}`,
  } as const;
  const event = (lane: EventFact['lane'], text: string): EventFact => ({ at, lane, text, actor: by });
  switch (body.kind) {
    case 'claim':
      return body.replaces === undefined
        ? event('claims', `Claim ${short(body.claim)} made for "${body.key.name}": ${coverWords(body.covers)}`)
        : { ...event('releases', replacedWords(body, body.replaces)), releases: body.replaces.claim };
    case 'grow':
      return event('claims', `Claim ${short(body.claim)} grew: ${coverWords(body.covers)}`);
    case 'scoped':
      return event(
        'claims',
        body.scope === null
          ? `Claim ${short(body.claim)} follows no scope any more`
          : `Claim ${short(body.claim)} follows the scope ${body.scope}`,
      );
    case 'held':
      return event('claims', `${counted(body.count, 'item')} seen held for claim ${short(body.claim)}`);
    case 'lost':
      return event('losses', `Only ${counted(body.count, 'item')} of claim ${short(body.claim)} seen held`);
    case 'take-over':
      return event('claims', `Claim ${short(body.claim)} taken over by another state`);
    case 'approvers':
      return event(
        'claims',
        body.approvers === null
          ? `Releases of claim ${short(body.claim)} need no approval any more`
          : `Releases of claim ${short(body.claim)} must be approved by others from here on`,
      );
    case 'drop':
      return {
        ...event(
          'releases',
          `Release of claim ${short(body.claim)} began${approvedBy(body.approvals)}. Reason: ${body.reason}`,
        ),
        releases: body.claim,
      };
    case 'done':
      return event('releases', `Release of claim ${short(body.claim)} ended: ${counted(body.lifted, 'hold')} lifted`);
    case 'open':
    case 'known-as':
    case 'lift':
    case 'close':
    case 'abort':
      return null;
  }
}

/** When the matter's jobs were made. */
export function jobEvents(jobs: readonly SurveyedJob[]): readonly EventFact[] {
  return jobs.map(({ id, created, state, interval, recordings }) => ({
    at: new Date(created).toISOString(),
    lane: 'exports',
    text: `Export job ${short(id)} made for ${interval.replace('/', ' to ').replace(/:00\.000Z/g, 'Z')}; now ${state}${recordings === null ? '' : `, ${counted(recordings, 'recording')}`}`,
    actor: { known: false, why: 'Genesys Cloud was not asked who made the job' },
  }));
}

/** Differences that have a time. */
export function lossEvents(differences: readonly Difference[]): readonly EventFact[] {
  return differences.flatMap(({ at, text, conversation, actor }) =>
    at === undefined || actor === undefined
      ? []
      : [
          {
            at: new Date(at).toISOString(),
            lane: 'losses',
            text: `${text.replace(/\.$/, '')} (conversation ${conversation})`,
            actor,
          },
        ],
  );
}

/** A claim as the report shows it. */
export function claimFact({
  id,
  key,
  parts,
  state,
  since,
  actor,
  until,
  reason,
  hold,
  replacedBy,
  approvals,
}: ClaimView): ClaimFact {
  return {
    id,
    kind: key.resourceType === OBJECT_HOLD ? 'files' : 'conversations',
    name: key.name,
    holdApi: key.holdApi,
    hold,
    state,
    since,
    by: actor,
    covers: parts.map(coverWords).join('; '),
    released: until,
    reason,
    replacedBy,
    approvedBy: approvals === null ? null : approvals.flatMap(keysOfApproval),
  };
}

/** The register was read with their signatures; one that cannot be read names nobody. */
function keysOfApproval(text: string): readonly string[] {
  try {
    return parseEnvelope(text).signatures.map(({ keyid }) => keyid);
  } catch (error) {
    if (error instanceof DsseProblem) return [];
    throw error;
  }
}

function replacedWords(
  { claim, key, covers }: Extract<Entry['body'], { kind: 'claim' }>,
  replaces: NonNullable<Extract<Entry['body'], { kind: 'claim' }>['replaces']>,
): string {
  return `Claim ${short(replaces.claim)} replaced by claim ${short(claim)} for "${key.name}", which covers ${coverWords(covers)}${approvedBy(replaces.approvals)}. What it does not cover is released. Reason: ${replaces.reason}`;
}

function coverWords(cover: ClaimView['parts'][number] | Extract<Entry['body'], { kind: 'grow' }>['covers']): string {
  if (cover.kind === 'conversations') return counted(cover.ids.count, 'conversation');
  const of = cover.conversations === null ? '' : ` of ${counted(cover.conversations.count, 'conversation')}`;
  return `files${of} below s3://${cover.bucket}/${cover.prefix}`;
}

function approvedBy(approvals: readonly string[] | undefined): string {
  return approvals === undefined ? '' : `, with ${counted(approvals.length, 'approval')} of others`;
}

function short(id: string): string {
  return id.slice(0, 8);
}
