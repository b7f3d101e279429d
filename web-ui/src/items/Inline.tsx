import { t } from "../i18n";
import { type Inline as Part, isArithmetic, readInline, readMath } from "./markup";

/** The inline text of a paragraph: bold, italic, stacked fractions, and arithmetic that stays left to right. */
export function Inline({ text }: { text: string }) {
  const parts = <Parts parts={readInline(text)} />;
  return isArithmetic(text) ? <bdi dir="ltr">{parts}</bdi> : parts;
}

function Parts({ parts }: { parts: Part[] }) {
  return (
    <>
      {parts.map((part, place) => {
        switch (part.kind) {
          case "text":
            return part.text;
          case "run":
            return (
              <bdi key={place} dir="ltr" class="item-run">
                {part.text}
              </bdi>
            );
          case "bold":
            return (
              <strong key={place}>
                <Parts parts={part.parts} />
              </strong>
            );
          case "italic":
            return (
              <em key={place}>
                <Parts parts={part.parts} />
              </em>
            );
          case "fraction":
            return <Stacked key={place} {...part} />;
        }
      })}
    </>
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
          return (
            <span key={place} class="item-blank">
              <span class="only-heard">{t("items.blank")}</span>
            </span>
          );
        })}
      </bdi>
    </p>
  );
}
