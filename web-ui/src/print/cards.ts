/**
 * Cards in a page, laid out for paper. The box marks them: `<div class="cards-to-cut" data-on-a-sheet="4">` holds a
 * `<section class="card-to-cut">` for each card, and nothing in a page can write such marks by itself.
 */
const SET = /<div class="cards-to-cut" data-on-a-sheet="(\d)">([^]*?)<\/div>/g;
/** Of the second level in the pack, thus of the third in the app; of the second where the page's title stands above it. */
const HEADING = /<h([23])>([^]*?)<\/h\1>/;
const CARD = /<section class="card-to-cut">([^]*?)<\/section>/g;

/** One set of cards, as its author wrote it. */
interface CardSet {
  onASheet: number;
  /** The inside of each card, as HTML. */
  cards: string[];
}

function setsOf(html: string): CardSet[] {
  return match(SET, html).map(([, onASheet, inside]) => ({
    onASheet: Number(onASheet),
    cards: match(CARD, inside!).map(([, card]) => card!),
  }));
}

function match(pattern: RegExp, text: string): string[][] {
  const found: string[][] = [];
  text.replace(pattern, (...all: string[]) => {
    found.push(all);
    return "";
  });
  return found;
}

/** How often the whole set goes on one sheet: a single exit slip fills it, four answer cards go twice on a sheet of eight. */
function copiesOf({ onASheet, cards }: CardSet): number {
  return cards.length > 0 && onASheet % cards.length === 0 ? onASheet / cards.length : 1;
}

/** Different cards, and sheets of A4 that they need. */
export function countCards(html: string): { cards: number; sheets: number } {
  const sets = setsOf(html);
  return {
    cards: sets.reduce((sum, { cards }) => sum + cards.length, 0),
    sheets: sets.reduce((sum, set) => sum + Math.ceil(set.cards.length / set.onASheet), 0),
  };
}

/** The page with its cards on sheets: rows of one or two, copies where the sheet has room for the whole set again. */
export function withSheets(html: string): string {
  const sets = setsOf(html);
  let at = 0;
  return html.replace(SET, () => sheetsOf(sets[at++]!));
}

function sheetsOf(set: CardSet): string {
  const all: string[] = [];
  for (let copy = 0; copy < copiesOf(set); copy++) {
    for (const card of set.cards) all.push(cardOf(card, copy > 0));
  }
  const columns = set.onASheet > 2 ? 2 : 1;
  const sheets = inParts(all, set.onASheet).map((sheet) => {
    const rows = inParts(sheet, columns).map((row) => `<div class="cards-row">${row.join("")}</div>`);
    return `<div class="sheet cards-sheet cards-of-${set.onASheet}">${rows.join("")}</div>`;
  });
  return sheets.join("");
}

function inParts<T>(all: T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < all.length; at += size) parts.push(all.slice(at, at + size));
  return parts;
}

/** A card of one letter, or of a picture and a word, is a sign: it is read from the other end of the room. */
function cardOf(card: string, copy: boolean): string {
  const words = card.replace(HEADING, "").replace(/<[^>]*>/g, "").trim();
  const heading = HEADING.exec(card);
  const letter = heading !== null && heading[2]!.length <= 2;
  const classes = ["card-to-cut", words === "" && !/<(table|hr)/.test(card) && "card-sign", letter && "card-letter", copy && "card-copy"];
  return `<section class="${classes.filter(Boolean).join(" ")}"${copy ? ' aria-hidden="true"' : ""}>${card}</section>`;
}
