import { currentLanguage } from "../i18n";
import { Blocks, type BlocksProps } from "./Blocks";
import { Sound } from "./Sound";
import type { Variant } from "./types";

interface StemProps {
  id: string;
  variant: Variant;
  hash: string;
  cloze?: BlocksProps["cloze"];
}

/** The question. Where it can be heard, the button stands beside its first line of text. */
export function Stem({ id, variant, hash, cloze }: StemProps) {
  const { stem, audio } = variant;
  const sound = audio && (audio[currentLanguage()] ?? Object.values(audio)[0]);
  const text =
    sound === undefined
      ? 0
      : Math.max(
          0,
          stem.findIndex((block) => "p" in block),
        );
  return (
    <div id={id} class={`item-stem${sound === undefined ? "" : " has-sound"}`}>
      <Blocks blocks={stem.slice(0, text)} hash={hash} cloze={cloze} />
      {sound !== undefined && <Sound path={sound} hash={hash} round />}
      <Blocks blocks={stem.slice(text)} hash={hash} cloze={cloze} />
    </div>
  );
}
