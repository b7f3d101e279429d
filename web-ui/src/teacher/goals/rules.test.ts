import { expect, it } from "vitest";
import { dayStart, stateOf } from "./rules";

it("says of a goal in one word where the class stands", () => {
  const words = [
    { now: 80, target: 80, onTrack: true, over: false },
    { now: 79.9, target: 80, onTrack: true, over: false },
    { now: 20, target: 80, onTrack: false, over: false },
    { now: 79, target: 80, onTrack: false, over: true },
    { now: 90, target: 80, onTrack: true, over: true },
  ].map(stateOf);
  expect(words).toEqual(["reached", "onTrack", "behind", "missed", "reached"]);
  expect(dayStart("2026-12-18")).toBe(1_797_552_000_000);
});
