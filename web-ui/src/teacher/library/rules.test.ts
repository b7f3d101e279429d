import { expect, test } from "vitest";
import type { Library, LibraryOffer, LibraryStick } from "../../api/types";
import { diskShares, gradeRanges, judgedOf, looseJobs, newsOf, sticksOf, toldOf, yesTo } from "./rules";

const stick = (id: string, more: Partial<LibraryStick> = {}): LibraryStick => ({
  id, kind: "stick", name: id, writable: true, looking: false, full: false, unknown: [], ...more,
});

const offer = (id: string, more: Partial<LibraryOffer> = {}) =>
  ({ id, stick: "s", relation: "new", problem: null, verdict: null, ...more }) as LibraryOffer;

const page = (more: Partial<Library>): Library => ({
  sticks: [], offers: [], jobs: [], uploads: [], packs: [], disk: { free: 0, total: 0, kept: 0 }, ...more,
});

test("the quiet line tells of what is new on a stick, and of nothing else", () => {
  const sticks = [stick("s"), stick("u", { kind: "uploads" }), stick("f", { kind: "folder", looking: true })];
  expect(newsOf(page({ sticks }))).toBe(null);
  const broken = offer("3", { problem: { code: "pack.cut-off", detail: "", params: {} } });
  const offers = [offer("1"), offer("2", { relation: "installed" }), broken, offer("4", { stick: "u" }), offer("5", { relation: "older" })];
  expect(newsOf(page({ sticks, offers }))).toEqual({ looking: false, count: 1 });
  expect(newsOf(page({ sticks: [stick("s", { looking: true })] }))).toEqual({ looking: true, count: 0 });
});

test("a stick without anything is shown, an empty folder is not", () => {
  const sticks = [stick("f", { kind: "folder" }), stick("u", { kind: "uploads" }), stick("s")];
  expect(sticksOf(page({ sticks })).map((one) => one.stick.id)).toEqual(["s"]);
  const offers = [offer("1", { stick: "f" }), offer("2", { stick: "u" })];
  expect(sticksOf(page({ sticks, offers })).map((one) => one.stick.id)).toEqual(["s", "u", "f"]);
});

test("a job whose stick is away has a card of its own", () => {
  const job = (id: string, about: string | null) => ({ id, offer: about }) as Library["jobs"][number];
  const jobs = [job("a", "1"), job("b", "gone"), job("c", null)];
  expect(looseJobs(page({ offers: [offer("1")], jobs })).map((one) => one.id)).toEqual(["b", "c"]);
});

test("what stands against an offer weighs more than its grade", () => {
  const verdict = { grade: "A" as const, findings: [], count: 0 };
  expect(judgedOf(offer("1"))).toBe("checking");
  expect(judgedOf(offer("1", { verdict }))).toBe("ready");
  expect(judgedOf(offer("1", { verdict, problem: { code: "pack.conflicts", detail: "", params: {} } }))).toBe("refused");
});

test("grades are told as a person would", () => {
  expect(gradeRanges([3, 1, 2, 5, 5])).toEqual([[1, 3], [5, 5]]);
  expect(gradeRanges([])).toEqual([]);
});

test("a yes names what it is to", () => {
  expect(yesTo(["unsigned", "older"])).toEqual({ acceptUnsigned: true, acceptOlder: true });
});

test("the disk's parts make a whole, also when answers take what is kept", () => {
  expect(diskShares({ free: 50, total: 100, kept: 10 })).toEqual({ used: 0.5, free: 0.4, kept: 0.1 });
  expect(diskShares({ free: 5, total: 100, kept: 10 })).toEqual({ used: 0.95, free: 0, kept: 0.05 });
});

test("findings of one kind are told once, and numbers for authors are not", () => {
  const finding = (code: string, severity: "info" | "warning", place: string) => ({ code, severity, place, message: "…" });
  const findings = [finding("W-203", "warning", "a"), finding("I-301", "info", ""), finding("W-203", "warning", "b")];
  const told = toldOf({ grade: "B", findings, count: 3 });
  expect(told.map((one) => [one.code, one.findings.map((found) => found.place)])).toEqual([["W-203", ["a", "b"]]]);
});
