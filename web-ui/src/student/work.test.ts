import { describe, expect, it } from "vitest";
import type { Activity, Evidence } from "../api/types";
import { firstOpen, rightOnes, withAnswer, withMedia, withoutTitle, withoutWeb, withUnsent } from "./work";

const activity = {
  course: "numbers",
  lesson: "tens",
  id: "try",
  run: 2,
  items: [0, 1, 2].map((place) => ({ place, seed: place, score: null, answered: false, item: {} })),
} as unknown as Activity;

const answer = (place: number, run: number, score = 1): Evidence => ({
  type: "answer",
  ticket: "t",
  course: "numbers",
  lesson: "tens",
  activity: "try",
  run,
  place,
  item: "q",
  version: 1,
  seed: 1,
  response: "1",
  score,
  milliseconds: 1,
  hints: 0,
  tries: 1,
});

describe("going on where a student stopped", () => {
  it("reckons with answers that the box does not have yet, of this run only", () => {
    const shown = withUnsent(activity, [answer(0, 2, 0.5), answer(1, 1)]);
    expect(shown.items!.map((item) => item.score)).toEqual([0.5, null, null]);
    expect(firstOpen(shown.items!)).toBe(1);
  });

  it("is done when every place is answered", () => {
    const done = [0, 1, 2].reduce((now, place) => withAnswer(now, place, place === 1 ? 0 : 1), activity);
    expect(firstOpen(done.items!)).toBe(-1);
    expect(rightOnes(done.items!)).toBe(2);
  });

  it("points the media of a page at the packs origin and nothing else", () => {
    expect(withMedia('<img src="/ab12/media/x.svg"> /ab12/ <a href="/else">', "ab12", "http://box:8081")).toBe(
      '<img src="http://box:8081/ab12/media/x.svg"> /ab12/ <a href="/else">',
    );
  });

  it("leaves the words of a link to the web, and the links between pages", () => {
    const between = '<a role="link" tabindex="0" data-page="pages/a.md">';
    expect(withoutWeb(`<a href="http://x.org/" target="_blank" rel="noopener">more</a> ${between}a</a>`)).toBe(
      `<a>more</a> ${between}a</a>`,
    );
  });

  it("says a title once", () => {
    expect(withoutTitle("<h2>One &lt; two &amp; \"three\"</h2>\n<p>Look.</p>", 'One < two & "three"')).toBe("\n<p>Look.</p>");
    expect(withoutTitle("<h2>Two</h2><p>Look.</p>", "One finger")).toBe("<h2>Two</h2><p>Look.</p>");
  });
});
