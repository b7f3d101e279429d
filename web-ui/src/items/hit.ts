/** Which area of a picture a tap means. */

import type { Area } from "./types";

/** A finger's width around an area, in pixels: half of what a young finger needs as a target. */
const REACH = 30;

export interface Point {
  x: number;
  y: number;
}

/** The area under a tap, or else the nearest one within reach of a finger; the tap and the size are in pixels. */
export function areaAt(areas: Area[], tap: Point, size: { width: number; height: number }): Area | undefined {
  let nearest: Area | undefined;
  let least = REACH;
  for (const area of areas) {
    const away = distanceTo(area, tap, size);
    // Of areas that lie inside each other the smallest is meant.
    if (away < least || (away === 0 && nearest && area.w * area.h < nearest.w * nearest.h)) {
      least = away;
      nearest = area;
    }
  }
  return nearest;
}

function distanceTo(area: Area, tap: Point, size: { width: number; height: number }): number {
  const [halfW, halfH] = [(area.w * size.width) / 200, (area.h * size.height) / 200];
  const dx = Math.abs(tap.x - ((area.x * size.width) / 100 + halfW));
  const dy = Math.abs(tap.y - ((area.y * size.height) / 100 + halfH));
  if (area.shape === "rect") return Math.hypot(Math.max(0, dx - halfW), Math.max(0, dy - halfH));
  const off = Math.hypot(dx, dy);
  if (off === 0) return 0;
  const edge = (halfW * halfH * off) / Math.hypot(dx * halfH, dy * halfW); // radius of the ellipse along this line
  return Math.max(0, off - edge);
}
