// Checks the catalogues against each other and against the source. Run by `npm run check`.
// Finds: missing and extra keys, keys that nothing uses, placeholders that differ, plural categories that a
// language needs and does not have, keys out of order, Latin letters left in the Arabic texts, and codes of refusals
// that the server has and the catalogue has not, or the other way round.
// `node scripts/check-i18n.mjs --sort` writes all files in order.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = new URL("..", import.meta.url).pathname;
const languages = ["en", "es", "fr", "ar"];
/** Files of a language: what every screen may say, and what only comes with the screens of one area. */
const PARTS = ["", "authoring.", "checks.", "plans.", "sheets.", "staff."];
/** What only staff read. */
const STAFF = ["library", "lint", "print", "teach", "tech"];
/** Refusals that only staff can meet. */
const STAFF_PROBLEMS = new RegExp(
  `^problem\\.(${[
    "(attendance|backup|goal|import|library|plan|room|sheet|sync)\\..*",
    "lesson\\.(minutes-wrong|over)",
    "live\\.too-many-watchers",
    "pack\\.(?!(file-missing|for-teachers|item-unknown|item-wrong|unknown)$).*",
    "people\\.(class-name-taken|last-head|list-long|name-taken|name-twice|school-id-.*|staff-unknown)",
  ].join("|")})$`,
);
const AREAS = ["authoring", "band", "checks", "common", "items", "library", "lint", "plans", "print", "problem", "report", "search", "setUp", "sheets", "signIn", "student", "teach", "tech"];
// CLDR 47; the category `many` of Spanish and French only serves whole millions and is optional.
const CATEGORIES = {
  en: ["one", "other"],
  es: ["one", "other"],
  fr: ["one", "other"],
  ar: ["zero", "one", "two", "few", "many", "other"],
};
const LATIN_ALLOWED = /Schoolhouse|MP[34]|\.schoolpack|A4|QR|CSV|USB|Excel|http:\/\/[^\s]*|[a-z]+\.(local|lan|home)/g;

const problems = [];
const fileOf = (part, language) => join(root, "i18n", `${part}${language}.json`);
const read = (part, language) => JSON.parse(readFileSync(fileOf(part, language), "utf8"));
const files = Object.fromEntries(
  languages.map((language) => [language, Object.assign({}, ...PARTS.map((part) => read(part, language)))]),
);

if (process.argv.includes("--sort")) {
  for (const language of languages) {
    for (const part of PARTS) {
      const sorted = Object.fromEntries(Object.entries(read(part, language)).sort(([a], [b]) => (a < b ? -1 : 1)));
      writeFileSync(fileOf(part, language), `${JSON.stringify(sorted, null, 2)}\n`);
    }
  }
  process.exit(0);
}

const baseOf = (key) => key.split("#")[0];
const placeholders = (text) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join(" ");

const masterBases = new Set(Object.keys(files.en).map(baseOf));
const pluralBases = new Set(Object.keys(files.en).filter((key) => key.includes("#")).map(baseOf));

for (const key of Object.keys(files.en)) {
  if (!AREAS.includes(key.split(".")[0])) problems.push(`en: ${key} is in no known area (${AREAS.join(", ")})`);
}

for (const language of languages) {
  const texts = files[language];
  const keys = Object.keys(texts);
  for (const part of PARTS) {
    const own = Object.keys(read(part, language));
    if (own.join("\n") !== [...own].sort().join("\n")) problems.push(`${language}: keys are not in order; run with --sort`);
    for (const key of own) {
      // A text of another area would not be there when its screen asks for it.
      const wanted = /^(problem\.)?authoring\./.test(key) ? "authoring." : key.startsWith("checks.") ? "checks." : key.startsWith("plans.") ? "plans." : key.startsWith("sheets.") ? "sheets." : STAFF.includes(key.split(".")[0]) || STAFF_PROBLEMS.test(key) ? "staff." : "";
      if (part !== wanted) problems.push(`${language}: ${key} stands in the wrong file`);
    }
  }
  for (const base of masterBases) {
    if (pluralBases.has(base)) {
      for (const category of CATEGORIES[language]) {
        if (texts[`${base}#${category}`] === undefined) problems.push(`${language}: ${base}#${category} is missing`);
      }
    } else if (texts[base] === undefined) problems.push(`${language}: ${base} is missing`);
  }
  for (const key of keys) {
    const base = baseOf(key);
    if (!masterBases.has(base)) problems.push(`${language}: ${key} is not in en.json`);
    if (!texts[key].trim()) problems.push(`${language}: ${key} is empty`);
    const [, category] = key.split("#");
    // "one day" may be said without the number in any language, and Arabic has a word for two.
    if (category && category !== "other" && category !== "many" && category !== "few") {
      const master = files.en[`${base}#other`] ?? "";
      for (const name of (texts[key].match(/\{\w+\}/g) ?? [])) {
        if (!master.includes(name)) problems.push(`${language}: ${key} has ${name}, which en.json has not`);
      }
      for (const name of (master.match(/\{\w+\}/g) ?? [])) {
        if (name !== "{count}" && !texts[key].includes(name)) problems.push(`${language}: ${key} lacks ${name}`);
      }
      continue;
    }
    const master = files.en[category ? `${base}#other` : key] ?? files.en[key];
    if (master !== undefined && placeholders(master) !== placeholders(texts[key])) {
      problems.push(`${language}: ${key} has placeholders "${placeholders(texts[key])}", en.json "${placeholders(master)}"`);
    }
  }
}

