import type { Block, Option, Response, Variant } from "../src/items/types";

/** A question with three answers to look at: begun, wrong and right. */
export interface Sample {
  variant: Variant;
  begun: Response;
  wrong: Response;
  right: Response;
}

type Text = (en: string, ar: string) => string;

const common = (id: string, stem: Block[]) => ({
  id,
  version: 1,
  seed: 1,
  skills: [{ id: "sample", weight: 1 }],
  difficulty: { mean: 0, sd: 0.5 },
  seconds: 30,
  stem,
});
const p = (id: string, text: string): Option => ({ id, blocks: [{ p: text }] });

export function samples(language: "en" | "ar"): Sample[] {
  const text: Text = (en, ar) => (language === "ar" ? ar : en);
  return [
    {
      variant: {
        ...common("single", [
          { math: "47" },
          { p: text("How much is the **4** worth in this number?", "كم تساوي الـ **4** في هذا العدد؟") },
        ]),
        type: "single",
        options: [
          p("a", "4"),
          p("b", "40"),
          p("c", "400"),
          {
            id: "d",
            blocks: [{ p: text("7 ones", "7 آحاد") }],
            feedback: text("That is the other digit.", "هذا هو الرقم الآخر."),
          },
        ],
        answer: "b",
        hints: [
          text("Is the 4 in the tens place?", "هل الـ 4 في خانة العشرات؟"),
          text("4 tens make …", "4 عشرات تساوي …"),
        ],
        solution: [{ p: text("4 tens are 40.", "4 عشرات هي 40.") }, { math: "40 + 7 = 47" }],
      },
      begun: "a",
      wrong: "d",
      right: "b",
    },
    {
      variant: {
        ...common("single-long", [
          { p: text("Why is [[2/4]] the same as [[1/2]]?", "لماذا [[2/4]] تساوي [[1/2]]؟") },
          { drawing: "fraction-bar", parts: 4, shaded: 2 },
        ]),
        type: "single",
        options: [
          p(
            "a",
            text(
              "Two of four equal parts are as much as one of two.",
              "جزءان من أربعة أجزاء متساوية هما مثل جزء من جزأين.",
            ),
          ),
          p("b", text("Both have a 2.", "في كليهما العدد 2.")),
          p("c", text("4 is bigger than 2.", "4 أكبر من 2.")),
        ],
        answer: "a",
      },
      begun: "a",
      wrong: "c",
      right: "a",
    },
    {
      variant: {
        ...common("multiple", [{ p: text("Which of these make 10?", "أيّ هذه يساوي 10؟") }]),
        type: "multiple",
        options: ["6 + 4", "7 + 2", "12 − 2", "5 + 5"].map((math, place) => ({
          id: "abcd"[place] ?? "",
          blocks: [{ math }],
        })),
        answer: ["a", "c", "d"],
      },
      begun: ["a"],
      wrong: ["a", "b"],
      right: ["a", "c", "d"],
    },
    {
      variant: {
        ...common("truefalse", [
          { p: text("A bundle of ten sticks is more than 9 sticks.", "حزمة من عشر عصي أكثر من 9 عصي.") },
        ]),
        type: "truefalse",
        answer: true,
      },
      begun: true,
      wrong: false,
      right: true,
    },
    {
      variant: {
        ...common("number", [
          {
            p: text(
              "Amina has 3 bundles of ten sticks and 4 more. How many sticks?",
              "عند أمينة 3 حزم في كل منها عشر عصي، و4 عصي أخرى. كم عصا عندها؟",
            ),
          },
          { drawing: "base-ten", value: 34 },
        ]),
        type: "number",
        unit: text("sticks", "عصا"),
        answer: { value: "34" },
        mistakes: [{ value: "7", feedback: text("A bundle is ten, not one.", "الحزمة عشر عصي لا واحدة.") }],
      },
      begun: "3",
      wrong: "7",
      right: "34",
    },
    {
      variant: {
        ...common("number-fraction", [
          { p: text("What part of the circle is coloured?", "ما الجزء الملوّن من الدائرة؟") },
          { drawing: "fraction-circle", parts: 4, shaded: 3 },
        ]),
        type: "number",
        answer: { value: "3/4" },
      },
      begun: "3/",
      wrong: "1 3/4",
      right: "3/4",
    },
    {
      variant: {
        ...common("number-check", [{ math: "3/4 + 1/4 = _" }]),
        type: "number",
      },
      begun: "1",
      wrong: "4/8",
      right: "1",
    },
    {
      variant: {
        ...common("short", [{ p: text("Write the number 10 as a word.", "اكتب العدد 10 بالحروف.") }]),
        type: "short",
        answer: { accept: [text("ten", "عشرة")] },
      },
      begun: text("te", "عش"),
      wrong: text("tin", "عشر"),
      right: text("ten", "عشرة"),
    },
    {
      variant: {
        ...common("cloze", [
          { drawing: "base-ten", value: 13 },
          { cloze: text("{{1}} ten and {{2}} ones is {{3}}.", "{{1}} عشرة و {{2}} آحاد هي {{3}}.") },
          { cloze: "10 + {{2b}} = 13" },
        ]),
        type: "cloze",
        gaps: [
          { id: "1", kind: "number", answer: "1" },
          { id: "2", kind: "number", answer: "3" },
          {
            id: "3",
            kind: "choice",
            answer: "b",
            options: [
              p("a", text("thirty", "ثلاثون")),
              p("b", text("thirteen", "ثلاثة عشر")),
              p("c", text("three", "ثلاثة")),
            ],
          },
          { id: "2b", kind: "number", answer: "3" },
        ],
      },
      begun: { "1": "1" },
      wrong: { "1": "1", "2": "2", "3": "a", "2b": "3" },
      right: { "1": "1", "2": "3", "3": "b", "2b": "3" },
    },
    {
      variant: {
        ...common("match", [{ p: text("Match each number with its words.", "صل كل عدد باسمه.") }]),
        type: "match",
        left: [p("l1", "15"), p("l2", "50"), p("l3", "51"), { id: "l4", blocks: [{ drawing: "ten-frame", value: 5 }] }],
        right: [
          p("r1", text("fifty", "خمسون")),
          p("r2", text("fifteen", "خمسة عشر")),
          p("r3", text("five", "خمسة")),
          p("r4", text("fifty-one", "واحد وخمسون")),
        ],
        answer: { l1: "r2", l2: "r1", l3: "r4", l4: "r3" },
      },
      begun: { l1: "r2", l2: "r1" },
      wrong: { l1: "r1", l2: "r2", l3: "r4", l4: "r3" },
      right: { l1: "r2", l2: "r1", l3: "r4", l4: "r3" },
    },
    {
      variant: {
        ...common("order", [{ p: text("Put the numbers in order, the smallest first.", "رتّب الأعداد، الأصغر أولًا.") }]),
        type: "order",
        options: [p("a", "72"), p("b", "27"), { id: "c", blocks: [{ p: "[[1/2]]" }] }, p("d", "207")],
        answer: ["c", "b", "a", "d"],
      },
      begun: ["c", "b"],
      wrong: ["c", "a", "b", "d"],
      right: ["c", "b", "a", "d"],
    },
    {
      variant: {
        ...common("sort", [{ p: text("Sort the numbers: even or odd?", "صنّف الأعداد: زوجي أم فردي؟") }]),
        type: "sort",
        bins: [p("even", text("Even", "زوجي")), p("odd", text("Odd", "فردي"))],
        options: [p("a", "4"), p("b", "7"), p("c", "10"), p("d", "13"), p("e", "22")],
        answer: { a: "even", b: "odd", c: "even", d: "odd", e: "even" },
      },
      begun: { a: "even", b: "odd" },
      wrong: { a: "even", b: "odd", c: "odd", d: "odd", e: "even" },
      right: { a: "even", b: "odd", c: "even", d: "odd", e: "even" },
    },
    {
      variant: {
        ...common("hotspot", [{ p: text("Tap both eyes.", "المس العينين.") }]),
        type: "hotspot",
        image: "media/face.svg",
        alt: text("A face", "وجه"),
        many: true,
        areas: [
          { id: "left", shape: "circle", x: 34, y: 38, w: 11, h: 14, label: text("Left eye", "العين اليسرى") },
          { id: "right", shape: "circle", x: 55, y: 38, w: 11, h: 14, label: text("Right eye", "العين اليمنى") },
          { id: "nose", shape: "rect", x: 45, y: 47, w: 9, h: 17, label: text("Nose", "الأنف") },
          { id: "mouth", shape: "rect", x: 37, y: 68, w: 26, h: 13, label: text("Mouth", "الفم") },
        ],
        answer: ["left", "right"],
      },
      begun: ["left"],
      wrong: ["left", "mouth"],
      right: ["left", "right"],
    },
    {
      variant: {
        ...common("numberline", [{ p: text("Where is [[3/4]]?", "أين يقع [[3/4]]؟") }]),
        type: "numberline",
        line: { from: "0", to: "2", step: "1/4", labels: ["0", "1", "2"] },
        answer: { value: "3/4", tolerance: "1/20" },
      },
      begun: "1",
      wrong: "1.25",
      right: "3/4",
    },
    {
      variant: {
        ...common("tapword", [{ p: text("Listen and tap the word.", "استمع والمس الكلمة.") }]),
        type: "tapword",
        audio: { en: "media/none.mp3" },
        words: [
          { id: "w1", text: text("ten", "عشرة") },
          { id: "w2", text: text("tin", "عشر") },
          { id: "w3", text: text("hen", "بشرة") },
          { id: "w4", text: text("pen", "عشيرة") },
        ],
        answer: ["w1"],
      },
      begun: ["w2"],
      wrong: ["w3"],
      right: ["w1"],
    },
    {
      variant: {
        ...common("blocks", [
          {
            p: text(
              "Look at **all** of these *drawings*, then −5 + 3 = −2 and 24 + 13 = 37.",
              "انظر إلى **كل** هذه *الرسوم*، ثم −5 + 3 = −2 و 24 + 13 = 37.",
            ),
          },
          { drawing: "base-ten", value: 347 },
          { drawing: "ten-frame", value: 14 },
          { drawing: "array", rows: 3, columns: 5 },
          { drawing: "number-line", from: "0", to: "1", step: "1/5", mark: "3/5" },
          { drawing: "number-line", from: "0", to: "100", step: "10", mark: "37" },
          { drawing: "number-line", from: "-5", to: "5", step: "1" },
          { drawing: "number-line", from: "0", to: "1", step: "0.25" },
          {
            table: [
              ["×", "2", "3"],
              ["4", "8", "12"],
              ["5", "10", "_"],
            ],
            head: true,
          },
          { math: "2 3/4 + 1/4 = _" },
          { audio: "media/none.mp3", transcript: text("Ten sticks", "عشر عصي") },
        ]),
        type: "truefalse",
        answer: true,
      },
      begun: null,
      wrong: false,
      right: true,
    },
  ];
}
