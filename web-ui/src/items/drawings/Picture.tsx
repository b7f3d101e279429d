import { t } from "../../i18n";
import type { Drawing } from "../types";
import { NumberLine } from "./NumberLine";
import { layBaseTen, slicePath } from "./layout";

/** A drawing made from numbers, with its description in words. */
export function Picture({ drawing }: { drawing: Drawing }) {
  switch (drawing.drawing) {
    case "base-ten":
      return <BaseTen value={count(drawing.value, 999)} />;
    case "ten-frame":
      return <TenFrame value={count(drawing.value, 20)} />;
    case "array":
      return <Dots rows={count(drawing.rows, 30)} columns={count(drawing.columns, 30)} />;
    case "fraction-bar":
      return <FractionBar parts={count(drawing.parts, 60)} shaded={count(drawing.shaded, 60)} />;
    case "fraction-circle":
      return <FractionCircle parts={count(drawing.parts, 60)} shaded={count(drawing.shaded, 60)} />;
    case "number-line":
      return <NumberLine {...drawing} />;
  }
}

/** A whole number from 0 to `most`; what a pack says beyond it cannot be drawn. */
function count(value: number, most: number): number {
  return Math.max(0, Math.min(most, Math.round(value)));
}

/** Pixels of one cell: small numbers are drawn large. */
const cellSize = (value: number): number => (value >= 100 ? 11 : value >= 10 ? 16 : 24);

function BaseTen({ value }: { value: number }) {
  const { width, height, boxes } = layBaseTen(value);
  const cell = cellSize(value);
  const [hundreds, tens, ones] = [Math.floor(value / 100), Math.floor(value / 10) % 10, value % 10];
  const label = hundreds ? t("items.drawn.hundreds", { hundreds, tens, ones }) : t("items.drawn.tens", { tens, ones });
  return (
    <svg
      class="item-drawing"
      role="img"
      aria-label={label}
      viewBox={`-0.15 -0.15 ${width + 0.3} ${height + 0.3}`}
      style={{ width: `${(width + 0.3) * cell}px` }}
    >
      {boxes.map(({ x, y, w, h }, place) => (
        <g key={place}>
          <rect class="draw-block" x={x} y={y} width={w} height={h} rx={0.12} />
          <path class="draw-cut" d={cuts(x, y, w, h)} />
        </g>
      ))}
    </svg>
  );
}

/** The thin lines that show the single cubes inside a bar or a square. */
function cuts(x: number, y: number, w: number, h: number): string {
  let path = "";
  for (let i = 1; i < h; i += 1) path += `M${x} ${y + i}h${w}`;
  for (let i = 1; i < w; i += 1) path += `M${x + i} ${y}v${h}`;
  return path;
}

function TenFrame({ value }: { value: number }) {
  const frames = value > 10 ? 2 : 1;
  const width = frames * 5 + (frames - 1) * 0.6;
  return (
    <svg
      class="item-drawing"
      role="img"
      aria-label={t("items.drawn.tenFrame", { count: value, frames })}
      viewBox={`-0.1 -0.1 ${width + 0.2} 2.2`}
      style={{ width: `${(width + 0.2) * (frames === 2 ? 44 : 56)}px` }}
    >
      {Array.from({ length: frames * 10 }, (_, place) => {
        const x = (place % 5) + Math.floor(place / 10) * 5.6;
        const y = Math.floor((place % 10) / 5);
        return (
          <g key={place}>
            <rect class="draw-frame" x={x} y={y} width={1} height={1} />
            {place < value && <circle class="draw-dot" cx={x + 0.5} cy={y + 0.5} r={0.34} />}
          </g>
        );
      })}
    </svg>
  );
}

function Dots({ rows, columns }: { rows: number; columns: number }) {
  const cell = Math.min(48, 320 / Math.max(1, columns), 280 / Math.max(1, rows));
  return (
    <svg
      class="item-drawing"
      role="img"
      aria-label={t("items.drawn.array", { rows, columns })}
      viewBox={`0 0 ${Math.max(1, columns)} ${Math.max(1, rows)}`}
      style={{ width: `${columns * cell}px` }}
    >
      {Array.from({ length: rows * columns }, (_, place) => (
        <circle
          key={place}
          class="draw-dot"
          cx={(place % columns) + 0.5}
          cy={Math.floor(place / columns) + 0.5}
          r={0.34}
        />
      ))}
    </svg>
  );
}

function FractionBar({ parts, shaded }: { parts: number; shaded: number }) {
  const part = 320 / Math.max(1, parts);
  return (
    <svg
      class="item-drawing"
      role="img"
      aria-label={t("items.drawn.bar", { parts, shaded })}
      viewBox="-2 -2 324 68"
      style={{ width: "420px" }}
    >
      {Array.from({ length: parts }, (_, place) => (
        <rect
          key={place}
          class={place < shaded ? "draw-shaded" : "draw-part"}
          x={place * part}
          y={0}
          width={part}
          height={64}
        />
      ))}
    </svg>
  );
}

function FractionCircle({ parts, shaded }: { parts: number; shaded: number }) {
  return (
    <svg
      class="item-drawing"
      role="img"
      aria-label={t("items.drawn.circle", { parts, shaded })}
      viewBox="-1.03 -1.03 2.06 2.06"
      style={{ width: "200px" }}
    >
      {Array.from({ length: parts }, (_, place) => (
        <path key={place} class={place < shaded ? "draw-shaded" : "draw-part"} d={slicePath(place, parts)} />
      ))}
    </svg>
  );
}
