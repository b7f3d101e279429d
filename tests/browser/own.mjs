// Courses that the school writes itself, made as a program would: for tests that look at the screens.

const option = (id, text) => ({ id, text });
const cards = (...words) => words.map((text, index) => option("abcdefgh"[index], text));

/** One question of each kind that needs no photo, as the screens write them. */
const QUESTIONS = [
  { type: "single", stem: [{ p: "Which number comes after 39?" }], options: cards("40", "41", "30"), answer: "a" },
  { type: "multiple", stem: [{ p: "Which are even?" }], options: cards("10", "11", "12", "13"), answer: ["a", "c"] },
  { type: "truefalse", stem: [{ p: "70 is more than 69." }], answer: true },
  { type: "number", stem: [{ p: "How many?" }, { math: "24 + 13 = _" }, { drawing: "base-ten", value: 37 }], answer: { value: "37" } },
  { type: "short", stem: [{ p: "Write 40 as a word." }], answer: { accept: ["forty"] } },
  {
    type: "cloze",
    stem: [{ cloze: "One ten and {{1}} ones is {{2}}." }],
    gaps: [
      { id: "1", kind: "number", answer: "3" },
      { id: "2", kind: "choice", answer: "a", options: cards("thirteen", "thirty") },
    ],
  },
  {
    type: "match",
    stem: [{ p: "Which belong together?" }],
    left: [option("l1", "10"), option("l2", "20")],
    right: [option("r1", "ten"), option("r2", "twenty")],
    answer: { l1: "r1", l2: "r2" },
  },
  { type: "order", stem: [{ p: "From small to large" }], options: cards("nine", "ten", "eleven"), answer: ["a", "b", "c"] },
  {
    type: "sort",
    stem: [{ p: "Even or odd?" }],
    bins: [option("x", "Even"), option("y", "Odd")],
    options: cards("2", "4", "3", "5"),
    answer: { a: "x", b: "x", c: "y", d: "y" },
  },
  { type: "numberline", stem: [{ p: "Where is 7?" }], line: { from: "0", to: "10", step: "1" }, answer: { value: "7" } },
  { type: "hotspot", stem: [{ p: "Touch the goat." }], image: "", alt: "", areas: [], answer: [] },
  {
    type: "tapword",
    stem: [{ p: "Touch the animals." }],
    words: ["goat", "stone", "hen"].map((text, at) => ({ id: `w${at + 1}`, text })),
    answer: ["w1", "w3"],
  },
];

/** The same letters and digits for the same number, as the tablets make ids. */
const named = (letter, number) => `${letter}${String(number).padStart(7, "0")}`;

/** A course with a quiz of every kind and a lesson; tells the addresses of its screens. */
export async function writeCourse(head, title = "Numbers in our village") {
  const own = await head.post("/api/v1/authoring", { title, language: "en", start: "quiz" });
  const { draft } = own;
  const [quiz] = draft.lessons;
  const skill = draft.skills[0].id;
  quiz.parts[0].items = QUESTIONS.map((item, at) => ({ id: named("q", at), skills: [skill], ...item }));
  const lesson = {
    id: named("l", 1),
    title: "Where water comes from",
    minutes: 20,
    forTheRoom: "",
    parts: [
      {
        id: named("p", 1),
        kind: "page",
        title: "The well",
        blocks: [{ heading: "Deep down" }, { text: "Water comes from the ground.\n\nWe carry it home." }, { list: ["bucket", "rope"] }],
      },
      { id: named("p", 2), kind: "video", title: "", file: null, captions: null, alt: "", transcript: "" },
      { id: named("p", 3), kind: "picture", title: "", file: null, alt: "" },
    ],
  };
  draft.lessons.push(lesson);
  await head.call("PUT", `/api/v1/authoring/${own.id}`, { revision: own.revision, draft });
  const at = `/teach/own/${own.id}`;
  const questions = `${at}/${quiz.id}/${quiz.parts[0].id}`;
  return {
    id: own.id,
    at,
    questions,
    lesson: `${at}/${lesson.id}`,
    parts: Object.fromEntries(lesson.parts.map((part) => [part.kind, `${at}/${lesson.id}/${part.id}`])),
    items: QUESTIONS.map(({ type }, index) => ({ type, at: `${questions}/${named("q", index)}` })),
  };
}
