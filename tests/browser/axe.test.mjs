// No screen keeps anybody out: axe-core finds nothing to complain of, in English and in Arabic, on a phone and on a laptop.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { faultsOf } from "./axe.mjs";
import { Box, enter, finish, setUpSchool } from "./box.mjs";
import { LAPTOP, PHONE, startChromium, takeTablet } from "./chromium.mjs";
import { writeCourse } from "./own.mjs";
import { doors, heading, learning, teaching, tending, writing } from "./screens.mjs";
import { signInAsStaff, signInByPictures } from "./steps.mjs";

const FIRST = "org.schoolhouse.first-steps";
const box = new Box();
let browser;
let school;

before(async () => {
  await box.start();
  browser = await startChromium();
});

after(async () => {
  await browser?.close();
  await box.stop();
});

/** Looks at every screen of a list and fails with all faults of all of them. */
async function look(page, screens) {
  const faults = [];
  for (const [name, path, ready, act] of screens) {
    await page.goto(box.origin + path);
    await page.locator(ready).first().waitFor();
    await act?.(page);
    faults.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`));
  }
  assert.deepEqual(faults, []);
}

const LOOKS = [
  ["English, on a phone", "en", PHONE],
  ["English, on a laptop", "en", LAPTOP],
  ["Arabic, on a phone", "ar", PHONE],
];

/** A tablet with nobody signed in, in a language. */
async function take(language, viewport) {
  // The box forbids foreign scripts on its pages, also the one that looks at them.
  const tablet = await takeTablet(browser, { viewport, bypassCSP: true, reducedMotion: "reduce" });
  await tablet.context.addInitScript((code) => localStorage.setItem("schoolhouse.language", code), language);
  return tablet;
}

test("the first page and the set-up", async () => {
  for (const [, language, viewport] of LOOKS) {
    const { context, page } = await take(language, viewport);
    await look(page, [
      ["first page", "/", ".two-ways"],
      ["set-up", "/set-up", ".gate-form"],
    ]);
    await context.close();
  }
  school = await setUpSchool(box, ["Amina Phiri", "Brian Mwale", "ليلى حسن"]);
  school.own = await writeCourse(school.head);
  const given = `/api/v1/classes/${school.class.id}/given`;
  await school.head.post(given, { course: FIRST });
  await school.head.post(given, { course: FIRST, lesson: "type-numbers" });
  for (const { id } of school.students) {
    if (id === school.students[0].id) continue;
    await school.head.call("PATCH", `/api/v1/students/${id}`, { language: "ar" });
  }
  for (const [name, role] of [["Mr Moyo", "teacher"], ["Tess", "technician"]]) {
    await school.head.post("/api/v1/staff", { name, role, password: "correct horse" });
  }
  for (const student of school.students.slice(0, 2)) {
    const learner = await enter(box, student);
    await finish(learner, FIRST, "type-numbers", "try");
    await finish(learner, FIRST, "type-numbers", "exit");
  }
});

for (const [words, language, viewport] of LOOKS) {
  test(`the doors: ${words}`, async () => {
    // A second class, so that there is something to choose from.
    if (language === "en" && viewport === PHONE) await school.head.post("/api/v1/classes", { name: "Class 5" });
    const { context, page } = await take(language, viewport);
    await look(page, doors(school));
    await context.close();
  });

  test(`students: ${words}`, async () => {
    const { context, page, errors } = await take(language, viewport);
    const student = school.students[language === "ar" ? 1 : 0];
    await signInByPictures(page, box, student, school.class.id);
    assert.equal(await page.locator("html").getAttribute("dir"), language === "ar" ? "rtl" : "ltr");
    await look(page, learning());
    assert.deepEqual(errors, []);
    await context.close();
  });

  test(`staff: ${words}`, async () => {
    await school.head.call("PATCH", "/api/v1/school", { language });
    const { context, page, errors } = await take(language, viewport);
    await signInAsStaff(page, box);
    await look(page, [...teaching(school), ...writing(school), ...heading()]);
    const other = await take(language, viewport);
    await signInAsStaff(other.page, box, "Tess");
    await look(other.page, tending());
    assert.deepEqual([...errors, ...other.errors], []);
    await context.close();
    await other.context.close();
  });
}
