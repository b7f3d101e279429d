/** Below so many seconds nobody misses the beginning, and so close to the end nothing is left to see. */
const TOO_EARLY = 5;
const TOO_LATE = 10;

/** Where a film of `duration` seconds begins for a student who stopped at `position`. */
export function startAt(position: number, duration: number): number {
  if (!Number.isFinite(duration) || position < TOO_EARLY || position > duration - TOO_LATE) return 0;
  return position;
}

/** What the page of the document reader tells; anything else that comes along is not for us. */
export type Told = { kind: "page"; page: number; pages: number } | { kind: "failed" };

export function readTold(data: unknown): Told | null {
  if (typeof data !== "object" || data === null) return null;
  const { schoolhouse, page, pages } = data as Record<string, unknown>;
  if (schoolhouse === "failed") return { kind: "failed" };
  const counts = (value: unknown): value is number => Number.isInteger(value) && (value as number) > 0;
  if (schoolhouse === "page" && counts(page) && counts(pages) && page <= pages) return { kind: "page", page, pages };
  return null;
}
