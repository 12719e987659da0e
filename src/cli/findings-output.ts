/** How findings are printed, and what they make of the exit code. */
import { counted } from '../words';
import type { NotLookedAt } from './not-looked-at';
import {
  causesOf,
  formatCause,
  verdictOf,
  worstFirst,
  type Finding,
  type Ignore,
  type Report,
  type Severity,
} from '../rules';

/** What is shown. */
export interface Shown {
  readonly findings: readonly Finding[];
  /** Rules that were not asked, and why. */
  readonly off: Report['off'];
  /** Ignores whose last day is over. */
  readonly expired: readonly Ignore[];
  /** From which severity on a finding counts. */
  readonly failOn: Severity;
  /** Passes too. */
  readonly all: boolean;
  /** What was left out, and why. */
  readonly notLookedAt: readonly NotLookedAt[];
}

/** 2: findings at or above the severity · 1: something is unknown · 0: clean. */
export function exitCodeOf({ findings, failOn }: Shown): 0 | 1 | 2 {
  return EXIT_CODES[verdictOf(findings, failOn)];
}

const EXIT_CODES = { clean: 0, unknown: 1, broken: 2 } as const;

/** For people: each finding or shared cause with what to do, what was not looked at, and a last line that sums up. */
export function findingsAsText(shown: Shown): string {
  const { findings, off, expired, all } = shown;
  const causes = causesOf(worstFirst(findings).filter(({ status }) => all || status !== 'pass'));
  const settings = [
    ...off.map(({ rule, reason }) => `Switched off: ${rule}. ${reason}`),
    ...expired.map(
      ({ rule, address, until }) => `The ignore of ${rule} on ${address} held until ${until}: renew it, or remove it.`,
    ),
  ];
  const parts = [
    ...causes.map(formatCause),
    ...(settings.length > 0 ? [settings.join('\n')] : []),
    ...(shown.notLookedAt.length > 0 ? [leftOut(shown.notLookedAt)] : []),
  ];
  return [...parts, summary(shown)].join('\n\n').concat('\n');
}

/** For programs. Version 1 of the form; what is added later does not change what is there. */
export function findingsAsJson(shown: Shown): string {
  const { findings, off, expired, all, failOn } = shown;
  return `${JSON.stringify(
    {
      version: 1,
      passed: exitCodeOf(shown) === 0,
      failOn,
      counts: tally(findings),
      findings: worstFirst(findings).filter(({ status }) => all || status !== 'pass'),
      causes: causesOf(worstFirst(findings)).flatMap(({ headline, remedy, findings: members }) =>
        headline === null ? [] : [{ cause: headline, remedy, findings: members.map(({ id }) => id) }],
      ),
      notLookedAt: shown.notLookedAt,
      off,
      expired,
    },
    null,
    2,
  )}\n`;
}

interface Tally {
  readonly errors: number;
  readonly warnings: number;
  readonly unknown: number;
  readonly ignored: number;
  readonly passed: number;
}

function tally(findings: readonly Finding[]): Tally {
  const count = (test: (finding: Finding) => boolean): number => findings.filter(test).length;
  const live = (finding: Finding): boolean => finding.ignored === undefined;
  return {
    errors: count((one) => live(one) && one.status === 'fail'),
    warnings: count((one) => live(one) && one.status === 'warn'),
    unknown: count((one) => live(one) && one.status === 'unknown'),
    ignored: count((one) => !live(one)),
    passed: count((one) => live(one) && one.status === 'pass'),
  };
}

function leftOut(parts: readonly NotLookedAt[]): string {
  return ['NOT LOOKED AT', ...parts.map(({ what, why }) => `  ${what} (${why})`)].join('\n');
}

function summary({ findings, notLookedAt }: Shown): string {
  // As shown: one cause is one.
  const { errors, warnings, unknown, passed, ignored } = tally(
    causesOf(worstFirst(findings)).map(({ findings: [first] }) => first),
  );
  const hidden = ignored === 0 ? '' : `, ${ignored} ignored`;
  const left = notLookedAt.length === 0 ? '' : `; ${counted(notLookedAt.length, 'part')} not looked at`;
  return `${counted(errors, 'error')}, ${counted(warnings, 'warning')}, ${unknown} unknown${hidden}, ${passed} passed${left}.`;
}
