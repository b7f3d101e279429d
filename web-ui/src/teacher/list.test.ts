import { describe, expect, it } from "vitest";
import { listText, readText, withVerdicts, type Draft } from "./list";

const bytes = (...parts: (number | string)[]) =>
  new Uint8Array(parts.flatMap((part) => (typeof part === "number" ? [part] : [...new TextEncoder().encode(part)])));

describe("a chosen file", () => {
  it("is read as spreadsheet programs write it", () => {
    const table: [Uint8Array, string, unknown][] = [
      [bytes("Zoé;7\n"), "en", { text: "Zoé;7\n" }],
      [bytes("Zo", 0xe9), "fr", { text: "Zoé" }],
      [bytes(0xe3, 0xd1, 0xed, 0xe3), "ar", { text: "مريم" }],
      [bytes(0xff, 0xfe, 0x5a, 0, 0xe9, 0), "en", { text: "Zé" }],
      [bytes("PK", 3, 4), "en", { problem: "excel" }],
      [bytes(0xd0, 0xcf, 0x11), "en", { problem: "excel" }],
      [bytes(" \n"), "en", { problem: "empty" }],
      [new Uint8Array(1_000_001), "en", { problem: "big" }],
    ];
    for (const [file, language, expected] of table) expect(readText(file, language)).toEqual(expected);
  });
});

describe("a list that is mended", () => {
  const draft = (line: number, name: string, more: Partial<Draft> = {}): Draft => ({
    line,
    name,
    schoolId: "",
    language: "",
    problem: null,
    existing: null,
    ...more,
  });

  it("goes back to the box one row a line, whatever is typed in it", () => {
    const text = listText([draft(4, 'Ali "Al"\tBanda', { schoolId: "7" }), draft(9, "Zoé\n", { language: "fr" })]);
    expect(text.split("\n")).toEqual(["Name\tSchool ID\tLanguage", '"Ali ""Al"" Banda"\t"7"\t""', '"Zoé "\t""\t"fr"']);
  });

  it("keeps the lines of what was pasted, and what was typed", () => {
    const drafts = [draft(4, " Ali", { problem: "people.name-twice" }), draft(9, "Zoé")];
    const row = { schoolId: null, language: null, existing: null };
    const after = withVerdicts(drafts, [
      { ...row, line: 2, name: "Ali", problem: null },
      { ...row, line: 3, name: "Zoé", problem: "people.already-in-class" },
    ]);
    expect(after.map((one) => [one.line, one.name, one.problem])).toEqual([
      [4, " Ali", null],
      [9, "Zoé", "people.already-in-class"],
    ]);
  });
});
