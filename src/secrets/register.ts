/** The secrets of a process, and how they are taken out of texts. */
import { Automaton } from './automaton';
import { formsOf } from './forms';
import { unescaped, viewOf, withoutTags, type View } from './view';

/** What stands in the place of a secret: Terraform's own words. */
export const MASK = '(sensitive value)';

/** An escaped secret may have been escaped again, as the text of a JSON within a URL. */
const LAYERS_OF_ESCAPES = 2;

/** Knows secrets and covers them, in every form, in time that grows with the text alone. */
export class SecretRegister {
  readonly #secrets = new Set<string>();
  #automaton: Automaton | undefined;

  /** Registers a secret from now on. Too short ones (see {@link SHORTEST_SECRET}) are never searched. */
  add(secret: string | null | undefined): void {
    if (secret === null || secret === undefined || this.#secrets.has(secret) || formsOf(secret).length === 0) return;
    this.#secrets.add(secret);
    this.#automaton = undefined;
  }

  /** True when there is nothing to cover. */
  get empty(): boolean {
    return this.#secrets.size === 0;
  }

  /**
   * The text without secrets: plain, in capitals, escaped for URLs, JSON and HTML, in base64 wherever it begins, in
   * hexadecimal, and broken into lines. An arrow, so that it can be handed around.
   */
  readonly redact = (text: string): string => {
    if (this.empty || text === '') return text;
    this.#automaton ??= new Automaton([...this.#secrets].flatMap(formsOf));
    const covered: Range[] = [];
    let view = viewOf(text);
    for (let layer = 0; ; layer += 1) {
      this.#search(view, covered);
      const next = layer === LAYERS_OF_ESCAPES ? view : unescaped(view);
      if (next === view) break;
      view = next;
    }
    const withoutMarkup = withoutTags(view);
    if (withoutMarkup !== view) this.#search(withoutMarkup, covered);
    return withoutRanges(text, covered);
  };

  #search(view: View, covered: Range[]): void {
    this.#automaton?.search(view, (first, last) => {
      covered.push({ from: view.starts[first] ?? 0, to: view.ends[last] ?? 0 });
    });
  }
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function withoutRanges(text: string, ranges: Range[]): string {
  if (ranges.length === 0) return text;
  ranges.sort((a, b) => a.from - b.from);
  const parts: string[] = [];
  let done = 0;
  let open: { from: number; to: number } | undefined;
  const close = (): void => {
    if (open === undefined) return;
    parts.push(text.slice(done, open.from), MASK);
    done = open.to;
  };
  for (const range of ranges) {
    if (open !== undefined && range.from < open.to) {
      open.to = Math.max(open.to, range.to);
      continue;
    }
    close();
    open = { ...range };
  }
  close();
  parts.push(text.slice(done));
  return parts.join('');
}
