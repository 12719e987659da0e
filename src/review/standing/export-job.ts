import { counted } from '../../words';
import { gapsOf } from './gaps';
import type { GapKind } from './kinds';
import { numberIn, rowsIn, textIn, textsIn, unknownsAmong } from './read';
import type { Shortfall, Standing, StateResource, Values } from './standing';

/** A gap of an export is about a recording where the recording is what failed, else about a conversation. */
const thingOf = (kind: GapKind): string => (kind === 'failed' || kind === 'lost' ? 'recording' : 'conversation');

/** States in which an export has ended, with or without gaps. */
const ENDED: ReadonlySet<string> = new Set(['exported', 'incomplete', 'growing']);

/** How an export stands. */
export function exportStanding({ address, values, tainted = false }: StateResource): Standing {
  const state = textIn(values, 'state');
  const ended = state !== null && (ENDED.has(state) || (state === 'fulfilled' && values['wait_for'] === 'fulfilled'));
  const gaps = gapsOf(values, thingOf, { late: 'late_count', lost: 'lost_count' });
  const shortfalls = [
    ...gaps.shortfalls,
    ...(gaps.known ? [] : failedBefore(values)),
    ...(state === null || (ended && state !== 'growing') ? [] : [unfinished(state, values)]),
  ];
  const isUnexplained = state === 'incomplete' && shortfalls.length === 0;
  const unknowns = [
    ...unknownsAmong(values, { state: 'how far the export is' }),
    ...gaps.unknowns,
    ...textsIn(values, 'unknown'),
    ...(state === 'exported'
      ? unknownsAmong(values, {
          conversation_count: 'how many conversations are exported',
          recording_count: 'how many recordings are exported',
        })
      : []),
    ...(isUnexplained
      ? ['It is unknown which recordings are not exported: the state is incomplete, and names none.']
      : []),
  ];
  const destination = rowsIn(values, 'destination')[0];
  const bucket = destination === undefined ? null : textIn(destination, 'bucket');
  return {
    address,
    subject: 'export',
    title: `The export of ${textIn(values, 'interval') ?? 'conversations named by id'}`,
    words: wordsOf(values, state),
    scope: null,
    shortfalls,
    unknowns,
    notLookedAt:
      ended && bucket === null
        ? ['Whether the exported files are still in the bucket was not looked at: the export names no destination.']
        : [],
    digest: gaps.digest,
    acceptedReason: gaps.acceptedReason,
    seenAt: textIn(values, 'verified_at'),
    tainted,
  };
}

function wordsOf(values: Values, state: string | null): string {
  const amount = (name: string, thing: string): string => {
    const count = numberIn(values, name);
    return count === null ? `an unknown number of ${thing}s` : counted(count, thing);
  };
  const completed = textIn(values, 'completed_at');
  const failed = numberIn(values, 'failed_recording_count');
  const fulfilled = 'Genesys Cloud says that it is fulfilled; whether the files were written was not looked at';
  return [
    ...(state === 'growing' ? ['it grows, and not all that is new is exported yet'] : []),
    state === 'exported' || state === 'incomplete' || state === 'growing'
      ? `${amount('recording_count', 'recording')} of ${amount('conversation_count', 'conversation')} ${state === 'exported' ? 'were exported' : 'are in scope'}`
      : state === 'fulfilled' && values['wait_for'] === 'fulfilled'
        ? fulfilled
        : `it is ${state ?? 'in an unknown state'} and not complete`,
    ...(failed !== null && failed > 0 ? [`${counted(failed, 'recording')} failed`] : []),
    ...(completed === null ? [] : [`complete since ${completed}`]),
  ].join(', ');
}

/** Failed recordings of a state without gaps. */
function failedBefore(values: Values): readonly Shortfall[] {
  const count = numberIn(values, 'failed_recording_count');
  if (count === null || count === 0) return [];
  const examples = rowsIn(values, 'failed_recordings')
    .slice(0, 3)
    .map(
      (row) =>
        `recording ${textIn(row, 'recording_id') ?? '?'} of conversation ${textIn(row, 'conversation_id') ?? '?'}`,
    );
  return [{ kind: 'failed', count, atLeast: false, thing: 'recording', examples, acceptable: false, accepted: false }];
}

function unfinished(state: string, values: Values): Shortfall {
  const examples = rowsIn(values, 'batches')
    .filter((batch) => ['failed', 'cancelled', 'forgotten'].includes(textIn(batch, 'state') ?? ''))
    .slice(0, 3)
    .map((batch) => {
      const [job, error] = [textIn(batch, 'job_id') ?? 'no job', textIn(batch, 'error')];
      return `job ${job} is ${textIn(batch, 'state')}${error === null ? '' : ` (${error})`}`;
    });
  return {
    kind: 'unfinished',
    count: null,
    atLeast: false,
    thing: state,
    examples,
    acceptable: false,
    accepted: false,
  };
}
