// A tired teacher with a phone writes a quiz and a lesson, puts them on the shelf, and a student works in them. Every tap
// and every key is counted. The Wi-Fi drops while somebody writes, and two write at once.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import UPNG from "upng-js";
import { faultsOf } from "./axe.mjs";
import { Box, setUpSchool } from "./box.mjs";
import { PHONE, startChromium, takeTablet } from "./chromium.mjs";
import { writeCourse } from "./own.mjs";
import { answerShown, readOn, signInAsStaff, signInByPictures, until, watchActivities } from "./steps.mjs";

/**
 * How long a teacher takes who is slow with a phone. Palin et al. (2019, "How do people type on mobile devices?", 37,370
 * people) measured 36 words a minute on average; a slow one is taken to write 20, of five letters each. A tap with the
 * look for its place takes 1.5 s. Of each question somebody has to think first.
 */
const SECONDS = { key: 60 / (20 * 5), tap: 1.5, thought: 10 };
const TEN_MINUTES = 600;
const SOUND = fileURLToPath(new URL("../../content-packs/first-steps/media/say/tap-number-5.mp3", import.meta.url));
/** A slow machine takes its time to look closely at a course. */
const PATIENCE = { timeout: 120_000 };

let box;
let browser;
let school;

before(async () => {
  box = await new Box().start();
  school = await setUpSchool(box, ["Amina", "Bilal"]);
  browser = await startChromium();
});

after(async () => {
  await browser?.close();
  await box?.stop();
});

/** A thumb on a phone that counts what it does. */
class Thumb {
  taps = 0;
  keys = 0;

  constructor(page) {
    this.page = page;
  }

  async tap(thing) {
    await thing.click();
    this.taps += 1;
  }

  /** Types where the cursor is; `/` stands for the key that goes on to the next field or line. */
  async type(text) {
    await this.page.waitForFunction(() => document.activeElement?.matches("input, textarea"));
    for (const [index, piece] of text.split(" / ").entries()) {
      if (index > 0) await this.#press("Enter");
      await this.page.keyboard.type(piece);
      this.keys += piece.length;
    }
  }

  async #press(key) {
    await this.page.keyboard.press(key);
    this.keys += 1;
  }

  async into(thing, text) {
    await this.tap(thing);
    await this.type(text);
  }

  seconds(questions) {
    return this.taps * SECONDS.tap + this.keys * SECONDS.key + questions * SECONDS.thought;
  }
}

/** A teacher at her phone. */
async function takePhone(name) {
  const { context, page, errors } = await takeTablet(browser, { viewport: PHONE, bypassCSP: true, reducedMotion: "reduce" });
  await signInAsStaff(page, box, name);
  return { context, page, errors, thumb: new Thumb(page) };
}

const field = (page, label) => page.getByLabel(label, { exact: true });

/** What is typed and touched for a question of each kind, after its stem. */
const WRITE = {
  async single(thumb, page) {
    await thumb.type("Which number comes after 39?");
    await thumb.into(field(page, "Answer 1"), "40 / 41 / 30");
    await thumb.tap(page.locator(".own-mark").nth(0));
  },
  async truefalse(thumb, page) {
    await thumb.type("70 is more than 69.");
    await thumb.tap(page.locator(".own-pick").nth(0));
  },
  async number(thumb, page) {
    await thumb.type("How many fingers have 4 hands?");
    await thumb.into(field(page, "The right number"), "20");
  },
  async short(thumb, page) {
    await thumb.type("Write 40 as a word.");
    await thumb.into(field(page, "What is right"), "forty");
  },
  async cloze(thumb) {
    await thumb.type("One ten and [3] ones is [13].");
  },
  async multiple(thumb, page) {
    await thumb.type("Which are even?");
    await thumb.into(field(page, "Answer 1"), "10 / 11 / 12 / 13");
    for (const at of [0, 2]) await thumb.tap(page.locator(".own-mark").nth(at));
  },
  async match(thumb, page) {
    await thumb.type("Which belong together?");
    await thumb.into(field(page, "Pair 1, first side"), "10 / ten / 20 / twenty / 30 / thirty");
  },
  async order(thumb, page) {
    await thumb.type("From small to large");
    await thumb.into(field(page, "In the right order"), "48 / 64 / 81 / 99");
  },
  async sort(thumb, page) {
    await thumb.type("Even or odd?");
    await thumb.into(field(page, "Group 1"), "Even / 2 / 4");
    await thumb.into(field(page, "Group 2"), "Odd / 3 / 5");
  },
  async tapword(thumb, page) {
    await thumb.type("Touch the numbers.");
    await thumb.into(field(page, "The sentence, or the words"), "ten goats seven");
    for (const at of [0, 2]) await thumb.tap(page.locator(".own-chip").nth(at));
  },
};

