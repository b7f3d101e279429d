import type { Evidence } from "../api/types";

/** An entry as the tablet keeps it until the box has it on its disk. It names no student: the ticket does. */
export interface Kept {
  /** Counts from 1 without gaps over everything this browser ever sent. */
  n: number;
  /** When it happened, by the tablet's own clock, in milliseconds. */
  at: number;
  evidence: Evidence;
}

/** The box's limits for one batch (docs/api.md). */
export const MOST_ENTRIES = 200;
export const MOST_BYTES = 256 * 1024;
/** Browsers refuse a request that outlives its page above 64 KB; we stay below. */
export const MOST_BYTES_WHILE_CLOSING = 60 * 1024;

const FIRST_DELAY = 1_000;
const LONGEST_DELAY = 30_000;

/**
 * The JSON of one batch: the oldest entries, in order, as many as fit. A single entry that is larger than
 * the limit is sent alone, because holding it back would block all behind it.
 */
export function batchOf(client: string, kept: Kept[], now: number, mostBytes = MOST_BYTES): string {
  const head = `{"client":${JSON.stringify(client)},"entries":[`;
  const parts: string[] = [];
  let bytes = head.length + 2;
  for (const entry of kept.slice(0, MOST_ENTRIES)) {
    // A tablet whose clock was set back must not claim that something is yet to happen.
    const ago = Math.max(0, Math.round(now - entry.at));
    const part = JSON.stringify({ n: entry.n, ...entry.evidence, ago });
    const size = utf8Length(part) + 1;
    if (parts.length > 0 && bytes + size > mostBytes) break;
    parts.push(part);
    bytes += size;
  }
  return `${head}${parts.join(",")}]}`;
}

export function utf8Length(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // Both halves of a pair make four bytes together.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
  }
  return bytes;
}

/**
 * How long to wait after the n-th failure in a row: 1 s doubled up to 30 s, and of that a random part
 * between half and all, so that forty tablets do not come back at once. `random` is in [0, 1).
 */
export function delayAfter(failures: number, random: number): number {
  const full = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** Math.max(0, failures - 1));
  return Math.round(full * (0.5 + 0.5 * random));
}

/**
 * What the box's `next` means. `forget`: everything below is on the box's disk. `renumber`: the box has seen
 * more of this client than this browser ever numbered, so the browser's storage went back in time (a power
 * cut on the tablet); the numbers it gave since may be taken, and what is kept must go out under a new client.
 */
export function judge(next: number, nextOwn: number): "forget" | "renumber" {
  return next > nextOwn ? "renumber" : "forget";
}
