import { expect, it } from "vitest";
import { areaAt } from "./hit";
import type { Area } from "./types";

const face: Area = { id: "face", shape: "circle", x: 10, y: 10, w: 80, h: 80, label: "Face" };
const nose: Area = { id: "nose", shape: "rect", x: 45, y: 45, w: 10, h: 10, label: "Nose" };
const size = { width: 400, height: 400 };

it.each([
  ["inside the larger area", 120, 120, "face"],
  ["inside both, the smaller is meant", 200, 200, "nose"],
  ["a finger's width outside", 200, 380, "face"],
  ["in the corner that the circle leaves free", 45, 45, undefined],
  ["far away", 395, 5, undefined],
])("a tap %s", (_, x, y, id) => {
  expect(areaAt([face, nose], { x, y }, size)?.id).toBe(id);
  expect(areaAt([nose, face], { x, y }, size)?.id).toBe(id);
});
