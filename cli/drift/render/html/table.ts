import { html, type Markup, type Part } from "./markup";

/** The content of a table. */
export interface Table {
  readonly caption: string;
  readonly columns: readonly string[];
  /** The first cell of a row is its header. */
  readonly rows: readonly { readonly anchor?: string; readonly cells: readonly Part[] }[];
}

/** A table with headers for columns and rows; on a phone each cell shows the title of its column. */
export function table({ caption, columns, rows }: Table): Markup {
  return html`<table>
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        ${columns.map((column) => html`<th scope="col">${column}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ anchor, cells: [first, ...cells] }) =>
          html`<tr${anchor !== undefined && html` id="${anchor}"`}>
            <th scope="row">${first}</th>
            ${cells.map((cell, index) => html`<td data-column="${columns[index + 1]}">${cell}</td>`)}
          </tr> `,
      )}
    </tbody>
  </table>`;
}
