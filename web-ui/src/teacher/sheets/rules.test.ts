import { expect, test } from "vitest";
import type { PrintedSheet } from "../../api/types";
import type { Variant } from "../../items/types";
import { checkOf, keyInLetters, letterOf, needsLook, newNumber, queryOf, readAsked, wordsOf } from "./rules";

const LETTERS = "A B C D";
const options = ["x", "y", "z"].map((id) => ({ id, blocks: [] }));
const variant = (of: object) => of as unknown as Variant;

test("an address asks for a sheet and gives the same address again", () => {
  const asked = { course: "org.example.water", skills: ["add", "sing"], count: 10, forms: 2, number: 7 };
  expect(readAsked(new URLSearchParams(queryOf(asked)))).toEqual(asked);
  expect(readAsked(new URLSearchParams("?course=c&skills=a&count=ten&number=7"))).toBeNull();
  expect(readAsked(new URLSearchParams("?course=c&skills=&count=10&number=7"))).toBeNull();
  expect(readAsked(new URLSearchParams("?course=c"))).toBeNull();
});

test("the number of a new sheet is short", () => {
  expect([newNumber(0), newNumber(0.99999)]).toEqual([1, 99_999]);
});

test("keys are told by the letters that stand on the paper", () => {
  expect(keyInLetters(variant({ type: "single", options, answer: "y" }), LETTERS)).toEqual(["B"]);
  expect(keyInLetters(variant({ type: "multiple", options, answer: ["z", "x"] }), LETTERS)).toEqual(["A", "C"]);
  expect(keyInLetters(variant({ type: "order", options, answer: ["z", "x", "y"] }), LETTERS)).toEqual(["C", "A", "B"]);
  const answer = { x: "z", y: "x", z: "y" };
  expect(keyInLetters(variant({ type: "match", left: options, right: options, answer }), LETTERS)).toEqual(["1 C", "2 A", "3 B"]);
  expect(keyInLetters(variant({ type: "number", answer: { value: "4" } }), LETTERS)).toBeNull();
  expect(letterOf(LETTERS, 4)).toBe("5");
});

test("a sheet becomes a check of each of its skills", () => {
  const question = (skill: string, guess: number) => ({ skill, guess, seed: 1, item: {}, key: null });
  const sheet = {
    course: "c",
    skills: [{ id: "c/add" }, { id: "c/sing" }, { id: "c/none" }],
    forms: [{ name: "A", questions: [question("add", 250), question("add", 0), question("sing", 500)] }],
  } as unknown as PrintedSheet;
  expect(checkOf(sheet, 5, "Sheet 7")).toEqual({
    way: "paper",
    title: "Sheet 7",
    at: 5,
    skills: [
      { skill: "c/add", questions: 2, guess: 125 },
      { skill: "c/sing", questions: 1, guess: 500 },
    ],
  });
});

test("answers are told as a teacher reads them", () => {
  const words = (of: object, response: unknown) => wordsOf(variant(of), JSON.stringify(response), LETTERS);
  const two = [{ id: "x", blocks: [{ p: "seven" }] }, { id: "y", blocks: [{ p: "eight" }] }];
  expect(words({ type: "single", options: two }, "y")).toBe("B eight");
  expect(words({ type: "multiple", options: two }, ["y", "x"])).toBe("B eight · A seven");
  expect(words({ type: "number" }, "4 2")).toBe("4 2");
  expect(words({ type: "cloze", gaps: [] }, { a: "3", b: "5" })).toBe("3 · 5");
  expect(words({ type: "truefalse" }, true)).toBe("true");
  expect([needsLook("wrong-key"), needsLook("good"), needsLook("too-few")]).toEqual([true, false, false]);
});
