/** Where the parts of a drawing lie: numbers in, rectangles and points out, all in SVG units. */

export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface Laid {
  width: number;
  height: number;
  boxes: Box[];
}

/** Sizes in cells: a hundred is 10 × 10, a ten 1 × 10, a one 1 × 1. */
const GAP = 0.6;

/**
 * Lays out hundreds, tens and ones from left to right, three hundreds and ten sticks to a row at most, ones in
 * columns of five beside them. Units are cells.
 */
export function layBaseTen(value: number): Laid {
  const hundreds = Math.floor(value / 100);
  const tens = Math.floor(value / 10) % 10;
  const ones = value % 10;
  const boxes: Box[] = [];
  let width = 0;
  let height = 0;
  const put = (x: number, y: number, w: number, h: number) => {
    boxes.push({ x, y, w, h });
    width = Math.max(width, x + w);
    height = Math.max(height, y + h);
  };
  for (let i = 0; i < hundreds; i += 1) put((i % 3) * (10 + GAP), Math.floor(i / 3) * (10 + GAP), 10, 10);
  const below = height > 0 ? height + GAP * 2 : 0;
  for (let i = 0; i < tens; i += 1) put(i * (1 + GAP), below, 1, 10);
  const beside = tens > 0 ? tens * (1 + GAP) + GAP * 2 : 0;
  for (let i = 0; i < ones; i += 1) {
    put(beside + Math.floor(i / 5) * (1 + GAP), below + (i % 5) * (1 + GAP), 1, 1);
  }
  return { width, height, boxes };
}

/** The outline of one slice of a circle of radius 1 around 0,0, clockwise from the top. */
export function slicePath(place: number, parts: number): string {
  if (parts === 1) return "M0-1A1 1 0 1 1 0 1A1 1 0 1 1 0-1Z";
  const [fromX, fromY] = rim(place / parts);
  const [toX, toY] = rim((place + 1) / parts);
  return `M0 0L${fromX} ${fromY}A1 1 0 0 1 ${toX} ${toY}Z`;
}

function rim(turn: number): [number, number] {
  const angle = turn * 2 * Math.PI;
  return [round(Math.sin(angle)), round(-Math.cos(angle))];
}

const round = (n: number): number => Math.round(n * 1000) / 1000;
