import { expect, it } from "vitest";
import { withTables } from "./tables";

it("tells each cell of which column it is", () => {
  const table =
    "<table><thead><tr><th>Minute</th><th>You <em>say</em></th><th></th></tr></thead>" +
    "<tbody><tr><td>0–3</td><td>Go</td><td>x</td></tr>\n<tr><td>3</td><td></td><td></td></tr></tbody></table>";
  const rows = withTables(`<p>Plan</p>${table}`);
  expect(rows.match(/<td[^>]*>[^<]*/g)).toEqual([
    '<td role="cell">',
    '<td role="cell" data-column="Minute">0–3',
    '<td role="cell" data-column="You say">Go',
    '<td role="cell">x',
    '<td role="cell" data-column="Minute">3',
    '<td role="cell" data-column="You say">',
    '<td role="cell">',
  ]);
  expect(rows.match(/role="row"/g)).toHaveLength(3);
  expect(rows.startsWith("<p>Plan</p>")).toBe(true);
});

it("leaves the table of a card as it is", () => {
  const card = '<section class="card-to-cut"><table><tr><td></td></tr></table></section>';
  expect(withTables(card)).toBe(
    '<section class="card-to-cut"><div class="wide-table" tabindex="0"><table><tr><td></td></tr></table></div></section>',
  );
});
