import type { Box } from "../api/types";

/** What is off with the box. Each has one sentence that says what it means and one that says what to do. */
export type Trouble = "diskFull" | "diskLow" | "noAddress" | "noPacks";

/** Answers are kept until the last byte; below these sizes there is no room for packs, copies and updates. */
const FULL_BELOW = 500e6;
const LOW_BELOW = 2e9;

/** What to tell the technician, the worst first. */
export function troubles(box: Box): Trouble[] {
  const found: Trouble[] = [];
  if (box.disk.free < FULL_BELOW) found.push("diskFull");
  else if (box.disk.free < LOW_BELOW || box.disk.free < box.disk.total * 0.05) found.push("diskLow");
  if (box.addresses.length === 0) found.push("noAddress");
  if (box.packs.length === 0) found.push("noPacks");
  return found;
}

/** How the screens of the box say when something was. */
export const WHEN = { day: "numeric", month: "long", hour: "numeric", minute: "2-digit" } as const;

export type Unit = "kb" | "mb" | "gb";

/** Bytes as disks are sold: in powers of ten, with one decimal below ten. */
export function sizeOf(bytes: number): { value: number; unit: Unit } {
  const [unit, whole]: [Unit, number] = bytes >= 1e9 ? ["gb", 1e9] : bytes >= 1e6 ? ["mb", 1e6] : ["kb", 1e3];
  const value = bytes / whole;
  return { value: value < 10 ? Math.round(value * 10) / 10 : Math.round(value), unit };
}

/** How long something took, in the larger unit that suits. */
export function durationOf(milliseconds: number): { unit: "seconds" | "minutes"; count: number } {
  const seconds = Math.max(1, Math.round(milliseconds / 1_000));
  return seconds < 90 ? { unit: "seconds", count: seconds } : { unit: "minutes", count: Math.round(seconds / 60) };
}

/** How long it runs, in its largest unit that is at least one; a box that just started runs for a minute. */
export function runningFor(milliseconds: number): { unit: "minutes" | "hours" | "days"; count: number } {
  const minutes = Math.max(1, Math.floor(milliseconds / 60_000));
  if (minutes < 60) return { unit: "minutes", count: minutes };
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? { unit: "hours", count: hours } : { unit: "days", count: Math.floor(hours / 24) };
}
