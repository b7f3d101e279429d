// axe-core on a page as it is shown.
import { createRequire } from "node:module";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** What axe-core finds on the page, one line for each fault. */
export async function faultsOf(page) {
  if (!(await page.evaluate(() => "axe" in window))) await page.addScriptTag({ path: AXE });
  // Colours are judged when nothing fades any more; what turns for ever is not waited for.
  await page.evaluate(() => {
    const ends = (one) => one.effect.getComputedTiming().iterations !== Infinity;
    return Promise.all(document.getAnimations().filter(ends).map((one) => one.finished.catch(() => undefined)));
  });
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html, any }) => `${id}: ${any[0]?.message ?? help}: ${html.slice(0, 160)}`));
}
