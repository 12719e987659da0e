/**
 * One side of the review bench, in a process of its own: `parse FILE` or `review FILE`. Prints a line of JSON,
 * {@link Reviewed}.
 */
import { readFileSync } from 'node:fs';
import { readPlans } from '../src/collect/plan';
import { parsePlan } from '../src/plan';
import { buildReview, planTextOf, render } from '../src/review';

/** What came of it. */
export interface Reviewed {
  /** The file is read before the clock starts, by both sides. */
  readonly milliseconds: number;
  /** Memory that the process took at the most, beyond what it had before. */
  readonly megabytes: number;
  /** Characters that were written, so that no work can be left out; the number of changes for `parse`. */
  readonly result: number;
}

const [, , kind = '', file = ''] = process.argv;

function parse(text: string): number {
  return (JSON.parse(text) as { readonly resource_changes: readonly unknown[] }).resource_changes.length;
}

function review(text: string): number {
  const report = buildReview(readPlans([{ name: 'plan', plan: parsePlan(text) }]), { today: '2026-03-02' });
  return render(report, 'markdown').length;
}

const atStart = process.memoryUsage.rss();
const text = planTextOf(readFileSync(file));
const started = performance.now();
const result = kind === 'parse' ? parse(text) : review(text);
const milliseconds = performance.now() - started;
const most = process.resourceUsage().maxRSS * 1024;
const reviewed: Reviewed = { milliseconds, megabytes: (most - atStart) / 2 ** 20, result };
process.stdout.write(`${JSON.stringify(reviewed)}\n`);
