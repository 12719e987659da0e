/** `drift --who`: asks Genesys Cloud's audits and CloudTrail whose act each finding is. */
import { attributionOf, recordFor, type Doing, type RecordRead, type Records, type RecordUnread } from '../attribution';
import { whoIsAsked, withWho, type Asked, type DriftOutcome } from '../review';
import type { Look } from '../plan';
import { systemClock, type Clock } from '../time';
import type { Terminal } from './command';
import { readAudits, readData, readManagement, SLACK_MS, type WhoOptions } from './who-records';

/** CloudTrail keeps events for 90 days; further back only what state dates is looked for. */
const LOOK_BACK_MS = 90 * 86_400_000;

/** Adds to each finding whose act it was. What could not be asked is unknown, and says why; nothing fails. */
export async function nameActors(
  outcome: DriftOutcome,
  looks: readonly Look[],
  { trail }: WhoOptions,
  { signal }: Pick<Terminal, 'signal'>,
  clock: Clock = systemClock,
): Promise<DriftOutcome> {
  const asked = whoIsAsked(outcome.report.items, looks);
  if (asked.length === 0) return outcome;
  const now = clock.now();
  const of = (kind: keyof Records): readonly Asked[] =>
    asked.filter(({ questions }) => questions.some((question) => recordFor(question) === kind));
  const [management, data] = [
    await managementOf(of('management'), now, clock, signal),
    await dataOf(of('data'), trail, now, signal),
  ];
  const audits = new Map<string | null, RecordRead | RecordUnread>();
  for (const [organization, group] of byOrganization(of('audits'))) {
    audits.set(organization, await auditsOf(group, organization, now, signal));
  }
  return withWho(outcome, asked, ({ questions, organization }) =>
    questions.map((question) =>
      attributionOf(question, { audits: audits.get(organization) ?? NOT_ASKED, management, data }),
    ),
  );
}

const NOT_ASKED: RecordUnread = { name: 'the records', unread: 'nothing was to be asked of them' };

function byOrganization(asked: readonly Asked[]): ReadonlyMap<string | null, readonly Asked[]> {
  const groups = new Map<string | null, Asked[]>();
  for (const one of asked) groups.set(one.organization, [...(groups.get(one.organization) ?? []), one]);
  return groups;
}

/** The earliest instant at which one of these was whole. */
function sinceOf(asked: readonly Asked[], now: number): number {
  const looked = asked.map(({ since }) => (since === null ? Number.NaN : Date.parse(since) - SLACK_MS));
  return Math.min(...looked.map((at) => (Number.isNaN(at) ? now - LOOK_BACK_MS : at)));
}

async function auditsOf(
  asked: readonly Asked[],
  organization: string | null,
  now: number,
  signal: AbortSignal,
): Promise<RecordRead | RecordUnread> {
  const kinds = new Set(asked.flatMap(({ questions }) => questions.map(({ kind }) => kind)));
  const actions = [
    ...(kinds.has('protection-revoked') ? (['RevokeProtection', 'ApplyProtection'] as const) : []),
    ...(kinds.has('hold-deleted') || kinds.has('recording-deleted') ? (['Delete'] as const) : []),
  ];
  return readAudits({ actions, organization, since: sinceOf(asked, now), now }, signal);
}

async function managementOf(
  asked: readonly Asked[],
  now: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<RecordRead | RecordUnread> {
  if (asked.length === 0) return NOT_ASKED;
  const resources = [...new Set(asked.flatMap((one) => one.resources))];
  return readManagement({ resources, since: now - LOOK_BACK_MS, now }, clock, signal);
}

async function dataOf(
  asked: readonly Asked[],
  trail: WhoOptions['trail'],
  now: number,
  signal: AbortSignal,
): Promise<RecordRead | RecordUnread> {
  if (asked.length === 0) return NOT_ASKED;
  const buckets = new Set(
    asked.flatMap(({ questions }) => questions.flatMap((one) => ('bucket' in one ? [one.bucket] : []))),
  );
  const wanted = (doing: Doing): boolean =>
    (doing.kind === 'lock' || doing.kind === 'version') && buckets.has(doing.bucket);
  return readData({ trail, since: sinceOf(asked, now), now, wanted }, signal);
}
