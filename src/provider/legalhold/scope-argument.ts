/** The argument `scope`: which conversations a hold is about, without an export. What it is sent as, and how far it reaches. */
import {
  each,
  isUnknown,
  matches,
  nonEmpty,
  oneOf,
  s,
  type ConfigOf,
  type StateOf,
  type Unknown,
  type ValidateContext,
} from '../../framework';
import type { ExportScope } from '../../genesys';
import {
  formatInterval,
  intervalAt,
  isOpenInterval,
  MOST_BATCHES,
  parseCalendarDuration,
  parseInterval,
  parseOpenInterval,
  splitInterval,
  type Interval,
} from '../../time';
import { isoDurationText, openIntervalText, sameDuration, sameOpenInterval } from '../export-job/interval-validators';
import { MEDIA_TYPES } from '../export-job/schema';
import type { LegalHoldSchema } from './schema';

/** `scope` in state. */
export type ScopeArgument = NonNullable<StateOf<LegalHoldSchema>['scope']>;

export const scopeAttribute = s.singleNested(
  {
    interval: s.string({
      required: true,
      equals: sameOpenInterval,
      description:
        'Which conversations to hold, by time: ISO-8601 `start/end` with a time zone, e.g. `2026-01-01T00:00:00Z/2026-02-01T00:00:00Z`; the end is exclusive. `start/..` means from then on: it needs `batch_interval`, and grows by each whole step of it that has ended when the hold is applied.',
      validators: [openIntervalText],
    }),
    batch_interval: s.string({
      optional: true,
      equals: sameDuration,
      description:
        'Length of a step as an ISO-8601 duration, e.g. `P1D`. Needed where `interval` is open: a night after the other, one step each. With an end: the interval is asked for in pieces of that length, which keeps each query small.',
      validators: [isoDurationText],
    }),
    media_types: s.set('string', {
      optional: true,
      description: `Only conversations with one of these media types: ${MEDIA_TYPES.map((type) => `\`${type}\``).join(', ')}. SMS is \`["message"]\` with \`message_types = ["sms"]\`. Left out: all media.`,
      validators: [nonEmpty(), each(oneOf(...MEDIA_TYPES))],
    }),
    message_types: s.set('string', {
      optional: true,
      description:
        'Only messages of these types: `sms`, `whatsapp`, `facebook`, `line`, `open`, `webmessaging`, … Left out: all types.',
      validators: [nonEmpty(), each(matches(/^[a-z][a-z0-9_-]*$/, 'a message type in lower case, such as "sms"'))],
    }),
    address_from: s.string({
      optional: true,
      description:
        'Only conversations from this address, as Genesys Cloud records it: a number like `+13175550100`, or an e-mail address.',
      validators: [nonEmpty()],
    }),
    address_to: s.string({
      optional: true,
      description:
        'Only conversations to this address, as Genesys Cloud records it: for one SMS number of your own, e.g. `+13175550100`.',
      validators: [nonEmpty()],
    }),
    external_tag: s.string({
      optional: true,
      description: 'Only conversations that carry this external tag.',
      validators: [nonEmpty()],
    }),
  },
  {
    about: 'scope',
    optional: true,
    description:
      'Hold what is in this scope at Genesys Cloud, without an export: *preserve first*. Such a hold waits for nothing. Exactly one of `export_job_id`, `conversation_ids`, `conversations_from` and `scope` is given. Conversations without recordings are not held, and looked at again. What comes late is found by a refresh and planned as an update.',
  },
);

/** Whether all of it is known already. */
export function isKnownScope(scope: unknown): scope is ScopeArgument | null {
  if (scope === null) return true;
  if (isUnknown(scope) || typeof scope !== 'object') return false;
  return Object.values(scope).every(
    (value: unknown) => !(Array.isArray(value) ? value.some(isUnknown) : isUnknown(value)),
  );
}

/** The filters, as Genesys Cloud is asked; the interval goes beside them. */
export function filtersOf(scope: ScopeArgument): ExportScope {
  return {
    mediaTypes: [...(scope.media_types ?? [])].sort(),
    messageTypes: [...(scope.message_types ?? [])].sort(),
    ...(scope.address_from === null ? {} : { addressFrom: scope.address_from }),
    ...(scope.address_to === null ? {} : { addressTo: scope.address_to }),
    ...(scope.external_tag === null ? {} : { externalTag: scope.external_tag }),
  };
}

