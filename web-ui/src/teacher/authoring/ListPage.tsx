import { useState } from "preact/hooks";
import { post, problemText } from "../../api/client";
import { currentLanguage, formatDate, plural, t } from "../../i18n";
import { followLink, navigate } from "../../router";
import { LoadProblem } from "../../sign-in/LoadProblem";
import { Banner, Button, Dialog, Empty, Field, Icon, IconLink, PageHeading, PageSpinner, Select } from "../../ui";
import { Facts } from "../library/Facts";
import { useLoad, useTask } from "../load";
import { API, openMade } from "./desk";
import { languageChoices } from "./languages";
import { ownPath } from "./places";
import type { OwnCard, OwnCourse } from "./types";

type Start = "quiz" | "lesson";

/** The courses that this school wrote, and the two ways to begin one. */
export function ListPage() {
  const { value, error, reload } = useLoad<{ courses: OwnCard[] }>(API);
  const [start, setStart] = useState<Start | null>(null);
  return (
    <div class="own">
      <div class="own-top">
        <IconLink icon="back" href="/teach/library" label={t("common.back")} />
        <PageHeading title={t("authoring.title")} />
      </div>
      <p class="soft">{t("authoring.intro")}</p>
      <div class="own-starts">
        <Button kind="primary" big wide icon="puzzle" onClick={() => setStart("quiz")}>
          {t("authoring.makeQuiz")}
        </Button>
        <Button big wide icon="book" onClick={() => setStart("lesson")}>
          {t("authoring.makeLesson")}
        </Button>
      </div>
      {!value && error ? (
        <LoadProblem error={error} again={reload} />
      ) : !value ? (
        <PageSpinner />
      ) : value.courses.length === 0 ? (
        <Empty icon="edit" title={t("authoring.none")}>
          <p class="soft">{t("authoring.noneWords")}</p>
        </Empty>
      ) : (
        <ul class="own-courses">
          {value.courses.map((course) => (
            <li key={course.id}>
              <Row course={course} />
            </li>
          ))}
        </ul>
      )}
      {start && <NewDialog start={start} onClose={() => setStart(null)} />}
    </div>
  );
}

function Row({ course }: { course: OwnCard }) {
  const date = formatDate(course.changedAt, { day: "numeric", month: "long", hour: "numeric", minute: "2-digit" });
  return (
    <a class="card own-course" href={ownPath(course.id)} onClick={followLink}>
      <span class="grow">
        <strong>
          <bdi lang={course.language}>{course.title}</bdi>
        </strong>
        <span class="soft">
          <Facts of={[plural("teach.courses.lessons", course.lessons), plural("teach.courses.questions", course.questions)]} />
        </span>
        <span class="small soft">
          {course.changedBy ? t("authoring.changedBy", { name: course.changedBy, date }) : t("authoring.changed", { date })}
        </span>
        <span class={course.shelf ? "small own-on" : "small own-off"}>
          <Icon name={course.shelf ? "check" : "edit"} />
          {t(!course.shelf ? "authoring.shelf.not" : course.shelf.current ? "authoring.shelf.on" : "authoring.shelf.behind")}
        </span>
      </span>
      <Icon name="forward" />
    </a>
  );
}

/** A title is all that is needed; everything else can be said later. */
function NewDialog({ start, onClose }: { start: Start; onClose: () => void }) {
  const [title, setTitle] = useState("");
  const [language, setLanguage] = useState<string>(currentLanguage());
  const { busy, problem, run } = useTask();
  async function make(event: Event) {
    event.preventDefault();
    if (title.trim() === "") return;
    await run(async () => {
      const own = await post<OwnCourse>(API, { title: title.trim(), language, start });
      openMade(own);
      const lesson = own.draft.lessons[0];
      const part = lesson?.parts[0];
      navigate(ownPath(...[own.id, lesson?.id, part?.id].filter((one): one is string => Boolean(one))));
    });
  }
  return (
    <Dialog title={t(start === "quiz" ? "authoring.makeQuiz" : "authoring.makeLesson")} onClose={onClose}>
      <form class="stack" onSubmit={(event) => void make(event)}>
        <Field
          label={t("authoring.courseTitle")}
          placeholder={t(start === "quiz" ? "authoring.quizExample" : "authoring.lessonExample")}
          dir="auto"
          value={title}
          onInput={setTitle}
          maxLength={80}
          enterkeyhint="go"
          data-first
        />
        <Select label={t("authoring.language")} value={language} choices={languageChoices(language)} onChange={setLanguage} />
        {problem !== null && <Banner kind="wrong">{problemText(problem)}</Banner>}
        <div class="row row-end">
          <Button onClick={onClose}>{t("teach.cancel")}</Button>
          <Button kind="primary" type="submit" busy={busy} disabled={title.trim() === ""} iconAfter="forward">
            {t("authoring.begin")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
