// The oldest browser that we promise to serve: every screen opens there without an error, and a quiz is done to its end.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Box, enter, finish, setUpSchool } from "./box.mjs";
import { startChromium70 } from "./chromium70.mjs";
import { answer, fingerOf70 } from "./hands.mjs";
import { givePack } from "./pack.mjs";
import { writeCourse } from "./own.mjs";
import { doors, heading, learning, teaching, tending, writing } from "./screens.mjs";
import { PASSWORD, PICTURES, until } from "./steps.mjs";

const FIRST = "org.schoolhouse.first-steps";
const box = new Box();
let browser;
let school;

before(async () => {
  givePack(box);
  await box.start();
  browser = await startChromium70();
});

after(async () => {
  await browser?.close();
  await box.stop();
});

// The address itself: this browser knows no names of ours.
const at = (path) => `http://127.0.0.1:${box.port}${path}`;

/** A person of their own: nothing in common with the other pages. */
async function takeTablet() {
  const context = await browser.createIncognitoBrowserContext();
  const page = await context.newPage();
  page.setDefaultNavigationTimeout(30_000);
  const errors = [];
  page.on("pageerror", (error) => errors.push(`${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    // The app asks who is signed in; nobody is no error.
    const isError = message.type() === "error" && !message.text().includes("401");
    if (isError) errors.push(`${page.url()}: ${message.text()}`);
  });
  await page.setViewport({ width: 800, height: 1280 });
  return { context, page, errors };
}

async function open(page, [name, path, ready, act]) {
  await page.goto(at(path));
  await page.waitForSelector(ready).catch(() => assert.fail(`${name} does not open: ${ready} is missing`));
  await act?.(page);
}

/** Fills in a field as fingers do. */
async function write(page, selector, text) {
  await page.waitForSelector(selector);
  await page.type(selector, text);
}

async function signIn(page, student) {
  await page.goto(at(`/sign-in/class/${school.class.id}/${student.id}`));
  await page.waitForSelector(".picture-button");
  const buttons = await page.$$(".picture-button");
  for (const picture of student.pictures) await buttons[PICTURES.indexOf(picture)].click();
  await page.waitForSelector(".home .courses");
}

async function signInStaff(page, name) {
  await page.goto(at("/sign-in/staff"));
  await write(page, "input[autocomplete=username]", name);
  await write(page, "input[autocomplete=current-password]", PASSWORD);
  await page.click("button[type=submit]");
  await page.waitForSelector(".desk");
}

test("it is Chromium 70", async () => {
  assert.match(await browser.version(), /\/70\./);
});

test("before the school is set up", async () => {
  const { context, page, errors } = await takeTablet();
  await open(page, ["first page", "/", ".two-ways"]);
  await open(page, ["set-up", "/set-up", ".gate-form"]);
  assert.deepEqual(errors, []);
  await context.close();
  school = await setUpSchool(box, ["Amina Phiri", "Brian Mwale"]);
  school.own = await writeCourse(school.head);
  await school.head.post("/api/v1/classes", { name: "Class 5" });
  await school.head.post("/api/v1/staff", { name: "Tess", role: "technician", password: PASSWORD });
});

test("every door and every student's screen opens", async () => {
  const learner = await enter(box, school.students[0]);
  await finish(learner, FIRST, "type-numbers", "try");
  await finish(learner, FIRST, "type-numbers", "exit");
  const { context, page, errors } = await takeTablet();
  for (const screen of doors(school)) await open(page, screen);
  await signIn(page, school.students[0]);
  for (const screen of learning()) await open(page, screen);
  assert.deepEqual(errors, []);
  await context.close();
});

test("every screen of the staff opens", async () => {
  const { context, page, errors } = await takeTablet();
  await signInStaff(page, "Ms Banda");
  for (const screen of [...teaching(school), ...writing(school), ...heading()]) await open(page, screen);
  const other = await takeTablet();
  await signInStaff(other.page, "Tess");
  for (const screen of tending()) await open(other.page, screen);
  assert.deepEqual([...errors, ...other.errors], []);
  await context.close();
  await other.context.close();
});

test("a quiz with all twelve types is done to its end, and the teacher's list has it", async () => {
  const { context, page, errors } = await takeTablet();
  const student = school.students[1];
  await signIn(page, student);
  let activity;
  page.on("response", async (response) => {
    if (/\/activities\/try$/.test(response.url())) activity = await response.json();
  });
  await open(page, ["quiz", "/learn/org.example.all-kinds/kinds/try", ".question"]);
  await until("the questions are here", () => activity);
  const hand = fingerOf70(page);
  for (const [index, { item }] of activity.items.entries()) {
    await page.waitForFunction((at) => [...document.querySelectorAll(".dots .dot")].findIndex((dot) => dot.matches(".dot-here")) === at, {}, index);
    await answer(hand, item);
    await page.waitForSelector(".question-foot button[type=submit]:enabled");
    await page.click(".question-foot button[type=submit]");
    await page.waitForSelector(".after");
    await page.click(".question-foot .button:last-child");
  }
  await page.waitForSelector(".finished");
  const right = await page.$$eval(".finished .dot", (dots) => dots.map((dot) => dot.matches(".dot-right")));
  assert.deepEqual(activity.items.filter((_, index) => !right[index]).map(({ item }) => item.type), [], "marked wrong");
  const row = await until("the teacher's list has all answers", async () => {
    const live = await school.head.get(`/api/v1/classes/${school.class.id}/live`);
    return live.students.find(({ id, answers }) => id === student.id && answers === activity.items.length);
  });
  assert.equal(row.rightAnswers, activity.items.length);
  assert.deepEqual(errors, []);
  await context.close();
});
