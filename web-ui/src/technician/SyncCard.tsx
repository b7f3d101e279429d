import { useState } from "preact/hooks";
import { post, problemText, put } from "../api/client";
import type { SyncReport, SyncStatus } from "../api/types";
import { formatDate, formatNumber, plural, t, type Key } from "../i18n";
import { useLoad, useTask } from "../teacher/load";
import { Banner, Button, Card, Field, Icon } from "../ui";
import { WHEN, durationOf, sizeOf } from "./rules";

/** The hub that this box belongs to: what waits, when it was there last, and "sync now"; or the way to one. */
export function SyncCard({ mayJoin }: { mayJoin: boolean }) {
  const { value, error, reload, change } = useLoad<SyncStatus>("/api/v1/sync");
  const task = useTask();
  const sync = () => task.run(() => post<SyncReport>("/api/v1/sync").then(reload, (problem) => (reload(), Promise.reject(problem))));
  return (
    <Card class="stack stack-s sync-card">
      <h2 class="fact-title">{t("tech.sync.title")}</h2>
      {!value ? (
        error !== null && <p class="soft">{problemText(error)}</p>
      ) : value.hub === null ? (
        mayJoin ? <JoinHub onJoined={change} /> : <p class="soft">{t("tech.sync.none")}</p>
      ) : (
        <>
          <p>
            <bdi>{value.school}</bdi>
            <br />
            <bdi dir="ltr" class="small soft">
              {value.hub}
            </bdi>
          </p>
          <p class="fact">{value.waiting === 0 ? t("tech.sync.allThere") : plural("tech.sync.waiting", value.waiting)}</p>
          <p class="small soft">{value.last ? told(value.last) : t("tech.sync.never")}</p>
          {value.failed?.problem && (
            <p class="sync-failed">
              <Icon name="alert" />
              <span>
                {formatDate(value.failed.at, WHEN)}: {sentenceOf(value.failed.problem)}
              </span>
            </p>
          )}
          {task.problem !== null && !value.failed && <Banner kind="wrong">{problemText(task.problem)}</Banner>}
          <div>
            <Button icon="refresh" busy={task.busy || value.running} onClick={() => void sync()}>
              {t("tech.sync.now")}
            </Button>
          </div>
        </>
      )}
    </Card>
  );
}

const KNOWN = ["hub-unreachable", "hub-broken", "box-unknown", "box-revoked", "answer-foreign", "cut-short", "greeting-wrong"];

function sentenceOf(code: string): string {
  const name = code.replace("sync.", "");
  return t((KNOWN.includes(name) ? `problem.sync.${name}` : "problem.general") as Key);
}

function told(report: SyncReport): string {
  const size = (bytes: number) => {
    const { value, unit } = sizeOf(bytes);
    return t(`tech.size.${unit}`, { number: formatNumber(value) });
  };
  const { unit, count } = durationOf(report.milliseconds);
  return t("tech.sync.last", {
    when: formatDate(report.at, WHEN),
    sent: size(report.sent),
    received: size(report.received),
    time: plural(`tech.sync.${unit}`, count),
  });
}

function JoinHub({ onJoined }: { onJoined: (status: SyncStatus) => void }) {
  const [url, setUrl] = useState("https://");
  const [code, setCode] = useState("");
  const { busy, problem, run } = useTask();
  function join(event: Event) {
    event.preventDefault();
    void run(async () => onJoined(await put<SyncStatus>("/api/v1/sync/hub", { url, code })));
  }
  return (
    <form class="stack stack-s" onSubmit={join}>
      <p>{t("tech.sync.about")}</p>
      <Field label={t("tech.sync.url")} type="url" dir="ltr" value={url} onInput={setUrl} />
      <Field label={t("tech.sync.code")} inputMode="numeric" dir="ltr" value={code} onInput={setCode} />
      {problem !== null && <Banner kind="wrong">{problemText(problem)}</Banner>}
      <div>
        <Button kind="primary" type="submit" busy={busy}>
          {t("tech.sync.join")}
        </Button>
      </div>
    </form>
  );
}
