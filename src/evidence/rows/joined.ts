/** Streams in the same order, side by side: everything that any of them says of one conversation, one conversation at a time. */

/** A stream whose rows are in the order of `keyOf`; rows with the same key follow each other. */
export interface Stream<Row> {
  readonly rows: AsyncIterable<Row>;
  readonly keyOf: (row: Row) => string;
  /** For messages: `recordings`. */
  readonly name: string;
}

/** What the streams say of one key: rows of each, none where it says nothing. */
export interface Group<Rows extends object> {
  readonly key: string;
  readonly rows: { readonly [Name in keyof Rows]: readonly Rows[Name][] };
}

/**
 * Joins streams by key, in order; only the rows of one key are in memory. Throws a RangeError for a stream that is out of order:
 * what would be missed then would look like a difference, or hide one.
 */
export async function* joined<Rows extends object>(streams: {
  readonly [Name in keyof Rows]: Stream<Rows[Name]>;
}): AsyncGenerator<Group<Rows>> {
  const cursors = Object.entries(streams).map(([name, stream]) => ({
    name,
    cursor: new Cursor(stream as Stream<unknown>),
  }));
  try {
    for (const { cursor } of cursors) await cursor.start();
    for (;;) {
      let key: string | undefined;
      for (const { cursor } of cursors) {
        if (cursor.key !== undefined && (key === undefined || cursor.key < key)) key = cursor.key;
      }
      if (key === undefined) return;
      const rows: Record<string, readonly unknown[]> = {};
      for (const { name, cursor } of cursors) rows[name] = cursor.key === key ? await cursor.take(key) : NONE;
      yield { key, rows: rows as Group<Rows>['rows'] };
    }
  } finally {
    await Promise.all(cursors.map(({ cursor }) => cursor.close()));
  }
}

const NONE: readonly never[] = [];

class Cursor {
  key: string | undefined;
  private head: unknown;
  private readonly iterator: AsyncIterator<unknown>;

  constructor(private readonly stream: Stream<unknown>) {
    this.iterator = stream.rows[Symbol.asyncIterator]();
  }

  start(): Promise<void> {
    return this.next();
  }

  /** All rows of this key; the stream stands at the next one then. */
  async take(key: string): Promise<readonly unknown[]> {
    const rows: unknown[] = [];
    while (this.key === key) {
      rows.push(this.head);
      await this.next();
    }
    return rows;
  }

  async close(): Promise<void> {
    await this.iterator.return?.();
  }

  private async next(): Promise<void> {
    const { done, value } = await this.iterator.next();
    const before = this.key;
    this.head = value;
    this.key = done === true ? undefined : this.stream.keyOf(value);
    if (this.key !== undefined && before !== undefined && this.key < before) {
      throw new RangeError(`the ${this.stream.name} are not in order: ${this.key} comes after ${before}`);
    }
  }
}
