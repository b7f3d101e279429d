import type { Mark, Response, Variant } from "./types";

/** Marks a response by the rules of docs/pack-format.md. The variant must hold its key. */
export function mark(variant: Variant, response: Response): Mark {
  const right =
    variant.type === "number"
      ? Number(response) === Number(variant.answer?.value)
      : variant.type === "single"
        ? response === variant.answer
        : false;
  return { score: right ? 1 : 0, right };
}
