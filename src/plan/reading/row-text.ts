import { OPEN_OBJECT } from './json-bytes';
import type { JsonScanner } from './json-scanner';
import type { ByteStore, StoredBytes } from './byte-store';
import { MOST_LEVELS, TooDeep } from './too-deep';

/** Fields of a row that are looked for: of the row itself, and of one object in it. */
export interface RowNames {
  readonly own: readonly string[];
  readonly inside?: { readonly name: string; readonly fields: readonly string[] };
}

/** The text of one object of a list, with the places of some of its fields. */
export class RowText {
  private readonly own: Fields;
  private readonly inside: Fields | undefined;
  private at: Fields;
  private isInside = false;
  private depth = 0;
  private from = 0;
  private to = 0;

  constructor(
    private readonly scanner: JsonScanner,
    private readonly names: RowNames,
  ) {
    const { own, inside } = names;
    this.own = new Fields(inside === undefined ? own : [...own, inside.name]);
    this.inside = inside && new Fields(inside.fields);
    this.at = this.own;
  }

  /** A row begins. */
  start(at: number): void {
    const { scanner } = this;
    this.from = at;
    this.depth = scanner.depth;
    this.own.clear();
    this.inside?.clear();
    this.at = this.own;
    this.isInside = false;
    scanner.watch = this.depth + 1;
  }

  key(from: number, to: number, isEscaped: boolean): void {
    this.at.find(this.scanner, from, to, isEscaped);
  }

  begin(at: number, first: number): void {
    this.at.begin(at);
    const { inside, names, scanner } = this;
    if (inside === undefined || this.isInside || first !== OPEN_OBJECT || this.own.name !== names.inside?.name) return;
    inside.clear();
    this.isInside = true;
    this.at = inside;
    scanner.watch = this.depth + 2;
  }

  /** Answers whether the row has ended. */
  end(at: number): boolean {
    const { scanner } = this;
    if (scanner.depth === this.depth) {
      this.to = at;
      scanner.watch = this.depth;
      return true;
    }
    if (this.isInside && scanner.depth === this.depth + 1) {
      this.isInside = false;
      this.at = this.own;
      scanner.watch = this.depth + 1;
    }
    this.at.end(at);
    return false;
  }

  /** The value of a field that is looked for; undefined when the row has none. */
  value(name: string): unknown {
    const text = this.textOf(name);
    return text === undefined ? undefined : parsed(text);
  }

  /** The same, as it is written. */
  textOf(name: string): string | undefined {
    return this.own.textOf(this.scanner, name) ?? this.inside?.textOf(this.scanner, name);
  }

  /** The fields of the row itself that are looked for and are there, with their values; without the object in it. */
  values(): Record<string, unknown> {
    const { own, names, scanner } = this;
    const values: Record<string, unknown> = {};
    for (let index = 0; index < names.own.length; index += 1) {
      const text = own.textAt(scanner, index);
      if (text !== undefined) values[names.own[index]!] = parsed(text);
    }
    return values;
  }

  /** All of it, as it is written. */
  copyTo(store: ByteStore): StoredBytes {
    this.refuseDeep();
    return store.add(this.to - this.from, (into, at) => this.scanner.copy(into, at, this.from, this.to));
  }

  whole(): unknown {
    this.refuseDeep();
    return JSON.parse(this.scanner.text(this.from, this.to));
  }

  private refuseDeep(): void {
    if (this.scanner.deepest - this.depth > MOST_LEVELS) throw new TooDeep();
  }
}

/** A value as it is written; nearly all are texts without escapes. */
function parsed(text: string): unknown {
  return text.startsWith('"') && !text.includes('\\') ? text.slice(1, -1) : JSON.parse(text);
}

/** Where the fields of one object are. Numbers only: an object for each field of each row would be all that the reader makes. */
class Fields {
  private readonly bytes: readonly Buffer[];
  /** -1 for a field that is not there. */
  private readonly begins: number[];
  private readonly ends: number[];
  private current = -1;
  private from = 0;

  constructor(private readonly names: readonly string[]) {
    this.bytes = names.map((name) => Buffer.from(name));
    this.begins = names.map(() => -1);
    this.ends = names.map(() => -1);
  }

  /** The field that is being read, if it is looked for. */
  get name(): string | undefined {
    return this.names[this.current];
  }

  clear(): void {
    this.begins.fill(-1);
    this.current = -1;
  }

  find(scanner: JsonScanner, from: number, to: number, isEscaped: boolean): void {
    const { bytes } = this;
    this.current = -1;
    if (isEscaped) {
      this.current = this.names.indexOf(JSON.parse(`"${scanner.text(from, to)}"`) as string);
      return;
    }
    const size = to - from;
    for (let index = 0; index < bytes.length; index += 1) {
      const name = bytes[index]!;
      if (name.length !== size) continue;
      let at = 0;
      while (at < size && scanner.byteAt(from + at) === name[at]) at += 1;
      if (at === size) {
        this.current = index;
        return;
      }
    }
  }

  begin(at: number): void {
    this.from = at;
  }

  end(at: number): void {
    const { current } = this;
    if (current < 0) return;
    this.begins[current] = this.from;
    this.ends[current] = at;
    this.current = -1;
  }

  textOf(scanner: JsonScanner, name: string): string | undefined {
    const index = this.names.indexOf(name);
    return index < 0 ? undefined : this.textAt(scanner, index);
  }

  textAt(scanner: JsonScanner, index: number): string | undefined {
    const from = this.begins[index]!;
    return from < 0 ? undefined : scanner.text(from, this.ends[index]!);
  }
}
