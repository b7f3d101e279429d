/** Places on a photo, in hundredths of its sides; all whole numbers, as packs want them. */

import type { Area } from "../../items/types";
import { nextId } from "./skeleton";

/** Across, of the photo's width: a finger on a phone. */
const FIRST_SIZE = 22;
const LEAST = 8;
const MOST = 80;
export const MOST_AREAS = 8;

const within = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, Math.round(value)));

/** A circle round a point; `shape` is the photo's width by its height. */
export function circleAt(areas: Area[], x: number, y: number, shape: number): Area {
  const w = FIRST_SIZE;
  const h = within(FIRST_SIZE * shape, LEAST, MOST);
  const area: Area = { id: nextId(areas), shape: "circle", x: 0, y: 0, w, h, label: "" };
  return movedTo(area, x - w / 2, y - h / 2);
}

/** The area with its corner there, inside the photo. */
export function movedTo(area: Area, x: number, y: number): Area {
  return { ...area, x: within(x, 0, 100 - area.w), y: within(y, 0, 100 - area.h) };
}

/** The area larger or smaller by a fifth, its middle where it was. */
export function resized(area: Area, larger: boolean): Area {
  const by = larger ? 1.2 : 1 / 1.2;
  const w = within(area.w * by, LEAST, MOST);
  const h = within(area.h * by, LEAST, MOST);
  return movedTo({ ...area, w, h }, area.x + (area.w - w) / 2, area.y + (area.h - h) / 2);
}