for (const [key, text] of Object.entries(files.ar)) {
  const rest = text.replace(/\{\w+\}/g, "").replace(LATIN_ALLOWED, "");
  if (/[A-Za-z]/.test(rest)) problems.push(`ar: ${key} has Latin letters: ${text}`);
}

// ---- Which keys does the source use? ----
const source = [];
for (const entry of readdirSync(join(root, "src"), { recursive: true, withFileTypes: true })) {
  if (entry.isFile() && /\.tsx?$/.test(entry.name)) source.push(readFileSync(join(entry.parentPath, entry.name), "utf8"));
}
const code = source.join("\n");
const literals = new Set(code.match(/(?<=["'`])[a-z][A-Za-z]*\.[A-Za-z0-9.-]+(?=["'`])/g) ?? []);
// `problem.${code}` uses every key that starts with "problem.".
const prefixes = [...new Set(code.match(/(?<=`)[a-z][A-Za-z]*\.[A-Za-z0-9.-]*(?=\$\{)/g) ?? [])];
for (const base of masterBases) {
  if (!literals.has(base) && !prefixes.some((prefix) => base.startsWith(prefix))) {
    problems.push(`en: nothing uses ${base}`);
  }
}

// ---- Has every refusal of the server its sentence? ----
const CODE = /"((?:attendance|authoring|backup|box|config|evidence|file|goal|import|lesson|library|live|mastery|pack|people|plan|request|room|school|sheet|sync)\.[a-z]+(?:-[a-z]+)*)"/g;
/** Names of files that look like codes. */
const FILES = ["backup.db", "backup.json", "box.env", "pack.json", "school.key", "school.secret", "sync.json"];
/** Codes without a sentence, and why nobody at a screen needs one. */
const UNSAID = [
  [/^config\./, "said in the terminal, when the program starts"],
  [/^box\.(data-directory|data-in-use|foreign-file|key|newer-data)$/, "said in the terminal, when the program starts"],
  [/^backup\.(box-in-use|code-wrong|no-room|none|unreadable)$/, "in the terminal and in the log"],
  [/^sync\.(catalogue-old|chain-broken|counter-old|key-foreign|school-unknown|school-unnamed|segment-damaged)$/, "between boxes and hubs, in the log, or in the terminal of a hub"],
  [/^pack\./, "for authors, in the terminal; to a teacher the library says of them all that the file is damaged"],
  [/^import\./, "the library shows the box's own sentence, which names the file and what to do"],
  [/^library\.(cancelled|no-picture|not-checked|upload-offset|upload-overtaken)$/, "for the library's own pages, which mend it or look again"],
  [/^evidence\./, "for the queue of answers, which mends or keeps; no page shows it"],
  [/^live\.(falling|hand-up|hint-run|no-touch|ready|rushing|wheel-spinning|wrong-in-a-row)$/, "not a refusal: why a student needs somebody, in the teach texts"],
  [/^mastery\.table-wrong$/, "said in the terminal"],
  [/^people\.(avatar|role)-unknown$/, "the screens offer only those that there are"],
  [/^request\.broke-off$/, "said to a connection that is not there any more"],
  [/^request\.(client|id)-wrong$/, "comes inside request.unreadable or request.no-such-page"],
];
/** Made in the browser, by api/client.ts. */
const OWN_CODES = ["general", "network.slow", "network.unreachable"];

const server = join(root, "..", "src");
const codes = new Set();
for (const entry of readdirSync(server, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !entry.name.endsWith(".rs") || entry.name === "tests.rs") continue;
  // Programs without a screen have their own words, and tests name what must not be.
  if (entry.parentPath === join(server, "cli") || /\/tests(\/|$)/.test(entry.parentPath)) continue;
  const text = readFileSync(join(entry.parentPath, entry.name), "utf8").split("#[cfg(test)]\nmod tests {")[0];
  for (const [, code] of text.matchAll(CODE)) if (!FILES.includes(code)) codes.add(code);
}
const said = new Set([...masterBases].filter((base) => base.startsWith("problem.")).map((base) => base.slice("problem.".length)));
for (const code of [...codes].sort()) {
  if (!said.has(code) && !UNSAID.some(([pattern]) => pattern.test(code))) {
    problems.push(`en: the server refuses with ${code}; problem.${code} is missing, and check-i18n.mjs gives no reason`);
  }
}
for (const code of said) {
  if (!codes.has(code) && !OWN_CODES.includes(code)) problems.push(`en: the server never refuses with ${code}`);
}
for (const [pattern] of UNSAID) {
  if (![...codes].some((code) => pattern.test(code) && !said.has(code))) {
    problems.push(`check-i18n.mjs: no code needs the exception ${pattern}`);
  }
}

if (problems.length) {
  console.error(problems.join("\n"));
  console.error(`check-i18n: ${problems.length} problems`);
  process.exit(1);
}
console.log(`check-i18n: ${masterBases.size} texts in ${languages.length} languages`);
