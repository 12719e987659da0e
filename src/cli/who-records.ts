/** Who did something: what the audits of Genesys Cloud and CloudTrail say, read for whichever command asks. */
import type { Doing, RecordRead, RecordUnread } from '../attribution';
import type { Clock } from '../time';
import type { AuditAction } from '../genesys';
import { parseS3Place } from '../words';
import { CommandError, textOf, type GivenOptions, type OptionSpec } from './command';

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

/** Clocks differ: what was done a moment ago by one clock was done a little earlier by another. */
export const SLACK_MS = 15 * 60_000;

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

/** What of a record is asked for. Instants are milliseconds since 1970. */
interface Asked {
  readonly since: number;
  readonly now: number;
}

/** Audits of Genesys Cloud. `organization`: whose they have to be; null: of whichever the credentials are. */
export async function readAudits(
  {
    actions,
    organization,
    since,
    now,
  }: Asked & { readonly actions: readonly AuditAction[]; readonly organization: string | null },
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
  return trail.read({ actions, since, until: now + SLACK_MS }, signal);
}

/** The event history of CloudTrail, about settings of these resources. */
export async function readManagement(
  { resources, since, now }: Asked & { readonly resources: readonly string[] },
  clock: Clock,
  signal: AbortSignal,
): Promise<RecordRead | RecordUnread> {
  const { connectCloudTrail, readHistory } = await import('../aws');
  const client = await connectCloudTrail({});
  try {
    return await readHistory(client, { resources, since, until: now + SLACK_MS }, clock, signal);
  } finally {
    client.destroy();
  }
}

/** Log files of a trail, about objects. `wanted`: the rest is forgotten at once. */
export async function readData(
  {
    trail,
    since,
    now,
    wanted,
  }: Asked & { readonly trail: WhoOptions['trail']; readonly wanted: (doing: Doing) => boolean },
  signal: AbortSignal,
): Promise<RecordRead | RecordUnread> {
  if (trail === undefined) {
    return {
      name: 'the log files of CloudTrail',
      unread: 'events about objects are in log files of a trail only, and --trail names none',
    };
  }
  const { connectS3, readLogs } = await import('../aws');
  const s3 = await connectS3({});
  try {
    return await readLogs(s3, { ...trail, since, until: now + SLACK_MS, wanted }, signal);
  } finally {
    s3.destroy();
  }
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').replace(/\.$/, '');
}
