import { describe, expect, it } from "vitest";
import { bracketed, clozeText, readGaps, withClozeText } from "./gaps";
import { missingIn } from "./missing";
import { copyOf, emptyItem, asType, OWN_TYPES, tidied, withOption, withoutOption, withoutPair, withPair } from "./skeleton";
import { countQuestions, emptyLesson, emptyPart, isSame, moved, newId, withItemAfter, withoutSkill } from "./draft";
import { readStem, wordsOf, writeStem } from "./stem";
import { readWords, sentenceOf, toggledIn } from "./words";
import type { Draft, Item, ItemOf } from "./types";

const item = <T extends Item["type"]>(type: T) => emptyItem(type, "q1", "s1") as ItemOf<T>;
const texts = (list: { id: string }[], ...words: string[]) => list.map((one, at) => ({ ...one, text: words[at] ?? "" }));

describe("a text with gaps", () => {
  it.each([
    ["One ten and [3] ones.", "One ten and {{1}} ones.", [{ id: "1", kind: "number", answer: "3" }]],
    ["It is [green / light green].", "It is {{1}}.", [{ id: "1", kind: "short", answer: ["green", "light green"] }]],
    [
      "[sun | moon] and [٣]",
      "{{1}} and {{2}}",
      [
        {
          id: "1",
          kind: "choice",
          answer: "a",
          options: [
            { id: "a", text: "sun" },
            { id: "b", text: "moon" },
          ],
        },
        { id: "2", kind: "number", answer: "٣" },
      ],
    ],
    ["[[3/4]] is [0.75]", "[[3/4]] is {{1}}", [{ id: "1", kind: "number", answer: "0.75" }]],
    ["nothing", "nothing", []],
  ])("%s", (text, cloze, gaps) => {
    expect(readGaps(text)).toEqual({ cloze, gaps });
    expect(clozeText(withClozeText(item("cloze"), text))).toBe(text);
  });

  it("stays as typed while a bracket is not closed yet", () => {
    expect(clozeText(withClozeText(item("cloze"), "The sky is [bl"))).toBe("The sky is [bl");
  });

  it("puts brackets round the marked word, and the cursor where the typing goes on", () => {
    expect(bracketed("The sky is blue.", 11, 15)).toEqual({ text: "The sky is [blue].", cursor: 17 });
    expect(bracketed("The sky is blue.", 10, 15)).toEqual({ text: "The sky is [blue].", cursor: 17 });
    expect(bracketed("I am ", 5, 5)).toEqual({ text: "I am []", cursor: 6 });
  });
});

describe("a sentence to tap", () => {
  it("keeps what is right when words come and go", () => {
    const first = readWords("the goat eats grass", { words: [], answer: [] });
    expect(sentenceOf(first)).toBe("the goat eats grass");
    const key = { ...first, answer: toggledIn(first.words, ["w4"], "w2") };
    expect(key.answer).toEqual(["w2", "w4"]);
    expect(readWords("now the goat eats", key).answer).toEqual(["w3"]);
  });

  it("knows two equal words apart", () => {
    const twice = { ...readWords("the cat and the dog", { words: [], answer: [] }), answer: ["w4"] };
    expect(readWords("the cat and the dog ", twice).answer).toEqual(["w4"]);
  });
});

describe("a stem", () => {
  it("comes back as it was typed", () => {
    const stem = writeStem({
      text: "How many?\n",
      math: "2 + 3 = _",
      picture: { image: "media/a.jpg", alt: "" },
      drawing: null,
      rest: [],
    });
    expect(stem).toEqual([{ p: "How many?" }, { p: "" }, { math: "2 + 3 = _" }, { image: "media/a.jpg", alt: "" }]);
    expect(writeStem(readStem(stem))).toEqual(stem);
    expect(wordsOf([{ p: "**Three** is [[6/2]]" }, { cloze: "and {{1}}" }])).toBe("Three is 6/2 and …");
  });
});

