/** Reads chosen parts of a JSON text that comes in pieces. What is not chosen is checked and passed over. */
import { OPEN_ARRAY, OPEN_OBJECT } from './json-bytes';
import { JsonScanner, type JsonListener } from './json-scanner';
import { RowText, type RowNames } from './row-text';
import { MOST_LEVELS, TooDeep } from './too-deep';

type Take = (value: unknown) => void;

/** What is read of a value. */
export type Part =
  | { readonly kind: 'nothing' }
  /** All of it. */
  | { readonly kind: 'value'; readonly take: Take }
  /** An object, field by field. Anything else comes as it is to `otherwise`. */
  | { readonly kind: 'fields'; readonly of: (name: string) => Part; readonly otherwise: Take }
  /** A list, element by element. Anything else comes as it is to `otherwise`. */
  | { readonly kind: 'list'; readonly each: () => Part; readonly otherwise: Take }
  /** Its text, for `take` to decide how much of it is worth parsing. The text is gone when `take` returns. */
  | { readonly kind: 'row'; readonly names: RowNames; readonly take: (row: RowText) => void };

export const NOTHING: Part = { kind: 'nothing' };

interface Frame {
  readonly part: Extract<Part, { readonly kind: 'fields' | 'list' }>;
  readonly depth: number;
}

/** The parts of a text that `root` chooses. */
export class JsonParts implements JsonListener {
  private readonly scanner = new JsonScanner(this);
  private readonly frames: Frame[] = [];
  private expected: Part;
  private from = 0;
  private take: Take | undefined;
  private row: RowText | undefined;
  private takeRow: (row: RowText) => void = () => undefined;
  private readonly rows = new Map<RowNames, RowText>();

  constructor(root: Part) {
    this.expected = root;
  }

  get isDone(): boolean {
    return this.scanner.isDone;
  }

  /** Takes the next piece; see {@link JsonScanner.push}. Throws NotJson and {@link TooDeep}. */
  push(piece: Buffer): number {
    return this.scanner.push(piece);
  }

  /** No more pieces come. Throws NotJson when something is missing. */
  finish(): void {
    this.scanner.finish();
  }

  key(from: number, to: number, isEscaped: boolean): void {
    if (this.row !== undefined) {
      this.row.key(from, to, isEscaped);
      return;
    }
    const frame = this.frames.at(-1);
    if (frame?.part.kind !== 'fields') return;
    const text = this.scanner.text(from, to);
    this.expected = frame.part.of(isEscaped ? (JSON.parse(`"${text}"`) as string) : text);
  }

  begin(at: number, first: number): void {
    if (this.row !== undefined) {
      this.row.begin(at, first);
      return;
    }
    const { scanner } = this;
    const outer = this.frames.at(-1)?.part;
    const part = outer?.kind === 'list' ? outer.each() : this.expected;
    switch (part.kind) {
      case 'nothing':
        break;
      case 'value':
        this.capture(at, part.take);
        break;
      case 'fields':
        if (first === OPEN_OBJECT) this.enter(part);
        else this.capture(at, part.otherwise);
        break;
      case 'list':
        if (first === OPEN_ARRAY) this.enter(part);
        else this.capture(at, part.otherwise);
        break;
      case 'row':
        scanner.keep = at;
        scanner.measure();
        this.takeRow = part.take;
        this.row = this.rowOf(part.names);
        this.row.start(at);
    }
  }

  end(at: number): void {
    const { scanner, row, take } = this;
    if (row !== undefined) {
      if (!row.end(at)) return;
      this.row = undefined;
      this.takeRow(row);
      scanner.keep = Number.POSITIVE_INFINITY;
      return;
    }
    if (take !== undefined) {
      if (scanner.deepest - scanner.depth > MOST_LEVELS) throw new TooDeep();
      this.take = undefined;
      scanner.keep = Number.POSITIVE_INFINITY;
      take(JSON.parse(scanner.text(this.from, at)));
      return;
    }
    const frame = this.frames.at(-1);
    if (frame === undefined || scanner.depth !== frame.depth) return;
    this.frames.pop();
    scanner.watch = frame.depth;
  }

  /** One for all rows of a list: there are many. */
  private rowOf(names: RowNames): RowText {
    let row = this.rows.get(names);
    if (row === undefined) this.rows.set(names, (row = new RowText(this.scanner, names)));
    return row;
  }

  private enter(part: Frame['part']): void {
    const { scanner } = this;
    if (scanner.depth > MOST_LEVELS) throw new TooDeep();
    this.frames.push({ part, depth: scanner.depth });
    scanner.watch = scanner.depth + 1;
  }

  private capture(at: number, take: Take): void {
    const { scanner } = this;
    scanner.keep = at;
    scanner.measure();
    this.from = at;
    this.take = take;
  }
}