/** Whoever begins a question types at once. */
async function cursorInStem(page) {
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement?.matches("[data-stem]"));
}

const saved = (page) => page.locator(".own-saved-saved").waitFor();

/** Puts an own course on the shelf by its page; tells the course's id. */
async function shelve(thumb, page) {
  await thumb.tap(page.getByRole("button", { name: "Put it on the shelf" }));
  await page.getByRole("button", { name: "Give to a class" }).waitFor(PATIENCE);
  const [, id] = /own\/(\w+)/.exec(page.url());
  const own = await school.head.get(`/api/v1/authoring/${id}`);
  assert.deepEqual([own.shelf.version, own.shelf.current], ["1.0.0", true]);
  assert.ok(["A", "B"].includes(own.grade), `grade ${own.grade}`);
  return own.shelf.course;
}

test("a quiz of ten questions of ten kinds, given to a class in less than ten minutes, and a student answers it", async () => {
  const { context, page, errors, thumb } = await takePhone();
  await page.goto(`${box.origin}/teach/library`);
  await thumb.tap(page.getByRole("link", { name: "Make a quiz or a lesson" }));
  await thumb.tap(page.getByRole("button", { name: "Make a quiz" }));
  await thumb.type("Week 12: numbers to 100");
  await thumb.tap(page.getByRole("button", { name: "Begin" }));

  for (const [index, [type, write]] of Object.entries(WRITE).entries()) {
    if (index > 0) {
      await thumb.tap(page.getByRole("button", { name: "Next question" }));
      await thumb.tap(page.getByRole("button", { name: "Change" }));
    }
    await thumb.tap(page.locator(`.own-kind[data-type=${type}]`));
    await page.getByRole("heading", { name: `Question ${index + 1} of ${index + 1}` }).waitFor();
    await cursorInStem(page);
    await write(thumb, page);
    await page.locator(".own-needs").waitFor({ state: "detached" });
    if (type === "order") await tryIt(thumb, page);
  }
  await thumb.tap(page.getByRole("link", { name: "Back" }));
  await page.locator(".own-list > li").nth(9).waitFor();
  assert.equal(await page.getByText("Not finished").count(), 0);
  await saved(page);
  assert.deepEqual(await faultsOf(page), []);
  await thumb.tap(page.getByRole("link", { name: "Back" }));
  await page.getByText("What is still missing").waitFor();
  const course = await shelve(thumb, page);
  await thumb.tap(page.getByRole("button", { name: "Give to a class" }));
  const dialog = page.getByRole("dialog");
  await thumb.tap(dialog.getByRole("button", { name: "Give to Class 4" }));
  await dialog.getByRole("button", { name: "Take back from Class 4" }).waitFor();
  assert.deepEqual(await faultsOf(page), []);
  await thumb.tap(dialog.getByRole("button", { name: "Close" }));
  const seconds = thumb.seconds(10);
  console.log(`# ${thumb.taps} taps, ${thumb.keys} keys: ${(seconds / 60).toFixed(1)} minutes`);
  assert.ok(seconds <= TEN_MINUTES, `${seconds} s: ${thumb.taps} taps, ${thumb.keys} keys`);
  assert.deepEqual(await faultsOf(page), []);

  const student = await takeTablet(browser, { viewport: PHONE });
  const activities = watchActivities(student.context);
  await signInByPictures(student.page, box, school.students[0]);
  await student.page.locator(`a[href="/learn/${course}"]`, { hasText: "Week 12: numbers to 100" }).first().click();
  await student.page.locator(`a[href^="/learn/${course}/"]`).first().click();
  const kinds = [];
  for (let at = 0; at < 10; at++) {
    kinds.push((await answerShown(student.page, activities, {
      between: () => student.page.locator(".item-feedback.is-right").waitFor(),
    })).type);
  }
  assert.deepEqual(kinds, Object.keys(WRITE));
  await student.page.locator(".finished").waitFor();
  assert.deepEqual([...errors, ...student.errors], []);
  await student.context.close();
  await context.close();
});

