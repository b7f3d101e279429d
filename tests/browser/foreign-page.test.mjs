// A pack may hold a page with scripts that nobody in the school wrote. It runs on another origin, and everything that it
// tries on the app fails: session, page, storage, API.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Box, HOST, setUpSchool } from "./box.mjs";
import { startChromium, takeTablet } from "./chromium.mjs";
import { givePack } from "./pack.mjs";
import { signInByPictures, until } from "./steps.mjs";

// Tries everything and writes down what came of it. The app's port is in the fragment of its address.
const PAGE = `<!doctype html><title>A game</title><body><p>Play!</p><script>
(async () => {
  const app = location.protocol + "//" + location.hostname + ":" + location.hash.slice(1);
  const found = {};
  const attempt = async (name, run) => {
    try { found[name] = { got: await run() } } catch (error) { found[name] = { refused: String(error.name) } }
  };
  if (top !== self) {
    await attempt("parent.document", () => parent.document.body.innerHTML);
    await attempt("top.document", () => top.document.title);
    await attempt("top.localStorage", () => top.localStorage.length);
    await attempt("top.location", () => top.location.href);
    await attempt("navigate top", () => { top.location = app + "/sign-in/staff"; });
  }
  await attempt("own cookie", () => document.cookie || undefined);
  await attempt("own localStorage", () => localStorage.getItem("schoolhouse.class") || undefined);
  await attempt("own databases", async () => {
    const names = (await indexedDB.databases()).map((one) => one.name);
    return names.length ? names : undefined;
  });
  await attempt("read an opened window", async () => {
    const other = open(app);
    for (let i = 0; other && i < 30; i++) {
      if (other.document.body && other.document.body.innerHTML) return other.document.body.innerHTML;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });
  const read = (path, options) => fetch(app + path, options).then((reply) => reply.text());
  for (const credentials of ["include", "omit"]) {
    await attempt("fetch me, " + credentials, () => read("/api/v1/me", { credentials }));
    await attempt("fetch home, no-cors, " + credentials, async () =>
      (await (await fetch(app + "/api/v1/home", { mode: "no-cors", credentials })).text()) || undefined);
    await attempt("sign out, plain, " + credentials, () => read("/api/v1/sign-out", { method: "POST", credentials }));
    await attempt("sign out, with header, " + credentials, () =>
      read("/api/v1/sign-out", { method: "POST", credentials, headers: { "Schoolhouse-Request": "1" } }));
    await attempt("sign out, no-cors, " + credentials, async () => {
      await fetch(app + "/api/v1/sign-out", { method: "POST", mode: "no-cors", credentials });
    });
  }
  // It says true also where it is not sent.
  await attempt("beacon", () => { navigator.sendBeacon(app + "/api/v1/sign-out"); });
  await attempt("form post", () => {
    const form = document.createElement("form");
    form.method = "POST"; form.action = app + "/api/v1/sign-out"; form.target = "aim";
    const frame = document.createElement("iframe"); frame.name = "aim";
    document.body.append(frame, form); form.submit();
  });
  await attempt("frame the app", () => new Promise((resolve, reject) => {
    const frame = document.createElement("iframe");
    frame.onload = () => { try { resolve(frame.contentWindow.document.body.innerHTML || undefined) } catch (e) { reject(e) } };
    frame.src = app + "/learn"; document.body.append(frame);
    setTimeout(resolve, 3000);
  }));
  for (const path of ["/api/v1/me", "/api/v1/home", "/api/v1/sign-out"]) {
    await attempt("image " + path, () => new Promise((resolve, reject) => {
      const image = new Image();
      image.onload = () => resolve("shown"); image.onerror = () => reject(new Error("no image"));
      image.src = app + path;
    }));
  }
  await attempt("script of the API", () => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.onload = () => resolve("ran"); script.onerror = () => reject(new Error("no script"));
    script.src = app + "/api/v1/me"; document.body.append(script);
  }));
  window.found = found;
})();
</script></body>`;

const box = new Box();
let browser;
let school;
let hash;

before(async () => {
  givePack(box, { page: PAGE });
  await box.start();
  browser = await startChromium();
  school = await setUpSchool(box, ["Amina Phiri"]);
  const pack = (await school.head.get("/api/v1/box")).packs.find(({ id }) => id === "org.example.all-kinds");
  hash = pack.hash;
});

after(async () => {
  await browser?.close();
  await box.stop();
});

const address = () => `http://${HOST}:${box.packsPort}/${hash}/pages/foreign.html#${box.port}`;

/** Everything must have been refused, or have given nothing. */
function assertNothing(found, where) {
  const got = Object.entries(found).filter(([, { got }]) => got !== undefined && got !== null);
  assert.deepEqual(got, [], where);
  assert.ok(Object.keys(found).length >= 20, `${where}: the page tried only ${Object.keys(found)}`);
}

/** The student is still signed in and where she was. */
async function assertUnharmed(page) {
  const me = await page.evaluate(async () => (await fetch("/api/v1/me")).json());
  assert.equal(me.name, "Amina Phiri");
  assert.match(page.url(), /\/learn/);
}

test("a page in the frame that the app allows reaches nothing of the app", async () => {
  const { context, page } = await takeTablet(browser);
  await signInByPictures(page, box, school.students[0]);
  await page.evaluate((src) => {
    const frame = document.createElement("iframe");
    frame.sandbox = "allow-scripts allow-same-origin allow-forms allow-modals";
    frame.src = src;
    document.body.append(frame);
  }, address());
  const frame = await until("the frame is there", () => page.frames().find((one) => one.url().includes("/pages/foreign.html")));
  // A frame out of sight draws nothing, so its script is asked from outside.
  const found = await until("the page has tried everything", () => frame.evaluate(() => window.found));
  assertNothing(found, "in a frame");
  await assertUnharmed(page);
  await context.close();
});

test("the same page, opened by its address beside the app, reaches nothing either", async () => {
  const { context, page } = await takeTablet(browser);
  await signInByPictures(page, box, school.students[0]);
  const other = await context.newPage();
  const response = await other.goto(address());
  assert.match(response.headers()["content-security-policy"], /frame-ancestors 'self' box\.lan/);
  await other.waitForFunction(() => window.found);
  assertNothing(await other.evaluate(() => window.found), "beside the app");
  await assertUnharmed(page);
  const cookies = await context.cookies();
  assert.ok(cookies.every(({ httpOnly, sameSite }) => httpOnly && sameSite === "Strict"), JSON.stringify(cookies));
  await context.close();
});

test("there is no API, no sign-in and no cookie on the packs origin", async () => {
  const packs = `http://127.0.0.1:${box.packsPort}`;
  for (const path of ["/", "/api/v1/school", "/api/v1/me", "/learn", "/healthz"]) {
    const reply = await fetch(packs + path);
    assert.equal(reply.status, 404, path);
    assert.equal(reply.headers.get("set-cookie"), null);
  }
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    const reply = await fetch(`${packs}/api/v1/sign-out`, { method, headers: { "schoolhouse-request": "1" } });
    assert.equal(reply.status, 405, method);
  }
});
