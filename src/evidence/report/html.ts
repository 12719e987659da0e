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

/** A table with a heading for each column; the first cell of a row is its heading where `headed`. */
export function table(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly (string | Markup)[])[],
): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells) =>
            html`<tr>
              ${cells.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div> `;
}
