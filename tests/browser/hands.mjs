// How a question is answered, told once; three hands do it: a finger in current Chromium, the keyboard alone, and a
// finger in Chromium 70.
//
// A hand knows `tap(selector, index)`, `type(selector, index, text)`, `choose(index)` for one of several cards, and
// `mark(at)` for a place from 0 to 1 on a number line.

/** Gives a full answer to the question that is shown: the right one where the page got the key, else some answer. */
export async function answer(hand, variant) {
  await ANSWERS[variant.type](hand, variant);
}

const indexOf = (list, id) => list.findIndex((one) => one.id === id);

const ANSWERS = {
  single: (hand, { options, answer }) => hand.choose(answer ? indexOf(options, answer) : 0),

  truefalse: (hand, { answer }) => hand.choose(answer === false ? 1 : 0),

  async multiple(hand, { options, answer = [options[0].id] }) {
    for (const id of answer) await hand.tap(".item-choice-input", indexOf(options, id));
  },

  number: (hand, { answer }) => hand.type(".item-number-input", 0, answer?.value ?? "7"),

  short: (hand, { answer }) => hand.type(".item-short-input", 0, answer?.accept[0] ?? "sun"),

  async cloze(hand, { gaps, stem }) {
    const text = stem.map((block) => block.cloze ?? "").join(" ");
    const places = [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, id]) => id);
    for (const [index, id] of places.entries()) {
      const gap = gaps.find((one) => one.id === id);
      if (gap.kind === "choice") {
        await hand.tap(".item-gap", index);
        await hand.tap(".item-chips .item-chip", gap.answer ? indexOf(gap.options, gap.answer) : 0);
      } else {
        const key = Array.isArray(gap.answer) ? gap.answer[0] : gap.answer;
        await hand.type(".item-gap", index, key ?? (gap.kind === "number" ? "7" : "sun"));
      }
    }
  },

  async match(hand, { left, right, answer }) {
    for (const [index, { id }] of left.entries()) {
      await hand.tap(".item-match-column:first-child .item-match-card", index);
      const partner = answer ? indexOf(right, answer[id]) : Math.min(index, right.length - 1);
      await hand.tap(".item-match-column:last-child .item-match-card", partner);
    }
  },

  async order(hand, { options, answer = options.map(({ id }) => id) }) {
    const waiting = options.map(({ id }) => id);
    for (const id of answer) {
      const index = waiting.indexOf(id);
      await hand.tap(".item-chips .item-chip", index);
      waiting.splice(index, 1);
    }
  },

  async sort(hand, { bins, options, answer }) {
    for (const { id } of options) {
      // What lies in the pool moves up, so the next thing is always the first.
      await hand.tap(".item-pool .item-chip", 0);
      await hand.tap(".item-bin-head", answer ? indexOf(bins, answer[id]) : 0);
    }
  },

  async hotspot(hand, { areas, answer = [areas[0].id] }) {
    for (const id of answer) await hand.tap(".item-area", indexOf(areas, id));
  },

  numberline(hand, { line, answer }) {
    const [from, to] = [number(line.from), number(line.to)];
    return hand.mark(answer ? (number(answer.value) - from) / (to - from) : 0.5, (to - from) / number(line.step));
  },

  async tapword(hand, { words, answer = [words[0].id] }) {
    for (const id of answer) await hand.tap(".item-word", indexOf(words, id));
  },
};

/** The number in a text such as `3/4` or `2 3/4`. */
function number(text) {
  const [whole, part] = text.includes("/") ? text.split(/ (?=\d+\/)/) : [text];
  const value = (one) => one.split("/").reduce((top, bottom) => top / bottom);
  return Number(value(whole)) + (part ? Number(value(part)) : 0);
}

// Where the line lies in its drawing: 340 wide, 20 free at both ends.
const across = (at) => (20 + at * 300) / 340;

/** A finger in current Chromium. */
export function fingerOf(page) {
  const find = (selector, index) => page.locator(selector).nth(index);
  return {
    // A box of a card is behind its label; a finger touches the card.
    tap: (selector, index) =>
      selector === ".item-choice-input" ? find(".item-choice", index).click() : find(selector, index).click(),
    type: (selector, index, text) => find(selector, index).fill(text),
    choose: (index) => find(".item-choice", index).click(),
    async mark(at) {
      const track = find(".item-line-track", 0);
      const { width, height } = await track.boundingBox();
      await track.click({ position: { x: across(at) * width, y: height / 2 } });
    },
  };
}

/** The keyboard alone: Tab until the thing has the focus, then keys. */
export function keyboardOf(page) {
  const has = (selector, index) =>
    page.evaluate(
      ([wanted, at]) => document.querySelectorAll(wanted)[at] === document.activeElement,
      [selector, index],
    );
  async function tabTo(selector, index) {
    for (const key of ["Tab", "Shift+Tab"]) {
      for (let i = 0; i < 60; i++) {
        if (await has(selector, index)) return;
        await page.keyboard.press(key);
      }
    }
    throw new Error(`the keyboard does not reach ${selector} number ${index}`);
  }
  return {
    tabTo,
    async tap(selector, index) {
      await tabTo(selector, index);
      await page.keyboard.press("Space");
    },
    async type(selector, index, text) {
      await tabTo(selector, index);
      await page.keyboard.type(text);
    },
    async choose(index) {
      // Radio buttons are one stop; arrows choose among them.
      await tabTo(".item-choice-input", 0);
      await page.keyboard.press("Space");
      for (let i = 0; i < index; i++) await page.keyboard.press("ArrowDown");
    },
    async mark(at, steps) {
      await tabTo(".item-line-track", 0);
      await page.keyboard.press("Home");
      // Ten places to a step.
      const tick = Math.floor(at * steps + 1e-9);
      for (let i = 0; i < tick; i++) await page.keyboard.press("PageUp");
      for (let i = Math.round((at * steps - tick) * 10); i > 0; i--) await page.keyboard.press("ArrowRight");
    },
  };
}

/** A finger in Chromium 70, by way of Puppeteer as it was then. */
export function fingerOf70(page) {
  async function find(selector, index) {
    // There, and at the same place for two frames: a finger waits until a thing stands still.
    await page.waitForFunction(
      (wanted, at) => {
        const element = document.querySelectorAll(wanted)[at];
        if (!element || [...document.images].some((image) => !image.complete)) return false;
        const { left, top } = element.getBoundingClientRect();
        const [before, now] = [window.lastSeen, { element, left, top }];
        window.lastSeen = now;
        return before && before.element === element && before.left === left && before.top === top;
      },
      {},
      selector,
      index,
    );
    return (await page.$$(selector))[index];
  }
  const tap = async (selector, index) =>
    (await find(selector === ".item-choice-input" ? ".item-choice" : selector, index)).click();
  return {
    tap,
    type: async (selector, index, text) => (await find(selector, index)).type(text),
    choose: (index) => tap(".item-choice", index),
    async mark(at) {
      const track = await find(".item-line-track", 0);
      await track.hover();
      const { x, y, width, height } = await track.boundingBox();
      await page.mouse.click(x + across(at) * width, y + height / 2);
    },
  };
}