/** Whether both mean the same conversations: the steps of an interval do not change what is in it. */
export function sameScopeArgument(left: ScopeArgument | null, right: ScopeArgument | null): boolean {
  if (left === null || right === null) return left === right;
  return (
    sameOpenInterval(left.interval, right.interval) &&
    JSON.stringify(filtersOf(left)) === JSON.stringify(filtersOf(right))
  );
}

/** Whether everything that is in one scope is in the next: its interval reaches further, and nothing else has changed. */
export function isWidened(from: ScopeArgument, to: ScopeArgument): boolean {
  if (JSON.stringify(filtersOf(from)) !== JSON.stringify(filtersOf(to))) return false;
  const [old, next] = [parseOpenInterval(from.interval), parseOpenInterval(to.interval)];
  return next.start <= old.start && (next.end === null || (old.end !== null && next.end >= old.end));
}

/**
 * How far a scope reaches at an instant; null before the first step of an open one has ended. What was reached once stays in
 * scope, whatever becomes of the length of a step.
 *
 * @param reached where it ended when it was last looked at
 */
export function reachOf(scope: ScopeArgument, now: number, reached: number | null): Interval | null {
  const there = intervalAt(scope.interval, scope.batch_interval, now);
  if (reached === null || !isOpenInterval(scope.interval)) return there;
  const { start } = parseOpenInterval(scope.interval);
  return { start, end: Math.max(reached, there?.end ?? reached) };
}

/** An interval in the pieces that it is asked for. */
export function piecesOf(interval: Interval, step: string | null): readonly Interval[] {
  if (step === null) return [interval];
  const text = formatInterval(interval);
  const pieces = parses(() => splitInterval(text, step)) ? step : LONG_STEP;
  return splitInterval(text, pieces).map(parseInterval);
}

/** An open interval of many years may have more steps than anybody wants to ask for one by one. */
const LONG_STEP = 'P90D';

/** Checks across the arguments of a scope. */
export function validateScope({ config, diagnostics }: ValidateContext<LegalHoldSchema>): void {
  const { scope } = config;
  if (scope === null || isUnknown(scope)) return;
  const { interval, batch_interval: step } = scope;
  if (typeof interval === 'string' && parses(() => parseOpenInterval(interval))) {
    if (isOpenInterval(interval) && step === null) {
      diagnostics.error(
        'Open interval without steps',
        `scope.interval "${interval}" has no end, and batch_interval is not given. An open interval grows by whole steps: set batch_interval, e.g. "P1D" where the apply runs every night.`,
        ['scope', 'batch_interval'],
      );
    }
    if (!isOpenInterval(interval) && typeof step === 'string' && parses(() => parseCalendarDuration(step))) {
      if (!parses(() => splitInterval(interval, step))) {
        diagnostics.error(
          'Too many batches',
          `scope.batch_interval "${step}" splits the interval into more than ${MOST_BATCHES} pieces, and each is a query of its own. Use a longer batch_interval, or leave it out.`,
          ['scope', 'batch_interval'],
        );
      }
    }
  }
  checkMessageTypes(scope, diagnostics);
}

/** Only messages have a message type: together with other media alone the filters match nothing, without an error. */
function checkMessageTypes(
  { media_types: media, message_types: messages }: Exclude<ConfigOf<LegalHoldSchema>['scope'], Unknown | null>,
  diagnostics: ValidateContext<LegalHoldSchema>['diagnostics'],
): void {
  if (messages === null || isUnknown(messages) || messages.length === 0) return;
  if (media === null || isUnknown(media) || media.length === 0 || media.some((type) => isUnknown(type))) return;
  if (media.includes('message')) return;
  diagnostics.error(
    'Scope matches nothing',
    'scope.message_types matches messages only, and scope.media_types leaves messages out, so nothing would be held. Add "message" to media_types, or remove message_types. To hold calls and SMS, make two holds: a conversation has to match every filter of one.',
    ['scope', 'message_types'],
  );
}

function parses(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
