import { daysOfInterval, inDays } from '../../rules';
import type { Values } from '../../plan';
import { textAt } from '../attributes';
import { counted, enumerated } from '../../words';
import { argumentChanges, replacingArguments, strangeSentences } from './argument-changes';
import { bucketNamed, countAt, isOpen, textsAt, type Subject, type Words } from './subject';
import type { Drift } from '../drift/observe';
import type { DriftWords } from './drift-words';
import type { ResourceWords } from './resource-words';

/** A recording export. That a plan makes it cover less, or drops it, is told as a loss. */
export const exportJob: ResourceWords = { planned, drifted };

function planned(subject: Subject): Words {
  const { before, after, element } = subject;
  switch (element.action) {
    case 'create':
      return { sentences: [`exports ${scopeOf(after)}${jobsOf(after)}${destinationOf(subject)}`] };
    case 'replace':
      return { sentences: [...intervalGrowth(subject), again(subject)] };
    case 'import':
      return { sentences: [`takes over an export that Genesys Cloud knows already: ${scopeOf(after)}`] };
    case 'update':
      return { sentences: updated(subject) };
    case 'destroy':
    case 'forget':
      return { sentences: [`covered ${scopeOf(before)}`] };
    default:
      return { sentences: [] };
  }
}

/** "31 days of SMS", "12 conversations named by id". */
export function scopeOf(values: Values): string {
  const ids = textsAt(values, 'conversation_ids');
  if (ids !== undefined) return `${counted(ids.length, 'conversation')} named by id`;
  const interval = textAt(values, 'interval');
  const from = interval?.endsWith('/..') === true ? interval.slice(0, -'/..'.length) : undefined;
  if (from !== undefined) return `all ${channelOf(values)} from ${from} on, in whole steps`;
  const days = interval === undefined ? null : daysOfInterval(interval);
  return `${days === null ? 'an interval that is not known yet' : inDays(days)} of ${channelOf(values)}`;
}

/** "SMS", "calls", "all media". */
export function channelOf(values: Values): string {
  const messages = textsAt(values, 'message_types') ?? [];
  if (messages.length > 0) return enumerated(messages.map((type) => MESSAGE_WORDS[type] ?? type).sort());
  const media = textsAt(values, 'media_types') ?? [];
  return media.length === 0 ? 'all media' : enumerated(media.map((type) => MEDIA_WORDS[type] ?? type).sort());
}

const MESSAGE_WORDS: Readonly<Record<string, string>> = {
  sms: 'SMS',
  whatsapp: 'WhatsApp',
  webmessaging: 'web messaging',
};
const MEDIA_WORDS: Readonly<Record<string, string>> = {
  call: 'calls',
  message: 'messages',
  chat: 'chats',
  email: 'e-mail',
};

function jobsOf(values: Values): string {
  const jobs = countAt(values, 'batch_count');
  return jobs === undefined ? '' : ` in ${counted(jobs, 'job')}`;
}

function destinationOf({ after, element, facts }: Subject): string {
  const destination = after['destination'] as
    { readonly bucket?: unknown; readonly prefix?: unknown } | null | undefined;
  const fact = facts.exports.find(({ address }) => address === element.subject.address);
  // Of a bucket that the plan makes the name may be known, although its attributes are not.
  const bucket = typeof destination?.bucket === 'string' ? destination.bucket : bucketNamed(facts, fact?.bucket);
  if (bucket === null) return '';
  return ` to s3://${bucket}/${typeof destination?.prefix === 'string' ? destination.prefix : ''}`;
}

function again(subject: Subject): string {
  const { after } = subject;
  const reasons = replacingArguments(subject);
  const open = reasons.filter((name) => isOpen(subject, name));
  const because =
    reasons.length === 0
      ? 'because it is tainted, or replaced on purpose'
      : `because ${enumerated(reasons)} ${reasons.length === 1 ? 'changes' : 'change'}`;
  const perhaps =
    open.length > 0 ? `; ${enumerated(open)} ${open.length === 1 ? 'is' : 'are'} only known after the apply` : '';
  return `re-exports ${scopeOf(after)}${jobsOf(after)}${destinationOf(subject)}, ${because}${perhaps}; ${twice(subject)}files that are exported already stay`;
}

/** How much of what is there may be written a second time. */
function twice({ before, after }: Subject): string {
  const [recordings, conversations] = [countAt(before, 'recording_count'), countAt(before, 'conversation_count')];
  if (recordings === undefined || conversations === undefined || recordings === 0) return '';
  const [was, is] = [boundsOf(before), boundsOf(after)];
  if (was !== undefined && is !== undefined && (is.start >= was.end || was.start >= is.end)) return '';
  return `what of its ${counted(recordings, 'recording')} of ${counted(conversations, 'conversation')} is in the new scope is exported a second time; `;
}

/** What the new interval has and the old one had not. */
function intervalGrowth({ before, after }: Subject): readonly string[] {
  const more = daysOf(after, before);
  return more > 0
    ? [
        `covers ${inDays(more)} more: interval was ${textAt(before, 'interval')} and becomes ${textAt(after, 'interval')}`,
      ]
    : [];
}

