import { ApiProblem } from "../api/client";
import type { Evidence, EvidenceReply } from "../api/types";
import { batchOf, delayAfter, judge, MOST_BYTES, MOST_BYTES_WHILE_CLOSING, MOST_ENTRIES, type Kept } from "./rules";
import { newClient, type Storage } from "./storage";

/** The world that the queue lives in; the unit tests bring their own. */
export interface Surroundings {
  storage: Storage;
  /** Sends one batch and returns the box's answer, or throws `ApiProblem`. */
  send(batch: string, closing: boolean): Promise<EvidenceReply>;
  /** Milliseconds by the tablet's clock. */
  now(): number;
  /** In [0, 1). */
  random(): number;
  later(run: () => void, milliseconds: number): unknown;
  cancel(timer: unknown): void;
}

export interface QueueStatus {
  /** Entries that the box does not have yet. */
  waiting: number;
  storage: Storage["kind"];
  /** The latest attempt failed, so entries are only on this tablet. */
  failing: boolean;
}

/** A tab that was closed while it sent holds up the others for so long; a living one renews its right. */
const LEASE = 5_000;
const RENEW = 2_000;

/**
 * The way of every answer from a tap to the box: kept on this tablet before the screen says "saved", sent in
 * order and in batches by one tab at a time, and forgotten when the box says that it has it on its disk.
 */
export class Queue {
  status: QueueStatus;
  onStatus: (status: QueueStatus) => void = () => {};
  private holder = newClient();
  private sending = false;
  private running: Promise<void> = Promise.resolve();
  private again = false;
  private failures = 0;
  private mostBytes = MOST_BYTES;
  private timer: unknown = null;

  constructor(private world: Surroundings) {
    this.status = { waiting: 0, storage: world.storage.kind, failing: false };
  }

  /** Keeps an entry; when the promise resolves, a reload or a dead battery does not lose it. */
  async append(evidence: Evidence): Promise<void> {
    await this.world.storage.append(evidence, this.world.now());
    await this.count();
    this.wake();
  }

  /** What is still only on this tablet for one ticket. */
  async unsentOf(ticket: string): Promise<Evidence[]> {
    const kept = await this.world.storage.oldest(10_000);
    return kept.map((entry) => entry.evidence).filter((evidence) => evidence.ticket === ticket);
  }

  async clientName(): Promise<string> {
    return (await this.world.storage.state()).client;
  }

  /** Sends at once: the network is back, the page was opened, the box answered something else. */
  wake(): void {
    this.failures = 0;
    if (this.timer !== null) {
      this.world.cancel(this.timer);
      this.timer = null;
    }
    this.run();
  }

  /** The page is closing: one last try that outlives it. What it cannot send stays kept. */
  async closing(): Promise<void> {
    const kept = await this.world.storage.oldest(MOST_ENTRIES);
    if (kept.length === 0) return;
    const { client } = await this.world.storage.state();
    const batch = batchOf(client, kept, this.world.now(), MOST_BYTES_WHILE_CLOSING);
    await this.world.send(batch, true).catch(() => undefined);
  }

  /** Resolves when no batch is under way. A page that leaves then cuts nothing off; a batch cut off waits out its lease. */
  quiet(): Promise<void> {
    return this.running;
  }

  private run(): void {
    if (this.sending) {
      this.again = true;
      return;
    }
    this.sending = true;
    this.running = this.sendUntilDone();
  }

  private async sendUntilDone(): Promise<void> {
    try {
      do {
        this.again = false;
        await this.sendAll();
      } while (this.again);
      this.failures = 0;
      this.setStatus({ failing: false });
    } catch {
      this.failures += 1;
      this.setStatus({ failing: true });
      this.retryIn(delayAfter(this.failures, this.world.random()));
    } finally {
      this.sending = false;
    }
  }

  private async sendAll(): Promise<void> {
    const { storage, now } = this.world;
    for (;;) {
      const kept = await storage.oldest(MOST_ENTRIES);
      if (kept.length === 0) break;
      const time = now();
      if (!(await storage.lease(this.holder, time, time + LEASE))) {
        // Another tab is sending; look again when it should be through.
        this.retryIn(2_000);
        break;
      }
      const renewing = this.renew();
      try {
        await this.sendOnce(kept);
      } finally {
        renewing.stop();
        await storage.release(this.holder);
      }
      await this.count();
    }
    await this.count();
  }

  /** Keeps the right to send while a slow request is on its way. */
  private renew(): { stop: () => void } {
    const { storage, now, later, cancel } = this.world;
    const again = () => {
      void storage.lease(this.holder, now(), now() + LEASE);
      timer = later(again, RENEW);
    };
    let timer = later(again, RENEW);
    return { stop: () => cancel(timer) };
  }

  private async sendOnce(kept: Kept[]): Promise<void> {
    const { storage, now, send } = this.world;
    const { client } = await storage.state();
    let reply: EvidenceReply;
    try {
      reply = await send(batchOf(client, kept, now(), this.mostBytes), false);
    } catch (error) {
      // The box found the batch too large: ask for less next time, down to single entries.
      if (error instanceof ApiProblem && error.status === 413) this.mostBytes = Math.max(1, this.mostBytes >> 2);
      throw error;
    }
    const own = await storage.state();
    if (own.client !== client) return;
    if (judge(reply.next, own.next) === "renumber") {
      await storage.renumber(newClient());
      return;
    }
    const first = kept[0]!.n;
    if (reply.next <= first) throw new Error("the box took nothing of the batch");
    await storage.forgetBelow(reply.next);
  }

  private retryIn(milliseconds: number) {
    if (this.timer !== null) this.world.cancel(this.timer);
    this.timer = this.world.later(() => {
      this.timer = null;
      this.run();
    }, milliseconds);
  }

  private async count(): Promise<void> {
    this.setStatus({ waiting: await this.world.storage.count() });
  }

  private setStatus(part: Partial<QueueStatus>) {
    this.status = { ...this.status, ...part };
    this.onStatus(this.status);
  }
}
