/** What a list of findings comes to. */
import type { Finding } from './finding';
import type { Severity } from './rule';

/** `broken` findings at or above the severity that counts · `unknown` something that would count is unknown. */
export type Verdict = 'clean' | 'broken' | 'unknown';

/** The verdict, from this severity on. What is ignored does not count. */
export function verdictOf(findings: readonly Finding[], failOn: Severity): Verdict {
  const live = findings.filter(({ ignored }) => ignored === undefined);
  const counts = ({ status, severity }: Finding): boolean =>
    failOn === 'warn' ? status === 'fail' || status === 'warn' : status === 'fail' && severity === 'error';
  if (live.some(counts)) return 'broken';
  const isOpen = ({ status, severity }: Finding): boolean =>
    status === 'unknown' && (failOn === 'warn' || severity === 'error');
  return live.some(isOpen) ? 'unknown' : 'clean';
}

/** Errors, then errors that could not be told, warnings, the rest; within each as the rules are ordered. */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((a, b) => rank(a) - rank(b));
}

function rank({ status, severity, ignored }: Finding): number {
  if (ignored !== undefined) return 4;
  if (status === 'fail' && severity === 'error') return 0;
  if (status === 'unknown') return severity === 'error' ? 1 : 3;
  return status === 'pass' ? 5 : 2;
}
