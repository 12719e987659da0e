import { counted } from '../../words';
import type { DeletionFact, ExportFact, Facts, HoldFact, HoldScope, Known } from '../../facts';
import {
  dateOf,
  deletionLine,
  deletionWindow as windowOf,
  exportTimeInWords,
  MOST_NAMED,
  reachesScreenLimit,
  type DeletionWindow,
} from '../deletion-window';
import type { Answered, Rule } from '../rule';
import { estimateWork } from '../work-estimate';
import { named, placeOf } from '../wording';

/** Nothing in scope is deleted before the hold can be there. */
export const deletionWindow: Rule<'hold/deletion-window'> = {
  id: 'hold/deletion-window',
  severity: 'error',
  moments: ['plan', 'live'],
  title: 'nothing in scope is deleted before the hold can be there',
  looksAt: [
    'When recordings in scope are deleted: the delete dates that retention policies have given them, the maximum retention of the organization, and the one year for which screen recordings are kept at most. Against that, how long the export is expected to take that the hold waits for. Conversations under deletion protection do not count; a hold of the compliance API is not seen.',
    'Nobody promises how long an export takes. The rule counts four hours for each two recording jobs, or the time that the requests need if that is longer, and seven days to spare for an apply that has to be repeated.',
    'A plan has no delete dates. There the rule knows the limit of screen recordings only, and it is a warning that never stops an export. The provider asks Genesys Cloud when it plans an export, and warns in the same words.',
  ],
  why: [
    'A hold that waits for its export comes after the slowest recording of it. What a retention policy deletes until then was in scope, and is gone: no later hold brings it back.',
    'Genesys Cloud exports a recording before its delete date, so the file may survive in the bucket. The recording in Genesys Cloud does not.',
  ],
  remedy: [
    "Hold first: a hold by `scope` waits for no export. With the constructs that is `preserve: 'at-once'`.",
    'Whether protection also stops the maximum retention of the organization, or an erasure request, is not documented by Genesys Cloud. Export what is near that limit first.',
  ],
  compliant: [
    {
      language: 'console',
      caption: 'Before an apply, with the delete dates that Genesys Cloud knows:',
      text: `
        $ genesyscloud-compliance preflight --interval 2026-01-01T00:00:00Z/2026-01-31T00:00:00Z \\
            --message-type sms`,
    },
    {
      language: 'hcl',
      caption: 'A hold that waits for nothing:',
      text: `
        resource "genesyscloud_compliance_legalhold" "first" {
          name = "Acme v. Example"
          scope = {
            interval      = "2026-01-01T00:00:00Z/2026-02-01T00:00:00Z"
            media_types   = ["message"]
            message_types = ["sms"]
          }
        }`,
    },
    {
      language: 'cdktf',
      text: `
        new LegalHoldExport(this, 'sms', {
          integrationId,
          interval,
          channel: Channel.sms(),
          bucket,
          role,
          hold,
          preserve: 'at-once',
        });`,
    },
  ],
  nonCompliant: [
    {
      language: 'hcl',
      caption:
        'Planned in December 2026: its oldest screen recordings are a year old in January, and the hold waits for ten jobs.',
      text: `
        resource "genesyscloud_recording_export_job" "screens" {
          integration_id            = var.integration_id
          interval                  = "2026-01-01T00:00:00Z/2026-12-01T00:00:00Z"
          batch_interval            = "P34D"
          include_screen_recordings = true
        }

        resource "genesyscloud_compliance_legalhold" "screens" {
          name          = "Acme v. Example"
          export_job_id = genesyscloud_recording_export_job.screens.id
        }`,
    },
  ],
  sources: [
    {
      title: 'Protect recordings from deletion for a legal hold directive (Genesys Cloud)',
      url: 'https://help.mypurecloud.com/articles/protect-recordings-from-deletion-for-a-legal-hold-directive/',
    },
    { title: 'Retention query and maximum retention: public API contract of Genesys Cloud.' },
  ],
  check: (facts) => (facts.deletions ?? []).flatMap((deletions) => checkExport(facts, deletions)),
};

/** Every hold that waits for the export. */
function checkExport(facts: Facts, deletions: DeletionFact): readonly Answered[] {
  const fact = facts.exports.find(({ address }) => address === deletions.address);
  if (fact === undefined) return [];
  return facts.holds
    .filter(
      ({ dependsOn, exportJobId }) => dependsOn.some((on) => on.export === fact.address) && !isByItself(exportJobId),
    )
    .map((hold) => check(facts, fact, deletions, hold));
}

