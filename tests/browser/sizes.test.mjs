// What the school's thin air has to carry, and what the board has to hold. The limits are promises of the product.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { BINARY, Box, setUpSchool } from "./box.mjs";
import { startChromium, takeTablet } from "./chromium.mjs";

const KB = 1_000;
const MB = 1_000_000;
let box;
let browser;
let school;

before(async () => {
  box = await new Box().start();
  school = await setUpSchool(box, ["Amina", "Bilal", "Carlos"]);
  browser = await startChromium();
});

after(async () => {
  await browser?.close();
  await box?.stop();
});

/** Counts requests and the bytes that came over the wire, headers included. */
async function countWire(context, page) {
  const wire = { requests: 0, bytes: 0 };
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  // The question whether a lesson runs comes after the page, and waits for its answer.
  devtools.on("Network.responseReceived", ({ response }) => (wire.requests += /\/api\/v1\/lesson\b/.test(response.url) ? 0 : 1));
  devtools.on("Network.loadingFinished", ({ encodedDataLength }) => (wire.bytes += encodedDataLength));
  return wire;
}

/** Opens a page and waits until nothing more comes; a question whether a lesson began may go on waiting for its answer. */
async function visit(page, wire, address) {
  await page.goto(address, { waitUntil: "load" });
  for (let before = -1; before !== wire.bytes; ) {
    before = wire.bytes;
    await page.waitForTimeout(700);
  }
}

test("the sign-in page is a few small requests, and the first exercise is not far", async () => {
  const { context, page, errors } = await takeTablet(browser);
  const wire = await countWire(context, page);
  await visit(page, wire, box.origin);
  assert.ok(wire.requests <= 8, `${wire.requests} requests to the sign-in page`);
  assert.ok(wire.bytes <= 90 * KB, `${wire.bytes} bytes to the sign-in page`);

  const [student] = school.students;
  const signed = await page.evaluate(async ({ id, pictures }) => {
    const answer = await fetch("/api/v1/sign-in/pictures", {
      method: "POST",
      headers: { "schoolhouse-request": "1", "content-type": "application/json" },
      body: JSON.stringify({ student: id, pictures, client: "00000000000000aa" }),
    });
    return answer.ok;
  }, student);
  assert.ok(signed);
  await visit(page, wire, `${box.origin}/`);
  await visit(page, wire, `${box.origin}/learn/org.schoolhouse.numbers`);
  const course = await school.head.get("/api/v1/courses/org.schoolhouse.numbers");
  const lesson = course.units[0].lessons[0];
  const practice = lesson.activities.find(({ kind }) => kind === "practice");
  await visit(page, wire, `${box.origin}/learn/${course.id}/${lesson.id}/${practice.id}`);
  assert.ok(wire.bytes <= 160 * KB, `${wire.bytes} bytes to the first exercise`);
  assert.deepEqual(errors, []);
  console.log(`# ${wire.requests} requests, ${wire.bytes} bytes to the first exercise`);
  await context.close();
});

function bytesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

test("the program is small", { skip: !BINARY.includes("release") && "only the release binary has its size" }, () => {
  const packs = bytesUnder(fileURLToPath(new URL("../../content-packs", import.meta.url)));
  const size = statSync(BINARY).size - packs;
  // 15 MB before the box spoke HTTPS to a hub; TLS with its roots, and the hub itself, are the rest.
  assert.ok(size <= 18 * MB, `${size} bytes without the content packs`);
  console.log(`# ${size} bytes without the content packs`);
});

test("the box answers the description of its API", async () => {
  const told = await (await fetch(`http://127.0.0.1:${box.port}/api/openapi.json`)).json();
  const written = JSON.parse(readFileSync(new URL("../../docs/openapi.json", import.meta.url), "utf8"));
  assert.deepEqual(told, written);
});

test("an idle box needs little memory", { skip: !BINARY.includes("release") && "only the release binary counts" }, () => {
  const memory = box.memory();
  assert.ok(memory <= 60 * 1024, `${memory} KB resident after a school was set up`);
  console.log(`# ${memory} KB resident`);
});
