import { useEffect, useRef, useState } from "preact/hooks";
import { get } from "../api/client";
import type { Ask, Live, LiveStudent } from "../api/types";
import { path } from "../router";
import { sendAway } from "./load";
import { withEvent, withoutVisit, type LiveEvent } from "./rules";

/** So often the picture is asked for where the stream does not work. */
const POLL = 3_000;
/** So often in a row the stream may fail before we ask instead. */
const TRIES = 2;
/** After so long of asking, the stream is tried again. */
const STREAM_AGAIN = 60_000;

export interface LiveView {
  live: Live | null;
  /** `lost`: what is shown may be old. */
  state: "connecting" | "connected" | "lost";
  /** Why nothing could be shown, when it was never connected. */
  error: unknown;
  /** What the box's clock shows, in milliseconds; a phone's clock may be wrong. */
  now: () => number;
  /** Takes an answered ask off the list, before the box tells so itself. */
  forgetAsk: (ask: string) => void;
  /** Takes a name off that was visited, before the box tells so itself. */
  forgetVisit: (student: string) => void;
}

/** The class at work, kept up to date while the page is seen. */
export function useLive(classId: string): LiveView {
  const [live, setLive] = useState<Live | null>(null);
  const [state, setState] = useState<LiveView["state"]>("connecting");
  const [error, setError] = useState<unknown>(null);
  const ahead = useRef(0);

  useEffect(() => {
    const address = `${path("/api/v1/classes", classId)}/live`;
    let stream: EventSource | null = null;
    let timer = 0;
    let failures = 0;
    let streamAt = 0;
    let over = false;

    function take(event: LiveEvent) {
      failures = 0;
      if (event.type === "snapshot") ahead.current = event.live.now - Date.now();
      setLive((before) => withEvent(before, event));
      setState("connected");
      setError(null);
    }

    function open() {
      close();
      if (over || document.visibilityState === "hidden") return;
      const opened = new EventSource(`${address}/events`);
      stream = opened;
      const hear = (type: string, use: (data: unknown) => LiveEvent) =>
        opened.addEventListener(type, (event) => {
          try {
            take(use(JSON.parse((event as MessageEvent<string>).data)));
          } catch {
            // Half a message; the next one, or the snapshot after it, brings the picture again.
          }
        });
      hear("snapshot", (data) => ({ type: "snapshot", live: data as Live }));
      hear("student", (data) => ({ type: "student", student: data as LiveStudent }));
      hear("asks", (data) => ({ type: "asks", asks: data as Ask[] }));
      hear("visits", (data) => ({ type: "visits", visits: data as string[] }));
      opened.onerror = () => {
        failures += 1;
        // A refusal closes the stream for good; a lost connection comes back by itself, once.
        if (failures >= TRIES || opened.readyState === EventSource.CLOSED) {
          close();
          streamAt = Date.now() + STREAM_AGAIN;
          void poll();
        }
      };
    }

    async function poll() {
      if (over || document.visibilityState === "hidden") return;
      try {
        const snapshot = await get<Live>(address, { timeout: 8_000 });
        if (over) return;
        take({ type: "snapshot", live: snapshot });
        if (Date.now() >= streamAt) return open();
      } catch (problem) {
        if (over) return;
        setState("lost");
        setError(problem);
        sendAway(problem);
      }
      clearTimeout(timer);
      timer = window.setTimeout(() => void poll(), POLL);
    }

    function close() {
      clearTimeout(timer);
      if (stream) stream.close();
      stream = null;
    }

    // A phone in a pocket keeps no place at the box.
    function onSight() {
      failures = 0;
      if (document.visibilityState === "hidden") close();
      else open();
    }

    open();
    document.addEventListener("visibilitychange", onSight);
    return () => {
      over = true;
      close();
      document.removeEventListener("visibilitychange", onSight);
    };
  }, [classId]);

  function forgetAsk(ask: string) {
    setLive((before) => before && { ...before, asks: before.asks.filter((one) => one.ask !== ask) });
  }

  function forgetVisit(student: string) {
    setLive((before) => before && withoutVisit(before, student));
  }

  return { live, state, error, now: () => Date.now() + ahead.current, forgetAsk, forgetVisit };
}
