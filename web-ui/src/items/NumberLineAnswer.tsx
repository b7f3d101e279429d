import { t } from "../i18n";
import { LINE_MARGIN, LINE_WIDTH, LineParts, lineX } from "./drawings/NumberLine";
import { Icon } from "../ui/Icon";
import { write } from "./number";
import { PartMark, markClass } from "./OptionBody";
import { readNumber } from "./reading";
import { type Scale, nextTick, nudged, placeOf, scaleOf, tappedPlace, valueAt } from "./slide";
import { ticksOf, writeLike } from "./ticks";
import type { ControlProps } from "./types";

/** A mark to set on a number line: a tap sets it, arrow keys and the two buttons move it. Left to right everywhere. */
export function NumberLineAnswer({
  variant,
  value,
  onChange,
  disabled,
  marks,
  labelledBy,
}: ControlProps<"numberline">) {
  const { line } = variant;
  const scale = scaleOf(line);
  const text = typeof value === "string" ? value : "";
  const chosen = readNumber(text)?.values[0];
  const place = chosen ? placeOf(scale, chosen) : undefined;
  const right = text === "" ? undefined : marks[text];
  const middle = nextTick(scale, Math.floor(scale.places / 2) - 1, 1);

  const put = (next: number) => onChange(write(valueAt(scale, next)));
  const tap = (event: MouseEvent & { currentTarget: Element }) => {
    if (disabled) return;
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const across = ((event.clientX - left) / width) * LINE_WIDTH;
    const length = LINE_WIDTH - 2 * LINE_MARGIN;
    put(tappedPlace(scale, Math.max(0, Math.min(1, (across - LINE_MARGIN) / length)), length));
  };
  const press = (event: KeyboardEvent) => {
    const next = disabled ? undefined : keyPlace(event.key, scale, place ?? middle);
    if (next === undefined) return;
    event.preventDefault();
    put(place === undefined && event.key.startsWith("Arrow") ? middle : next);
  };

  return (
    <div class={`item-line${markClass(right)}`}>
      <div
        class="item-line-track"
        dir="ltr"
        role="slider"
        tabIndex={disabled ? -1 : 0}
        aria-labelledby={labelledBy}
        aria-disabled={disabled}
        aria-valuemin={0}
        aria-valuemax={scale.places}
        aria-valuenow={place ?? 0}
        aria-valuetext={place === undefined ? t("items.line.none") : writeLike(valueAt(scale, place), line.step)}
        onClick={tap}
        onKeyDown={press}
      >
        <svg class="item-line-drawing" viewBox={`0 0 ${LINE_WIDTH} 84`} aria-hidden="true" focusable="false">
          <LineParts ticks={ticksOf(line)} />
          {place !== undefined && (
            <g class="item-line-mark" style={{ transform: `translateX(${lineX(place / scale.places)}px)` }}>
              <path d="M0 40l-11-13a14 14 0 1 1 22 0z" />
              <circle cx="0" cy="44" r="4" />
            </g>
          )}
        </svg>
      </div>
      {!disabled && (
        <>
          <p class="item-note" dir="auto" role="status">
            {place === undefined ? t("items.line.how") : t("items.line.move")}
          </p>
          <div class="item-line-moves" dir="ltr">
            <button
              type="button"
              class="item-move"
              aria-label={t("items.line.less")}
              onClick={() => put(place === undefined ? middle : nudged(scale, place, -1))}
            >
              <Icon name="minus" />
            </button>
            <button
              type="button"
              class="item-move"
              aria-label={t("items.line.more")}
              onClick={() => put(place === undefined ? middle : nudged(scale, place, 1))}
            >
              <Icon name="plus" />
            </button>
          </div>
        </>
      )}
      <PartMark right={right} words />
    </div>
  );
}

function keyPlace(key: string, scale: Scale, place: number): number | undefined {
  switch (key) {
    case "ArrowRight":
    case "ArrowUp":
      return nudged(scale, place, 1);
    case "ArrowLeft":
    case "ArrowDown":
      return nudged(scale, place, -1);
    case "PageUp":
      return nextTick(scale, place, 1);
    case "PageDown":
      return nextTick(scale, place, -1);
    case "Home":
      return 0;
    case "End":
      return scale.places;
    default:
      return undefined;
  }
}
