import { expect, test } from "vitest";
import { cellAfter, dayOf, firstCell, momentOf, newCheckId, typed, valuesOf } from "./rules";

const students = ["amina", "brian"];
const skills = ["tens", "ones"];

test("typing goes through the skills of a paper and then to the next student", () => {
  const order = [];
  for (let cell = firstCell(students, skills, () => false); cell; cell = cellAfter(cell, students, skills)) {
    order.push(`${cell.student} ${cell.skill}`);
  }
  expect(order).toEqual(["amina tens", "amina ones", "brian tens", "brian ones"]);
});

test("a check that is gone on with begins at the first score that is missing", () => {
  expect(firstCell(students, skills, (cell) => cell.student === "amina")).toEqual({ student: "brian", skill: "tens" });
  expect(firstCell(students, skills, () => true)).toEqual({ student: "amina", skill: "tens" });
  expect(firstCell([], skills, () => false)).toBeNull();
});

test("each way has its values, and a long test is typed in digits", () => {
  expect(valuesOf("paper", 3)).toEqual([0, 1, 2, 3]);
  expect(valuesOf("paper", 21)).toBeNull();
  expect(valuesOf("oral", 3)).toEqual([1, 2, 3, 4]);
  expect(valuesOf("product", 2)).toEqual([0, 1, 2, 3, 4]);
  expect(valuesOf("cards", 1)).toEqual([1, 0]);
  expect([typed(null, 3, 40), typed(3, 4, 40), typed(4, 5, 40), typed(null, 9, 5)]).toEqual([3, 34, 5, 5]);
});

test("today is now and another day is its noon", () => {
  const now = new Date(2026, 10, 23, 8, 30).getTime();
  expect(dayOf(now)).toBe("2026-11-23");
  expect(momentOf("2026-11-23", now)).toBe(now);
  expect(momentOf("2026-11-03", now)).toBe(new Date(2026, 10, 3, 12).getTime());
  expect(momentOf("", now)).toBeNull();
});

test("a check has a name of its own", () => {
  expect(newCheckId()).toMatch(/^[0-9a-f]{32}$/);
  expect(newCheckId()).not.toBe(newCheckId());
});