describe("what is missing", () => {
  it.each(OWN_TYPES)("an empty %s lacks something, and no two kinds crash on each other", (type) => {
    expect(missingIn(item(type)).length).toBeGreaterThan(0);
    for (const other of OWN_TYPES) {
      const turned = asType(item(type), other);
      expect(turned.type).toBe(other);
      expect(missingIn(turned).length).toBeGreaterThan(0);
    }
  });

  const stem = [{ p: "?" }];
  it.each<[Item, string[]]>([
    [{ ...item("single"), stem, options: texts(item("single").options, "a", "b", "c"), answer: "b" }, []],
    [{ ...item("single"), stem, options: texts(item("single").options, "a", "b"), answer: "b" }, ["options"]],
    [{ ...item("single"), stem, options: texts(item("single").options, "a", "A ", "c"), answer: "b" }, ["same"]],
    [{ ...item("multiple"), stem, options: texts(item("multiple").options, "a", "b", "c", "d"), answer: [] }, ["key"]],
    [{ ...item("truefalse"), answer: false }, ["stem"]],
    [{ ...item("number"), stem: [{ math: "1 + 1 = _" }], answer: { value: "2" } }, []],
    [{ ...item("number"), stem, answer: { value: "two" } }, ["number"]],
    [{ ...item("short"), stem, answer: { accept: ["", "ten"] } }, []],
    [withClozeText(item("cloze"), "It is [ ]."), ["gaps"]],
    [withClozeText(item("cloze"), "It is [hot | cold]."), []],
    [
      { ...item("match"), stem, left: texts(item("match").left, "1", "2", "3"), right: texts(item("match").right, "a", "b") },
      ["pairs"],
    ],
    [{ ...item("order"), stem, options: texts(item("order").options, "a", "b", "c") }, []],
    [
      {
        ...item("sort"),
        stem,
        bins: texts(item("sort").bins, "x", "y"),
        options: texts(item("sort").options, "1", "2", "3", "4"),
        answer: { a: "x" },
      },
      ["key"],
    ],
    [{ ...item("hotspot"), stem, image: "media/a.jpg" }, ["alt", "areas", "key"]],
    [{ ...item("numberline"), stem, answer: { value: "3/4" } }, []],
    [{ ...item("numberline"), stem, line: { from: "5", to: "1", step: "1" }, answer: { value: "3" } }, ["line"]],
    [{ ...item("tapword"), stem, words: [{ id: "w1", text: "a" }], answer: ["w1"] }, ["words"]],
    [{ ...item("truefalse"), stem: [{ p: "?" }, { image: "media/a.jpg", alt: " " }], answer: true }, ["alt"]],
  ])("%#", (one, missing) => expect(missingIn(one)).toEqual(missing));
});

describe("a question", () => {
  it("keeps its options and its key when it becomes another kind", () => {
    const single = { ...item("single"), options: texts(item("single").options, "a", "b", "c"), answer: "b" };
    const multiple = asType(single, "multiple") as ItemOf<"multiple">;
    expect([multiple.options, multiple.answer]).toEqual([single.options, ["b"]]);
    expect(asType(multiple, "single")).toEqual(single);
    expect((asType(single, "order") as ItemOf<"order">).answer).toEqual(["a", "b", "c"]);
    const gaps = withClozeText(item("cloze"), "[1]");
    expect(asType(gaps, "number").stem).toEqual([]);
  });

  it("loses the key with the option, and the pair as a whole", () => {
    expect(withoutOption({ ...item("single"), answer: "b" }, "b").answer).toBeUndefined();
    const order = withOption(withoutOption(item("order"), "b"));
    expect(order.answer).toEqual(order.options.map((one) => one.id));
    const match = withoutPair(withPair(item("match")), "l1");
    expect(Object.keys(match.answer)).toEqual(["l2", "l3", "l4"]);
    expect(match.right.map((one) => one.id)).toEqual(["r2", "r3", "r4"]);
  });

  it("leaves out what says nothing", () => {
    const full = { ...item("truefalse"), hints: ["", "Look."], solution: [], feedback: { right: " ", wrong: "" } };
    expect(tidied(full)).toEqual({ ...item("truefalse"), hints: ["Look."] });
    const copy = copyOf(full, "q2");
    expect([copy.id, copy.hints]).toEqual(["q2", full.hints]);
    expect(copy.hints).not.toBe(full.hints);
  });
});

describe("a draft", () => {
  const draft: Draft = {
    title: "T",
    summary: "",
    language: "en",
    subject: null,
    grades: [],
    licence: "CC-BY-4.0",
    skills: [
      { id: "s1", name: "", can: "" },
      { id: "s2", name: "", can: "" },
    ],
    lessons: [{ ...emptyLesson("l1", ""), parts: [emptyPart("questions", "p1", "")] }],
  };

  it("gives names that are free and that the box takes", () => {
    const counts = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1];
    const id = newId({ id: "aaaaaaaa" }, () => counts.shift()!);
    expect(id).toBe("bbbbbbbb");
    expect(newId(draft, (below) => Math.floor(Math.random() * below))).toMatch(/^[a-z][a-z0-9]{7}$/);
  });

  it("puts a question behind the one that was open, and moves things no further than the ends", () => {
    const ids = (now: Draft) => JSON.stringify(now).match(/q\d/g);
    let now = withItemAfter(draft, "l1", "p1", { ...item("number"), id: "q1" }, null);
    now = withItemAfter(now, "l1", "p1", { ...item("number"), id: "q2" }, null);
    now = withItemAfter(now, "l1", "p1", { ...item("number"), id: "q3" }, "q1");
    expect([ids(now), countQuestions(now)]).toEqual([["q1", "q3", "q2"], 3]);
    expect([moved([1, 2, 3], 0, 1), moved([1, 2, 3], 0, -1), moved([1, 2, 3], 2, 1)]).toEqual([
      [2, 1, 3],
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  it("leaves no question without a skill", () => {
    const now = withItemAfter(draft, "l1", "p1", { ...item("number"), skills: ["s2"] }, null);
    expect(JSON.stringify(withoutSkill(now, "s2"))).toContain('"skills":["s1"]');
    expect(withoutSkill({ ...draft, skills: [draft.skills[0]!] }, "s1").skills).toHaveLength(1);
  });

  it("is the same in whatever order the box wrote it", () => {
    const { title, ...rest } = draft;
    expect(isSame(draft, { ...rest, title } as Draft)).toBe(true);
    expect(isSame(draft, { ...draft, title: "U" })).toBe(false);
  });
});