/** A literal id is that of an export which is there already. */
function isByItself(exportJobId: HoldFact['exportJobId']): boolean {
  return exportJobId.known && exportJobId.value !== null && !exportJobId.value.includes('${');
}

function check(facts: Facts, fact: ExportFact, deletions: DeletionFact, hold: HoldFact): Answered {
  const answer = (status: Answered['status'], message: string, remedy = ''): Answered => ({
    status,
    ...(facts.moment === 'plan' ? { severity: 'warn' } : {}),
    subject: placeOf(hold),
    message,
    evidence: evidenceOf(deletions),
    remedy,
  });
  const first = heldFirstBy(facts, fact);
  if (first !== undefined) {
    return answer(
      'pass',
      `${sentence(named('hold', hold.address))} waits for its export, and ${named('hold', first.address)} waits for nothing: what is in scope is held before.`,
    );
  }
  return checkWaiting(facts, fact, deletions, hold, answer);
}

type Answer = (status: Answered['status'], message: string, remedy?: string) => Answered;

function checkWaiting(
  facts: Facts,
  fact: ExportFact,
  deletions: DeletionFact,
  hold: HoldFact,
  answer: Answer,
): Answered {
  const window = windowFor(facts, fact);
  const what = named('hold', hold.address);
  const { asOf, next, count, screenRecordings } = deletions;
  const due = asOf.known && next.known ? dueIn(next.value, asOf.value, window) : [];
  const [first] = due;
  const why = whyPartly(deletions, window);
  if (first !== undefined) {
    const isCut = next.known && due.length === next.value.length && count.known && count.value > due.length;
    return answer(
      'fail',
      `${sentence(what)} waits for an export of ${exportTimeInWords(window)}. With seven days to spare, ${why !== undefined || isCut ? 'at least ' : ''}${counted(due.length, 'recording')} in scope ${due.length === 1 ? 'is' : 'are'} deleted before it is there; first, at ${dateOf(first.at)}, recording ${first.recordingId} of conversation ${first.conversationId}${asOf.known && first.at < asOf.value ? ', which is overdue and may go at any moment' : ''}.`,
      holdFirst(hold, fact),
    );
  }
  const screens = screensAtTheLimit(fact, asOf, screenRecordings, window);
  if (screens) {
    return answer(
      'warn',
      `${sentence(what)} waits for an export of ${exportTimeInWords(window)}, and screen recordings are kept for a year at most. The oldest in the interval ${screens} reach that age before the hold is there, with seven days to spare.${why === undefined || (!next.known && next.elsewhere === true) ? '' : ` Unknown whether other recordings are deleted before: ${why}.`}`,
      holdFirst(hold, fact),
    );
  }
  if (why !== undefined) {
    return answer(
      'unknown',
      `Unknown whether recordings are deleted before ${what} is there: ${why}.`,
      `Have Genesys Cloud asked: genesyscloud-compliance preflight. ${holdFirst(hold, fact)}`,
    );
  }
  return answer('pass', `Nothing in scope of ${what} is deleted before it is there, with seven days to spare.`);
}

/** What keeps the answer from being whole, half a sentence; undefined: nothing does. */
function whyPartly({ asOf, until, next, partly }: DeletionFact, { windowMs }: DeletionWindow): string | undefined {
  if (!next.known) return `when they are deleted ${next.why}`;
  if (partly.length > 0) return partly.join('; ');
  if (!asOf.known || !until.known || Date.parse(until.value) < Date.parse(asOf.value) + windowMs) {
    return `only what is deleted until ${until.known ? dateOf(until.value) : 'now'} was looked at`;
  }
  return undefined;
}

function windowFor(facts: Facts, fact: ExportFact): DeletionWindow {
  const { jobs, requests } = estimateWork(facts, fact);
  const perMinute = facts.requestBudget?.perMinute;
  return windowOf(jobs, requests, perMinute?.known === true ? perMinute.value : null);
}

function dueIn<D extends { readonly at: string }>(
  next: readonly D[],
  asOf: string,
  { windowMs }: DeletionWindow,
): readonly D[] {
  const until = Date.parse(asOf) + windowMs;
  return next.filter(({ at }) => Date.parse(at) <= until);
}

