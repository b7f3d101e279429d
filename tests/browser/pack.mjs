// Course packs that the tests write themselves: one question of each of the twelve types, in either direction, and a
// page of HTML with whatever script a test puts on it. Built and installed by the program itself.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { BINARY } from "./box.mjs";

const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">
<rect width="200" height="100" fill="#cfe0c3"/><circle cx="50" cy="50" r="30" fill="#c8553d"/>
<rect x="120" y="20" width="60" height="60" fill="#1f6f78"/></svg>`;

const option = (id, text) => ({ id, text });
const cards = (...words) => words.map((word, index) => option("abcdefgh"[index], word));

/** One question of each type, in the words of `w`. */
function questions(w) {
  const common = { skills: ["all"], difficulty: "easy", hints: [w.hint], solution: [{ p: w.hint }] };
  const areas = [
    { id: "round", shape: "circle", x: 10, y: 20, w: 30, h: 60, label: w.words[0] },
    { id: "edged", shape: "rect", x: 60, y: 20, w: 30, h: 60, label: w.words[1] },
  ];
  return [
    { type: "single", stem: [{ p: w.question }], options: cards(...w.words), answer: "c" },
    { type: "multiple", stem: [{ p: w.question }], options: cards(...w.words), answer: ["a", "c"] },
    { type: "truefalse", stem: [{ p: w.question }], answer: false },
    { type: "number", stem: [{ math: "24 + 13 = _" }], answer: { value: "37" } },
    { type: "short", stem: [{ p: w.question }], answer: { accept: [w.words[0]] } },
    {
      type: "cloze",
      stem: [{ cloze: `${w.words[0]} {{1}} ${w.words[1]} {{2}}` }],
      gaps: [
        { id: "1", kind: "number", answer: "10" },
        { id: "2", kind: "choice", answer: "b", options: cards(...w.words) },
      ],
    },
    {
      type: "match",
      stem: [{ p: w.question }],
      left: cards("1", "2", "3").map((one, at) => ({ ...one, id: `l${at}` })),
      right: cards("10", "20", "30").map((one, at) => ({ ...one, id: `r${at}` })),
      answer: { l0: "r0", l1: "r1", l2: "r2" },
    },
    { type: "order", stem: [{ p: w.question }], options: cards(...w.words), answer: ["b", "c", "a"] },
    {
      type: "sort",
      stem: [{ p: w.question }],
      bins: [option("in", w.words[0]), option("out", w.words[1])],
      options: cards("4", "5", "6"),
      answer: { a: "in", b: "out", c: "in" },
    },
    { type: "hotspot", stem: [{ p: w.question }], image: "media/picture.svg", alt: w.hint, areas, answer: ["edged"] },
    { type: "numberline", stem: [{ p: w.question }], line: { from: 0, to: 10, step: 1 }, answer: { value: "7" } },
    {
      type: "tapword",
      stem: [{ p: w.question }],
      words: w.words.map((text, at) => ({ id: `w${at}`, text })),
      answer: ["w1"],
    },
  ].map((item) => ({ id: item.type, ...common, ...item }));
}

const WORDS = {
  ltr: { title: "All kinds", question: "Which one fits?", hint: "Look at it once more.", words: ["sun", "moon", "star"] },
  rtl: { title: "كل الأنواع", question: "أيها يناسب؟", hint: "انظر مرة أخرى.", words: ["شمس", "قمر", "نجم"] },
};

/** Writes a pack as its author would keep it, builds its file and puts it into a box that is not running. */
export function givePack(box, { id = "org.example.all-kinds", direction = "ltr", page = null } = {}) {
  const w = WORDS[direction];
  const language = direction === "rtl" ? "ar" : "en";
  const folder = mkdtempSync(join(tmpdir(), "schoolhouse-pack-"));
  const write = (path, content) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  };
  const items = questions(w);
  write("pack.json", {
    format: 1, id, version: "1.0.0", title: { [language]: w.title }, summary: { [language]: w.hint }, language, direction,
    audioLanguages: [], audience: "students", publisher: "Example", authors: ["Example"], contact: "packs@example.org",
    licence: "CC-BY-4.0", licenceText: "LICENSES/CC-BY-4.0.txt", attribution: "Example", commercialUse: true,
    derivatives: true, subjects: ["mathematics"], grades: [2], ageMin: 7, ageMax: 11, curriculum: [],
    cover: "media/picture.svg", needs: { minApp: "0.1.0", features: [] }, dependsOn: [],
    accessibility: { accessMode: ["textual"], accessibilityFeature: [], hazards: ["none"] },
    safety: { reviewedForAge: true, externalLinks: false, realChildren: false },
    provenance: { source: "written for a test", importer: null, date: "2026-11-23", changes: [] },
    difficultyModel: { name: "rating-1", calibratedOn: 0 }, released: "2026-11-23",
  });
  write("skills.json", {
    skills: [
      {
        id: "all", name: w.title, can: w.title, strand: "all", prerequisites: [], minutes: 10, alignsTo: [],
        offTablet: "pages/read.md",
      },
    ],
  });
  write("outline.json", {
    units: [
      {
        id: "unit", title: w.title,
        lessons: [
          {
            id: "kinds", title: w.title, picture: "media/picture.svg", minutes: 20, skills: ["all"],
            teacherNotes: "pages/read.md", offTablet: "pages/read.md",
            activities: [
              { id: "read", kind: "page", title: w.title, page: "pages/read.md" },
              { id: "try", kind: "practice", title: w.title, items: items.map((item) => item.id) },
              { id: "exit", kind: "check", title: w.title, items: items.map((item) => item.id) },
            ],
          },
        ],
      },
    ],
  });
  write("items/all.json", { items });
  write("pages/read.md", `# ${w.title}\n\n${w.hint}\n\n![${w.hint}](../media/picture.svg)\n`);
  if (page) write("pages/foreign.html", page);
  write("media/picture.svg", PICTURE);
  write("LICENSES/CC-BY-4.0.txt", "Creative Commons Attribution 4.0 International");
  const file = join(folder, "one.schoolpack");
  try {
    run("pack", "build", folder, "--output", file);
    run("pack", "install", file, "--data", box.data);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(...words) {
  try {
    execFileSync(BINARY, words, { stdio: "pipe" });
  } catch (error) {
    throw new Error(`schoolhouse ${words.join(" ")}: ${error.stdout}${error.stderr}`);
  }
}
