import { t } from "../../i18n";
import { drawAnswer } from "../../items/Solution";
import type { Variant } from "../../items/types";
import { keyInLetters } from "./rules";

/** The right answer as it is read from paper or from the wall: letters, and words where letters say too little. */
export function KeyOf({ variant, hash }: { variant: Variant; hash: string }) {
  const letters = keyInLetters(variant, t("sheets.letters"));
  return (
    <>
      {letters?.map((part) => (
        <bdi key={part} class="paper-key-letters">
          {part}
        </bdi>
      ))}
      {(!letters || variant.type === "single") && <div>{drawAnswer(variant, hash)}</div>}
    </>
  );
}
