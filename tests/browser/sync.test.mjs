// A box and the others: the technician adds it to a hub, the district sees its results; a second box joins the school.
// SYNC=folder keeps a picture of each screen.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { faultsOf } from "./axe.mjs";
import { BINARY, Box, enter, finish, setUpSchool } from "./box.mjs";
import { LAPTOP, PHONE, startChromium, takeTablet } from "./chromium.mjs";
import { NAMES, signInAsStaff, until } from "./steps.mjs";

const FOLDER = process.env["SYNC"];
const box = new Box();
const hub = { data: mkdtempSync(join(tmpdir(), "schoolhouse-hub-")), port: 0, child: null };
let browser;
let school;

const hubSays = (...words) => execFileSync(BINARY, ["hub", "--data", hub.data, ...words]).toString();

async function startHub() {
  hub.child = spawn(BINARY, ["hub", "--data", hub.data, "serve", "--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  hub.child.stdout.on("data", (chunk) => (said += chunk));
  hub.port = await until("the hub says where it is", () => Number(/:(\d+)\s/.exec(said)?.[1]));
}

before(async () => {
  await box.start();
  school = await setUpSchool(box, NAMES.slice(0, 6));
  await startHub();
  browser = await startChromium();
  if (FOLDER) mkdirSync(FOLDER, { recursive: true });
});

after(async () => {
  await browser?.close();
  hub.child?.kill();
  rmSync(hub.data, { recursive: true, force: true });
  await box.stop();
});

async function picture(page, name) {
  if (!FOLDER) return;
  for (const [size, viewport] of [["desk", LAPTOP], ["phone", PHONE]]) {
    await page.setViewportSize(viewport);
    await page.screenshot({ path: join(FOLDER, `${name}-${size}.png`), fullPage: true });
  }
  await page.setViewportSize(LAPTOP);
}

test("the technician adds the box to a hub, and the district sees what its students answered", async () => {
  const student = await enter(box, school.students[0]);
  await finish(student, "org.schoolhouse.numbers", "bundles-of-ten", "try", { count: 5 });
  const { page, errors, context } = await takeTablet(browser, { bypassCSP: true });
  await signInAsStaff(page, box);
  await page.goto(`${box.origin}/teach/box`);
  await picture(page, "no-hub");
  const code = hubSays("invite", "Hill School").split("\n")[0];
  await page.getByLabel("Address of the hub").fill(`http://127.0.0.1:${hub.port}`);
  await page.getByLabel("Code from the district").fill("000 000 000");
  await page.getByRole("button", { name: "Add this box" }).click();
  await page.getByText("This code is not known").waitFor();
  await page.getByLabel("Code from the district").fill(code);
  await page.getByRole("button", { name: "Add this box" }).click();
  await page.getByRole("button", { name: "Sync now" }).click();
  await page.getByText("Everything is there.").waitFor();
  await page.getByText(/^Last on/).waitFor();
  await picture(page, "hub");
  assert.deepEqual(await faultsOf(page), []);
  const row = hubSays("schools").split("\n")[0];
  assert.match(row, new RegExp(`Hill School.*\\b5\\b`), row);
  // Without a line the page says so, and what waits.
  hub.child.kill();
  await until("the hub is gone", () => hub.child.exitCode !== null || hub.child.signalCode);
  await page.getByRole("button", { name: "Sync now" }).click();
  await page.getByText("The hub can’t be reached").first().waitFor();
  await picture(page, "away");
  assert.deepEqual(errors, []);
  await context.close();
});

test("a second box joins the school with the codes of both, and its students are there", async () => {
  const second = new Box();
  await second.start();
  try {
    const { page: first, errors, context } = await takeTablet(browser, { bypassCSP: true });
    await signInAsStaff(first, box);
    await first.goto(`${box.origin}/teach/box`);
    await first.getByRole("button", { name: "Add another box" }).click();
    const code = await first.locator(".box-code").innerText();
    assert.match(code, /^\d{3} \d{3} \d{3}$/);
    await picture(first, "code");
    const { page, context: other, errors: otherErrors } = await takeTablet(browser, { bypassCSP: true });
    await page.goto(`${second.origin}/set-up`);
    await picture(page, "set-up");
    await page.getByRole("button", { name: "Our school has a box already" }).click();
    await page.getByLabel("Address of the other box").fill(`http://127.0.0.1:${box.port}`);
    await page.getByLabel("Code of the other box").fill(code);
    await page.getByLabel("Set-up code").fill(second.code);
    await picture(page, "join");
    assert.deepEqual(await faultsOf(page), []);
    await page.getByRole("button", { name: "Join the school" }).click();
    await page.getByText(NAMES[0]).waitFor();
    await signInAsStaff(page, second);
    await page.goto(`${second.origin}/teach/box`);
    await page.getByText(/Exchanged on/).waitFor();
    await picture(page, "two-boxes");
    await first.reload();
    await first.locator(".box-row").waitFor();
    assert.deepEqual([...errors, ...otherErrors], []);
    await Promise.all([context.close(), other.close()]);
  } finally {
    await second.stop();
  }
});
