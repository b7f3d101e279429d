import { describe, expect, it } from "vitest";
import table from "../../../tests/fixtures/marking.json";
import { mark } from "./marking";
import type { Response, Variant } from "./types";

interface Case {
  name: string;
  item: Variant;
  response: Response;
  score: number;
  right: boolean;
  misconception?: string;
  feedback?: string;
}

// The box's own tests read the same table.
const cases = table as unknown as Case[];

describe("marking agrees with the box", () => {
  it.each(cases)("$name", ({ item, response, score, right, misconception, feedback }) => {
    expect(mark(item, response)).toEqual({
      score: expect.closeTo(score, 9),
      right,
      ...(misconception ? { misconception } : {}),
      ...(feedback ? { feedback } : {}),
    });
  });
});
