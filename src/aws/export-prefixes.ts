/**
 * Which folders hold the recordings of the conversations that began in a stretch of time: whole years, months and days
 * where they fit, hours at the ends. Each is one listing, so few are better. Pure. Layout: `key-layout.ts`.
 */

/** A stretch of time in milliseconds since 1970; the end is exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Most folders answered: an interval of a century stays below. */
export const MOST_EXPORT_PREFIXES = 1_000;

const HOUR_MS = 3_600_000;

/** A folder, as the parts of its date: year, then month, day and hour as far as it goes. */
type Parts = readonly number[];

const NAMES = ['year', 'month', 'day', 'hour'];

/**
 * Key prefixes that together cover every hour touched by the stretch, in UTC, and no other. Where month, day or hour can be
 * padded, the padded form is there as well: the documentation does not say which it is. Throws a RangeError for an empty
 * stretch and for one that takes more than {@link MOST_EXPORT_PREFIXES} folders.
 */
export function exportPrefixes(organizationId: string, stretch: Stretch, prefix = ''): readonly string[] {
  if (!(stretch.end > stretch.start)) throw new RangeError('The interval is empty: its end is not after its start.');
  const folders = cover([], Math.floor(stretch.start / HOUR_MS) * HOUR_MS, Math.ceil(stretch.end / HOUR_MS) * HOUR_MS);
  const found = folders.flatMap((parts) => spellings(parts).map((folder) => `${prefix}${organizationId}/${folder}`));
  if (found.length > MOST_EXPORT_PREFIXES) {
    throw new RangeError(
      `The interval takes ${found.length} folders; at most ${MOST_EXPORT_PREFIXES} are answered. Use a shorter interval.`,
    );
  }
  return found;
}

/** The folders below `parent` that lie within the time, whole ones undivided. */
function cover(parent: Parts, start: number, end: number): readonly Parts[] {
  return childrenOf(parent, start, end).flatMap((child) => {
    const [from, to] = boundsOf(child);
    if (from >= end || to <= start) return [];
    return from >= start && to <= end ? [child] : cover(child, start, end);
  });
}

function childrenOf(parent: Parts, start: number, end: number): readonly Parts[] {
  const [year, month] = parent;
  if (year === undefined) return numbers(new Date(start).getUTCFullYear(), new Date(end).getUTCFullYear(), parent);
  if (month === undefined) return numbers(1, 12, parent);
  if (parent.length === 2) return numbers(1, new Date(Date.UTC(year, month, 0)).getUTCDate(), parent);
  return numbers(0, 23, parent);
}

function numbers(first: number, last: number, parent: Parts): readonly Parts[] {
  return Array.from({ length: last - first + 1 }, (_, index) => [...parent, first + index]);
}

function boundsOf([year = 0, month, day, hour]: Parts): readonly [number, number] {
  if (month === undefined) return [Date.UTC(year, 0), Date.UTC(year + 1, 0)];
  if (day === undefined) return [Date.UTC(year, month - 1), Date.UTC(year, month)];
  if (hour === undefined) return [Date.UTC(year, month - 1, day), Date.UTC(year, month - 1, day + 1)];
  return [Date.UTC(year, month - 1, day, hour), Date.UTC(year, month - 1, day, hour + 1)];
}

/** A writer pads all numbers or none. */
function spellings(parts: Parts): readonly string[] {
  const plain = parts.map((part, index) => `${NAMES[index]}=${part}/`).join('');
  const padded = parts.map((part, index) => `${NAMES[index]}=${String(part).padStart(2, '0')}/`).join('');
  return plain === padded ? [plain] : [plain, padded];
}
