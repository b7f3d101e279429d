import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it } from "vitest";
import { ApiProblem } from "../api/client";
import type { Evidence, EvidenceReply } from "../api/types";
import { Queue } from "./queue";
import { batchOf, delayAfter, utf8Length } from "./rules";
import { databaseStorage, memoryStorage, type Storage } from "./storage";

// Node's own; IndexedDB's stand-in works in its turns.
declare const setImmediate: (run: (value?: unknown) => void) => void;

interface Sent {
  n: number;
  ticket: string;
  partner?: string;
  place: number;
  ago: number;
}

function answer(place: number, ticket = "amina"): Evidence {
  return {
    type: "answer",
    ticket,
    course: "numbers",
    lesson: "tens",
    activity: "try",
    run: 1,
    place,
    item: "tens-1",
    version: 1,
    seed: 12,
    response: "34",
    score: 1,
    milliseconds: 5400,
    hints: 0,
    tries: 1,
  };
}

/** A box that stores what it gets by the rule of docs/api.md, and can be told to be away or deaf. */
class Box {
  next = new Map<string, number>();
  rows: Sent[] = [];
  away = false;
  /** Takes the batch and loses the reply. */
  deaf = false;
  calls = 0;

  take(batch: string): EvidenceReply {
    this.calls += 1;
    if (this.away) throw new ApiProblem("network.unreachable", 0, "");
    const { client, entries } = JSON.parse(batch) as { client: string; entries: Sent[] };
    let next = this.next.get(client) ?? 1;
    for (const entry of entries) {
      if (entry.n !== next) continue;
      this.rows.push(entry);
      next += 1;
    }
    this.next.set(client, next);
    if (this.deaf) throw new ApiProblem("network.slow", 0, "");
    return { next };
  }
}

/** Runs timers by hand and lets IndexedDB's own work settle in between. */
class Clock {
  time = 1_000_000;
  timers: { at: number; run: () => void }[] = [];

  async pass(milliseconds: number) {
    const end = this.time + milliseconds;
    for (;;) {
      await settle();
      this.timers.sort((a, b) => a.at - b.at);
      const first = this.timers[0];
      if (!first || first.at > end) break;
      this.timers.shift();
      this.time = first.at;
      first.run();
    }
    this.time = end;
    await settle();
  }
}

async function settle() {
  for (let i = 0; i < 60; i++) await new Promise((resolve) => setImmediate(resolve));
}

function queueOn(storage: Storage, box: Box, clock: Clock): Queue {
  return new Queue({
    storage,
    send: async (batch) => box.take(batch),
    now: () => clock.time,
    random: () => 0.5,
    later: (run, milliseconds) => {
      const timer = { at: clock.time + milliseconds, run };
      clock.timers.push(timer);
      return timer;
    },
    cancel: (timer) => {
      clock.timers = clock.timers.filter((one) => one !== timer);
    },
  });
}

let box: Box;
let clock: Clock;
let disk: IDBFactory;

beforeEach(() => {
  box = new Box();
  clock = new Clock();
  disk = new IDBFactory();
});

