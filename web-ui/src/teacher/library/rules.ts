import type { Consent, Library, LibraryJob, LibraryOffer, LibraryStick, OfferVerdict } from "../../api/types";

/** Whether something is on a stick that the school does not have yet, and that can be added. */
export function isNews(offer: LibraryOffer): boolean {
  return offer.problem === null && ["new", "update", "changed"].includes(offer.relation);
}

/** What the quiet line on the other pages tells: a stick that is looked at, or so many courses to add. */
export function newsOf(page: Library): { looking: boolean; count: number } | null {
  const sticks = page.sticks.filter((stick) => stick.kind !== "uploads");
  const ids = new Set(sticks.map((stick) => stick.id));
  const count = page.offers.filter((offer) => ids.has(offer.stick) && isNews(offer)).length;
  const looking = sticks.some((stick) => stick.looking && stick.kind === "stick");
  return count > 0 || looking ? { looking: count === 0, count } : null;
}

/** A stick with what lies on it. */
export interface StickView {
  stick: LibraryStick;
  offers: LibraryOffer[];
}

/** The sticks that have something to show, those that are plugged in first. */
export function sticksOf(page: Library): StickView[] {
  const rank = { stick: 0, uploads: 1, folder: 2 };
  return page.sticks
    .map((stick) => ({ stick, offers: usableFirst(page.offers.filter((offer) => offer.stick === stick.id)) }))
    .filter(({ stick, offers }) => stick.kind === "stick" || offers.length > 0 || stick.unknown.length > 0)
    .sort((a, b) => rank[a.stick.kind] - rank[b.stick.kind]);
}

/** What can't be added at all comes last; the rest stays in the box's order, so that no card moves under a finger. */
function usableFirst(offers: LibraryOffer[]): LibraryOffer[] {
  return [...offers.filter((offer) => !offer.problem), ...offers.filter((offer) => offer.problem)];
}

export function isOver(job: LibraryJob): boolean {
  return job.state === "done" || job.state === "failed" || job.state === "cancelled";
}

/** The job of an offer. */
export function jobOf(page: Library, offer: LibraryOffer): LibraryJob | undefined {
  return page.jobs.find((job) => job.offer === offer.id);
}

/** Jobs that no card shows: of courses that leave or travel, and of offers whose stick is away. */
export function looseJobs(page: Library): LibraryJob[] {
  const shown = new Set(page.offers.map((offer) => offer.id));
  return page.jobs.filter((job) => job.offer === null || !shown.has(job.offer));
}

/** What to say of an offer: how good it is, or that nobody knows yet. */
export type Judged = "checking" | "ready" | "remarks" | "decide" | "refused";

export function judgedOf(offer: LibraryOffer): Judged {
  if (offer.problem) return "refused";
  return offer.verdict ? judgedBy(offer.verdict) : "checking";
}

export function judgedBy(verdict: OfferVerdict): Judged {
  const words: Record<OfferVerdict["grade"], Judged> = { A: "ready", B: "remarks", C: "decide", refused: "refused" };
  return words[verdict.grade];
}

/** `1, 2, 5` as ranges: from and to, the same for one. */
export function gradeRanges(grades: number[]): [number, number][] {
  const ranges: [number, number][] = [];
  for (const grade of [...new Set(grades)].sort((a, b) => a - b)) {
    const last = ranges[ranges.length - 1];
    if (last && last[1] === grade - 1) last[1] = grade;
    else ranges.push([grade, grade]);
  }
  return ranges;
}

const ACCEPT: Record<Consent, string> = {
  unsigned: "acceptUnsigned",
  publisher: "acceptPublisher",
  errors: "acceptErrors",
  older: "acceptOlder",
  incomplete: "acceptIncomplete",
};

/** A yes to each of these, as the box reads it. */
export function yesTo(consents: Consent[]): Record<string, true> {
  return Object.fromEntries(consents.map((consent) => [ACCEPT[consent], true]));
}

/** How full the disk is, in parts of one: courses and the rest, free for courses, kept for answers. */
export function diskShares({ free, total, kept }: Library["disk"]): { used: number; free: number; kept: number } {
  const whole = Math.max(1, total);
  const reserve = Math.min(kept, free);
  return { used: (total - free) / whole, free: (free - reserve) / whole, kept: reserve / whole };
}

/** What is told of findings of one kind: a plain word for it, and how often it was found. */
export interface Told {
  code: string;
  severity: string;
  /** The box's own sentences, with their places. */
  findings: { place: string; message: string }[];
}

/** Findings by their codes, in the order in which they came; numbers that only an author wants are left out. */
export function toldOf(verdict: OfferVerdict): Told[] {
  const told = new Map<string, Told>();
  for (const { code, severity, place, message } of verdict.findings) {
    if (severity === "info") continue;
    const known = told.get(code) ?? { code, severity, findings: [] };
    known.findings.push({ place, message });
    told.set(code, known);
  }
  return [...told.values()];
}
