/** Fits a document into a number of characters by leaving out whole entries, from the least important ones upward. */

/** A part of a document: entries of one kind, all of the same importance. */
export interface Part {
  /** What matters most has the smallest. */
  readonly rank: number;
  /** What the entries are, when none of them fits. */
  readonly title: string;
  readonly head: string;
  readonly entries: readonly string[];
  /** Between entries. */
  readonly gap: string;
  readonly tail: string;
}

/** A part, and how many of its entries fit. */
export interface Fitted {
  readonly part: Part;
  readonly shown: number;
}

/**
 * Fits parts into `room` characters. An entry is left out only when every less important one is left out too. Entries
 * within a part are in the order of their importance. The parts come back in the order in which they were given.
 */
export function fit(parts: readonly Part[], room: number): readonly Fitted[] {
  const shown = new Map<Part, number>();
  let left = room;
  let full = false;
  for (const part of [...parts].sort((a, b) => a.rank - b.rank)) {
    let count = 0;
    left -= part.head.length + part.tail.length;
    while (!full && count < part.entries.length) {
      const size = (part.entries[count]?.length ?? 0) + part.gap.length;
      if (size > left) full = true;
      else {
        left -= size;
        count++;
      }
    }
    shown.set(part, count);
  }
  return parts.map((part) => ({ part, shown: shown.get(part) ?? 0 }));
}

/** The text of a part, which says how many entries are left out. */
export function fittedText({ part, shown }: Fitted): string {
  const { title, head, entries, gap, tail } = part;
  const left = (entries.length - shown).toLocaleString('en-US');
  if (shown === 0) return `**${title} (${left})**: left out here.`;
  const more = shown === entries.length ? '' : `\n\n… and ${left} more, left out here.`;
  return `${head}${entries.slice(0, shown).join(gap)}${more}${tail}`;
}
