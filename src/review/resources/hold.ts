import { numberAt, textAt } from '../attributes';
import { counted, enumerated } from '../../words';
import { argumentChanges, strangeSentences } from './argument-changes';
import { changedAmong, countAt, isOpen, textsAt, type Subject, type Words } from './subject';
import type { Drift } from '../drift/observe';
import { WHO_GENESYS, type DriftWords } from './drift-words';
import { channelOf, scopeOf } from './export-job';
import type { ResourceWords } from './resource-words';
import { isRow, type Values } from '../../plan';
import { isOpenInterval } from '../../time';

/** A legal hold at Genesys Cloud. What a plan removes of it is told as a loss. */
export const hold: ResourceWords = { planned, drifted };

function planned(subject: Subject): Words {
  const { element, before, after, change } = subject;
  switch (element.action) {
    case 'create':
      return { sentences: [`holds ${inScope(subject)}${caseOf(after)}`] };
    case 'import':
      return { sentences: [`takes over a legal hold that is there${caseOf(after)}: ${heldOf(before)}`] };
    case 'update':
      return { sentences: updated(subject) };
    case 'replace':
      return { sentences: [`then holds ${inScope(subject)}${caseOf(after)}`] };
    case 'destroy':
    case 'forget':
      return {
        sentences: [
          ...(numberAt(before, 'held_count') + numberAt(before, 'out_of_scope_count') === 0 ? ['held nothing'] : []),
          ...reappearance(change?.reappearsAt ?? null),
        ],
      };
    default:
      return { sentences: [] };
  }
}

/** Destroyed here and made there is a move that nobody told Terraform of. */
export function reappearance(address: string | null): readonly string[] {
  return address === null ? [] : [`is re-created as ${address}; with a moved block it would stay as it is`];
}

/** "412 conversations", "what genesyscloud_recording_export_job.sms exports, …". */
export function inScope(subject: Subject): string {
  const { after, facts, element } = subject;
  const known = countAt(after, 'conversation_count') ?? textsAt(after, 'conversation_ids')?.length;
  if (known !== undefined) return counted(known, 'conversation');
  const fact = facts.holds.find(({ address }) => address === element.subject.address);
  const byScope = isRow(after['scope']) ? after['scope'] : undefined;
  if (byScope !== undefined) return inScopeOf(byScope);
  const named = fact?.dependsOn.find(({ attribute }) => attribute === 'export_job_id')?.export;
  const exported = facts.exports.find(({ address }) => address === named);
  if (exported?.conversationCount.known === true) return counted(exported.conversationCount.value, 'conversation');
  if (named !== undefined) return `what ${named} exports, as soon as all of it is exported,`;
  return 'conversations that are only known after the apply';
}

/** "every conversation of SMS from 2026-01-01T00:00:00Z on, in steps of P1D,", "31 days of SMS". */
function inScopeOf(scope: Values): string {
  const interval = textAt(scope, 'interval');
  if (interval === undefined) return `${channelOf(scope)} of an interval that is not known yet`;
  if (!isOpenInterval(interval)) return scopeOf(scope);
  const step = textAt(scope, 'batch_interval');
  return `${channelOf(scope)} from ${interval.split('/')[0]} on${step === undefined ? '' : `, in steps of ${step}`},`;
}

function caseOf(values: Subject['after']): string {
  const name = textAt(values, 'name');
  const reference = textAt(values, 'external_reference_id');
  return `${name === undefined ? '' : ` for "${name}"`}${reference === undefined ? '' : ` (${reference})`}`;
}

function heldOf(before: Subject['before']): string {
  const held = countAt(before, 'held_count');
  return held === undefined
    ? 'how much it holds is only known after the apply'
    : `${counted(held, 'conversation')} held`;
}

/** Arguments whose change has words of its own, or is told as a loss. */
const IN_WORDS = ['name', 'release_on_destroy', 'accepted_gaps'];

