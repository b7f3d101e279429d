import { expect, it } from "vitest";
import { countCards, withSheets } from "./cards";

const set = (onASheet: number, ...cards: string[]) =>
  `<div class="cards-to-cut" data-on-a-sheet="${onASheet}">\n${cards
    .map((card) => `<section class="card-to-cut">\n${card}\n</section>\n`)
    .join("")}</div>\n`;

it("counts different cards and the sheets that they need", () => {
  const table: [string, number, number][] = [
    ["<p>No cards.</p>", 0, 0],
    [set(1, "<h3>Board</h3>"), 1, 1],
    [set(4, "<h3>Slip</h3>"), 1, 1],
    [set(4, "a", "b", "c", "d", "e"), 5, 2],
    [set(1, "a") + "<p>Between.</p>" + set(2, "b", "c", "d"), 4, 3],
  ];
  for (const [html, cards, sheets] of table) expect(countCards(html), html).toEqual({ cards, sheets });
});

it("fills a sheet when the whole set goes on it several times, and only then", () => {
  const cards = (html: string) => (withSheets(html).match(/<section/g) ?? []).length;
  const table: [string, number][] = [
    [set(8, "slip"), 8],
    [set(8, "a", "b", "c", "d"), 8],
    [set(8, "a", "b", "c"), 3],
    [set(4, "a", "b", "c", "d", "e"), 5],
    [set(1, "a", "b"), 2],
  ];
  for (const [html, expected] of table) expect(cards(html), html).toBe(expected);
});

it("keeps what stands around the cards, and hides copies from those who listen", () => {
  const page = withSheets(`<h2>Slips</h2>\n${set(2, "<h3>Name</h3><p>Why?</p>")}<p>Cut.</p>`);
  expect(page).toBe(
    '<h2>Slips</h2>\n<div class="sheet cards-sheet cards-of-2">' +
      '<div class="cards-row"><section class="card-to-cut">\n<h3>Name</h3><p>Why?</p>\n</section></div>' +
      '<div class="cards-row"><section class="card-to-cut card-copy" aria-hidden="true">\n<h3>Name</h3><p>Why?</p>\n</section></div>' +
      "</div>\n<p>Cut.</p>",
  );
});

it("shows a card of a letter or a picture large", () => {
  const classes = (card: string) => /<section class="([^"]*)"/.exec(withSheets(set(1, card)))![1];
  const table: [string, string][] = [
    ["<h3>A</h3>", "card-to-cut card-sign card-letter"],
    ['<h3>Sun</h3><p><img src="x" alt="A sun"></p>', "card-to-cut card-sign"],
    ["<h3>8</h3><p>Seats</p>", "card-to-cut card-letter"],
    ["<h3>Name</h3><hr />", "card-to-cut"],
    ["<h3>Log</h3><table><tr><td></td></tr></table>", "card-to-cut"],
  ];
  for (const [card, expected] of table) expect(classes(card), card).toBe(expected);
});
