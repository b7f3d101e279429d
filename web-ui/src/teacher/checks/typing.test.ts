import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiProblem } from "../../api/client";
import type { Sheet } from "./rules";
import { OpenCheck, type Unsent } from "./typing";

const sheet: Sheet = { way: "paper", title: "", at: 1, skills: [{ skill: "p/tens", questions: 10, guess: 0 }] };
const amina = { student: "amina", skill: "p/tens" };
const brian = { student: "brian", skill: "p/tens" };

/** A box that can be away or refuse, and a telephone's storage. */
function desk(unsent: Unsent | null = null) {
  const box = { away: false, refusal: null as ApiProblem | null, has: {} as Record<string, number | null>, calls: 0 };
  const kept = { unsent: unsent };
  const check = new OpenCheck(sheet, {}, unsent, {
    save: async ({ scores }) => {
      box.calls += 1;
      await Promise.resolve();
      if (box.away) throw new ApiProblem("network.unreachable", 0, "");
      if (box.refusal) throw box.refusal;
      for (const { student, value } of scores) box.has[student] = value;
    },
    remember: (next) => void (kept.unsent = next),
  });
  return { box, kept, check, shown: () => check.typing.get() };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("each score goes out as it is typed, and is forgotten when the box has it", async () => {
  const { box, kept, check, shown } = desk();
  check.type(amina, 7);
  check.type(brian, 3);
  expect(kept.unsent?.scores.length).toBe(2);
  expect(shown().values).toEqual({ "amina p/tens": 7, "brian p/tens": 3 });
  await vi.runAllTimersAsync();
  expect(box.has).toEqual({ amina: 7, brian: 3 });
  expect([kept.unsent, shown().state, shown().waiting]).toEqual([null, "saved", 0]);
  check.type(amina, null);
  await vi.runAllTimersAsync();
  expect(box.has["amina"]).toBeNull();
  expect(shown().values).toEqual({ "brian p/tens": 3 });
});

test("while the box is away all that is typed waits and is kept, and goes out in one when it is back", async () => {
  const { box, kept, check, shown } = desk();
  box.away = true;
  check.type(amina, 7);
  await vi.advanceTimersByTimeAsync(1);
  check.type(brian, 3);
  check.type(amina, 8);
  expect([shown().state, shown().waiting]).toEqual(["held", 2]);
  expect(kept.unsent?.scores.map((score) => score.value)).toEqual([8, 3]);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(box.has).toEqual({});
  box.away = false;
  check.wake();
  await vi.advanceTimersByTimeAsync(1);
  expect(box.has).toEqual({ amina: 8, brian: 3 });
  expect([kept.unsent, shown().state]).toEqual([null, "saved"]);
});

test("what was kept goes out when the check is opened again", async () => {
  const former = desk();
  former.box.away = true;
  former.check.type(amina, 7);
  await vi.advanceTimersByTimeAsync(1);
  former.check.close();
  const { box, shown } = desk(former.kept.unsent);
  expect(shown().values).toEqual({ "amina p/tens": 7 });
  await vi.runAllTimersAsync();
  expect(box.has).toEqual({ amina: 7 });
});

test("what the box does not take stays until the teacher mends or forgets it", async () => {
  const { box, kept, check, shown } = desk();
  box.refusal = new ApiProblem("room.date-wrong", 422, "…");
  check.type(amina, 7);
  await vi.runAllTimersAsync();
  expect([shown().state, shown().waiting, box.calls]).toEqual(["refused", 1, 1]);
  expect(kept.unsent?.scores.length).toBe(1);
  box.refusal = null;
  check.changeSheet({ ...sheet, at: 2 });
  await vi.runAllTimersAsync();
  expect([box.has, shown().state]).toEqual([{ amina: 7 }, "saved"]);
});
