/** What was found before, and when first: so that a report can tell new findings from known ones, and name those that are settled. */

/** One finding of an earlier run. */
export interface BaselineEntry {
  readonly id: string;
  readonly target: string;
  /** Day, `2026-11-23`. */
  readonly firstSeen: string;
  readonly headline: string;
  /** Somebody had decided to live with it. Once that is over, it is news. */
  readonly ignored?: true;
}

export interface Baseline {
  readonly findings: readonly BaselineEntry[];
}

export const NO_BASELINE: Baseline = { findings: [] };

/** Why a file is not a baseline, with what to do. */
export class NotABaseline extends Error {
  override readonly name = 'NotABaseline';
}

const VERSION = 1;

/** Reads a baseline. Throws {@link NotABaseline}. */
export function parseBaseline(text: string): Baseline {
  let value: { readonly version?: unknown; readonly findings?: unknown } | null;
  try {
    value = JSON.parse(text) as typeof value;
  } catch {
    value = null;
  }
  if (value?.version !== VERSION || !Array.isArray(value.findings)) {
    throw new NotABaseline(
      `Not a baseline of version ${VERSION}. Check the name of the file first. Only if it was a baseline, delete it to start a new one; all first-seen dates start again.`,
    );
  }
  const entries = value.findings as readonly Partial<BaselineEntry>[];
  const wrong = entries.findIndex(({ id, target, firstSeen, headline }) =>
    [id, target, firstSeen, headline].some((one) => typeof one !== 'string'),
  );
  if (wrong >= 0)
    throw new NotABaseline(
      `Finding ${wrong + 1} of this baseline is damaged. Check the name of the file first. If it is the baseline, take this finding out of it.`,
    );
  return { findings: entries as readonly BaselineEntry[] };
}

/** The text of a baseline: sorted, so that it can be kept under version control. */
export function baselineText({ findings }: Baseline): string {
  const sorted = [...findings].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const rows = sorted.map(({ id, target, firstSeen, headline, ignored }) => ({
    ...{ id, target, firstSeen, headline },
    ...(ignored === true ? { ignored } : {}),
  }));
  return `${JSON.stringify({ version: VERSION, findings: rows }, null, 2)}\n`;
}

/** Two runs held against each other. */
export interface Compared {
  /** First-seen day of those that an earlier run knew, by {@link keyOf}. Of the others nobody knows since when. */
  readonly knownSince: ReadonlyMap<string, string>;
  /** Those that were not there before, that say something else now, or that were ignored, by {@link keyOf}. */
  readonly fresh: ReadonlySet<string>;
  /** Those that this run did not find, where it could look. */
  readonly resolved: readonly BaselineEntry[];
  /** What to keep for the next run. */
  readonly next: Baseline;
}

/**
 * Compares what is found with what was. A finding counts as resolved only when it was looked for: one whose target could
 * not be looked at in full, or was not part of the run, or whose rule is off, stays as it was. A known finding whose
 * headline changed is news: a hold that was released on two conversations, and is now on five.
 */
export function compareWithBaseline(
  baseline: Baseline,
  found: readonly Omit<BaselineEntry, 'firstSeen'>[],
  wasLookedFor: (entry: BaselineEntry) => boolean,
  today: string,
): Compared {
  const known = new Map(baseline.findings.map((entry) => [keyOf(entry), entry]));
  const now = new Set(found.map(keyOf));
  const gone = baseline.findings.filter((entry) => !now.has(keyOf(entry)));
  const current = found.map((one) => ({ ...one, firstSeen: known.get(keyOf(one))?.firstSeen ?? today }));
  const isNews = (one: Omit<BaselineEntry, 'firstSeen'>): boolean => {
    const before = known.get(keyOf(one));
    return before === undefined || before.headline !== one.headline || (before.ignored && !one.ignored) === true;
  };
  return {
    knownSince: new Map(
      current.filter((entry) => known.has(keyOf(entry))).map((entry) => [keyOf(entry), entry.firstSeen]),
    ),
    fresh: new Set(found.filter(isNews).map(keyOf)),
    resolved: gone.filter(wasLookedFor),
    next: { findings: [...current, ...gone.filter((entry) => !wasLookedFor(entry))] },
  };
}

/** What a finding is known by: the same address may be in several targets. */
export function keyOf({ id, target }: { readonly id: string; readonly target: string }): string {
  return `${target}\n${id}`;
}
