import { describe, expect, it } from "vitest";
import { isArithmetic, plainText, readInline, readMath } from "./markup";

describe("the inline text of a paragraph", () => {
  it("finds bold, italic and fractions, also inside each other", () => {
    expect(readInline("Is **[[2 3/4]]** *more*?")).toEqual([
      { kind: "text", text: "Is " },
      { kind: "bold", parts: [{ kind: "fraction", sign: "", whole: "2", top: "3", bottom: "4" }] },
      { kind: "text", text: " " },
      { kind: "italic", parts: [{ kind: "text", text: "more" }] },
      { kind: "text", text: "?" },
    ]);
  });

  it.each([
    ["ثم −5 + 3 = −2.", ["−5 + 3 = −2"]],
    ["هو 24+13 = _ أو 3/4 + 1/4", ["24+13 = _", "3/4 + 1/4"]],
    ["درجة الحرارة −7 اليوم", ["−7"]],
    ["from 3 to 5, and 1,234.5", []],
    ["a well-known 7-year-old", []],
    ["٢ + ٣ = ?", ["٢ + ٣ = ?"]],
    ["احسب {{1}} + 4 = 9", ["{{1}} + 4 = 9"]],
    ["{{1}} عشرة و {{2}} آحاد", []],
  ])("keeps the arithmetic of %s together", (text, runs) => {
    const found = readInline(text).filter((part) => part.kind === "run");
    expect(found.map((part) => part.text)).toEqual(runs);
  });

  it("leaves marks that are no marks as they are", () => {
    expect(
      readInline("3 * 4 and [[three]]")
        .map((part) => ("text" in part ? part.text : part.kind))
        .join(""),
    ).toBe("3 * 4 and [[three]]");
  });
});

it("splits a line of arithmetic into fractions, blanks and the rest", () => {
  expect(readMath("3/4 + [[2 1/4]] = _")).toEqual([
    { kind: "fraction", sign: "", whole: "", top: "3", bottom: "4" },
    { kind: "text", text: " + " },
    { kind: "fraction", sign: "", whole: "2", top: "1", bottom: "4" },
    { kind: "text", text: " = " },
    { kind: "blank" },
  ]);
  expect(readMath("12 / 4 = 3")).toEqual([{ kind: "text", text: "12 / 4 = 3" }]);
});

it("tells arithmetic from words, gaps or not", () => {
  expect(["10 + {{1}} = 13", "−4", "[[3/4]]"].map(isArithmetic)).toEqual([true, true, true]);
  expect(["7 ones", "7 آحاد", "…"].map(isArithmetic)).toEqual([false, false, false]);
});

it("gives a screen reader the words without the marks", () => {
  expect(plainText("How **much** is [[3/4]]?")).toBe("How much is 3/4?");
});
