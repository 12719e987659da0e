/** What the review says about a golden plan, in every format. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readPlans } from '../../../src/collect/plan';
import { parsePlan, parsePlanLog } from '../../../src/plan';
import { readSynthesized } from '../../../src/terraform';
import { buildReview, FORMATS, NO_SETTINGS, render, type Format } from '../../../src/review';
import type { ReviewReport } from '../../../src/review';

/** The day on which the golden plans are reviewed. */
const TODAY = '2026-03-02';

const FILES: Readonly<Record<Format, string>> = {
  text: 'answer.txt',
  markdown: 'answer.md',
  json: 'answer.json',
  sarif: 'answer.sarif',
  junit: 'answer.xml',
  github: 'answer.github.txt',
};

export const folderOf = (name: string): string => join(__dirname, name);

/**
 * A recorded log as Terraform prints it. Of what it says of each resource only the last word is kept, which a review waits for;
 * a plan that failed has none.
 */
export function logText(log: readonly unknown[]): string {
  const failed = log.some((one) => (one as { readonly '@level'?: unknown })['@level'] === 'error');
  const summary = { '@level': 'info', '@module': 'terraform.ui', type: 'change_summary' };
  return [...log, ...(failed ? [] : [summary])].map((one) => `${JSON.stringify(one)}\n`).join('');
}

/** The review of a case's plan, as the command makes it. */
export async function reviewOf(name: string): Promise<ReviewReport> {
  const folder = folderOf(name);
  const plan = parsePlan(await readFile(join(folder, 'plan.json'), 'utf8'));
  const synthesized = await readSynthesized(folder);
  const file = join(folder, 'plan.log');
  const log = existsSync(file) ? parsePlanLog(await readFile(file, 'utf8')) : undefined;
  const input = {
    name: 'stack',
    plan,
    ...(synthesized === undefined ? {} : { synthesized }),
    ...(log === undefined ? {} : { log }),
  };
  return buildReview(readPlans([input]), { today: TODAY, settings: NO_SETTINGS });
}

/** Texts by the name of their file. */
export async function answersTo(name: string): Promise<Readonly<Record<string, string>>> {
  const report = await reviewOf(name);
  return Object.fromEntries(FORMATS.map((format) => [FILES[format], render(report, format)]));
}
