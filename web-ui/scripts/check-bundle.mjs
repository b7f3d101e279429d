// Checks dist/ against the oldest browser that we promise (Chrome 70) and against our size budgets.
// Syntax is parsed, not guessed; names of later APIs and CSS are searched for as text.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parse } from "acorn";

const dist = new URL("../dist/", import.meta.url).pathname;
const BUDGET = { student: 80 * 1024, all: 200 * 1024, requests: 8 };

// Chrome 70 reads ES2019 and dynamic import. Acorn names that ceiling 2020, so the rest of 2020 is looked for by hand.
const ECMA = 2020;

// What polyfill.ts does not bring: name → first Chrome that has it.
const LATER_APIS = {
  "\\.at\\(-": "92",
  "\\.replaceAll\\(": "85",
  "\\.replaceChildren\\(": "86",
  "\\.matchAll\\(": "73",
  "\\bstructuredClone\\b": "98",
  "\\bserviceWorker\\b": "needs a secure context",
  "crypto\\.subtle|crypto\\.randomUUID": "needs a secure context",
  "navigator\\.clipboard": "needs a secure context",
  "Promise\\.any\\b": "85",
  "RelativeTimeFormat": "71",
  "ListFormat": "72",
  "DisplayNames": "81",
  "\\bWeakRef\\b": "84",
  "\\.toSorted\\(|\\.toReversed\\(|\\.with\\(": "110",
  "\\.findLast\\(": "97",
  "\\bhasOwn\\(": "93",
  "\\.groupBy\\(": "117",
};

const LATER_CSS = {
  "inset\\s*:|inset-inline|inset-block": "87",
  "margin-inline\\s*:|margin-block\\s*:|padding-inline\\s*:|padding-block\\s*:": "87",
  "aspect-ratio\\s*:": "88",
  "\\b(min|max|clamp)\\(": "79",
  ":is\\(|:where\\(": "88",
  ":has\\(": "105",
  ":focus-visible": "86",
  "overflow-wrap\\s*:\\s*anywhere": "80",
  "overflow\\s*:\\s*clip": "90",
  ":lang\\(": "Vite's guess for inset-inline-*, 700 bytes a rule",
  "@layer|@container|@property": "99",
  "border-(start|end)-(start|end)-radius": "89",
};

const problems = [];
const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).replace(/\.gz$/, ""));
const nameOf = (path) => path.slice(dist.length);
const packed = (path) => readFileSync(`${path}.gz`).length;
const read = (path) => gunzipSync(readFileSync(`${path}.gz`)).toString("utf8");

for (const path of files) {
  // pdf.js brings its own stand-ins for what old browsers lack; the browser tests open a document in Chromium 70.
  if (path.endsWith(".js") && !/\/reader\/pdfjs\//.test(path)) checkScript(path);
  if (path.endsWith(".css")) checkStyles(path);
}

function checkScript(path) {
  const text = read(path);
  const classic = /\/(too-old\.js|reader\/[^/]+\.js)$/.test(path);
  try {
    const tree = parse(text, { ecmaVersion: classic ? 5 : ECMA, sourceType: classic ? "script" : "module" });
    walk(tree, (node) => {
      if (node.type === "ChainExpression" || (node.type === "LogicalExpression" && node.operator === "??")) {
        problems.push(`${nameOf(path)}: ${node.type} at ${node.start}: Chrome 80`);
      }
      if (node.type === "Literal" && node.bigint) problems.push(`${nameOf(path)}: BigInt at ${node.start}`);
    });
  } catch (error) {
    problems.push(`${nameOf(path)}: ${error.message}`);
  }
  for (const [name, since] of Object.entries(LATER_APIS)) {
    const found = text.match(new RegExp(`.{0,30}(${name}).{0,30}`));
    if (found) problems.push(`${nameOf(path)}: ${found[0]}: ${since}`);
  }
}

function walk(node, visit) {
  if (!node || typeof node.type !== "string") return;
  visit(node);
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) value.forEach((child) => walk(child, visit));
    else if (value && typeof value === "object") walk(value, visit);
  }
}

function checkStyles(path) {
  const text = read(path);
  for (const [name, since] of Object.entries(LATER_CSS)) {
    const found = text.match(new RegExp(`.{0,30}(${name}).{0,30}`));
    if (found) problems.push(`${nameOf(path)}: ${found[0]}: Chrome ${since}`);
  }
  // Chrome 70 knows `gap` in grids only, and has no way to say so: no rule may be a flex box with a gap.
  for (const rule of text.match(/[^{}]+\{[^{}]*\}/g) ?? []) {
    if (/display:(inline-)?flex/.test(rule) && /[;{](grid-)?(gap|column-gap|row-gap):/.test(rule)) {
      problems.push(`${nameOf(path)}: a gap in a flex box: ${rule.slice(0, 80)}`);
    }
  }
}

// ---- Sizes: what a student's tablet loads is the first chunk, the student's, and whatever these import at once ----
const page = read(join(dist, "index.html"));
const assets = files.filter((path) => /\/assets\//.test(path));
const stemOf = (path) => path.split("/").pop().replace(/-.{8}\.(js|css)$/, "");
const chunks = new Map(assets.filter((path) => path.endsWith(".js")).map((path) => [path.split("/").pop(), path]));
const loaded = new Set();

function load(path) {
  if (!path || loaded.has(path)) return;
  loaded.add(path);
  for (const [, name] of read(path).matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) load(chunks.get(name));
}

for (const [name, path] of chunks) if (/^(index|student)-/.test(name)) load(path);
const stems = new Set([...loaded].map(stemOf));
const isStaffOnly = (path) => (path.endsWith(".js") ? !loaded.has(path) : !stems.has(stemOf(path)));
const code = assets.filter((path) => /\.(js|css)$/.test(path));
const catalogues = assets.filter((path) => path.endsWith(".json"));
const largestOf = (paths) => Math.max(0, ...paths.map(packed));
const isAdded = (path) => /\/(authoring|checks|plans|sheets|staff)\./.test(path);
const largestCatalogue = largestOf(catalogues.filter((path) => !isAdded(path)));
const largestAdded = ["authoring", "checks", "plans", "sheets", "staff"].map((part) => largestOf(catalogues.filter((path) => path.includes(`/${part}.`))));
const sum = (paths) => paths.map(packed).reduce((a, b) => a + b, 0);
const student = sum(code.filter((path) => !isStaffOnly(path))) + largestCatalogue;
const all = sum(code) + largestCatalogue + largestAdded.reduce((a, b) => a + b, 0);
if (student > BUDGET.student) problems.push(`a student's page is ${student} bytes packed; the budget is ${BUDGET.student}`);
if (all > BUDGET.all) problems.push(`everything is ${all} bytes packed; the budget is ${BUDGET.all}`);

// The page, what it names, one catalogue, and the three calls of the sign-in page: school, me, classes.
const named = page.match(/(?:src|href)="\/[^"]+"/g) ?? [];
const requests = 1 + named.length + 1 + 3;
if (requests > BUDGET.requests) problems.push(`the first page makes ${requests} requests; the budget is ${BUDGET.requests}`);
if (/<script(?![^>]*src=)[^>]*>/.test(page)) problems.push("index.html holds a script of its own; the content security policy forbids it");

if (problems.length) {
  console.error(problems.join("\n"));
  console.error(`check-bundle: ${problems.length} problems`);
  process.exit(1);
}
const kb = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;
console.log(`check-bundle: student ${kb(student)}, all ${kb(all)} packed, ${requests} requests for the first page`);
