// Tablets are shared: a student goes on at another one, leaves nothing behind, and what could not be sent in time still
// goes out under the right name.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Box, setUpSchool } from "./box.mjs";
import { TABLET, startChromium, takeTablet } from "./chromium.mjs";
import { answerShown, openLesson, readOn, shownIndex, signInByPictures, until, watchActivities } from "./steps.mjs";

const COURSE = "org.schoolhouse.first-steps";
const box = new Box();
let browser;
let school;
let amina;
let brian;

before(async () => {
  await box.start();
  browser = await startChromium();
  school = await setUpSchool(box, ["Amina Phiri", "Brian Mwale"]);
  [amina, brian] = ["Amina Phiri", "Brian Mwale"].map((name) => school.students.find((one) => one.name === name));
});

after(async () => {
  await browser?.close();
  await box.stop();
});

const liveRow = async (student) => {
  const { students } = await school.head.get(`/api/v1/classes/${school.class.id}/live`);
  return students.find(({ id }) => id === student.id);
};

/** Everything that the browser holds for the app's origin, as one text; the unsent entries apart. */
async function tracesOf({ context, page }) {
  const stored = await page.evaluate(async () => {
    const result = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const databases = {};
    for (const { name } of await indexedDB.databases()) {
      const database = await result(indexedDB.open(name));
      for (const table of database.objectStoreNames) {
        const store = database.transaction(table).objectStore(table);
        databases[`${name}/${table}`] = [await result(store.getAllKeys()), await result(store.getAll())];
      }
      database.close();
    }
    const caches = "caches" in window ? await window.caches.keys() : [];
    return {
      databases, caches, local: { ...localStorage }, session: { ...sessionStorage }, cookie: document.cookie,
      page: document.documentElement.outerHTML, title: document.title, state: history.state,
    };
  });
  const { "schoolhouse-queue/entries": unsent = [[], []], ...databases } = stored.databases;
  const cookies = await context.cookies();
  return { unsent: unsent[1], text: JSON.stringify({ ...stored, databases, cookies }), cookies };
}

let first;

test("a student goes on at a second tablet where the first one stopped", async () => {
  first = await takeTablet(browser, { viewport: TABLET });
  const seen = watchActivities(first.context);
  await signInByPictures(first.page, box, amina);
  await openLesson(first.page, COURSE, "choose-it");
  await readOn(first.page);
  await readOn(first.page);
  for (let i = 0; i < 3; i++) await answerShown(first.page, seen);
  await until("three answers arrived", async () => (await liveRow(amina)).answers === 3);

  const second = await takeTablet(browser, { viewport: TABLET });
  const again = watchActivities(second.context);
  await signInByPictures(second.page, box, amina);
  await second.page.locator(".go-on .button").click();
  assert.equal(await shownIndex(second.page), 3);
  const path = new URL(second.page.url()).pathname;
  const [here, there] = [seen, again].map((one) => one.get(path).items.map(({ item, seed }) => [item.id, seed]));
  assert.deepEqual(there, here, "the same questions with the same numbers");
  await answerShown(second.page, again);
  await until("the fourth answer arrived", async () => (await liveRow(amina)).answers === 4);
  assert.deepEqual([...first.errors, ...second.errors], []);
  await second.context.close();
  await first.context.close();
});

test("after “done” nothing of the student is left, and Back shows the sign-in page", async () => {
  first = await takeTablet(browser, { viewport: TABLET });
  const seen = watchActivities(first.context);
  const { page } = first;
  await signInByPictures(page, box, brian);
  const me = await page.evaluate(async () => (await fetch("/api/v1/me")).json());
  await openLesson(page, COURSE, "type-words");
  await readOn(page);
  await readOn(page);
  await answerShown(page, seen);
  // A half-done answer is kept for a reload; it is part of what must go.
  await page.locator(".item-chips .item-chip").first().click();
  const secrets = ["ticket", me.ticket, "draft", COURSE];
  await until("all of that is on the tablet", async () => {
    const { text } = await tracesOf(first);
    return secrets.every((secret) => text.includes(secret));
  });
  // The app leaves its page for a fresh one.
  await Promise.all([page.waitForEvent("load"), page.locator(".learn-done").click()]);
  await page.locator(".faces").waitFor();
  await until("all was sent", async () => (await tracesOf(first)).unsent.length === 0);

  const check = async (where) => {
    const { text, cookies } = await tracesOf(first);
    for (const secret of secrets) assert.ok(!text.includes(secret), `${where}: “${secret}” is still there`);
    assert.deepEqual(cookies, [], where);
    assert.equal(await page.locator(".learn").count(), 0, where);
  };
  await check("after done");
  for (let i = 0; i < 4; i++) {
    const moved = await page.goBack({ waitUntil: "load" }).then(() => page.url() !== "about:blank", () => false);
    if (!moved) break;
    await page.locator(".gate").waitFor();
    await check(`after ${i + 1} × Back`);
    // The faces of the class are there for everybody; who was here is not.
    assert.equal(await page.locator(".learn-name, .learn-who").count(), 0);
  }
  assert.deepEqual(first.errors, []);
  await first.context.close();
});

test("unsent answers survive “done” and go out under their own student after another has signed in", async () => {
  first = await takeTablet(browser, { viewport: TABLET });
  const seen = watchActivities(first.context);
  const { page } = first;
  const before = await liveRow(amina);
  await signInByPictures(page, box, amina);
  await page.locator(".go-on .button").click();
  const from = await shownIndex(page);
  await box.kill();
  const given = [await answerShown(page, seen), await answerShown(page, seen)];
  await page.locator(".learn-done").click();
  await page.locator(".gate").waitFor();
  const left = await tracesOf(first);
  assert.deepEqual(left.unsent.filter(({ evidence }) => evidence.type === "answer").length, 2);
  assert.ok(!JSON.stringify(left.unsent).includes(amina.name) && !left.text.includes(amina.name));

  await box.start();
  await signInByPictures(page, box, brian);
  const after = await until("her answers arrived", async () => {
    const row = await liveRow(amina);
    return row.answers === before.answers + 2 && row;
  });
  assert.deepEqual(after.last.slice(-2).map(({ item }) => item), given.map(({ item }) => item));
  assert.equal((await liveRow(brian)).answers, 1, "none of them counts for the one who is here now");
  await until("the tablet forgot them", async () => (await tracesOf(first)).unsent.length === 0);
  await Promise.all([page.waitForEvent("load"), page.locator(".learn-done").click()]);
  await page.locator(".faces").waitFor();
  await signInByPictures(page, box, amina);
  await page.locator(".go-on .button").click();
  assert.equal(await shownIndex(page), from + 2);
  assert.deepEqual(first.errors, []);
});
