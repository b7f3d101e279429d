import { useEffect } from "preact/hooks";
import { t } from "../i18n";
import { Icon } from "../ui/Icon";
import { say } from "../ui/Live";
import { Inline } from "./Inline";
import { plainText } from "./markup";
import type { Mark, Variant } from "./types";
import "./told.css";

/** What a student is told after an answer: a shape, a word, and the author's own words where there are any. */
export function Feedback({ variant, mark }: { variant: Variant; mark: Mark }) {
  const kind = mark.right ? "right" : mark.score > 0 ? "partly" : "wrong";
  const title = {
    right: t("items.feedback.right"),
    partly: t("items.feedback.partly"),
    wrong: t("items.feedback.wrong"),
  };
  const general = {
    right: t("items.feedback.rightWords"),
    partly: t("items.feedback.partlyWords"),
    wrong: t("items.feedback.wrongWords"),
  };
  const author = mark.right ? variant.feedback?.right : variant.feedback?.wrong;
  const words = mark.feedback ?? author ?? general[kind];
  useEffect(() => say(`${title[kind]} ${plainText(words)}`), [kind, words]);
  return (
    <div class={`item-feedback is-${kind}`}>
      <span class="item-feedback-sign">
        <Icon name={kind === "right" ? "check" : kind === "partly" ? "puzzle" : "refresh"} />
      </span>
      <div>
        <strong class="item-feedback-title">{title[kind]}</strong>
        <p>
          <bdi>
            <Inline text={words} />
          </bdi>
        </p>
      </div>
    </div>
  );
}
