import { t } from "../../i18n";
import { Blocks } from "../../items/Blocks";
import { LINE_WIDTH, NumberLine } from "../../items/drawings/NumberLine";
import { Inline } from "../../items/Inline";
import { isSmall, OptionBody, optionWords } from "../../items/OptionBody";
import type { Option, Variant } from "../../items/types";
import { letterOf } from "./rules";

interface PaperItemProps {
  variant: Variant;
  hash: string;
}

/** A question and the room to answer it with a pencil. */
export function PaperItem({ variant, hash }: PaperItemProps) {
  const cloze = variant.type === "cloze" ? (text: string) => <Gaps text={text} variant={variant} /> : undefined;
  return (
    <div class="paper-item">
      <div class="paper-stem">
        <Blocks blocks={variant.stem} hash={hash} cloze={cloze} />
      </div>
      <Room variant={variant} hash={hash} />
    </div>
  );
}

function Room({ variant, hash }: PaperItemProps) {
  switch (variant.type) {
    case "single":
      return <Choices options={variant.options} hash={hash} />;
    case "multiple":
      return (
        <>
          <p class="paper-how" dir="auto">{t("sheets.many")}</p>
          <Choices options={variant.options} hash={hash} />
        </>
      );
    case "truefalse":
      return (
        <p class="paper-truth" dir="auto">
          <span class="paper-box" /> {t("items.true")} <span class="paper-box" /> {t("items.false")}
        </p>
      );
    case "number":
      return (
        <p>
          <span class="paper-line is-short" /> {variant.unit && <bdi>{variant.unit}</bdi>}
        </p>
      );
    case "short":
      return <Lines count={variant.print?.lines ?? 1} />;
    case "order":
      return (
        <>
          <p class="paper-how" dir="auto">{t("sheets.order")}</p>
          <Choices options={variant.options} hash={hash} />
          <p>
            {variant.options.map((option, place) => (
              <span key={option.id} class="paper-place">
                <bdi>{place + 1}.</bdi> <span class="paper-box" />
              </span>
            ))}
          </p>
        </>
      );
    case "match":
      return (
        <>
          <p class="paper-how" dir="auto">{t("sheets.match")}</p>
          <div class="paper-pairs">
            <Boxed options={variant.left} hash={hash} />
            <Choices options={variant.right} hash={hash} narrow />
          </div>
        </>
      );
    case "sort":
      return (
        <>
          <p class="paper-how" dir="auto">{t("sheets.match")}</p>
          <div class="paper-pairs">
            <Boxed options={variant.options} hash={hash} />
            <Choices options={variant.bins} hash={hash} narrow />
          </div>
        </>
      );
    case "numberline":
      return (
        <div class="paper-number-line" style={{ maxWidth: `${LINE_WIDTH * 1.3}px` }}>
          <NumberLine {...variant.line} />
        </div>
      );
    default:
      return null;
  }
}

/** Options with their letters; short ones stand beside each other. */
function Choices({ options, hash, narrow = false }: { options: Option[]; hash: string; narrow?: boolean }) {
  const isRow = !narrow && options.every(isSmall);
  return (
    <ol class={`paper-choices${isRow ? " is-row" : ""}`}>
      {options.map((option, place) => (
        <li key={option.id}>
          <span class="paper-letter">{letterOf(t("sheets.letters"), place)}</span>
          <OptionBody option={option} hash={hash} />
        </li>
      ))}
    </ol>
  );
}

/** Numbered things with a box for a letter. */
function Boxed({ options, hash }: { options: Option[]; hash: string }) {
  return (
    <ol class="paper-choices">
      {options.map((option, place) => (
        <li key={option.id}>
          <bdi class="paper-number">{place + 1}</bdi>
          <span class="paper-box" />
          <OptionBody option={option} hash={hash} />
        </li>
      ))}
    </ol>
  );
}

function Lines({ count }: { count: number }) {
  return (
    <>
      {Array.from({ length: Math.min(count, 12) }, (_, line) => (
        <span key={line} class="paper-line" />
      ))}
    </>
  );
}

/** A text with gaps: lines to write on, or the words to choose from. */
function Gaps({ text, variant }: { text: string; variant: Extract<Variant, { type: "cloze" }> }) {
  const draw = (id: string) => {
    const gap = variant.gaps.find((one) => one.id === id);
    if (gap?.kind !== "choice") return <span class="paper-line is-gap" />;
    return <bdi class="paper-words">{(gap.options ?? []).map(optionWords).join(" / ")}</bdi>;
  };
  return (
    <p class="item-text">
      <Inline text={text} gap={draw} />
    </p>
  );
}