/** Answers the question as a student would, rightly, and goes on writing. */
async function tryIt(thumb, page) {
  await thumb.tap(page.getByRole("button", { name: "Try it" }));
  const dialog = page.getByRole("dialog");
  for (const word of ["48", "64", "81", "99"]) await dialog.locator(".item-chips .item-chip", { hasText: word }).click();
  await dialog.getByRole("button", { name: "Check" }).click();
  await dialog.locator(".item-feedback.is-right").waitFor();
  assert.deepEqual(await faultsOf(page), []);
  await thumb.tap(dialog.getByRole("button", { name: "Go on writing" }));
}

/** A photo as a phone takes it: larger than any tablet shows. */
function photo(width, height) {
  const pixels = new Uint8Array(width * height * 4);
  for (let at = 0; at < pixels.length; at += 4) pixels.set([(at / 4) % 251, 120, (at / 4 / width) % 241, 255], at);
  return { name: "photo.png", mimeType: "image/png", buffer: Buffer.from(UPNG.encode([pixels.buffer], width, height, 0)) };
}

test("a lesson with words, a sound and a photo that is made small on the way; then a new edition of it", async () => {
  const { context, page, errors, thumb } = await takePhone();
  await page.goto(`${box.origin}/teach/own`);
  await thumb.tap(page.getByRole("button", { name: "Make a lesson" }));
  await thumb.type("Water in our village");
  await thumb.tap(page.getByRole("button", { name: "Begin" }));
  await thumb.tap(page.getByRole("button", { name: "Text and photos" }));
  await thumb.into(field(page, "Text"), "Water comes from the ground.");
  await page.locator(".own-camera").last().setInputFiles(photo(2400, 1800));
  await field(page, "What is seen, in words").waitFor();
  await thumb.into(field(page, "What is seen, in words"), "A well with a bucket");
  await thumb.tap(page.getByRole("button", { name: "See the page" }));
  const seen = page.getByRole("dialog").getByRole("img", { name: "A well with a bucket" });
  await seen.waitFor();
  assert.deepEqual(await faultsOf(page), []);
  await thumb.tap(page.getByRole("button", { name: "Go on writing" }));

  await thumb.tap(page.getByRole("link", { name: "Back" }));
  await thumb.tap(page.getByRole("button", { name: "Add a part" }));
  await thumb.tap(page.getByRole("button", { name: "Questions" }));
  await thumb.tap(page.locator(".own-kind[data-type=hotspot]"));
  await cursorInStem(page);
  await thumb.type("Touch the bucket.");
  await page.locator(".own-camera").first().setInputFiles(photo(640, 480));
  await thumb.into(field(page, "What is seen, in words"), "A well with a bucket");
  await page.locator(".own-places").click({ position: { x: 100, y: 90 } });
  await thumb.into(field(page, "Name of place 1"), "the bucket");
  await page.locator(".own-needs").waitFor({ state: "detached" });
  await thumb.tap(page.getByRole("link", { name: "Back" }));
  await thumb.tap(page.getByRole("link", { name: "Back" }));
  await thumb.tap(page.getByRole("button", { name: "Add a part" }));
  await thumb.tap(page.getByRole("button", { name: "A sound" }));
  await page.locator(".own-file").setInputFiles(SOUND);
  await page.locator("audio.own-film").waitFor();
  await thumb.into(field(page, "What is said"), "Tap the number five.");
  assert.deepEqual(await faultsOf(page), []);
  await saved(page);
  await thumb.tap(page.getByRole("link", { name: "Back" }));
  await thumb.tap(page.getByRole("link", { name: "Back" }));
  const course = await shelve(thumb, page);

  const student = await takeTablet(browser, { viewport: PHONE });
  const activities = watchActivities(student.context);
  await signInByPictures(student.page, box, school.students[1]);
  const { units } = await school.head.get(`/api/v1/courses/${course}`);
  const [lesson] = units[0].lessons;
  await student.page.goto(`${box.origin}/learn/${course}/${lesson.id}/${lesson.activities[0].id}`);
  await student.page.getByText("Water comes from the ground.").waitFor();
  const shown = student.page.getByRole("img", { name: "A well with a bucket" });
  const sides = await shown.evaluate(async (image) => {
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  });
  assert.deepEqual(sides, [1280, 960]);
  await readOn(student.page);
  await answerShown(student.page, activities, { between: () => student.page.locator(".item-feedback.is-right").waitFor() });
  assert.deepEqual([...errors, ...student.errors], []);

  const own = new URL(page.url()).pathname;
  const { id, draft } = await school.head.get(`/api/v1/authoring/${own.split("/").pop()}`);
  await page.goto(`${box.origin}${own}/${draft.lessons[0].id}/${draft.lessons[0].parts[0].id}`);
  await field(page, "Text").fill("Water comes from deep down.");
  await saved(page);
  await thumb.tap(page.getByRole("link", { name: "Back" }));
  await thumb.tap(page.getByRole("link", { name: "Back" }));
  await thumb.tap(page.getByRole("button", { name: "Put the changes on the shelf" }));
  await page.getByText("Students can open it, just as it is here.").first().waitFor(PATIENCE);
  const { shelf } = await school.head.get(`/api/v1/authoring/${id}`);
  assert.deepEqual(shelf, { course, version: "1.1.0", current: true });
  await student.page.goto(`${box.origin}/learn/${course}/${lesson.id}/${lesson.activities[0].id}`);
  await student.page.getByText("Water comes from deep down.").waitFor();

  const file = page.getByRole("link", { name: "Save to my phone" });
  const [download] = await Promise.all([page.waitForEvent("download"), file.click()]);
  assert.match(download.suggestedFilename(), /\.schoolpack$/);
  await student.context.close();
  await context.close();
});

