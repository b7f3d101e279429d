import { beforeEach, describe, expect, it } from "vitest";
import ar from "../i18n/ar.json";
import en from "../i18n/en.json";
import { ApiProblem, problemText } from "./api/client";
import { formatList, plural, setCatalogue, t } from "./i18n";

beforeEach(() => setCatalogue("en", en));

describe("texts", () => {
  it("count as each language counts", () => {
    expect([1, 2].map((n) => plural("common.students", n))).toEqual(["1 student", "2 students"]);
    setCatalogue("ar", ar);
    const forms = [0, 1, 2, 3, 11, 100].map((n) => plural("common.students", n).replace(/[\d٠-٩]+/, "n"));
    expect(new Set(forms).size).toBe(6);
  });

  it("fill in names, and leave braces that are no name", () => {
    expect(t("signIn.hello", { name: "{name}" })).toBe("Hello, {name}");
    expect(formatList(["a", "b", "c"])).toBe("a, b and c");
  });

  it("tell a problem by its code, else in the box's own words, else in general", () => {
    expect(problemText(new ApiProblem("people.badge-unknown", 422, "x"))).toBe(en["problem.people.badge-unknown"]);
    expect(problemText(new ApiProblem("packs.new-code", 422, "The pack is too new."))).toBe("The pack is too new.");
    expect(problemText(new Error("?"))).toBe(en["problem.general"]);
  });
});
