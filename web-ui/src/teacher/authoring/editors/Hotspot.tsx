import { useRef, useState } from "preact/hooks";
import type { Area } from "../../../items/types";
import { t } from "../../../i18n";
import { mediaUrl } from "../../../store";
import { Button, IconButton } from "../../../ui";
import { circleAt, MOST_AREAS, movedTo, resized } from "../areas";
import { toggledIn } from "../words";
import { Photo } from "./Photo";
import type { EditorProps } from "./props";

const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-2, 0],
  ArrowRight: [2, 0],
  ArrowUp: [0, -2],
  ArrowDown: [0, 2],
};

/** A photo with places: a touch makes one, a finger moves it; the keyboard has buttons and arrows. */
export function HotspotEditor({ item, onChange, desk }: EditorProps<"hotspot">) {
  const { areas, answer } = item;
  const remove = (id: string) =>
    onChange({ ...item, areas: areas.filter((one) => one.id !== id), answer: answer.filter((one) => one !== id) });
  const change = (area: Area) => onChange({ ...item, areas: areas.map((one) => (one.id === area.id ? area : one)) });
  const add = (x: number, y: number, shape: number) => {
    if (areas.length >= MOST_AREAS) return;
    const area = circleAt(areas, x, y, shape);
    // The first place that is touched is the one that is asked for.
    onChange({ ...item, areas: [...areas, area], answer: areas.length === 0 ? [area.id] : answer });
  };
  return (
    <div class="stack">
      <Photo desk={desk} file={item.image || null} alt={item.alt} onChange={(image, alt) => onChange({ ...item, image, alt })}>
        <Places address={mediaUrl(desk.media, item.image)} alt={item.alt} areas={areas} onAdd={add} onMove={change} />
      </Photo>
      {item.image && (
        <fieldset class="own-group" data-field="areas">
          <legend class="field-label">{t("authoring.places")}</legend>
          <p class="field-note">{t("authoring.placesNote")}</p>
          <ul class="own-rows">
            {areas.map((area, at) => {
              const number = at + 1;
              return (
                <li key={area.id} class="own-place">
                  <span class="own-place-number" aria-hidden="true">
                    {number}
                  </span>
                  <input
                    class="input"
                    dir="auto"
                    autoComplete="off"
                    placeholder={t("authoring.placeWords")}
                    aria-label={t("authoring.placeName", { number })}
                    value={area.label}
                    onInput={(event) => change({ ...area, label: event.currentTarget.value })}
                  />
                  <div class="own-place-ways">
                    <label class="own-check">
                      <input
                        type="checkbox"
                        checked={answer.includes(area.id)}
                        onChange={() => onChange({ ...item, answer: toggledIn(areas, answer, area.id) })}
                      />
                      <span>{t("authoring.placeRight")}</span>
                    </label>
                    <IconButton
                      icon="minus"
                      label={t("authoring.placeSmaller", { number })}
                      onClick={() => change(resized(area, false))}
                    />
                    <IconButton
                      icon="plus"
                      label={t("authoring.placeLarger", { number })}
                      onClick={() => change(resized(area, true))}
                    />
                    <IconButton icon="close" label={t("authoring.placeRemove", { number })} onClick={() => remove(area.id)} />
                  </div>
                </li>
              );
            })}
          </ul>
          {areas.length < MOST_AREAS && (
            <Button kind="quiet" icon="plus" onClick={() => add(50, 50, 1)}>
              {t("authoring.placeAdd")}
            </Button>
          )}
        </fieldset>
      )}
    </div>
  );
}

interface PlacesProps {
  address: string;
  alt: string;
  areas: Area[];
  onAdd: (x: number, y: number, shape: number) => void;
  onMove: (area: Area) => void;
}

interface Held {
  area: Area;
  fromX: number;
  fromY: number;
}

function Places({ address, alt, areas, onAdd, onMove }: PlacesProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState<Held | null>(null);
  const inHundredths = (event: MouseEvent) => {
    const { left, top, width, height } = frame.current!.getBoundingClientRect();
    return { x: ((event.clientX - left) / width) * 100, y: ((event.clientY - top) / height) * 100, shape: width / height };
  };

  function tap(event: MouseEvent) {
    if ((event.target as HTMLElement).closest(".own-area")) return;
    const { x, y, shape } = inHundredths(event);
    onAdd(x, y, shape);
  }

  function take(event: PointerEvent, area: Area) {
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    const { x, y } = inHundredths(event);
    setHeld({ area, fromX: x, fromY: y });
  }

  function move(event: PointerEvent) {
    if (!held) return;
    const { x, y } = inHundredths(event);
    onMove(movedTo(held.area, held.area.x + x - held.fromX, held.area.y + y - held.fromY));
  }

  function press(event: KeyboardEvent, area: Area) {
    const by = ARROWS[event.key];
    if (!by) return;
    event.preventDefault();
    onMove(movedTo(area, area.x + by[0], area.y + by[1]));
  }

  return (
    <div class="own-places" dir="ltr" ref={frame} onClick={tap}>
      <img class="own-photo-picture" src={address} alt={alt} />
      {areas.map((area, at) => (
        <button
          key={area.id}
          type="button"
          class="own-area"
          style={{ left: `${area.x}%`, top: `${area.y}%`, width: `${area.w}%`, height: `${area.h}%` }}
          aria-label={t("authoring.placeMove", { number: at + 1 })}
          onPointerDown={(event) => take(event, area)}
          onPointerMove={move}
          onPointerUp={() => setHeld(null)}
          onPointerCancel={() => setHeld(null)}
          onKeyDown={(event) => press(event, area)}
        >
          {at + 1}
        </button>
      ))}
    </div>
  );
}
