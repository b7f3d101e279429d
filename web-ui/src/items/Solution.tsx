import type { ComponentChildren } from "preact";
import { t } from "../i18n";
import { Icon } from "../ui/Icon";
import { Blocks } from "./Blocks";
import { NumberLine } from "./drawings/NumberLine";
import { Inline, Stacked } from "./Inline";
import { readFraction } from "./markup";
import { OptionBody, optionWords } from "./OptionBody";
import type { Option, Variant } from "./types";
import "./told.css";

/** The right answer and the worked solution; nothing where the variant comes without them. */
export function Solution({ variant, hash }: { variant: Variant; hash: string }) {
  const answer = drawAnswer(variant, hash);
  if (!answer && !variant.solution) return null;
  return (
    <section class="item-solution">
      {answer && (
        <div class="item-solution-answer">
          <strong class="item-solution-title">{t("items.solution.answer")}</strong>
          <div>{answer}</div>
        </div>
      )}
      {variant.solution && (
        <>
          <strong class="item-solution-title">{t("items.solution.title")}</strong>
          <Blocks blocks={variant.solution} hash={hash} />
        </>
      )}
    </section>
  );
}

/** The right answer as it is read; null where the variant comes without it. */
export function drawAnswer(variant: Variant, hash: string): ComponentChildren {
  if (variant.type === "cloze") return drawFilled(variant, hash);
  if (variant.answer === undefined) return null;
  switch (variant.type) {
    case "single":
    case "multiple":
      return <Shown options={chosen(variant.options, [variant.answer].flat())} hash={hash} />;
    case "order":
      return <Shown options={chosen(variant.options, variant.answer)} hash={hash} numbered />;
    case "truefalse":
      return variant.answer ? t("items.true") : t("items.false");
    case "number":
      return <Value text={variant.answer.value} unit={variant.unit} />;
    case "short":
      return <bdi>{variant.answer.accept[0]}</bdi>;
    case "numberline":
      return <NumberLine {...variant.line} mark={variant.answer.value} />;
    case "match":
      return <Pairs from={variant.left} to={variant.right} answer={variant.answer} hash={hash} />;
    case "sort":
      return <Pairs from={variant.options} to={variant.bins} answer={variant.answer} hash={hash} />;
    case "hotspot":
      return chosen(variant.areas, variant.answer)
        .map(({ label }) => label)
        .join(" · ");
    case "tapword":
      return chosen(variant.words, variant.answer).map(({ id, text }) => (
        <bdi key={id} class="item-solution-word">
          {text}
        </bdi>
      ));
  }
}

function chosen<T extends { id: string }>(list: T[], ids: string[]): T[] {
  return ids.map((id) => list.find((one) => one.id === id)).filter((one): one is T => one !== undefined);
}

function Value({ text, unit }: { text: string; unit?: string | undefined }) {
  const fraction = readFraction(text);
  return (
    <>
      {fraction ? <Stacked {...fraction} /> : <bdi dir="ltr">{text.replace("-", "−")}</bdi>}
      {unit && <bdi> {unit}</bdi>}
    </>
  );
}

function Shown({ options, hash, numbered = false }: { options: Option[]; hash: string; numbered?: boolean }) {
  const List = numbered ? "ol" : "ul";
  return (
    <List class={`item-solution-list${numbered ? " is-numbered" : ""}`}>
      {options.map((option) => (
        <li key={option.id}>
          <OptionBody option={option} hash={hash} />
        </li>
      ))}
    </List>
  );
}

function Pairs({
  from,
  to,
  answer,
  hash,
}: {
  from: Option[];
  to: Option[];
  answer: Record<string, string>;
  hash: string;
}) {
  return (
    <ul class="item-solution-list">
      {from.map((option) => {
        const partner = to.find(({ id }) => id === answer[option.id]);
        return (
          <li key={option.id} class="item-solution-pair">
            <OptionBody option={option} hash={hash} />
            <Icon name="forward" />
            {partner && <OptionBody option={partner} hash={hash} />}
          </li>
        );
      })}
    </ul>
  );
}

/** The cloze text with its gaps filled in. */
function drawFilled(variant: Extract<Variant, { type: "cloze" }>, hash: string): ComponentChildren {
  const words = (id: string): string => {
    const gap = variant.gaps.find((one) => one.id === id);
    const key = Array.isArray(gap?.answer) ? gap.answer[0] : gap?.answer;
    if (gap?.kind === "choice") return optionWords(gap.options?.find((option) => option.id === key));
    return key ?? "";
  };
  if (variant.gaps.some((gap) => gap.answer === undefined)) return null;
  const texts = variant.stem.filter((block): block is { cloze: string } => "cloze" in block);
  return (
    <Blocks
      blocks={texts}
      hash={hash}
      cloze={(text) => (
        <p class="item-text">
          <Inline text={text} gap={(id) => <strong class="item-solution-gap">{words(id)}</strong>} />
        </p>
      )}
    />
  );
}
