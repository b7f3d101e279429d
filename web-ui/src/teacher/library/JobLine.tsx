import { useState } from "preact/hooks";
import { post, remove } from "../../api/client";
import type { LibraryJob } from "../../api/types";
import { t, type Key } from "../../i18n";
import { path } from "../../router";
import { Banner, Button, ButtonLink, IconButton, ProgressBar } from "../../ui";
import { useTask } from "../load";
import { ConsentDialog } from "./ConsentDialog";
import { yesTo } from "./rules";
import { askLibrary } from "./useLibrary";
import { size, troubleText } from "./words";

const JOBS = "/api/v1/library/jobs";

interface JobProps {
  job: LibraryJob;
  /** Whether the course's name stands above. */
  named?: boolean;
  version?: string | null;
  installed?: string | null;
  needs?: string[];
  /** Whether it is for teachers and no class sees it. */
  guide?: boolean;
}

/** What is being done: how far it is, what it asks, what came of it. */
export function JobLine({ job, named, version = null, installed = null, needs = [], guide = false }: JobProps) {
  const [asked, setAsked] = useState(false);
  const { busy, problem, run } = useTask();
  const does = (work: () => Promise<unknown>) =>
    run(async () => {
      await work();
      await askLibrary();
    });
  const cancel = () => void does(() => post(`${path(JOBS, job.id)}/cancel`));
  const forget = () => void does(() => remove(path(JOBS, job.id)));
  const title = named ? null : (
    <p class="job-title">
      <bdi>{job.title}</bdi>
    </p>
  );

  if (job.state === "done") {
    return (
      <div class="job job-done" role="status">
        {title}
        <Banner kind="right" action={<IconButton icon="close" label={t("library.job.hide")} onClick={forget} />}>
          {job.kind === "export"
            ? t("library.job.exported", { stick: job.stick ?? "", file: job.result ?? "" })
            : t(`library.job.done.${job.kind}` as Key)}
        </Banner>
        {job.kind === "install" && job.course && <CourseLinks course={job.course} guide={guide} />}
      </div>
    );
  }
  if (job.state === "failed" || job.state === "cancelled") {
    const words = job.problem ? troubleText(job.problem) : t("library.job.cancelled");
    return (
      <div class="job">
        {title}
        <Banner
          kind={job.state === "failed" ? "wrong" : "info"}
          action={<IconButton icon="close" label={t("library.job.hide")} onClick={forget} />}
        >
          {job.state === "failed" ? words : t("library.job.cancelled")}
        </Banner>
      </div>
    );
  }
  if (job.state === "asking") {
    return (
      <div class="job">
        {title}
        <Banner kind="warn">{t("library.job.asking")}</Banner>
        <div class="row">
          <Button kind="primary" onClick={() => setAsked(true)}>
            {t("library.job.decide")}
          </Button>
          <Button onClick={cancel} busy={busy}>
            {t("teach.cancel")}
          </Button>
        </div>
        {asked && (
          <ConsentDialog
            title={job.title}
            asks={job.asks}
            verdict={job.verdict}
            version={version ?? null}
            installed={installed ?? null}
            needs={needs}
            busy={busy}
            onClose={() => setAsked(false)}
            onYes={() => void does(() => post(`${path(JOBS, job.id)}/accept`, yesTo(job.asks)))}
          />
        )}
      </div>
    );
  }
  const counts = job.of > 0 && (job.state === "copying" || job.state === "checking");
  return (
    <div class="job" aria-busy="true">
      {title}
      {job.state === "paused" ? (
        <Banner kind="warn" icon="usb">
          {t("library.job.paused")}
        </Banner>
      ) : (
        <>
          <p class="job-words">
            <span>{t(`library.job.${job.state === "copying" ? job.kind : job.state}` as Key)}</span>
            {counts && <span class="soft">{t("library.doneOf", { done: size(job.done), of: size(job.of) })}</span>}
          </p>
          <ProgressBar done={job.done} of={job.of} label={t(`library.job.${job.kind}` as Key)} />
        </>
      )}
      {problem !== null && <Banner kind="wrong">{t("problem.general")}</Banner>}
      <div class="row row-end">
        <Button onClick={cancel} busy={busy}>
          {t("teach.cancel")}
        </Button>
      </div>
    </div>
  );
}

/** Where a course goes on: to the teacher's look at it, and to what the class sees. */
export function CourseLinks({ course, guide }: { course: string; guide: boolean }) {
  return (
    <div class="row course-links">
      <ButtonLink kind="primary" href={path("/teach/courses", course)} iconAfter="forward">
        {t("library.open")}
      </ButtonLink>
      {!guide && (
        <ButtonLink href={path("/learn", course)} icon="eye">
          {t("library.show")}
        </ButtonLink>
      )}
    </div>
  );
}
