// What lies in a pack comes to every client byte for byte, whole and in parts: curl, wget, Chromium and Chromium 70, each
// with the codings and ranges that it knows.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { Box, HOST } from "./box.mjs";
import { startChromium, takeTablet } from "./chromium.mjs";
import { startChromium70 } from "./chromium70.mjs";
import { givePack } from "./pack.mjs";

/** Bytes that nothing makes smaller, the same in every run. */
function noise(length, seed) {
  const blocks = [];
  for (let number = 0; number * 32 < length; number++) {
    blocks.push(createHash("sha256").update(`${seed} ${number}`).digest());
  }
  return Buffer.concat(blocks).subarray(0, length);
}

const words = (count) => Array.from({ length: count }, (_, number) => `line ${number} of ${count}\n`).join("");
// Media lie in the archive as they are, everything else deflated.
const STORED = {
  "media/film.mp4": noise(3_000_001, "film"),
  "media/sound.mp3": noise(70_000, "sound"),
  "media/one-byte.webm": noise(1, "one"),
  "media/picture.png": noise(65_536, "picture"),
  "media/very/deep/in/folders/film.webm": noise(131_073, "deep"),
  "media/الصورة.jpg": noise(5_000, "name"),
};
const DEFLATED = {
  "media/drawing.svg": `<svg xmlns="http://www.w3.org/2000/svg">${"<g/>".repeat(3000)}</svg>`,
  "media/empty.txt": "",
  "media/ünïcode-数.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
  "media/large.json": JSON.stringify(Array.from({ length: 400_000 }, (_, number) => number)),
  "media/noise.bin": noise(100_000, "bin"),
  "media/captions.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\nGuten Tag — مرحبا\n",
  "pages/play.html": "<!doctype html><meta charset=utf-8><title>Play</title><p>Let us play.</p>",
  "pages/long.html": `<!doctype html><title>Long</title><pre>${words(50_000)}</pre>`,
};
const FILES = new Map(Object.entries({ ...STORED, ...DEFLATED }).map(([path, content]) => [path, Buffer.from(content)]));

const box = new Box();
let hash;

before(async () => {
  hash = givePack(box, { id: "org.example.mixed", files: Object.fromEntries(FILES) });
  await box.start();
});

after(() => box.stop());

const address = (path, host = "127.0.0.1") =>
  `http://${host}:${box.packsPort}/${hash}/${path.split("/").map(encodeURIComponent).join("/")}`;

/** Parts worth asking for: both ends, over the borders of steps, past the end. */
function parts({ length }) {
  const all = [[0, 0], [0, 65_535], [1, 131_072], [65_535, 65_536], [length - 1, length - 1], [length - 10, length + 99]];
  return all.filter(([start, end]) => start >= 0 && start < length && end >= start);
}

function same(got, wanted, what) {
  assert.ok(Buffer.compare(got, wanted) === 0, `${what}: ${got.length} bytes came, ${wanted.length} were put in`);
}

const run = (program, ...words) => execFileSync(program, words, { maxBuffer: 64 << 20 });

test("curl gets every file, coded and plain, and every part", () => {
  for (const [path, content] of FILES) {
    same(run("curl", "-sSf", "--compressed", address(path)), content, `${path} with --compressed`);
    same(run("curl", "-sSf", address(path)), content, path);
    for (const [start, end] of path in STORED ? parts(content) : []) {
      for (const more of [[], ["--compressed"]]) {
        const got = run("curl", "-sSf", ...more, "-r", `${start}-${end}`, address(path));
        same(got, content.subarray(start, end + 1), `${path} ${start}-${end} ${more}`);
      }
    }
  }
});

test("wget gets every file, coded and plain, and goes on where it was cut off", () => {
  for (const [path, content] of FILES) {
    same(run("wget", "-qO-", address(path)), content, path);
    same(run("wget", "-qO-", "--compression=auto", address(path)), content, `${path} with --compression`);
    if (path in STORED && content.length > 1) {
      const start = content.length >> 1;
      same(run("wget", "-qO-", `--start-pos=${start}`, address(path)), content.subarray(start), `${path} from ${start}`);
    }
  }
});

/**
 * In the page: asks for files, whole or in parts, and answers with status and bytes; twice, because the second time the
 * browser may answer from what it kept.
 */
async function ask(wanted) {
  const answers = [];
  for (const { url, range, cache } of [...wanted, ...wanted]) {
    const response = await fetch(url, range ? { headers: { range }, cache } : {});
    const reader = new FileReader();
    const blob = await response.blob();
    const text = await new Promise((resolve) => {
      reader.onload = () => resolve(reader.result);
      reader.readAsDataURL(blob);
    });
    answers.push({ status: response.status, base64: text.slice(text.indexOf(",") + 1) });
  }
  return answers;
}

/**
 * What a page on the packs origin reads of each file; `evaluate` runs a function there. `codedParts` says what the browser
 * may take a part of a deflated file from.
 */
async function compareInPage(evaluate, host, codedParts) {
  for (const [path, content] of FILES) {
    const url = address(path, host);
    const wanted = [{ url, answers: { 200: content } }];
    for (const [start, end] of parts(content)) {
      const part = content.subarray(start, end + 1);
      // The box sends a deflated file whole, and a browser that kept it so may cut the part out of it.
      const [cache, answers] = path in STORED ? ["default", { 206: part }] : [codedParts, { 200: content, 206: part }];
      wanted.push({ url, range: `bytes=${start}-${end}`, cache, answers });
    }
    const answers = await evaluate(ask, wanted.map(({ url, range, cache }) => ({ url, range, cache })));
    assert.equal(answers.length, wanted.length * 2);
    answers.forEach(({ status, base64 }, number) => {
      const { range = "whole", answers } = wanted[number % wanted.length];
      const bytes = answers[status];
      assert.ok(bytes, `${path} ${range}: status ${status}`);
      // `data:` alone is what a reader makes of nothing.
      same(Buffer.from(base64 === "data:" ? "" : base64, "base64"), bytes, `${path} ${range}`);
    });
  }
}

test("Chromium reads every file and every part, also from what it has kept", async () => {
  const browser = await startChromium();
  try {
    const { page, context } = await takeTablet(browser);
    await page.goto(address("pages/play.html", HOST));
    assert.equal(await page.textContent("p"), "Let us play.");
    await compareInPage((work, wanted) => page.evaluate(work, wanted), HOST, "default");
    await context.close();
  } finally {
    await browser.close();
  }
});

// Chromium 70 cuts parts out of the coded bytes that it kept, whatever a server says: no page should ask for them.
test("Chromium 70 reads every file and every part, also from what it has kept", async () => {
  const browser = await startChromium70();
  try {
    const page = await browser.newPage();
    await page.goto(address("pages/play.html"));
    assert.equal(await page.$eval("p", (one) => one.textContent), "Let us play.");
    await compareInPage((work, wanted) => page.evaluate(work, wanted), "127.0.0.1", "no-store");
  } finally {
    await browser.close();
  }
});
