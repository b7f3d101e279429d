import { expect, it } from "vitest";
import { shownAddresses } from "./address";

it("writes addresses on the wall that work from a tablet", () => {
  const box = { addresses: ["http://192.168.4.1:8080", "http://[fd00::2]:8080"], names: ["school.local"] };
  const table: [string, typeof box | null, string[], boolean][] = [
    ["http://192.168.4.1", null, ["192.168.4.1"], false],
    ["http://192.168.4.1:8080", box, ["192.168.4.1:8080", "school.local:8080"], false],
    ["http://school.local:8080", box, ["school.local:8080", "192.168.4.1:8080"], false],
    ["http://127.0.0.1:8080", box, ["192.168.4.1:8080", "school.local:8080"], false],
    ["http://localhost:8080", null, ["localhost:8080"], true],
    ["https://school.example", null, ["https://school.example"], false],
  ];
  for (const [origin, known, expected, onlyHere] of table) {
    const found = shownAddresses(origin, known);
    expect([found.first, ...found.others], origin).toEqual(expected);
    expect(found.onlyHere, origin).toBe(onlyHere);
  }
});
