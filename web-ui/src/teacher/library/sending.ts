import { ApiProblem, get, onReach, post, remove } from "../../api/client";
import type { Library } from "../../api/types";
import { path } from "../../router";
import { Store } from "../../store";
import { askLibrary } from "./useLibrary";

/**
 * Sends files to the box in pieces, one file after the other, also while the teacher looks at other pages. A Wi-Fi that
 * drops stops nothing: the box tells how much of a file it has, and the sending goes on from there by itself.
 */
const ADDRESS = "/api/v1/library/uploads";

/** Small enough that little is sent twice, large enough that the box answers seldom. */
const PIECE = 2 << 20;
/** A piece of which nothing goes out for so long is lost. */
const SILENCE = 30_000;
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 15_000;

export interface Sending {
  key: number;
  name: string;
  bytes: number;
  sent: number;
  /** `held`: there is no connection; it goes on by itself. */
  state: "waiting" | "sending" | "held" | "done" | "failed";
  problem: unknown;
  /** Which part of which own course it is for; null for the library. */
  purpose: string | null;
}

interface Job {
  view: Sending;
  file: Blob;
  id: string | null;
  stopped: boolean;
  abort: (() => void) | null;
  /** What is done with it on the box once it is there; until then it is not done. */
  use: ((upload: string) => Promise<void>) | null;
}

export const sendings = new Store<Sending[]>([]);

const jobs: Job[] = [];
let nextKey = 1;
let isAtWork = false;
let wake: (() => void) | null = null;

function show(job: Job, changes: Partial<Sending>) {
  job.view = { ...job.view, ...changes };
  sendings.set(jobs.map((one) => one.view));
}

/** Takes files into the queue. */
export function send(files: File[], purpose: string | null = null, use: Job["use"] = null): void {
  for (const file of files) {
    const view: Sending = { key: nextKey++, name: file.name, bytes: file.size, sent: 0, state: "waiting", problem: null, purpose };
    jobs.push({ view, file, id: null, stopped: false, abort: null, use });
  }
  sendings.set(jobs.map((one) => one.view));
  void work();
}

/** Takes a file off the list; what of it was sent goes, too. */
export function stopSending(key: number): void {
  const job = jobs.find((one) => one.view.key === key);
  if (!job) return;
  job.stopped = true;
  job.abort?.();
  wake?.();
  jobs.splice(jobs.indexOf(job), 1);
  sendings.set(jobs.map((one) => one.view));
  if (job.id !== null && job.view.state !== "done") remove(path(ADDRESS, job.id)).catch(() => undefined);
}

/** Tries a file again that could not be sent. */
export function sendAgain(key: number): void {
  const job = jobs.find((one) => one.view.key === key);
  if (!job) return;
  show(job, { state: "waiting", problem: null });
  void work();
}

// A page that closes takes the files with it: the browser asks first.
addEventListener("beforeunload", (event) => {
  if (!jobs.some((job) => ["waiting", "sending", "held"].includes(job.view.state))) return;
  event.preventDefault();
  event.returnValue = "";
});
addEventListener("online", () => wake?.());
onReach((reached) => reached && wake?.());

async function work() {
  if (isAtWork) return;
  isAtWork = true;
  for (;;) {
    const job = jobs.find((one) => one.view.state === "waiting");
    if (!job) break;
    await sendWhole(job);
  }
  isAtWork = false;
}

async function sendWhole(job: Job) {
  let wait = FIRST_WAIT;
  show(job, { state: "sending" });
  while (!job.stopped) {
    try {
      const received = await begin(job);
      show(job, { state: "sending", sent: received });
      await sendRest(job, received);
      if (job.use && !job.stopped) await job.use(job.id!);
      show(job, { state: "done", sent: job.view.bytes });
      await askLibrary();
      // The card of what was sent takes its place.
      if (!job.stopped) stopSending(job.view.key);
      return;
    } catch (error) {
      if (job.stopped) return;
      if (!isPassing(error)) return show(job, { state: "failed", problem: error });
      show(job, { state: "held" });
      await rest(wait);
      wait = Math.min(LONGEST_WAIT, wait * 2);
    }
  }
}

/** Whether waiting helps. */
function isPassing(error: unknown): boolean {
  return error instanceof ApiProblem && (error.unreachable || /^library\.upload-(offset|overtaken)$/.test(error.code));
}

function rest(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    function done() {
      clearTimeout(timer);
      wake = null;
      resolve();
    }
    wake = done;
  });
}

/** Where to go on: with what the box has of this file, also from before this page was loaded. */
async function begin(job: Job): Promise<number> {
  if (job.id === null) {
    const { uploads } = await get<Library>("/api/v1/library");
    const taken = new Set(jobs.map((one) => one.id));
    const known = uploads.find((one) => one.name === job.view.name && one.bytes === job.view.bytes && !taken.has(one.id));
    job.id = known?.id ?? null;
  }
  if (job.id !== null) {
    try {
      return (await get<{ received: number }>(path(ADDRESS, job.id))).received;
    } catch (error) {
      if (!(error instanceof ApiProblem && error.code === "library.upload-unknown")) throw error;
    }
  }
  const begun = await post<{ id: string; received: number }>(ADDRESS, { name: job.view.name, bytes: job.view.bytes });
  job.id = begun.id;
  return begun.received;
}

async function sendRest(job: Job, from: number) {
  let at = from;
  while (at < job.view.bytes) {
    if (job.stopped) throw new ApiProblem("network.unreachable", 0, "");
    at = await sendPiece(job, at);
    show(job, { sent: at, state: "sending" });
  }
}

/** Only this old way of asking tells how much of a body has gone out. */
function sendPiece(job: Job, at: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let timer = 0;
    const lost = () => reject(new ApiProblem("network.unreachable", 0, ""));
    const listen = () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => request.abort(), SILENCE);
    };
    request.open("PATCH", `${path(ADDRESS, job.id!)}?offset=${at}`);
    request.setRequestHeader("Schoolhouse-Request", "1");
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.responseType = "text";
    request.upload.onprogress = (event) => {
      listen();
      show(job, { sent: at + event.loaded, state: "sending" });
    };
    request.onerror = request.onabort = lost;
    request.onloadend = () => {
      clearTimeout(timer);
      job.abort = null;
    };
    request.onload = () => {
      const answer = parse(request.responseText);
      if (request.status === 200 && typeof answer["received"] === "number") return resolve(answer["received"]);
      const code = typeof answer["code"] === "string" ? answer["code"] : "general";
      reject(new ApiProblem(code, request.status, String(answer["detail"] ?? ""), (answer["params"] ?? {}) as Record<string, string>));
    };
    job.abort = () => request.abort();
    listen();
    request.send(job.file.slice(at, at + PIECE));
  });
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
