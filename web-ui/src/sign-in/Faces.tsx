import { t } from "../i18n";
import { useEffect, useState } from "preact/hooks";
import { ApiProblem } from "../api/client";
import { clockText, groupName, useLesson, usePhase } from "../lesson/follow";
import { followLink, navigate, path } from "../router";
import { rememberClass } from "../session";
import { Avatar, Button, Empty, Listen, PageHeading, PageSpinner, Picture } from "../ui";
import { useFaces } from "./classes";
import { OtherWays } from "./Classes";
import { Frame } from "./Frame";
import { LoadProblem } from "./LoadProblem";

/** Which face is yours? While a lesson is on, those come first whose turn it is. */
export function Faces({ class: id }: { class: string }) {
  const { value, error, again } = useFaces(id);
  const lesson = useLesson(id);
  const phase = usePhase(lesson);
  const [everybody, setEverybody] = useState(false);
  const turn = lesson && phase ? phase.slot.tablets.map((group) => lesson.groups[group]!) : [];
  const narrow = turn.length > 0 && !everybody;
  const students = (value?.students ?? []).filter((one) => !narrow || turn.some((group) => group.students.includes(one.id)));
  const gone = error instanceof ApiProblem && error.status === 404;
  useEffect(() => {
    if (!gone) return;
    // The class was taken away; this tablet no longer belongs to it.
    rememberClass(null);
    navigate("/sign-in/classes", { replace: true });
  }, [gone]);

  return (
    <Frame wide>
      <div class="gate-title">
        <div>
          {value && (
            <p class="gate-class">
              <bdi>{value.name}</bdi>
            </p>
          )}
          <PageHeading title={t("signIn.whoAreYou")} />
        </div>
        <Listen text={t("signIn.whoAreYou")} />
      </div>
      {turn.length > 0 && phase && (
        <div class="turn">
          <ul class="turn-groups">
            {turn.map((group) => (
              <li key={group.drawing}>
                <Picture name={group.drawing} size={56} />
                <bdi>{groupName(group)}</bdi>
              </li>
            ))}
          </ul>
          <p class="turn-clock" role="timer">
            {t(phase.changing ? "student.lesson.begins" : "student.lesson.left", { time: clockText(phase.left) })}
          </p>
          <Button icon="people" aria-pressed={everybody} onClick={() => setEverybody(!everybody)}>
            {t("signIn.everybody")}
          </Button>
        </div>
      )}
      {error ? (
        <LoadProblem error={error} again={again} />
      ) : !value || lesson === undefined ? (
        <PageSpinner />
      ) : value.students.length === 0 ? (
        <Empty icon="face" title={t("signIn.noStudents")}>
          <p class="soft">{t("signIn.noStudentsDo")}</p>
        </Empty>
      ) : (
        <ul class="faces">
          {students.map((student) => (
            <li key={student.id}>
              <a class="face" href={path("/sign-in/class", id, student.id)} onClick={followLink}>
                <Avatar avatar={student.avatar} size={80} />
                <bdi class="face-name">{student.name}</bdi>
              </a>
            </li>
          ))}
        </ul>
      )}
      <OtherWays classes />
    </Frame>
  );
}
