import { useEffect, useState } from "preact/hooks";
import { get, post, problemText, remove } from "../../api/client";
import type { Library, LibraryJob } from "../../api/types";
import { plural, t } from "../../i18n";
import { followLink, path } from "../../router";
import { Banner, Button, ButtonLink, Card, Icon, say } from "../../ui";
import { GiveButton } from "../Give";
import { isOver } from "../library/rules";
import { JobLine } from "../library/JobLine";
import { askLibrary, useLibrary } from "../library/useLibrary";
import { useTask } from "../load";
import { API, type Desk } from "./desk";
import { addressOf, findingWords, placeName, sorted } from "./findings";
import type { OwnCourse, OwnFinding } from "./types";

/** As often the box is asked how far it is. */
const EVERY = 2_000;
const JOBS = "/api/v1/library/jobs";
const PACKS = "/api/v1/library/packs";

/** What is still missing, the way to the shelf, and where the course goes from there. */
export function Shelf({ desk }: { desk: Desk }) {
  const { own, state } = desk.kept;
  const { page } = useLibrary(EVERY);
  const { must, could } = sorted(own.findings);
  return (
    <>
      <section class="stack stack-s" aria-labelledby="own-missing">
        <h2 id="own-missing">{t("authoring.missing")}</h2>
        {must.length > 0 && <FindingList desk={desk} findings={must} />}
        {must.length === 0 && (
          <p class="own-ready">
            <Icon name="check" />
            <span>{t(could.length > 0 ? "authoring.readyCould" : "authoring.ready")}</span>
          </p>
        )}
        {could.length > 0 && (
          <details class="own-more">
            <summary>{plural("authoring.could", could.length)}</summary>
            <FindingList desk={desk} findings={could} />
          </details>
        )}
      </section>
      <PutOnShelf desk={desk} page={page} mayGo={must.length === 0 && state !== "conflict"} />
      {own.shelf && <FromShelf page={page} course={own.shelf.course} />}
    </>
  );
}

/** Things to do, each a way to its place. */
export function FindingList({ desk, findings }: { desk: Desk; findings: OwnFinding[] }) {
  return (
    <ul class="own-findings">
      {findings.map((one, at) => {
        const name = placeName(desk.draft, one.place);
        return (
          <li key={at}>
            <a class={`own-finding own-finding-${one.severity}`} href={addressOf(desk.id, one.place)} onClick={followLink}>
              <Icon name={one.severity === "warning" ? "lamp" : "alert"} />
              <span class="grow">
                {name && (
                  <strong class="small">
                    <bdi>{name}</bdi>
                  </strong>
                )}
                <span>{findingWords(one)}</span>
              </span>
              <Icon name="forward" />
            </a>
          </li>
        );
      })}
    </ul>
  );
}

function PutOnShelf({ desk, page, mayGo }: { desk: Desk; page: Library | null; mayGo: boolean }) {
  const [started, setStarted] = useState<string | null>(null);
  const { busy, problem, run } = useTask();
  const { shelf } = desk.kept.own;
  const jobs = page?.jobs ?? [];
  // Whoever comes back to this page finds what is under way.
  const job = jobs.find((one) => one.id === started) ?? jobs.find((one) => isUnderWay(one) && one.title === desk.draft.title);
  const done = job?.state === "done";

  useEffect(() => {
    if (!job || !done) return;
    // The page itself says that it is done.
    void remove(path(JOBS, job.id)).then(askLibrary, () => undefined);
    void get<OwnCourse>(path(API, desk.id)).then(
      (own) => {
        desk.open.take(own);
        say(t("authoring.shelfCurrent"));
      },
      () => undefined,
    );
  }, [done]);

  const put = () =>
    void run(async () => {
      if (!(await desk.open.flush())) return;
      const { revision } = desk.open.kept.get().own;
      const begun = await post<{ job: string }>(`${path(API, desk.id)}/shelf`, { revision });
      setStarted(begun.job);
      await askLibrary();
    });

  return (
    <section class="stack stack-s" aria-labelledby="own-shelf">
      <h2 id="own-shelf">{t("authoring.shelf")}</h2>
      <p class="soft">{t(!shelf ? "authoring.shelfNot" : shelf.current ? "authoring.shelfCurrent" : "authoring.shelfBehind")}</p>
      {problem !== null && <Banner kind="wrong">{problemText(problem)}</Banner>}
      {job && !done && (
        <Card>
          <JobLine job={job} named />
        </Card>
      )}
      {(!job || (isOver(job) && !done)) && !shelf?.current && (
        <Button kind="primary" big wide icon="book" busy={busy} disabled={!mayGo} onClick={put}>
          {t(shelf ? "authoring.shelfAgain" : "authoring.shelfPut")}
        </Button>
      )}
      {!mayGo && <p class="small soft">{t("authoring.shelfFirst")}</p>}
    </section>
  );
}

const isUnderWay = (job: LibraryJob): boolean => job.kind === "install" && !isOver(job);

/** What can be done with a course that is on the shelf. */
function FromShelf({ page, course }: { page: Library | null; course: string }) {
  const { busy, problem, run } = useTask();
  const sticks = (page?.sticks ?? []).filter((stick) => stick.writable);
  const jobs = (page?.jobs ?? []).filter((job) => job.kind === "export" && job.course === course);
  const copy = (stick: string) =>
    void run(async () => {
      await post(`${path(PACKS, course)}/export`, { stick });
      await askLibrary();
    });
  return (
    <section class="stack stack-s" aria-labelledby="own-next">
      <h2 id="own-next">{t("authoring.next")}</h2>
      <div class="own-ways">
        <GiveButton course={course} next />
        <ButtonLink wide icon="book" href={path("/teach/courses", course)}>
          {t("library.open")}
        </ButtonLink>
        <ButtonLink wide icon="eye" href={path("/learn", course)}>
          {t("authoring.asStudent")}
        </ButtonLink>
        <a class="button button-wide" href={`${path(PACKS, course)}/file`} download>
          <Icon name="download" />
          <span class="button-label">{t("authoring.toPhone")}</span>
        </a>
        {sticks.map((stick) => (
          <Button key={stick.id} wide icon="usb" busy={busy} onClick={() => copy(stick.id)}>
            {t("authoring.toStick", { stick: stick.name })}
          </Button>
        ))}
      </div>
      {sticks.length === 0 && <p class="small soft">{t("authoring.noStick")}</p>}
      {problem !== null && <Banner kind="wrong">{problemText(problem)}</Banner>}
      {jobs.map((job) => (
        <Card key={job.id}>
          <JobLine job={job} named />
        </Card>
      ))}
    </section>
  );
}
