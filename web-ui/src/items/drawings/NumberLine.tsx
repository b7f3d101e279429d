import { t } from "../../i18n";
import { divide, subtract, toNumber } from "../number";
import { numeral } from "../reading";
import { type Tick, ticksOf } from "../ticks";
import type { Line } from "../types";

/** The drawing is this wide inside; it grows and shrinks with the page. */
export const LINE_WIDTH = 340;
/** Room at both ends, so that labels and arrow heads fit. */
export const LINE_MARGIN = 20;
const LINE_Y = 44;

/** Where a place from 0 to 1 lies across the drawing. */
export const lineX = (at: number): number => LINE_MARGIN + at * (LINE_WIDTH - 2 * LINE_MARGIN);

interface NumberLineProps extends Line {
  mark?: string;
}

/** A number line with an arrow at `mark`. Number lines run left to right in every language. */
export function NumberLine({ from, to, step, labels, mark }: NumberLineProps) {
  const marked = mark === undefined ? undefined : numeral(mark);
  const start = numeral(from);
  const at = marked && toNumber(divide(subtract(marked, start), subtract(numeral(to), start)));
  const ends = { from, to, step };
  return (
    <svg
      class="item-drawing item-line-drawing"
      role="img"
      aria-label={mark === undefined ? t("items.drawn.line", ends) : t("items.drawn.lineMarked", { ...ends, mark })}
      viewBox={`0 0 ${LINE_WIDTH} 84`}
    >
      <LineParts ticks={ticksOf({ from, to, step, labels })} />
      {at !== undefined && <path class="draw-arrow" d={`M${lineX(at)} ${LINE_Y - 4}l-9-14h6v-22h6v22h6z`} />}
    </svg>
  );
}

/** The line itself with ticks and labels, for the drawing and for the control to answer on. */
export function LineParts({ ticks }: { ticks: Tick[] }) {
  return (
    <>
      <path
        class="draw-axis"
        d={`M4 ${LINE_Y}H${LINE_WIDTH - 4}M10 ${LINE_Y - 5}l-6 5l6 5M${LINE_WIDTH - 10} ${LINE_Y - 5}l6 5l-6 5`}
      />
      {ticks.map(({ at, label }) => (
        <g key={at}>
          <path class="draw-tick" d={`M${lineX(at)} ${LINE_Y - (label ? 9 : 6)}v${label ? 18 : 12}`} />
          {label && <TickLabel x={lineX(at)} label={label} />}
        </g>
      ))}
    </>
  );
}

function TickLabel({ x, label }: { x: number; label: string }) {
  const [top, bottom] = label.split("/");
  if (bottom === undefined) {
    return (
      <text class="draw-label" x={x} y={LINE_Y + 26} text-anchor="middle">
        {label}
      </text>
    );
  }
  return (
    <g class="draw-label draw-label-small" text-anchor="middle">
      <text x={x} y={LINE_Y + 22}>
        {top}
      </text>
      <path class="draw-tick" d={`M${x - 6} ${LINE_Y + 25}h12`} />
      <text x={x} y={LINE_Y + 38}>
        {bottom}
      </text>
    </g>
  );
}
