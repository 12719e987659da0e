/** `drift --who`: asks Genesys Cloud's audits and CloudTrail whose act each finding is. */
import { attributionOf, recordFor, type Doing, type RecordRead, type Records, type RecordUnread } from '../attribution';
import { whoIsAsked, withWho, type Asked, type DriftOutcome } from '../review';
import type { Look } from '../plan';
import { systemClock, type Clock } from '../time';
import { parseS3Place } from '../words';
import { CommandError, textOf, type GivenOptions, type OptionSpec, type Terminal } from './command';

/** The options that ask for it. */
export const WHO_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'who',
    description: 'name who did it, by the audits of Genesys Cloud and the event history of CloudTrail',
  },
  {
    name: 'trail',
    value: 's3://BUCKET/PREFIX',
    description: 'with --who: log files of a trail with data events, for locks and versions; the place before AWSLogs/',
  },
];

/** CloudTrail keeps events for 90 days; further back only what state dates is looked for. */
const LOOK_BACK_MS = 90 * 86_400_000;

/** Clocks differ: what the last look has seen a moment ago by one clock was seen a little earlier by another. */
const SLACK_MS = 15 * 60_000;

/** Which records are to be asked. */
export interface WhoOptions {
  /** Log files of a trail; undefined where none was named. */
  readonly trail: { readonly bucket: string; readonly prefix: string } | undefined;
}

/** Reads the options; undefined where nobody asked who it was. Throws a CommandError. */
export function whoOptions(options: GivenOptions): WhoOptions | undefined {
  const text = textOf(options, 'trail');
  if (options['who'] !== true) {
    if (text !== undefined) throw new CommandError('--trail needs --who.');
    return undefined;
  }
  if (text === undefined) return { trail: undefined };
  const place = parseS3Place(text);
  if (place === undefined) throw new CommandError(`--trail: "${text}" is not a place in S3. Write s3://bucket/prefix.`);
  const { bucket, prefix } = place;
  return { trail: { bucket, prefix: prefix === '' ? '' : `${prefix}/` } };
}

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
    await readManagement(of('management'), now, clock, signal),
    await readData(of('data'), trail, now, signal),
  ];
  const audits = new Map<string | null, RecordRead | RecordUnread>();
  for (const [organization, group] of byOrganization(of('audits'))) {
    audits.set(organization, await readAudits(group, organization, now, signal));
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

async function readAudits(
  asked: readonly Asked[],
  organization: string | null,
  now: number,
  signal: AbortSignal,
): Promise<RecordRead | RecordUnread> {
  const name = 'the audits of Genesys Cloud';
  const { resolveEnvironment } = await import('../provider');
  const { settings, mistakes, missing } = resolveEnvironment(process.env);
  if (settings === undefined) {
    const [first] = [...mistakes, ...(missing === undefined ? [] : [missing])];
    return { name, unread: firstLine(first?.detail ?? 'access to Genesys Cloud is not configured') };
  }
  const { createAuditTrail, GenesysError } = await import('../genesys');
  const trail = createAuditTrail(settings.genesys);
  try {
    const reached = await trail.organizationId(signal);
    if (organization !== null && reached !== organization) {
      return {
        name,
        unread: `the credentials are those of organization ${reached}, and this is about ${organization}`,
      };
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof GenesysError)) throw error;
    return { name, unread: firstLine(error.message) };
  }
  const kinds = new Set(asked.flatMap(({ questions }) => questions.map(({ kind }) => kind)));
  const actions = [
    ...(kinds.has('protection-revoked') ? (['RevokeProtection', 'ApplyProtection'] as const) : []),
    ...(kinds.has('hold-deleted') || kinds.has('recording-deleted') ? (['Delete'] as const) : []),
  ];
  return trail.read({ actions, since: sinceOf(asked, now), until: now + SLACK_MS }, signal);
}

async function readManagement(
  asked: readonly Asked[],
  now: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<RecordRead | RecordUnread> {
  if (asked.length === 0) return NOT_ASKED;
  const { connectCloudTrail, readHistory } = await import('../aws');
  const resources = [...new Set(asked.flatMap((one) => one.resources))];
  const client = await connectCloudTrail({});
  try {
    return await readHistory(client, { resources, since: now - LOOK_BACK_MS, until: now + SLACK_MS }, clock, signal);
  } finally {
    client.destroy();
  }
}

async function readData(
  asked: readonly Asked[],
  trail: WhoOptions['trail'],
  now: number,
  signal: AbortSignal,
): Promise<RecordRead | RecordUnread> {
  const name = 'the log files of CloudTrail';
  if (asked.length === 0) return NOT_ASKED;
  if (trail === undefined) {
    return { name, unread: 'events about objects are in log files of a trail only, and --trail names none' };
  }
  const buckets = new Set(
    asked.flatMap(({ questions }) => questions.flatMap((one) => ('bucket' in one ? [one.bucket] : []))),
  );
  const wanted = (doing: Doing): boolean =>
    (doing.kind === 'lock' || doing.kind === 'version') && buckets.has(doing.bucket);
  const { connectS3, readLogs } = await import('../aws');
  const s3 = await connectS3({});
  try {
    return await readLogs(s3, { ...trail, since: sinceOf(asked, now), until: now + SLACK_MS, wanted }, signal);
  } finally {
    s3.destroy();
  }
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').replace(/\.$/, '');
}
