import { counted, number } from '../../words';
import { gapsOf } from './gaps';
import { NOT_HELD } from './kinds';
import { numberIn, rowsIn, textIn, textsIn, unknownsAmong } from './read';
import type { Shortfall, Standing, StateResource, Values } from './standing';

const THING = 'conversation';

const COUNTS = { failed: 'failed_count', gone: 'gone_count', unprotectable: 'unprotectable_count' } as const;

const LOOKED_AT = {
  status: 'how the hold stands',
  conversation_count: 'how many conversations are in scope',
  held_count: 'how many conversations are held',
} as const;

/** How a legal hold stands. */
export function legalHoldStanding({ address, values, tainted = false }: StateResource): Standing {
  const gaps = gapsOf(values, () => THING, COUNTS);
  const shortfalls = [...gaps.shortfalls, ...beyondGaps(values, gaps.shortfalls)];
  const unknowns = [
    ...unknownsAmong(values, LOOKED_AT),
    ...gaps.unknowns,
    ...textsIn(values, 'unknown'),
    ...(gaps.known ? [] : unknownsAmong(values, { missing_count: 'how many conversations are missing' })),
  ];
  const [scope, held] = [numberIn(values, 'conversation_count'), numberIn(values, 'held_count')];
  const outside = numberIn(values, 'out_of_scope_count');
  const reference = textIn(values, 'external_reference_id');
  const words = [
    scope === null || held === null
      ? 'it is unknown how many conversations are held'
      : `${number(held)} of ${counted(scope, THING)} ${held === 1 ? 'is' : 'are'} held`,
    ...(outside !== null && outside > 0
      ? [`${number(outside)} more out of scope ${outside === 1 ? 'is' : 'are'} still held`]
      : []),
    ...(reference === null ? [] : [`reference ${reference}`]),
    ...(textIn(values, 'applied_at') === null ? [] : [`last held at ${textIn(values, 'applied_at')}`]),
    ...(values['release_on_destroy'] === true ? ['released when it is destroyed'] : []),
  ];
  return {
    address,
    subject: 'hold',
    title: `The legal hold "${textIn(values, 'name') ?? address}"`,
    words: words.join(', '),
    scope,
    shortfalls,
    unknowns,
    notLookedAt: [],
    digest: gaps.digest,
    acceptedReason: gaps.acceptedReason,
    seenAt: textIn(values, 'verified_at'),
    tainted,
  };
}

/** What is missing according to the counts and is not among the gaps: all of it, in a state of a version without gaps. */
function beyondGaps(values: Values, gaps: readonly Shortfall[]): readonly Shortfall[] {
  const [scope, held] = [numberIn(values, 'conversation_count'), numberIn(values, 'held_count')];
  const named = gaps
    .filter(({ kind }) => NOT_HELD.has(kind) || kind === 'unnamed')
    .reduce((sum, { count }) => sum + (count ?? 0), 0);
  const byCounts = scope === null || held === null ? 0 : scope - held;
  const missing = Math.max(byCounts, numberIn(values, 'missing_count') ?? 0) - named;
  const status = textIn(values, 'status');
  if (missing <= 0) {
    const isSaid = status === null || status === 'active' || gaps.some(({ accepted }) => !accepted);
    return isSaid ? [] : [{ ...NOTHING_KNOWN, count: null, examples: [`status ${status}`] }];
  }
  const released = status === 'released' || status === 'partially_released';
  const failed = Math.min(
    gaps.some(({ kind }) => kind === 'failed') ? 0 : (numberIn(values, 'failed_count') ?? 0),
    missing,
  );
  const rest = missing - failed;
  return [
    ...(failed === 0 ? [] : [{ ...NOTHING_KNOWN, kind: 'failed' as const, count: failed, examples: failures(values) }]),
    ...(rest === 0
      ? []
      : [{ ...NOTHING_KNOWN, kind: released ? ('released' as const) : ('unexplained' as const), count: rest }]),
  ];
}

const NOTHING_KNOWN: Shortfall = {
  kind: 'unexplained',
  count: null,
  atLeast: false,
  thing: THING,
  examples: [],
  acceptable: false,
  accepted: false,
};

function failures(values: Values): readonly string[] {
  return rowsIn(values, 'failures')
    .slice(0, 3)
    .map((row) => {
      const [id, why] = [textIn(row, 'conversation_id') ?? 'unknown id', textIn(row, 'message') ?? textIn(row, 'code')];
      return why === null ? id : `${id} (${why})`;
    });
}
