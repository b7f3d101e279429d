import { describe, expect, it } from "vitest";
import { Hand, type HandPlace } from "./hand";

/** A box that can be away, and timers that run by hand. */
function tablet() {
  const box = { away: false, refuses: false, up: false, moves: [] as boolean[] };
  const timers: (() => void)[] = [];
  const reach = <T>(use: () => T) =>
    box.away ? Promise.reject(new Error("away")) : box.refuses ? Promise.reject(new Error("no")) : Promise.resolve(use());
  const hand = new Hand({
    move: (up: boolean, _place: HandPlace | null) =>
      reach(() => {
        box.moves.push(up);
        return (box.up = up);
      }),
    ask: () => reach(() => box.up),
    isAway: (problem) => (problem as Error).message === "away",
    later: (run) => timers.push(run),
    cancel: () => void timers.splice(0),
  });
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  /** The next timer runs out. */
  const wait = () => {
    timers.shift()?.();
    return settle();
  };
  return { box, hand, timers, settle, wait };
}

describe("a student's hand", () => {
  it("is up when the box knows, and down when a teacher was there", async () => {
    const { box, hand, settle, wait, timers } = tablet();
    hand.move(true, null);
    expect(hand.shown.get()).toBe("sending");
    await settle();
    expect(hand.shown.get()).toBe("up");
    await wait();
    expect(hand.shown.get()).toBe("up");
    box.up = false;
    await wait();
    expect(hand.shown.get()).toBe("down");
    expect(timers).toHaveLength(0);
  });

  it("waits while the box is away and goes up when it is back", async () => {
    const { box, hand, settle, wait } = tablet();
    box.away = true;
    hand.move(true, null);
    await settle();
    await wait();
    expect(hand.shown.get()).toBe("sending");
    box.away = false;
    hand.wake();
    await settle();
    expect([hand.shown.get(), box.moves]).toEqual(["up", [true]]);
  });

  it("taken back before it was sent ends down on the box, too", async () => {
    const { box, hand, settle, wait } = tablet();
    box.away = true;
    hand.move(true, null);
    await settle();
    hand.move(false, null);
    expect(hand.shown.get()).toBe("down");
    box.away = false;
    await wait();
    await settle();
    expect([hand.shown.get(), box.up]).toEqual(["down", false]);
  });

  it("goes down with a reason when the box refuses", async () => {
    const { box, hand, settle } = tablet();
    box.refuses = true;
    hand.move(true, null);
    await settle();
    expect(hand.shown.get()).toBe("down");
    expect(hand.problem.get()).toBeInstanceOf(Error);
  });

  it("is there again after a reload, and gone with the student", async () => {
    const { box, hand, settle, timers } = tablet();
    box.up = true;
    hand.look();
    await settle();
    expect(hand.shown.get()).toBe("up");
    hand.stop();
    expect([hand.shown.get(), timers.length]).toEqual(["down", 0]);
  });
});
