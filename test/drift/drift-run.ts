/** The command line of `drift`, with everything it writes. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../src/cli';
import type { Item, ReviewReport } from '../../src/review';

export interface DriftRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** The report in its JSON form; undefined when none was written. */
  readonly report: ReviewReport | undefined;
}

/** Runs `drift` with these words and answers its report as well. `env` is there for as long as it runs. */
export async function runDrift(
  words: readonly string[],
  env: NodeJS.ProcessEnv = {},
  signal = new AbortController().signal,
): Promise<DriftRun> {
  const folder = mkdtempSync(join(tmpdir(), 'gcc-drift-report-'));
  const file = join(folder, 'report.json');
  const written = { out: '', err: '' };
  const before = { ...process.env };
  Object.assign(process.env, env);
  try {
    const code = await runCli(['drift', '--format', 'text', '--format', `json=${file}`, ...words], {
      out: (text) => void (written.out += text),
      err: (text) => void (written.err += text),
      signal,
    });
    return { code, ...written, report: reportIn(file) };
  } finally {
    for (const name of Object.keys(env)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
    rmSync(folder, { recursive: true });
  }
}

function reportIn(file: string): ReviewReport | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ReviewReport;
  } catch {
    return undefined;
  }
}

/** What is told of the findings: target, level, rule, headline. */
export function told(items: readonly Item[] = []): readonly (readonly string[])[] {
  return items.map(({ target, level, rule, headline }) => [target.split('/').at(-1) ?? '', level, rule, headline]);
}

/** Items that say that something drifted. */
export function drifted(report: ReviewReport | undefined): readonly Item[] {
  const items = report?.items ?? [];
  return items.filter(({ category, level }) => category === 'drift' && (level === 'error' || level === 'warn'));
}
