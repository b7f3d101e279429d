import { describe, expect, it } from "vitest";
import type { SearchResult } from "../api/types";
import { languageName, placeOf, queryOf, wantedOf } from "./rules";

const result = (more: Partial<SearchResult>): SearchResult => ({
  kind: "page", title: [], snippet: [], course: "org.example.a", courseTitle: "A", lesson: "l", lessonTitle: "L", activity: "x",
  chapter: null, note: null, audience: "students", language: "en", direction: "ltr", picture: null, ...more,
});

describe("a search", () => {
  it("stands in the address and comes back from it", () => {
    for (const address of ["", "?q=tens+%26+ones", "?q=a&kind=page&language=ar&grade=3", "?kind=lesson"]) {
      expect(queryOf(wantedOf(new URLSearchParams(address)))).toBe(address);
    }
    expect(queryOf({ q: "a", kind: null, language: null, grade: null }, { limit: "60" })).toBe("?q=a&limit=60");
  });

  it("opens each result at its place", () => {
    const cases: [Partial<SearchResult>, string, string][] = [
      [{}, "/learn/org.example.a/l/x", "/learn/org.example.a/l/x"],
      [{ kind: "question" }, "/learn/org.example.a/l/x", "/learn/org.example.a/l/x"],
      [{ kind: "book", chapter: 2 }, "/learn/org.example.a/l/x?chapter=2", "/learn/org.example.a/l/x?chapter=2"],
      [{ kind: "lesson" }, "/learn/org.example.a/l/x", "/teach/courses/org.example.a?lesson=l"],
      [{ kind: "course", lesson: null, activity: null }, "/learn/org.example.a", "/teach/courses/org.example.a"],
      [{ kind: "skill", lesson: null, activity: null }, "/learn/org.example.a", "/teach/courses/org.example.a"],
      [{ kind: "note", activity: null, note: "offTablet" }, "/learn/org.example.a", "/teach/courses/org.example.a?lesson=l&note=offTablet"],
      [{ audience: "teachers", kind: "page" }, "/teach/courses/org.example.a/l/x", "/teach/courses/org.example.a/l/x"],
      [{ audience: "teachers", kind: "video" }, "/learn/org.example.a/l/x", "/learn/org.example.a/l/x"],
    ];
    for (const [more, student, staff] of cases) {
      expect([placeOf(result(more), "student"), placeOf(result(more), "staff")]).toEqual([student, staff]);
    }
  });

  it("names languages in their own words", () => {
    expect(["en", "ar-EG", "sw", "tlh"].map(languageName)).toEqual(["English", "العربية", "Kiswahili", "tlh"]);
  });
});