/** The interval, where its screen recordings get too old. */
function screensAtTheLimit(
  { interval }: ExportFact,
  asOf: DeletionFact['asOf'],
  screens: DeletionFact['screenRecordings'],
  { windowMs }: DeletionWindow,
): string | undefined {
  if (!asOf.known || !screens.known || !screens.value || !interval.known || interval.value === null) return undefined;
  const now = Date.parse(asOf.value);
  return reachesScreenLimit(interval.value, now, now + windowMs) ? interval.value : undefined;
}

function holdFirst({ address }: HoldFact, fact: ExportFact): string {
  return `Hold first: let ${address} wait for no export. With the constructs set preserve: 'at-once'. In HCL write instead of export_job_id, with every filter of the export and without a reference to it, which would be a dependency:\n${scopeText(fact)}`;
}

/** The scope of the export as an argument of the hold. */
function scopeText({
  interval,
  conversationIds,
  mediaTypes,
  messageTypes,
  addressFrom,
  addressTo,
  batchInterval,
  given,
}: ExportFact): string {
  const quoted = (list: readonly string[]): string => `[${list.map((one) => JSON.stringify(one)).join(', ')}]`;
  if (conversationIds.known && conversationIds.value !== null)
    return `  conversation_ids = ${quoted(conversationIds.value)}`;
  const text = (name: string, fact: Known<string | null> | undefined): readonly string[] =>
    fact?.known === true && fact.value !== null ? [`    ${name} = ${JSON.stringify(fact.value)}`] : [];
  const list = (name: string, fact: Known<readonly string[]>): readonly string[] =>
    fact.known && fact.value.length > 0 ? [`    ${name} = ${quoted(fact.value)}`] : [];
  const lines = [
    ...(interval.known ? text('interval', interval) : ['    interval = "START/END"']),
    // An open interval grows by steps, so a scope needs their length.
    ...(interval.known && interval.value?.endsWith('/..') === true ? text('batch_interval', batchInterval) : []),
    ...list('media_types', mediaTypes),
    ...list('message_types', messageTypes),
    ...text('address_from', addressFrom),
    ...text('address_to', addressTo),
    ...text('external_tag', externalTagOf(given)),
  ];
  return ['  scope = {', ...lines, '  }'].join('\n');
}

function externalTagOf(given: ExportFact['given']): Known<string | null> | undefined {
  const tag = given.find(({ path }) => path === 'external_tag')?.value;
  return tag?.known === true ? { ...tag, value: typeof tag.value === 'string' ? tag.value : null } : undefined;
}

/** A hold by scope beside the export that waits for nothing and covers all of it; undefined where none does for certain. */
function heldFirstBy({ holds }: Facts, fact: ExportFact): HoldFact | undefined {
  return holds.find(
    ({ scope, dependsOn }) =>
      scope?.known === true &&
      scope.value !== null &&
      !dependsOn.some((on) => on.export === fact.address) &&
      covers(scope.value, fact),
  );
}

/** Whether everything that the export covers is in the scope, as far as both are known. */
function covers(scope: HoldScope, fact: ExportFact): boolean {
  const { interval, mediaTypes, messageTypes, addressFrom, addressTo, given } = fact;
  if (!interval.known || interval.value === null || scope.interval === null) return false;
  const [from = '', until = ''] = scope.interval.split('/');
  const [start = '', end = ''] = interval.value.split('/');
  const ends = until === '..' || (end !== '..' && Date.parse(end) <= Date.parse(until));
  const allows = (of: readonly string[], values: Known<readonly string[]>): boolean =>
    of.length === 0 || (values.known && values.value.length > 0 && values.value.every((one) => of.includes(one)));
  const same = (of: string | null, value: Known<string | null> | undefined): boolean =>
    of === null || (value?.known === true && value.value === of);
  return (
    Date.parse(from) <= Date.parse(start) &&
    ends &&
    allows(scope.mediaTypes, mediaTypes) &&
    allows(scope.messageTypes, messageTypes) &&
    same(scope.addressFrom, addressFrom) &&
    same(scope.addressTo, addressTo) &&
    same(scope.externalTag, externalTagOf(given))
  );
}

function evidenceOf({ next, maximumDays, asOf }: DeletionFact): Answered['evidence'] {
  const named = next.known ? next.value.slice(0, MOST_NAMED) : [];
  return [
    ...named.map((deletion) => ({
      origin: next.origin,
      what: 'deleted',
      text: deletionLine(deletion, asOf.known ? asOf.value : undefined),
    })),
    ...(maximumDays.known && maximumDays.value !== null
      ? [{ origin: maximumDays.origin, what: 'maximum retention', text: counted(maximumDays.value, 'day') }]
      : []),
  ];
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
