import { t } from "../i18n";
import { Blocks } from "./Blocks";
import { plainText } from "./markup";
import { Icon } from "../ui/Icon";
import { Sound } from "./Sound";
import type { AudioBlock, Block, Option } from "./types";

/** What an option shows, without its sounds: those have buttons of their own and cannot lie inside another button. */
export function OptionBody({ option, hash }: { option: Option; hash: string }) {
  return (
    <span class={`item-option${option.blocks.some(isPicture) ? " has-picture" : ""}`}>
      <Blocks blocks={option.blocks.filter((block) => !isSound(block))} hash={hash} />
    </span>
  );
}

/** The buttons for the sounds of an option, to stand beside it. */
export function OptionSounds({ option, hash }: { option: Option; hash: string }) {
  return (
    <>
      {option.blocks.filter(isSound).map((block) => (
        <Sound key={block.audio} path={block.audio} hash={hash} transcript={block.transcript} />
      ))}
    </>
  );
}

function isSound(block: Block): block is AudioBlock {
  return typeof block === "object" && "audio" in block;
}

function isPicture(block: Block): boolean {
  return typeof block === "object" && ("image" in block || "drawing" in block);
}

/** Whether an option is short or a picture, so that two of them fit beside each other on a phone. */
export function isSmall(option: Option): boolean {
  const shown = option.blocks.filter((block) => !isPicture(block));
  const most = shown.length < option.blocks.length ? 24 : 7;
  return !option.blocks.some(isSound) && [...shown.map(blockWords).join(" ")].length <= most;
}

/** An option in words alone, for the label of a button or a line of a solution. */
export function optionWords(option: Option | undefined): string {
  if (!option) return "";
  return option.blocks.map(blockWords).filter(Boolean).join(" ");
}

function blockWords(block: Block): string {
  if (typeof block === "string") return plainText(block);
  if ("p" in block) return plainText(block.p);
  if ("math" in block) return block.math;
  if ("image" in block) return block.alt;
  if ("audio" in block) return block.transcript ?? t("items.sound");
  return "";
}

/** The sign on a part of an answer: a tick on a green ground or a cross on a red one, with the word. */
export function PartMark({ right, words = false }: { right: boolean | undefined; words?: boolean }) {
  if (right === undefined) return null;
  return (
    <span class={`item-mark ${right ? "is-right" : "is-wrong"}`}>
      <Icon name={right ? "check" : "close"} />
      <span class={words ? "item-mark-word" : "only-heard"}>{right ? t("items.right") : t("items.wrong")}</span>
    </span>
  );
}

/** Class names of a part that was marked. */
export const markClass = (right: boolean | undefined): string =>
  right === undefined ? "" : right ? " is-right" : " is-wrong";
