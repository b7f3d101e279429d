// What packs bring beside pages and questions: a film that seeks, speaks and goes on where one stopped, a book without
// scripts, a PDF, an interactive page on its own origin, and nothing of one student left for the next.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Box, enter, setUpSchool } from "./box.mjs";
import { TABLET, startChromium, takeTablet } from "./chromium.mjs";
import { giveShownPack } from "./pack.mjs";
import { signInByPictures, until } from "./steps.mjs";

const LESSON = "/learn/org.example.shown/shown";
const box = new Box();
let browser;
let tablet;
let school;

before(async () => {
  await box.start();
  school = await setUpSchool(box, ["Amina Phiri", "Brian Mwale"]);
  await box.kill("SIGTERM");
  giveShownPack(box);
  await box.start();
  browser = await startChromium();
  tablet = await takeTablet(browser, { viewport: TABLET });
  await signInByPictures(tablet.page, box, school.students[0]);
});

after(async () => {
  await browser?.close();
  await box.stop();
});

const open = (activity) => tablet.page.goto(`${box.origin}${LESSON}/${activity}`);
const inside = () => tablet.page.frameLocator(".shown-inside");

test("a film plays with captions, at another speed, and seeks", async () => {
  const { page } = tablet;
  await open("film");
  const film = page.locator("video");
  await until("the film is there", () => film.evaluate((video) => video.readyState >= 1));
  assert.ok((await film.evaluate((video) => video.duration)) > 20);
  await film.evaluate((video) => video.play());
  const caption = () => film.evaluate((video) => video.textTracks[0].activeCues?.[0]?.text ?? "");
  await until("the caption is there", async () => (await caption()) === "The well is deep.");
  await page.getByRole("button", { name: "1.5×" }).click();
  await until("it is faster", () => film.evaluate((video) => video.playbackRate === 1.5));
  await film.evaluate((video) => (video.currentTime = 12));
  await until("it was sought", () => film.evaluate((video) => !video.seeking && video.currentTime >= 12));
  await film.evaluate((video) => video.play());
  await until("it plays", () => film.evaluate((video) => video.currentTime > 12.3));
  await film.evaluate((video) => video.pause());
  await page.getByText("In words").click();
  await page.getByText("Water comes up in a bucket.").waitFor();
});

test("on another tablet the film goes on where the student stopped", async () => {
  const other = await enter(box, school.students[0]);
  const film = await until("the box knows the place", async () => {
    const got = await other.person.get("/api/v1/courses/org.example.shown/lessons/shown/activities/film");
    return got.position >= 12 ? got : null;
  });
  assert.deepEqual(film.captions.map((one) => one.language), ["en", "fr"]);
  await open("film");
  await until("it goes on there", () => tablet.page.locator("video").evaluate((video) => video.currentTime >= 12));
});

test("a book is read chapter by chapter, in its own letters, and nothing in it runs", async () => {
  const { page } = tablet;
  await open("book");
  await inside().getByText("The goat set out early.").waitFor();
  assert.equal(await inside().locator("p").evaluate((p) => getComputedStyle(p).color), "rgb(40, 114, 70)");
  await page.getByRole("button", { name: "Next chapter" }).click();
  await inside().getByText("The water was cold.").waitFor();
  const address = await page.locator(".shown-inside").getAttribute("src");
  const alone = await tablet.context.newPage();
  await alone.goto(address);
  assert.equal(await alone.locator("#text").textContent(), "The water was cold.");
  await alone.close();
});

test("a document is drawn page by page, tells where one is, and grows", async () => {
  const { page } = tablet;
  await open("guide");
  await page.getByText("Page 1 of 3").waitFor();
  await inside().locator("canvas").first().waitFor();
  const dark = () => inside().locator("canvas").first().evaluate((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at] < 100) count += 1;
    return count;
  });
  assert.ok((await dark()) > 200, "nothing is written on the page");
  const width = () => inside().locator(".page").first().evaluate((one) => one.clientWidth);
  const before = await width();
  await page.getByRole("button", { name: "Larger" }).click();
  await until("it grew", async () => (await width()) > before * 1.2);
  await inside().locator(".page").nth(2).evaluate((one) => one.scrollIntoView());
  await page.getByText("Page 3 of 3").waitFor();
  assert.match(await page.getByText("Open in another app").locator("..").getAttribute("href"), /media\/guide\.pdf$/);
});

test("an interactive page keeps its own things, and none of them are there for the next student", async () => {
  const { page } = tablet;
  await open("app");
  await inside().getByRole("button").click();
  await inside().getByText("1", { exact: true }).waitFor();
  await open("app");
  await inside().getByText("1", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Done" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/learn"));
  await signInByPictures(page, box, school.students[1]);
  await open("app");
  await inside().getByText("0", { exact: true }).waitFor();
});

test("going on from each of them finishes the lesson", async () => {
  const { page } = tablet;
  await open("film");
  for (const next of ["sound", "book", "guide", "app", "map"]) {
    await page.locator(".activity-foot .button").click();
    await page.waitForURL(`**${LESSON}/${next}`);
  }
  await page.getByAltText("A river and a field").waitFor();
  await page.locator(".activity-foot .button").click();
  await page.waitForURL("**/learn/org.example.shown");
  await page.locator(".lesson-done").waitFor();
});