test("what is written while the Wi-Fi is away is there when it is back, also after the page was closed", async () => {
  const course = await writeCourse(school.head, "Away");
  const { context, page, errors } = await takePhone();
  await page.goto(box.origin + course.items[0].at);
  const stem = page.locator("[data-stem]");
  await stem.waitFor();
  await context.setOffline(true);
  await stem.fill("Written without Wi-Fi");
  await page.locator(".own-saved", { hasText: "Not saved: no Wi-Fi, goes on by itself" }).waitFor();
  assert.deepEqual(await faultsOf(page), []);
  await context.setOffline(false);
  page.on("dialog", (dialog) => void dialog.accept());
  await page.reload();
  await until("the box has it", async () => {
    const { draft } = await school.head.get(`/api/v1/authoring/${course.id}`);
    return draft.lessons[0].parts[0].items[0].stem[0].p === "Written without Wi-Fi";
  });
  await saved(page);
  assert.deepEqual(errors, []);
  await context.close();
});

test("what is deleted comes back with one tap, and two who write at once are asked", async () => {
  const course = await writeCourse(school.head, "Two at once");
  const { context, page, errors } = await takePhone();
  await page.goto(box.origin + course.questions);
  const rows = page.locator(".own-list > li");
  await rows.nth(11).waitFor();
  await page.getByRole("button", { name: "Delete “question 1”" }).click();
  await rows.nth(11).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Undo" }).click();
  await rows.nth(11).waitFor();
  await saved(page);

  const own = await school.head.get(`/api/v1/authoring/${course.id}`);
  const theirs = { ...own.draft, title: "Changed by somebody else" };
  await school.head.call("PUT", `/api/v1/authoring/${course.id}`, { revision: own.revision, draft: theirs });
  await page.getByRole("button", { name: "Move “question 1” down" }).click();
  const dialog = page.getByRole("dialog", { name: "Two of you at once" });
  await dialog.waitFor();
  assert.deepEqual(await faultsOf(page), []);
  await dialog.getByRole("button", { name: "Take theirs" }).click();
  await dialog.waitFor({ state: "detached" });
  await saved(page);
  await page.goto(box.origin + course.at);
  await page.getByRole("heading", { name: "Changed by somebody else" }).waitFor();
  assert.deepEqual(errors, []);
  await context.close();
});
