import { expect, it } from "vitest";
import { circleAt, movedTo, resized } from "./areas";

it("places on a photo are round, whole numbers, and inside", () => {
  const middle = circleAt([], 50, 50, 2);
  expect(middle).toEqual({ id: "a", shape: "circle", x: 39, y: 28, w: 22, h: 44, label: "" });
  const corner = circleAt([middle], 99.6, 0.2, 0.75);
  expect([corner.id, corner.x + corner.w, corner.y]).toEqual(["b", 100, 0]);
  expect(movedTo(corner, -5, 300)).toMatchObject({ x: 0, y: 100 - corner.h });
  const larger = resized(middle, true);
  expect([larger.x + larger.w / 2, larger.w > middle.w]).toEqual([50, true]);
  let small = middle;
  for (let i = 0; i < 20; i++) small = resized(small, false);
  expect(small.w).toBe(8);
});
