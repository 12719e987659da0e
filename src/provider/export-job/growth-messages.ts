/** What an export says about its growth, and about being replaced because it cannot grow. */
import { exportIdInWords } from '../export-id';
import { DiagnosticError, type Diagnostics, type StateOf } from '../../framework';
import type { Batch, RunOutcome } from '../../genesys';
import { counted, enumerated } from '../../words';
import { messageOf } from '../failures';
import type { Growth, NewPart } from './growth';
import { describeProgress } from './progress';
import type { ExportJobSchema } from './schema';
import type { ScopeArguments } from './spec';

const EXAMPLES = 3;

/** What a plan exports that is new. */
export function warnOfPlannedGrowth(
  parts: readonly NewPart[],
  goingOn: readonly Batch[],
  diagnostics: Diagnostics,
): void {
  diagnostics.warn(
    'Export grows',
    [
      ...(goingOn.length === 0 ? [] : [`An earlier growth of this export continues: ${describeProgress(goingOn)}.`]),
      ...wordsOf(parts),
      'What it covers already is not exported again, but for conversations that belong to both: a recording job takes all recordings of a conversation. reexported_count counts them. It takes ten minutes at most; what is not done by then, the next apply continues.',
    ].join('\n'),
  );
}

function wordsOf(parts: readonly NewPart[]): readonly string[] {
  const intervals = parts.filter((part) => part.kind === 'interval');
  const rest = parts.filter((part) => part.kind === 'rest');
  const named = parts.flatMap((part) => (part.kind === 'named' ? part.conversationIds : []));
  return [
    ...(intervals.length === 0
      ? []
      : [`${counted(intervals.length, 'new batch', 'new batches')}: ${listed(intervals.map(describe))}.`]),
    ...(rest.length === 0
      ? []
      : [
          `In ${listed(rest.map(({ interval }) => interval))}: conversations that no batch has covered; how many is known when they are listed.`,
        ]),
    ...(named.length === 0 ? [] : [`${counted(named.length, 'conversation')} named by id: ${listed(named)}.`]),
  ];
}

function describe({ interval, filters }: Extract<NewPart, { kind: 'interval' }>): string {
  const types = [...filters.mediaTypes, ...filters.messageTypes];
  return types.length === 0 ? interval : `${interval} (${types.join(', ')})`;
}

function listed(all: readonly string[]): string {
  return enumerated(all, EXAMPLES);
}

/** What of a growth is still to be done when its time is up. */
export function warnOfUnfinishedGrowth(growth: readonly Batch[], outcome: RunOutcome, diagnostics: Diagnostics): void {
  const { trouble } = outcome;
  const failed = growth.filter(({ state }) => state === 'failed' || state === 'cancelled' || state === 'forgotten');
  diagnostics.warn(
    'Export is still growing',
    [
      growth.length === 0
        ? 'What is new in scope is not exported yet.'
        : `What is new in scope is not exported yet: ${describeProgress(growth)}.`,
      ...failed
        .slice(0, EXAMPLES)
        .map(
          ({ jobId, interval, state, error }) =>
            `  ${jobId === null ? 'batch' : `job ${jobId},`} ${interval} is ${state}${error === null ? '' : `: ${error}`}`,
        ),
      ...(trouble === null ? [] : [messageOf(trouble)]),
      'What was exported before stays exported, and what depends on this export continues with that. The next apply continues; nothing is exported twice.',
    ].join('\n'),
  );
}

/** A replacement, and what it exports once more. */
export function warnOfReplacement(
  prior: StateOf<ExportJobSchema>,
  { why, shares }: Pick<Extract<Growth, { kind: 'replaces' }>, 'why' | 'shares'>,
  diagnostics: Diagnostics,
): void {
  const exported = [
    prior.recording_count === null ? 'an unknown number of recordings' : counted(prior.recording_count, 'recording'),
    ...(prior.conversation_count === null ? [] : [`of ${counted(prior.conversation_count, 'conversation')}`]),
    ...(prior.batch_count === null ? [] : [`in ${counted(prior.batch_count, 'batch', 'batches')}`]),
  ].join(' ');
  diagnostics.warn(
    'Export is replaced',
    [
      `${enumerated(why)} ${why.length === 1 ? 'changes' : 'change'} to what this export cannot grow to, so another export takes its place.`,
      shares
        ? `It exports its whole scope again, also what is exported already: this export has ${exported}. Of these, what is in the new scope is exported again, and its files are written a second time.`
        : `Its scope has nothing in common with what is exported already (${exported}), so nothing is exported twice.`,
      'Files that are in the bucket stay. Holds keep what they hold, and take on what the new export covers when it is finished.',
    ].join('\n'),
    [...why].slice(0, 1),
  );
}

/** An open interval of which there is nothing yet: an export without a job would have no id. */
export function noStepYet({ interval, batch_interval: step }: ScopeArguments): DiagnosticError {
  return new DiagnosticError(
    'Nothing to export yet',
    `interval: ${interval} is exported in whole steps of ${step}, and the first one has not ended. Apply when it has, or use a shorter batch_interval.`,
    ['interval'],
  );
}

/** An argument was not known when planning, and turned out to be another one: Terraform cannot replace the export by now. */
export function scopeChanged({ id }: { readonly id: string | null }): DiagnosticError {
  return new DiagnosticError(
    'Scope of the export has changed',
    `When this was planned, an argument of the export ${exportIdInWords(id)} was not known yet; now it asks for something else than was exported. Nothing was changed. Plan again: the plan then shows that the export is replaced.`,
  );
}
