/** Tables of a report. On a phone each row is a card; the roles keep it a table for those who hear it. */
import { html, prose, type Markup } from './html';

/** What stands in a table; texts are escaped. */
export type Cell = string | Markup;

/** A table with a heading for each column. */
export function table(caption: string, columns: readonly string[], rows: readonly (readonly Cell[])[]): Markup {
  return html`<table role="table" class="${columns.length > 2 ? 'cards' : ''}">
    <caption>
      ${prose(caption)}
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        ${columns.map((name) => html`<th role="columnheader" scope="col">${name}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map(
        (cells) =>
          html`<tr role="row">
            ${cells.map((cell, at) => cellOf(cell, columns[at] ?? ''))}
          </tr>`,
      )}
    </tbody>
  </table> `;
}

/** A table without the columns in which no row has anything. */
export function tableOfUsed(caption: string, columns: readonly string[], rows: readonly (readonly Cell[])[]): Markup {
  const used = columns.map((_, at) => rows.some((cells) => cells[at] !== ''));
  return table(
    caption,
    columns.filter((_, at) => used[at]),
    rows.map((cells) => cells.filter((_, at) => used[at])),
  );
}

/** Without white space around it, so that an empty one is empty. */
function cellOf(cell: Cell, column: string): Markup {
  const content = typeof cell === 'string' ? prose(cell) : cell;
  return html`<td role="cell" data-column="${column}">${content}</td>`;
}
