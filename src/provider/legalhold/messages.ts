/** What is said about a hold that is not whole. */
import { exportIdInWords } from '../export-id';
import { DiagnosticError, type Diagnostics, type StateOf } from '../../framework';
import type { HoldFailure } from '../../genesys';
import { messageOf } from '../failures';
import { conversations, holdNamed } from './computed';
import type { HoldGaps } from './ledger';
import type { LegalHoldSchema } from './schema';
import { number } from '../../words';

type State = StateOf<LegalHoldSchema>;

/** Examples named in a message. */
const TOLD = 5;

/** A summary and its detail, for a warning or an error. */
export interface Said {
  readonly summary: string;
  readonly detail: string;
}

/**
 * What of a scope is not held, one line a kind; empty when everything is.
 *
 * @param known the gaps themselves; without them what is neither counted in state nor late was released
 */
export function gapLines(state: Pick<State, GapCount | 'gaps' | 'gap_count'>, known?: HoldGaps): readonly string[] {
  const counts = GAP_COUNTS.flatMap(([name, words]) => {
    const count = countIn(name, state, known);
    return count === null || count === 0 ? [] : [`  ${conversations(count)} ${words}`];
  });
  const gaps = state.gaps ?? [];
  const told = gaps.slice(0, TOLD).map(({ kind, id, detail }) => `  ${kind} ${id}: ${detail}`);
  const more = (state.gap_count ?? 0) - told.length;
  return [...counts, ...told, ...(more > 0 ? [`  and ${number(more)} more`] : [])];
}

function countIn(name: GapLine, state: Pick<State, GapCount>, known: HoldGaps | undefined): number | null {
  if (name === 'late') return known?.late.size ?? null;
  if (name === 'released') return known?.released.size ?? releasedIn(state);
  return state[name];
}

type GapCount = 'failed_count' | 'gone_count' | 'lost_count' | 'unprotectable_count' | 'missing_count';

type GapLine = (typeof GAP_COUNTS)[number][0];

const GAP_COUNTS = [
  ['late', 'came into scope later, and will be held'],
  ['failed_count', 'could not be held'],
  ['released', 'released outside of Terraform and not held again'],
  ['lost_count', 'lost: exported or held once, without recordings now'],
  ['gone_count', 'unknown to Genesys Cloud'],
  ['unprotectable_count', 'without recordings that could be protected'],
] as const;

function releasedIn(state: Pick<State, GapCount>): number {
  const named = ['failed_count', 'gone_count', 'lost_count', 'unprotectable_count'] as const;
  const others = named.reduce((total, name) => total + (state[name] ?? 0), 0);
  return Math.max(0, (state.missing_count ?? 0) - others);
}

/** How to accept what cannot be mended; nothing while there is no digest. */
export function acceptance({ gaps_sha256: digest }: Pick<State, 'gaps_sha256'>): readonly string[] {
  if (digest === null) return [];
  return [`If exactly this is to be accepted: accepted_gaps = { sha256 = "${digest}", reason = "..." }`];
}

/** What to tell about a hold with open gaps. */
export function shortfall(state: State, stoppedBy: unknown, known?: HoldGaps): Said {
  const missing = state.missing_count ?? 0;
  return {
    summary: 'Legal hold is incomplete',
    detail: [
      missing === 0
        ? `${holdNamed(state)} holds all of ${conversations(state.conversation_count ?? 0)} that are there, and is not whole.`
        : `${holdNamed(state)} lacks ${number(missing)} of ${conversations(state.conversation_count ?? 0)}; the others are held and stay so.`,
      ...gapLines(state, known),
      ...(stoppedBy === null || stoppedBy === undefined ? [] : [`The work ended early: ${messageOf(stoppedBy)}`]),
      'Each plan shows what is missing, and each apply tries again.',
      ...acceptance(state),
    ].join('\n'),
  };
}

/** The shortfall as an error: for an update, where an error does not taint what is saved. */
export function shortfallError(state: State, stoppedBy: unknown, known: HoldGaps): DiagnosticError {
  const { summary, detail } = shortfall(state, stoppedBy, known);
  return new DiagnosticError(summary, detail);
}

/** A hold that continues, and into whose scope nothing has come yet. */
export function warnOfNothingYet(
  diagnostics: Diagnostics,
  args: Pick<State, 'name' | 'export_job_id' | 'scope'>,
): void {
  const what =
    args.export_job_id === null
      ? 'no conversation with recordings is in its scope'
      : `the export ${exportIdInWords(args.export_job_id)} covers no conversation with recordings`;
  diagnostics.warn(
    'Nothing to hold yet',
    `${holdNamed(args)} is there and holds 0 conversations: ${what} yet. Nothing was asked of the hold API, and nothing is claimed. The next applies hold what comes. Check the scope if something should be in it already; new conversations can take up to 48 hours to be found.`,
  );
}

/** Why conversations are not held, one line each. */
export function reasonsOf(failures: readonly HoldFailure[], stoppedBy: unknown): readonly string[] {
  const told = failures
    .slice(0, TOLD)
    .map(({ conversationId, code, message }) => `  conversation ${conversationId}: ${message} (${code})`);
  return [
    ...(failures.length === 0 ? [] : [`${conversations(failures.length)} refused, or not protected afterwards:`]),
    ...told,
    ...(failures.length > told.length ? [`  and ${failures.length - told.length} more`] : []),
    ...(stoppedBy === null || stoppedBy === undefined ? [] : [`The work ended early: ${messageOf(stoppedBy)}`]),
  ];
}
