import { t } from "../i18n";
import { useEffect } from "preact/hooks";
import { ApiProblem } from "../api/client";
import { followLink, navigate, path } from "../router";
import { Avatar, Empty, Listen, PageHeading, PageSpinner } from "../ui";
import { rememberClass, useFaces } from "./classes";
import { OtherWays } from "./Classes";
import { Frame } from "./Frame";
import { LoadProblem } from "./LoadProblem";

/** Which face is yours? */
export function Faces({ class: id }: { class: string }) {
  const { value, error, again } = useFaces(id);
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
      {error ? (
        <LoadProblem error={error} again={again} />
      ) : !value ? (
        <PageSpinner />
      ) : value.students.length === 0 ? (
        <Empty icon="face" title={t("signIn.noStudents")}>
          <p class="soft">{t("signIn.noStudentsDo")}</p>
        </Empty>
      ) : (
        <ul class="faces">
          {value.students.map((student) => (
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
