import { type ComponentChildren, Fragment } from "preact";
import { t } from "../i18n";
import { type Inline as Part, isArithmetic, readInline, readMath, splitGaps } from "./markup";

interface InlineProps {
  text: string;
  /** Draws the gap with an id, in the texts of a cloze. */
  gap?: ((id: string) => ComponentChildren) | undefined;
}

/** The inline text of a paragraph: bold, italic, stacked fractions, gaps, and arithmetic that stays left to right. */
export function Inline({ text, gap }: InlineProps) {
  const parts = <Parts parts={readInline(text)} gap={gap} />;
  return isArithmetic(text) ? <bdi dir="ltr">{parts}</bdi> : parts;
}

function Parts({ parts, gap }: { parts: Part[]; gap: InlineProps["gap"] }) {
  return (
    <>
      {parts.map((part, place) => {
        switch (part.kind) {
          case "text":
            return drawText(part.text, gap);
          case "run":
            return (
              <bdi key={place} dir="ltr" class={part.text.includes("{{") ? undefined : "item-run"}>
                {drawText(part.text, gap)}
              </bdi>
            );
          case "bold":
            return (
              <strong key={place}>
                <Parts parts={part.parts} gap={gap} />
              </strong>
            );
          case "italic":
            return (
              <em key={place}>
                <Parts parts={part.parts} gap={gap} />
              </em>
            );
          case "fraction":
            return <Stacked key={place} {...part} />;
        }
      })}
    </>
  );
}

function drawText(text: string, gap: InlineProps["gap"]): ComponentChildren {
  if (!gap) return text;
  return splitGaps(text).map((piece, place) =>
    place % 2 === 1 ? <Fragment key={piece}>{gap(piece)}</Fragment> : piece,
  );
}

interface StackedProps {
  sign: string;
  whole: string;
  top: string;
  bottom: string;
}

/** A fraction as it is written by hand, and in words for a screen reader. */
export function Stacked({ sign, whole, top, bottom }: StackedProps) {
  const words = whole ? t("items.mixedNumber", { whole, top, bottom }) : t("items.fraction", { top, bottom });
  return (
    <span class="item-fraction" dir="ltr">
      <span class="only-heard">
        {sign}
        {words}
      </span>
      <span class="item-fraction-drawn" aria-hidden="true">
        {sign + whole}
        <span class="item-fraction-stack">
          <span>{top}</span>
          <span>{bottom}</span>
        </span>
      </span>
    </span>
  );
}

/** One line of arithmetic, large, left to right. */
export function MathLine({ line }: { line: string }) {
  return (
    <p class="item-math">
      <bdi dir="ltr">
        {readMath(line).map((part, place) => {
          if (part.kind === "text") return part.text;
          if (part.kind === "fraction") return <Stacked key={place} {...part} />;
          return <Blank key={place} />;
        })}
      </bdi>
    </p>
  );
}

/** The place of a number that is asked for. */
export function Blank() {
  return (
    <span class="item-blank">
      <span class="only-heard">{t("items.blank")}</span>
    </span>
  );
}
