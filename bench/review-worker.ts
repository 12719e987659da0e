/**
 * One side of the review bench, in a process of its own: `parse FILE` or `review FILE`. Prints a line of JSON,
 * {@link Reviewed}.
 */
import { createReadStream, readFileSync } from 'node:fs';
import { compileLate } from '../src/cli/compile-late';
import { readPlans } from '../src/collect/plan';
import { readPlan } from '../src/plan';
import { buildReview, render } from '../src/review';

/** What came of it. */
export interface Reviewed {
  /** From the file in both cases. */
  readonly milliseconds: number;
  /** For `parse`, those of JSON.parse alone, after the file was read as text; otherwise 0. */
  readonly parsing: number;
  /** Time of the processor, of all threads: what others do on the machine does not count. */
  readonly processor: number;
  /** Memory that the process took at the most, beyond what it had before. */
  readonly megabytes: number;
  /** Characters that were written, so that no work can be left out; the number of changes for `parse`. */
  readonly result: number;
}

const [, , kind = '', file = ''] = process.argv;

function parse(): { readonly result: number; readonly parsing: number } {
  const text = readFileSync(file, 'utf8');
  const started = performance.now();
  const plan = JSON.parse(text) as { readonly resource_changes: readonly unknown[] };
  return { result: plan.resource_changes.length, parsing: performance.now() - started };
}

async function review(): Promise<number> {
  const plan = await readPlan(createReadStream(file, { highWaterMark: 2 ** 20 }));
  const report = buildReview(readPlans([{ name: 'plan', plan }]), { today: '2026-03-02' });
  return render(report, 'markdown').length;
}

async function main(): Promise<void> {
  // As the command does.
  if (kind === 'review') compileLate();
  const atStart = process.memoryUsage.rss();
  const started = performance.now();
  const { user, system } = process.cpuUsage();
  const { result, parsing } = kind === 'parse' ? parse() : { result: await review(), parsing: 0 };
  const milliseconds = performance.now() - started;
  const spent = process.cpuUsage({ user, system });
  const most = process.resourceUsage().maxRSS * 1024;
  const reviewed: Reviewed = {
    milliseconds,
    parsing,
    processor: (spent.user + spent.system) / 1000,
    megabytes: (most - atStart) / 2 ** 20,
    result,
  };
  process.stdout.write(`${JSON.stringify(reviewed)}\n`);
}

void main();
