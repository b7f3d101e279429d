// Current Chromium, driven by Playwright, on the box's name.
import { chromium } from "playwright-core";
import { MAP_HOST } from "./box.mjs";

const PROGRAM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

export async function startChromium() {
  return chromium.launch({
    executablePath: PROGRAM,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      MAP_HOST,
    ],
  });
}

export const PHONE = { width: 360, height: 640 };
export const TABLET = { width: 800, height: 1280 };
export const LAPTOP = { width: 1280, height: 800 };

/** A tablet of its own: storage, cookies and cache shared with nobody. Page errors fail the test. */
export async function takeTablet(browser, { viewport = LAPTOP, locale = "en", ...more } = {}) {
  const context = await browser.newContext({ viewport, locale, ...more });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  return { context, page, errors };
}