function updated(subject: Subject): readonly string[] {
  const { before, after } = subject;
  const changes = argumentChanges(subject);
  const others = changes.others.filter((name) => !IN_WORDS.includes(name));
  const sentences = [
    // A hold has a name as soon as it was applied once: this one is imported by the same plan.
    ...(textAt(before, 'name') === undefined ? [`takes over a legal hold that is there: ${heldOf(before)}`] : []),
    ...restored(before),
    ...added(subject),
    ...(before['release_on_destroy'] === true && after['release_on_destroy'] === false
      ? ['takes back the consent to release']
      : []),
    ...(changedAmong(subject, ['name']).length === 0 || textAt(before, 'name') === undefined
      ? []
      : [`is called "${textAt(after, 'name') ?? '?'}" and no longer "${textAt(before, 'name') ?? '?'}"`]),
    ...(changes.others.includes('accepted_gaps') ? [acceptance(subject)] : []),
    ...(changes.record.length === 0 ? [] : [`changes ${enumerated(changes.record)}; what is held stays held`]),
    ...(others.length === 0 ? [] : [`changes ${enumerated(others)}`]),
    ...strangeSentences(changes, 'whether what is held stays held'),
  ];
  return sentences.length > 0 || (subject.change?.losses.length ?? 0) > 0
    ? sentences
    : ['is looked at again; what is held stays held'];
}

/** Which gaps are accepted from now on: exactly those that were found, or others. */
export function acceptance({ before, after }: Subject): string {
  const accepted = after['accepted_gaps'];
  if (accepted === null || accepted === undefined) return 'no longer accepts gaps';
  const { sha256 } = accepted as { readonly sha256?: unknown };
  const gaps = numberAt(before, 'gap_count');
  const isOfThese = typeof sha256 === 'string' && sha256.toLowerCase() === textAt(before, 'gaps_sha256');
  return isOfThese && gaps > 0
    ? `accepts ${counted(gaps, 'gap')}`
    : 'changes accepted_gaps, and accepts other gaps than there are';
}

function restored(before: Subject['before']): readonly string[] {
  const missing = numberAt(before, 'missing_count') - lateRows(before);
  const failed = Math.min(numberAt(before, 'failed_count'), missing);
  const isReleased = ['released', 'partially_released'].includes(String(before['status']));
  const released = isReleased ? missing - failed : 0;
  const open = missing - released;
  return [
    ...(released > 0
      ? [
          `restores the hold on ${counted(released, 'conversation')} that ${released === 1 ? 'was' : 'were'} released outside of Terraform`,
        ]
      : []),
    ...(open > 0
      ? [`tries again to hold ${counted(open, 'conversation')} that ${open === 1 ? 'is' : 'are'} not held yet`]
      : []),
  ];
}

/** Conversations that a refresh has found in scope and that no apply has held; the first hundred gaps are listed. */
function lateIn(before: Subject['before']): readonly string[] {
  const late = lateRows(before);
  if (late === 0) return [];
  const atLeast = numberAt(before, 'gap_count') > LISTED ? 'at least ' : '';
  return [`holds ${atLeast}${counted(late, 'conversation')} that came late`];
}

const LISTED = 100;

function lateRows(before: Subject['before']): number {
  const rows: readonly unknown[] = Array.isArray(before['gaps']) ? before['gaps'] : [];
  return rows.filter((row) => isRow(row) && row['kind'] === 'late').length;
}

function added(subject: Subject): readonly string[] {
  const { before, after } = subject;
  const [was, is] = [textsAt(before, 'conversation_ids'), textsAt(after, 'conversation_ids')];
  if (was !== undefined && is !== undefined) {
    const old = new Set(was.map((id) => id.toLowerCase()));
    const more = is.filter((id) => !old.has(id.toLowerCase())).length;
    return more > 0 ? [`holds ${counted(more, 'conversation')} more`] : [];
  }
  const late = lateIn(before);
  if (argumentChanges(subject).scope.length === 0) return late;
  const [old, now] = [countAt(before, 'conversation_count'), countAt(after, 'conversation_count')];
  if (isOpen(subject, 'conversation_count') || old === undefined || now === undefined) {
    return ['holds what is new in its scope; how many conversations that are is only known after the apply'];
  }
  return now > old ? [`holds ${counted(now - old, 'conversation')} more`] : [];
}

/** A legal hold that Genesys Cloud no longer knows; how one that exists stands is told by its shortfalls. */
function drifted({ address, before, kind }: Drift): DriftWords | undefined {
  if (kind !== 'deleted') return undefined;
  const name = textAt(before, 'name') ?? address;
  const scope = numberAt(before, 'conversation_count');
  return {
    rule: 'drift/hold-released',
    level: 'error',
    headline: `The legal hold "${name}" on ${counted(numberAt(before, 'held_count', scope), 'conversation')} is gone`,
    text: `Genesys Cloud no longer knows this hold, so nothing shows that its conversations are protected. ${WHO_GENESYS}`,
    remedy: `Run "terraform plan" and "terraform apply" now: it creates the hold again. The resource is ${address}. Then find out who released it and why.`,
  };
}
