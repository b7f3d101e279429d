/** What a tap does to an answer, for the controls that are answered by tapping one thing and then another. */

type Pairs = Record<string, string>;

/** The list with the id added, or taken out where it was in it; null when nothing is left. */
export function toggled(ids: string[], id: string): string[] | null {
  const next = ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id];
  return next.length > 0 ? next : null;
}

/** The same list with the id moved by one place, up (-1) or down (1). */
export function moved(ids: string[], id: string, by: -1 | 1): string[] {
  const from = ids.indexOf(id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= ids.length) return ids;
  const next = ids.filter((one) => one !== id);
  next.splice(to, 0, id);
  return next;
}

export type Side = "left" | "right";

export interface Matching {
  pairs: Pairs;
  /** The card that waits for its partner. */
  held: { side: Side; id: string } | null;
}

/**
 * One tap on a card of a matching question. A first tap holds a card, a tap on the other side joins the two, a second
 * tap on a held card lets go of it and parts it from its partner. With `shared` a right card may have many partners.
 */
export function tapMatch({ pairs, held }: Matching, side: Side, id: string, shared: boolean): Matching {
  if (!held || held.side !== side) {
    if (!held) return { pairs, held: { side, id } };
    const [left, right] = side === "right" ? [held.id, id] : [id, held.id];
    const kept = Object.entries(pairs).filter(([l, r]) => l !== left && (shared || r !== right));
    return { pairs: Object.fromEntries([...kept, [left, right]]), held: null };
  }
  if (held.id !== id) return { pairs, held: { side, id } };
  const kept = Object.entries(pairs).filter(([l, r]) => (side === "left" ? l : r) !== id);
  return { pairs: Object.fromEntries(kept), held: null };
}

/** The pairs without those of one key, or null when none is left. */
export function without(pairs: Pairs, id: string): Pairs | null {
  return orNull(Object.fromEntries(Object.entries(pairs).filter(([one]) => one !== id)));
}

/** The pairs, or null when there is none: the response of an untouched question. */
export function orNull(pairs: Pairs): Pairs | null {
  return Object.keys(pairs).length > 0 ? pairs : null;
}
