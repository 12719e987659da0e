/** What the forms share that point at a line of code. */

import type { Origin } from '../../facts';
import type { Item, ReviewReport } from '../report';

/** A line in a file of the repository. */
export interface SourceLine {
  /** With `/` between folders. */
  readonly file: string;
  readonly line: number;
}

/**
 * The source line of an origin, if it has one: `main.ts:42` or `lib/stack.ts:42:7`. What was read live has the API call
 * there instead, `iam:GetRolePolicy`.
 */
export function sourceLine({ source }: Origin): SourceLine | undefined {
  const [, file = '', line = ''] = /^([^\n]+?):(\d{1,9})(?::\d+)?$/.exec(source ?? '') ?? [];
  if (file === '' || Number(line) < 1) return undefined;
  return { file: file.replaceAll('\\', '/').replace(/^(?:\.\/)+/, ''), line: Number(line) };
}

/**
 * Items that are worth an annotation: all but passes, and in a run for drift those that are no drift: changes to come and
 * computed values that moved.
 */
export function annotatedItems({ items }: ReviewReport): readonly Item[] {
  return items.filter(({ level, category }) => level !== 'pass' && category !== 'pending' && category !== 'noise');
}
