// Course packs that the tests write themselves: one question of each of the twelve types, in either direction, and a
// page of HTML with whatever script a test puts on it. Built and installed by the program itself.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

/** The `pack.json` of a pack for a test. */
function manifest(id, title, language, direction) {
  return {
    format: 1, id, version: "1.0.0", title: { [language]: title }, summary: { [language]: title }, language, direction,
    audioLanguages: [], audience: "students", publisher: "Example", authors: ["Example"], contact: "packs@example.org",
    licence: "CC-BY-4.0", licenceText: "LICENSES/CC-BY-4.0.txt", attribution: "Example", commercialUse: true,
    derivatives: true, subjects: ["mathematics"], grades: [2], ageMin: 7, ageMax: 11, curriculum: [],
    cover: "media/picture.svg", needs: { minApp: "0.1.0", features: [] }, dependsOn: [],
    accessibility: { accessMode: ["textual"], accessibilityFeature: [], hazards: ["none"] },
    safety: { reviewedForAge: true, externalLinks: false, realChildren: false },
    provenance: { source: "written for a test", importer: null, date: "2026-11-23", changes: [] },
    difficultyModel: { name: "rating-1", calibratedOn: 0 }, released: "2026-11-23",
  };
}

/**
 * Writes a pack as its author would keep it, builds its file and puts it into a box that is not running. Answers with the
 * SHA-256 of the file, which is where its files are on the packs origin.
 */
export function givePack(box, { id = "org.example.all-kinds", direction = "ltr", page = null, files = {} } = {}) {
  const w = WORDS[direction];
  const language = direction === "rtl" ? "ar" : "en";
  const { folder, write } = newFolder();
  const items = questions(w);
  write("pack.json", manifest(id, w.title, language, direction));
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
  for (const [path, content] of Object.entries(files)) write(path, content);
  write("media/picture.svg", PICTURE);
  return install(box, folder, write);
}

/** A pack with one activity of each kind that shows something as it is: lesson `shown`. */
export function giveShownPack(box, id = "org.example.shown") {
  const { folder, write } = newFolder();
  const media = (name) => readFileSync(new URL(`../fixtures/media/${name}`, import.meta.url));
  write("pack.json", manifest(id, "Water", "en", "ltr"));
  write("outline.json", {
    units: [
      {
        id: "unit", title: "Water",
        lessons: [
          {
            id: "shown", title: "Water", picture: "media/picture.svg", minutes: 20, skills: [],
            activities: [
              {
                id: "film", kind: "video", title: "The well", file: "media/film.webm", transcript: "pages/film.md",
                captions: [{ language: "en", file: "media/film.en.vtt" }, { language: "fr", file: "media/film.fr.vtt" }],
              },
              { id: "sound", kind: "audio", title: "The rain", file: "media/sound.mp3", transcript: "pages/film.md" },
              {
                id: "book", kind: "book", title: "The goat at the river",
                chapters: [
                  { title: "One: the way", file: "books/goat/one.xhtml" },
                  { title: "Two: the water", file: "books/goat/chapter two.xhtml" },
                ],
              },
              { id: "guide", kind: "document", title: "Clean water", file: "media/guide.pdf" },
              { id: "app", kind: "app", title: "Fill the jug", file: "apps/jug/index.html" },
              { id: "map", kind: "picture", title: "The river", file: "media/picture.svg", alt: "A river and a field" },
            ],
          },
        ],
      },
    ],
  });
  write("media/film.webm", media("film.webm"));
  write("media/sound.mp3", media("sound.mp3"));
  write("media/film.en.vtt", "WEBVTT\n\n00:00.000 --> 00:20.000\nThe well is deep.\n");
  write("media/film.fr.vtt", "WEBVTT\n\n00:00.000 --> 00:20.000\nLe puits est profond.\n");
  write("media/guide.pdf", pdf(["Boil the water", "Let it cool", "Keep it covered"]));
  write("media/picture.svg", PICTURE);
  write("pages/film.md", "# The well\n\nWater comes up in a bucket.\n");
  const chapter = (text) =>
    `<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title>` +
    `<link rel="stylesheet" href="style.css"/></head><body><p id="text">${text}</p>` +
    `<script>document.getElementById("text").textContent = "a script ran"</script></body></html>`;
  write("books/goat/one.xhtml", chapter("The goat set out early."));
  write("books/goat/chapter two.xhtml", chapter("The water was cold."));
  write("books/goat/style.css", "p { color: rgb(40, 114, 70); font-size: 24px; }");
  write("apps/jug/index.html", '<!doctype html><meta charset="utf-8"><button>0</button><script src="jug.js"></script>');
  write(
    "apps/jug/jug.js",
    'const b = document.querySelector("button"); b.textContent = localStorage.cups || 0;' +
      "b.onclick = () => { localStorage.cups = Number(b.textContent) + 1; b.textContent = localStorage.cups; };",
  );
  install(box, folder, write);
}

/** A PDF of one large line a page. */
function pdf(lines) {
  const objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"];
  const kids = lines.map((line) => {
    const text = `BT /F1 36 Tf 60 700 Td (${line}) Tj ET`;
    objects.push(`<< /Length ${text.length} >>\nstream\n${text}\nendstream`);
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${objects.length} 0 R` +
        " /Resources << /Font << /F1 3 0 R >> >> >>",
    );
    return `${objects.length} 0 R`;
  });
  objects[1] = `<< /Type /Pages /Kids [${kids.join(" ")}] /Count ${kids.length} >>`;
  let file = "%PDF-1.4\n";
  const places = objects.map((object, index) => {
    const place = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, "0")} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join("")}`;
  return Buffer.from(`${file}${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`);
}

function newFolder() {
  const folder = mkdtempSync(join(tmpdir(), "schoolhouse-pack-"));
  const write = (path, content) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === "string" || Buffer.isBuffer(content) ? content : JSON.stringify(content));
  };
  return { folder, write };
}

function install(box, folder, write) {
  write("LICENSES/CC-BY-4.0.txt", "Creative Commons Attribution 4.0 International");
  const file = join(folder, "one.schoolpack");
  try {
    run("pack", "build", folder, "--output", file);
    run("pack", "install", file, "--accept", "errors", "--data", box.data);
    return createHash("sha256").update(readFileSync(file)).digest("hex");
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