describe("the answer queue", () => {
  it("sends an answer and forgets it when the box has it", async () => {
    const queue = queueOn(await databaseStorage(disk), box, clock);
    await queue.append(answer(0));
    await clock.pass(0);
    expect(box.rows.map((row) => row.place)).toEqual([0]);
    expect(queue.status.waiting).toBe(0);
  });

  it("keeps twenty answers of ten minutes without Wi-Fi, in order, once each", async () => {
    const queue = queueOn(await databaseStorage(disk), box, clock);
    box.away = true;
    for (let place = 0; place < 20; place++) {
      await queue.append(answer(place));
      await clock.pass(30_000);
    }
    expect(queue.status).toMatchObject({ waiting: 20, failing: true });
    box.away = false;
    await clock.pass(30_000);
    expect(box.rows.map((row) => row.place)).toEqual([...Array(20).keys()]);
    expect(box.rows[0]!.ago).toBeGreaterThan(9.5 * 60_000);
    expect(queue.status).toMatchObject({ waiting: 0, failing: false });
  });

  it("keeps the partner with the answer that two gave together, over a reload without Wi-Fi", async () => {
    box.away = true;
    const before = queueOn(await databaseStorage(disk), box, clock);
    await before.append({ ...answer(0), partner: "brian" });
    await before.append(answer(1));
    box.away = false;
    clock.timers = [];
    const after = queueOn(await databaseStorage(disk), box, clock);
    after.wake();
    await clock.pass(0);
    expect(box.rows.map((row) => [row.ticket, row.partner])).toEqual([
      ["amina", "brian"],
      ["amina", undefined],
    ]);
  });

  it("survives a reload and sends under the student who answered, whoever signed in since", async () => {
    box.away = true;
    const before = queueOn(await databaseStorage(disk), box, clock);
    await before.append(answer(0, "amina"));
    box.away = false;
    clock.timers = [];
    const after = queueOn(await databaseStorage(disk), box, clock);
    await after.append(answer(0, "brian"));
    await clock.pass(0);
    expect(box.rows.map((row) => [row.n, row.ticket])).toEqual([
      [1, "amina"],
      [2, "brian"],
    ]);
  });

  it("writes nothing twice when a reply is lost", async () => {
    const queue = queueOn(await databaseStorage(disk), box, clock);
    box.deaf = true;
    await queue.append(answer(0));
    await clock.pass(5_000);
    box.deaf = false;
    await queue.append(answer(1));
    await clock.pass(30_000);
    expect(box.rows.map((row) => row.place)).toEqual([0, 1]);
    expect(queue.status.waiting).toBe(0);
  });

  it("gives every number once when two tabs append and send", async () => {
    const [one, two] = [
      queueOn(await databaseStorage(disk), box, clock),
      queueOn(await databaseStorage(disk), box, clock),
    ];
    await Promise.all([...Array(20).keys()].map((place) => (place % 2 ? one : two).append(answer(place))));
    await clock.pass(10_000);
    expect(box.rows.map((row) => row.n)).toEqual([...Array(20).keys()].map((n) => n + 1));
    expect(new Set(box.rows.map((row) => row.place)).size).toBe(20);
  });

  it("goes on soon after another tab was closed while it sent", async () => {
    const storage = await databaseStorage(disk);
    await storage.lease("a tab that is gone", clock.time, clock.time + 5_000);
    const queue = queueOn(storage, box, clock);
    await queue.append(answer(0));
    await clock.pass(4_000);
    expect(box.rows).toEqual([]);
    await clock.pass(3_000);
    expect(box.rows.map((row) => row.place)).toEqual([0]);
  });

  it("takes a new name when its storage went back in time", async () => {
    const storage = await databaseStorage(disk);
    const { client } = await storage.state();
    box.next.set(client, 44);
    const queue = queueOn(storage, box, clock);
    await queue.append(answer(3));
    await clock.pass(30_000);
    expect(box.rows).toMatchObject([{ n: 1, place: 3 }]);
    expect((await storage.state()).client).not.toBe(client);
  });

  it("sends smaller batches to a box that finds them too large", async () => {
    const queue = queueOn(memoryStorage(), box, clock);
    box.away = true;
    for (let place = 0; place < 30; place++) await queue.append(answer(place));
    box.away = false;
    const take = box.take.bind(box);
    box.take = (batch) => {
      if (batch.length > 2_000) throw new ApiProblem("request.too-large", 413, "");
      return take(batch);
    };
    await clock.pass(120_000);
    expect(box.rows.map((row) => row.place)).toEqual([...Array(30).keys()]);
  });

  it("waits longer after each failure, never more than half a minute", () => {
    expect([1, 2, 3, 4, 5, 6, 12].map((failures) => delayAfter(failures, 1))).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
    ]);
    expect(delayAfter(3, 0)).toBe(2_000);
  });

  it("counts bytes as the wire does, and never claims the future", () => {
    for (const text of ["abc", "é", "عدد", "😀x"]) expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
    const batch = JSON.parse(batchOf("c", [{ n: 1, at: 500, evidence: answer(0) }], 100)) as { entries: Sent[] };
    expect(batch.entries[0]!.ago).toBe(0);
  });
});
