import type { Drawing } from "../../../items/types";
import { Picture } from "../../../items/drawings/Picture";
import { t } from "../../../i18n";
import { Button, Field, Select, TextArea } from "../../../ui";
import type { Desk } from "../desk";
import { emptyDrawing, readStem, type StemParts, writeStem } from "../stem";
import type { Item } from "../types";
import { Photo } from "./Photo";

const DRAWINGS: Drawing["drawing"][] = ["base-ten", "ten-frame", "array", "fraction-bar", "fraction-circle", "number-line"];

/** Numbers that a drawing is made of, and how large each may be. */
const NUMBERS: Record<string, [name: string, most: number][]> = {
  "base-ten": [["value", 999]],
  "ten-frame": [["value", 20]],
  array: [
    ["rows", 30],
    ["columns", 30],
  ],
  "fraction-bar": [
    ["parts", 60],
    ["shaded", 60],
  ],
  "fraction-circle": [
    ["parts", 60],
    ["shaded", 60],
  ],
  "number-line": [],
};

interface StemProps {
  item: Item;
  onChange: (item: Item) => void;
  desk: Desk;
}

/** The question: words, and if it helps a sum, a picture or a drawing. A text with gaps is its own question. */
export function StemEditor({ item, onChange, desk }: StemProps) {
  const stem = readStem(item.stem);
  const change = (next: Partial<StemParts>) => onChange({ ...item, stem: writeStem({ ...stem, ...next }) });
  const isGaps = item.type === "cloze";
  // A question about a photo has its picture already.
  const mayShow = item.type !== "hotspot";
  return (
    <div class="stack stack-s">
      <div data-field="stem">
        <TextArea
          label={t(isGaps ? "authoring.stemAbove" : "authoring.stem")}
          rows={2}
          dir="auto"
          value={stem.text}
          onInput={(text) => change({ text })}
          data-stem={isGaps ? undefined : true}
        />
      </div>
      {stem.math !== null && (
        <Field
          label={t("authoring.math")}
          note={t("authoring.mathNote")}
          dir="ltr"
          value={stem.math}
          onInput={(math) => change({ math })}
        />
      )}
      {stem.picture && (
        <Photo
          desk={desk}
          file={stem.picture.image || null}
          alt={stem.picture.alt}
          onChange={(image, alt) => change({ picture: { image, alt } })}
          onRemove={() => change({ picture: null })}
        />
      )}
      {stem.drawing && <DrawingEditor drawing={stem.drawing} onChange={(drawing) => change({ drawing })} />}
      <div class="row own-adds">
        {mayShow && !stem.picture && (
          <Button kind="quiet" icon="camera" onClick={() => change({ picture: { image: "", alt: "" } })}>
            {t("authoring.addPicture")}
          </Button>
        )}
        {mayShow && (
          <Button
            kind="quiet"
            icon={stem.drawing ? "minus" : "grid"}
            onClick={() => change({ drawing: stem.drawing ? null : emptyDrawing("base-ten") })}
          >
            {t(stem.drawing ? "authoring.removeDrawing" : "authoring.addDrawing")}
          </Button>
        )}
        <Button
          kind="quiet"
          icon={stem.math === null ? "plus" : "minus"}
          onClick={() => change({ math: stem.math === null ? "" : null })}
        >
          {t(stem.math === null ? "authoring.addMath" : "authoring.removeMath")}
        </Button>
      </div>
    </div>
  );
}

function DrawingEditor({ drawing, onChange }: { drawing: Drawing; onChange: (drawing: Drawing) => void }) {
  const values = drawing as unknown as Record<string, string | number | undefined>;
  const set = (name: string, value: string | number) => onChange({ ...values, [name]: value } as unknown as Drawing);
  return (
    <div class="own-drawing stack stack-s">
      <Select
        label={t("authoring.drawing")}
        value={drawing.drawing}
        choices={DRAWINGS.map((value) => ({ value, label: t(`authoring.drawing.${value}`) }))}
        onChange={(name) => onChange(emptyDrawing(name))}
      />
      <div class="own-three">
        {NUMBERS[drawing.drawing]!.map(([name, most]) => (
          <Field
            key={name}
            type="number"
            min={0}
            max={most}
            label={t(`authoring.drawn.${name as "value"}`)}
            value={String(values[name])}
            onInput={(text) => set(name, Math.max(0, Math.min(most, Math.round(Number(text)))))}
          />
        ))}
        {drawing.drawing === "number-line" &&
          (["from", "to", "step"] as const).map((name) => (
            <Field
              key={name}
              dir="ltr"
              label={t(`authoring.line.${name}`)}
              value={drawing[name]}
              onInput={(text) => set(name, text)}
            />
          ))}
      </div>
      <Picture drawing={drawing} />
    </div>
  );
}
