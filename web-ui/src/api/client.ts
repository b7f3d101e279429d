import { hasKey, t, type Values } from "../i18n";

/** A refusal by the box, or the box's silence (`network.unreachable`, `network.slow`, status 0). */
export class ApiProblem extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    readonly detail: string,
    readonly params: Values = {},
  ) {
    super(`${code}: ${detail}`);
  }

  /** The box was not reached, so nothing is known about what it would have said. */
  get unreachable(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }
}

/** What to tell a person about anything that went wrong. */
export function problemText(error: unknown): string {
  if (error instanceof ApiProblem) {
    const key = `problem.${error.code}`;
    if (hasKey(key)) return t(key, error.params);
    if (error.detail) return error.detail;
  }
  return t("problem.general");
}

type ReachListener = (reached: boolean) => void;
const reachListeners = new Set<ReachListener>();

/** Told after every request whether the box answered at all. */
export function onReach(listener: ReachListener): () => void {
  reachListeners.add(listener);
  return () => void reachListeners.delete(listener);
}

function report(reached: boolean) {
  for (const listener of [...reachListeners]) listener(reached);
}

export interface RequestOptions {
  method?: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Sent as JSON, unless it is a `Blob`, which is sent as it is with its own type. */
  body?: unknown;
  /** Milliseconds until we give up; 15 s unless told. */
  timeout?: number;
  signal?: AbortSignal;
  /** Lets the request live on while the page closes; at most 64 KB by the browsers' rule. */
  keepalive?: boolean;
  /** What is known already: while it is still so, the answer is `undefined`. */
  known?: string;
  /** Gets the answer's headers. */
  onHeaders?: (headers: Headers) => void;
}

/** One call of the API. Throws `ApiProblem`, or the signal's `AbortError`. */
export async function call<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const { method = options.body === undefined ? "GET" : "POST", body, timeout = 15_000, signal } = options;
  const stop = new AbortController();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    stop.abort();
  }, timeout);
  const stopToo = () => stop.abort();
  if (signal) {
    if (signal.aborted) stop.abort();
    signal.addEventListener("abort", stopToo);
  }
  try {
    const init: RequestInit = {
      method,
      credentials: "same-origin",
      signal: stop.signal,
      headers: { Accept: "application/json" },
    };
    const headers = init.headers as Record<string, string>;
    if (method !== "GET") headers["Schoolhouse-Request"] = "1";
    if (options.keepalive) init.keepalive = true;
    if (options.known) headers["If-None-Match"] = options.known;
    if (body instanceof Blob) {
      headers["Content-Type"] = body.type || "application/octet-stream";
      init.body = body;
    } else if (body !== undefined) {
      headers["Content-Type"] = "application/json";
      init.body = JSON.stringify(body);
    }
    const reply = await fetch(path, init);
    options.onHeaders?.(reply.headers);
    const value = await read<T>(reply);
    report(true);
    return value;
  } catch (error) {
    if (error instanceof ApiProblem) {
      report(!error.unreachable);
      throw error;
    }
    if (signal && signal.aborted) throw error;
    report(false);
    throw new ApiProblem(late ? "network.slow" : "network.unreachable", 0, "");
  } finally {
    clearTimeout(timer);
    if (signal) signal.removeEventListener("abort", stopToo);
  }
}

async function read<T>(reply: Response): Promise<T> {
  if (reply.status === 304) return undefined as T;
  const type = reply.headers.get("Content-Type") ?? "";
  if (reply.ok) {
    if (reply.status === 204) return undefined as T;
    if (type.includes("json")) return (await reply.json()) as T;
    return (await reply.text()) as unknown as T;
  }
  if (type.includes("json")) {
    const problem = (await reply.json().catch(() => ({}))) as { code?: string; detail?: string; params?: Values };
    throw new ApiProblem(problem.code ?? "general", reply.status, problem.detail ?? "", problem.params ?? {});
  }
  throw new ApiProblem("general", reply.status, "");
}

export const get = <T>(path: string, options?: RequestOptions) => call<T>(path, options);
export const post = <T>(path: string, body: unknown = {}, options?: RequestOptions) =>
  call<T>(path, { ...options, method: "POST", body });
export const put = <T>(path: string, body: unknown) => call<T>(path, { method: "PUT", body });
export const patch = <T>(path: string, body: unknown) => call<T>(path, { method: "PATCH", body });
export const remove = <T>(path: string) => call<T>(path, { method: "DELETE" });
