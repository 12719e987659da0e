/** Fits a document into a number of characters by leaving out whole entries, from the least important ones upward. */
import { number } from '../../words';

/** A part of a document: entries of one kind, all of the same importance. */
export interface Part {
  /** What matters most has the smallest. */
  readonly rank: number;
  /** What the entries are, for when none of them fits. */
  readonly title: string;
  readonly head: string;
  /** In the order of their importance. Only those are written out that may fit. */
  readonly entries: readonly (() => string)[];
  /** Between entries. */
  readonly gap: string;
  readonly tail: string;
  /**
   * The most entries that are shown, so that one part leaves room for others.
   * @default as many as fit
   */
  readonly most?: number;
}

/** A part, with the entries that fit. */
export interface Fitted {
  readonly part: Part;
  readonly shown: readonly string[];
  /** Number of entries that are left out. */
  readonly left: number;
}

/**
 * Fits parts into `room` characters. Where room ends, an entry is left out only when every less important one is left out
 * too. The parts come back in the order in which they were given.
 */
export function fit(parts: readonly Part[], room: number): readonly Fitted[] {
  const shown = new Map<Part, string[]>();
  let left = room;
  let full = false;
  for (const part of [...parts].sort((a, b) => a.rank - b.rank)) {
    const fitting: string[] = [];
    left -= part.head.length + part.tail.length;
    for (const entry of full ? [] : part.entries.slice(0, part.most)) {
      const text = entry();
      left -= text.length + part.gap.length;
      full = left < 0;
      if (full) break;
      fitting.push(text);
    }
    shown.set(part, fitting);
  }
  return parts.map((part) => {
    const fitting = shown.get(part) ?? [];
    return { part, shown: fitting, left: part.entries.length - fitting.length };
  });
}

/** The text of a part, which says how many entries are left out. */
export function fittedText({ part: { title, head, gap, tail }, shown, left }: Fitted): string {
  if (shown.length === 0) return `**${title}**: ${number(left)} left out here.`;
  const more = left === 0 ? '' : `\n\n… and ${number(left)} more, left out here.`;
  return `${head}${shown.join(gap)}${more}${tail}`;
}
