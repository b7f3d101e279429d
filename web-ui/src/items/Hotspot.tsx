import { useState } from "preact/hooks";
import { t } from "../i18n";
import { mediaUrl } from "../store";
import { type Point, areaAt } from "./hit";
import { picks } from "./marking";
import { PartMark, markClass } from "./OptionBody";
import { toggled } from "./taps";
import type { ControlProps } from "./types";

/**
 * Places on a picture. Each area is a button that nobody sees until it is picked or has the keyboard, so that the
 * picture gives nothing away; fingers may miss an area by a little.
 */
export function Hotspot({ variant, hash, value, onChange, disabled, marks, labelledBy }: ControlProps<"hotspot">) {
  const picked = picks(value);
  const [miss, setMiss] = useState<Point | null>(null);
  const onlyOne = !variant.many;
  const hint = onlyOne ? t(picked.length > 0 ? "items.hotspot.again" : "items.hotspot.how") : t("items.hotspot.many");

  const pick = (id: string) => {
    setMiss(null);
    if (onlyOne && !picked.includes(id)) onChange([id]);
    else onChange(toggled(picked, id));
  };
  const tap = (event: MouseEvent & { currentTarget: HTMLElement }) => {
    if (disabled) return;
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    const point = { x: event.clientX - left, y: event.clientY - top };
    const id = event.target instanceof HTMLElement ? event.target.dataset.area : undefined;
    // A key press on a button is a click without a place (detail 0).
    const area =
      event.detail === 0 && id
        ? variant.areas.find((one) => one.id === id)
        : areaAt(variant.areas, point, { width, height });
    if (area) pick(area.id);
    else setMiss(point);
  };

  return (
    <div role="group" aria-labelledby={labelledBy}>
      <div class="item-hotspot" dir="ltr" onClick={tap}>
        <img class="item-hotspot-picture" src={mediaUrl(hash, variant.image)} alt={variant.alt} />
        {variant.areas.map(({ id, shape, x, y, w, h, label }) => {
          const chosen = picked.includes(id);
          const right = chosen ? marks[id] : undefined;
          return (
            <button
              key={id}
              type="button"
              data-area={id}
              class={`item-area is-${shape}${chosen ? " is-chosen" : ""}${markClass(right)}`}
              style={{ left: `${x}%`, top: `${y}%`, width: `${w}%`, height: `${h}%` }}
              aria-label={label}
              aria-pressed={chosen}
              disabled={disabled}
            >
              <PartMark right={right} />
            </button>
          );
        })}
        {miss && (
          <span key={`${miss.x},${miss.y}`} class="item-miss" style={{ left: `${miss.x}px`, top: `${miss.y}px` }} />
        )}
      </div>
      {!disabled && (
        <p class="item-note" dir="auto" role="status">
          {miss ? t("items.hotspot.miss") : hint}
        </p>
      )}
    </div>
  );
}