/** Days of one interval that are not in another. */
function daysOf(values: Values, others: Values): number {
  const [mine, theirs] = [boundsOf(values), boundsOf(others)];
  if (mine === undefined || theirs === undefined) return 0;
  const shared = Math.max(0, Math.min(mine.end, theirs.end) - Math.max(mine.start, theirs.start));
  return (mine.end - mine.start - shared) / DAY_MS;
}

const DAY_MS = 86_400_000;

function boundsOf(values: Values): { readonly start: number; readonly end: number } | undefined {
  const [start = Number.NaN, end = Number.NaN] = (textAt(values, 'interval') ?? '')
    .split('/')
    .map((text) => Date.parse(text));
  return Number.isNaN(start) || Number.isNaN(end) ? undefined : { start, end };
}

function updated(subject: Subject): readonly string[] {
  const { before, after } = subject;
  const state = textAt(before, 'state');
  const isDone =
    state === 'exported' || state === 'growing' || (state === 'fulfilled' && before['wait_for'] === 'fulfilled');
  const changes = argumentChanges(subject);
  const gaps = before['gap_count'];
  const hasGaps = state === 'incomplete' && typeof gaps === 'number' && gaps > 0;
  const isAccepted = hasGaps && acceptedIn(after) === textAt(before, 'gaps_sha256');
  const named = [...changes.others, ...changes.record].filter((name) => !(isAccepted && name === 'accepted_gaps'));
  const rest = [
    ...(isDone || hasGaps ? grown(subject, changes.scope) : addedBy(changes.scope)),
    ...(named.length === 0 ? [] : [`changes ${enumerated(named)}`]),
    ...strangeSentences(changes, 'whether anything is exported again'),
  ];
  if (isAccepted) return [`accepts ${counted(gaps, 'gap')}; nothing is exported again`, ...rest];
  if (hasGaps) {
    return [
      `exports again what the ${counted(gaps, 'gap')} of a finished export ${gaps === 1 ? 'is' : 'are'} about`,
      ...rest,
    ];
  }
  if (!isDone) return [`${goesOn(before)}${destinationOf(subject)}`, ...rest];
  if (changes.scope.length + changes.strange.length > 0 || state === 'growing') return rest;
  if (isOpen(subject, 'id'))
    return ['exports what is new in its scope, and nothing that it has exported already', ...rest];
  if (named.length > 0) return [`${rest.join('; ')}; nothing is exported again`];
  return [
    changes.observed.length === 0
      ? 'changes no argument; nothing is exported again'
      : `changes no argument: ${enumerated(changes.observed)} ${changes.observed.length === 1 ? 'is' : 'are'} looked at again`,
  ];
}

function addedBy(scope: readonly string[]): readonly string[] {
  return scope.length === 0
    ? []
    : [`exports what ${enumerated(scope)} ${scope.length === 1 ? 'adds' : 'add'} to its scope`];
}

/** What becomes of a finished export whose scope changes: it exports what is new, and what falls out stays. */
function grown(subject: Subject, scope: readonly string[]): readonly string[] {
  const { before, after } = subject;
  const less = daysOf(before, after);
  const isOnlyLess = scope.length === 1 && scope[0] === 'interval' && less > 0 && daysOf(after, before) === 0;
  return [
    ...(textAt(before, 'state') === 'growing' ? [goesOn(before)] : []),
    ...(scope.includes('interval') ? intervalGrowth(subject) : []),
    ...(isOnlyLess ? [] : addedBy(scope).map((sentence) => `${sentence}, and nothing that it has exported already`)),
    ...(less > 0
      ? [
          `asks for ${inDays(less)} less: what was exported of them stays exported and covered, and conversations that come late there are no longer looked for`,
        ]
      : []),
  ];
}

function acceptedIn(values: Values): unknown {
  const accepted = values['accepted_gaps'];
  if (typeof accepted !== 'object' || accepted === null) return undefined;
  const { sha256 } = accepted as { readonly sha256?: unknown };
  return typeof sha256 === 'string' ? sha256.toLowerCase() : undefined;
}

const SETTLED: readonly unknown[] = ['exported', 'fulfilled'];

function goesOn(before: Values): string {
  const batches = Array.isArray(before['batches']) ? (before['batches'] as readonly Values[]) : [];
  const open = batches.filter(({ state }) => !SETTLED.includes(state)).length;
  const jobs =
    batches.length === 0 ? '' : `: ${open} of ${counted(batches.length, 'job')} ${open === 1 ? 'is' : 'are'} not done`;
  return `continues an export that is ${textAt(before, 'state') ?? 'not finished'}${jobs}`;
}

/**
 * An export that was not finished and is gone. A finished one never gets here: Genesys Cloud clears the history of its
 * jobs, which is not drift, since the files are there.
 */
function drifted({ address, kind }: Drift): DriftWords | undefined {
  if (kind !== 'deleted') return undefined;
  return {
    rule: 'drift/export-unfinished',
    level: 'error',
    attribute: 'state',
    headline: 'An export that was not finished is gone from Genesys Cloud',
    text: 'Genesys Cloud no longer knows its recording jobs, and no export date proves that its files were written.',
    remedy: `Run "terraform apply": it continues with what is missing, and exports nothing twice. The resource is ${address}.`,
  };
}
