import { call, onReach } from "../api/client";
import type { Evidence, EvidenceReply } from "../api/types";
import { Store } from "../store";
import { Queue, type QueueStatus } from "./queue";
import { openStorage } from "./storage";

/** What the connection banner watches. */
export const queueStatus = new Store<QueueStatus>({ waiting: 0, storage: "database", failing: false });

let opened: Promise<Queue> | null = null;

/** The page's one queue; the first call opens it and sends what an earlier page left. */
export function openQueue(): Promise<Queue> {
  opened ??= start();
  return opened;
}

/** Keeps an answer; resolved means it survives a reload. */
export async function keep(evidence: Evidence): Promise<void> {
  const queue = await openQueue();
  await queue.append(evidence);
}

/** Resolves when the box has what was kept, or after `patience` milliseconds: what it tells then holds it, too. */
export async function settle(patience: number): Promise<void> {
  if (queueStatus.get().waiting === 0) return;
  const queue = await openQueue();
  await Promise.race([queue.quiet(), new Promise((resolve) => setTimeout(resolve, patience))]);
}

/** This browser's name towards the box; sign-in tries are counted by it. */
export async function clientName(): Promise<string> {
  return (await openQueue()).clientName();
}

async function start(): Promise<Queue> {
  const queue = new Queue({
    storage: await openStorage(),
    send: (batch, closing) =>
      call<EvidenceReply>("/api/v1/evidence", {
        method: "POST",
        body: new Blob([batch], { type: "application/json" }),
        keepalive: closing,
        timeout: 15_000,
      }),
    now: () => Date.now(),
    random: () => Math.random(),
    later: (run, milliseconds) => setTimeout(run, milliseconds),
    cancel: (timer) => clearTimeout(timer as number),
  });
  queue.onStatus = (status) => queueStatus.set(status);
  addEventListener("online", () => queue.wake());
  addEventListener("pagehide", () => void queue.closing());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") queue.wake();
  });
  // Any answer of the box is a better sign than our own timer.
  onReach((reached) => {
    if (reached && queue.status.failing) queue.wake();
  });
  queue.wake();
  return queue;
}
