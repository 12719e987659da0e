/** Text for a page: nothing that comes from outside is ever markup. */

/** A piece of markup that was put together here. */
export interface Markup {
  readonly markup: string;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as markup shows it; control characters, which may turn the direction of a line, as their numbers. */
export function escaped(text: string): string {
  return text
    .replace(/[&<>"']/g, (one) => ESCAPES[one] ?? one)
    .replace(/[\p{Cc}\p{Cf}]/gu, (one) =>
      one === '\n' || one === '\t' ? one : `\\u${(one.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
    );
}

type Piece = string | number | Markup | readonly Markup[];

/** Markup with values in it: texts are escaped, markup stands as it is. */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  const shown = pieces.map((piece) => {
    if (typeof piece === 'string' || typeof piece === 'number') return escaped(String(piece));
    return 'markup' in piece ? piece.markup : piece.map(({ markup }) => markup).join('');
  });
  return { markup: parts.map((part, at) => part + (shown[at] ?? '')).join('') };
}

/** Words written from right to left, with what stands between two of them. */
const RIGHT_TO_LEFT =
  /([\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+(?:[\s"'.,:;/-]+[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+)*)/;

/** A text among others: names written from right to left stand for themselves, so that they do not turn round what follows. */
export function prose(text: string): Markup {
  const parts = text.split(RIGHT_TO_LEFT);
  return { markup: parts.map((part, at) => (at % 2 === 1 ? `<bdi>${escaped(part)}</bdi>` : escaped(part))).join('') };
}
