/**
 * Tables of a pack's page, for narrow screens: there each row stands by itself, and each cell says which column it is of.
 * The tables of cards are forms for paper; they keep their shape and are pushed sideways.
 */
export function withTables(html: string): string {
  return html.replace(/<section [^]*?<\/section>|<table>[^]*?<\/table>/g, (part) =>
    part.startsWith("<table>") ? byRows(part) : pushedSideways(part),
  );
}

function pushedSideways(card: string): string {
  return withoutEmptyHeads(card).replace(/<table>/g, '<div class="wide-table" tabindex="0"><table>').replace(/<\/table>/g, "</table></div>");
}

/** A corner without words heads nothing. */
function withoutEmptyHeads(table: string): string {
  return table.replace(/<th><\/th>/g, "<td></td>");
}

/** The roles say what a browser forgets of a table whose rows are drawn as blocks. */
function byRows(table: string): string {
  const columns: string[] = [];
  return withoutEmptyHeads(table)
    .replace(/<table>/, '<table class="by-rows" role="table">')
    .replace(/<th>([^]*?)<\/th>|<td><\/td>(?=[^]*<\/thead>)/g, (_, words = "") => {
      columns.push(words.replace(/<[^>]*>/g, "").replace(/"/g, "&quot;"));
      return words ? `<th role="columnheader">${words}</th>` : '<td role="cell"></td>';
    })
    .replace(/<tr>([^]*?)<\/tr>/g, (_, row: string) => {
      let at = 0;
      return `<tr role="row">${row.replace(/<td>/g, () => {
        const column = columns[at++];
        return column ? `<td role="cell" data-column="${column}">` : '<td role="cell">';
      })}</tr>`;
    })
    .replace(/<(thead|tbody)>/g, '<$1 role="rowgroup">');
}
