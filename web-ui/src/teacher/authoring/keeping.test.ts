import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiProblem } from "../../api/client";
import { OpenDraft, type Unsaved } from "./keeping";
import type { Draft, OwnCourse } from "./types";

const draftOf = (title: string): Draft => ({
  title,
  summary: "",
  language: "en",
  subject: null,
  grades: [],
  licence: "CC-BY-4.0",
  skills: [],
  lessons: [],
});

/** A box that keeps one draft, and can be away or lose its answers. */
class Box {
  own: OwnCourse = {
    id: "o1",
    revision: 1,
    changedBy: "Ms Banda",
    changedAt: 0,
    draft: draftOf("A"),
    findings: [],
    grade: "A",
    shelf: null,
  };
  away = false;
  losesAnswers = false;
  saves: string[] = [];
  tablet: Unsaved | null = null;

  save = async (revision: number, draft: Draft) => {
    if (this.away) throw new ApiProblem("network.unreachable", 0, "");
    if (revision !== this.own.revision) throw new ApiProblem("authoring.changed", 409, "");
    this.saves.push(draft.title);
    this.own = { ...this.own, revision: revision + 1, draft: JSON.parse(JSON.stringify(draft)) as Draft };
    if (this.losesAnswers) throw new ApiProblem("network.unreachable", 0, "");
    return this.own;
  };
  load = async () => this.own;
  remember = (unsaved: Unsaved | null) => void (this.tablet = unsaved);
  open = () => new OpenDraft(this.own, this.tablet, this);
}

const titled = (title: string) => (draft: Draft) => ({ ...draft, title });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a draft", () => {
  it("goes to the box a second after the last change, once", async () => {
    const box = new Box();
    const open = box.open();
    for (const title of ["B", "Be", "Bee"]) {
      open.change(titled(title));
      await vi.advanceTimersByTimeAsync(600);
    }
    expect(box.saves).toEqual([]);
    expect(box.tablet?.draft.title).toBe("Bee");
    await vi.advanceTimersByTimeAsync(600);
    expect(box.saves).toEqual(["Bee"]);
    expect(open.kept.get().state).toBe("saved");
    expect(box.tablet).toBeNull();
  });

  it("waits on the tablet while the box is away, and goes on by itself", async () => {
    const box = new Box();
    const open = box.open();
    box.away = true;
    open.change(titled("B"));
    await vi.advanceTimersByTimeAsync(1_100);
    expect(open.kept.get().state).toBe("held");
    open.change(titled("C"));
    expect(open.kept.get().state).toBe("held");
    // The tablet's page is closed, and opened again.
    const again = box.open();
    box.away = false;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(box.own.draft.title).toBe("C");
    expect([again.kept.get().state, box.tablet]).toEqual(["saved", null]);
  });

  it("does not take its own lost answer for another teacher", async () => {
    const box = new Box();
    const open = box.open();
    box.losesAnswers = true;
    open.change(titled("B"));
    await vi.advanceTimersByTimeAsync(1_100);
    box.losesAnswers = false;
    open.change(titled("C"));
    await vi.advanceTimersByTimeAsync(5_000);
    expect([open.kept.get().state, box.own.draft.title, box.own.revision]).toEqual(["saved", "C", 3]);
  });

  it("asks when another teacher saved first, and does what is chosen", async () => {
    for (const mine of [true, false]) {
      const box = new Box();
      const [ours, other] = [box.open(), box.open()];
      other.change(titled("Theirs"));
      expect(await other.flush()).toBe(true);
      ours.change(titled("Mine"));
      expect(await ours.flush()).toBe(false);
      expect([ours.kept.get().state, ours.kept.get().draft.title]).toEqual(["conflict", "Mine"]);
      if (mine) ours.keepMine();
      else ours.takeTheirs();
      await vi.advanceTimersByTimeAsync(10);
      expect([ours.kept.get().state, ours.kept.get().draft.title]).toEqual(["saved", mine ? "Mine" : "Theirs"]);
      expect(box.own.draft.title).toBe(mine ? "Mine" : "Theirs");
    }
  });

  it("takes a deletion back, until something else is changed", async () => {
    const open = new Box().open();
    open.change(titled(""), true);
    open.undo();
    expect(open.kept.get().draft.title).toBe("A");
    open.change(titled(""), true);
    open.change(titled("B"));
    expect(open.kept.get().undo).toBeNull();
  });
});
