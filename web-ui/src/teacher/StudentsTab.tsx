import { useState } from "preact/hooks";
import type { SchoolClass, StaffMe, Student } from "../api/types";
import { isLanguage, LANGUAGE_NAMES, plural, t } from "../i18n";
import { path, usePlace } from "../router";
import { LoadProblem } from "../sign-in/LoadProblem";
import { me, useStore } from "../store";
import { Avatar, Banner, Button, ButtonLink, Dialog, Empty, IconButton, PageSpinner } from "../ui";
import { EditStudent, NewStudent } from "./StudentDialog";
import { useLoad } from "./load";
import { mayChange } from "./rules";
import { ThreePictures } from "./ThreePictures";

type Open = { what: "new" } | { what: "edit" | "pictures"; student: Student };

interface StudentsTabProps {
  room: SchoolClass;
  onChange: (room: SchoolClass) => void;
}

/** Who is in the class. */
export function StudentsTab({ room, onChange }: StudentsTabProps) {
  const address = path("/api/v1/classes", room.id);
  const { value, error, reload } = useLoad<{ students: Student[] }>(`${address}/students`);
  const person = useStore(me) as StaffMe;
  const added = Number(usePlace().query.get("added") ?? 0);
  const [open, setOpen] = useState<Open | null>(null);
  const change = mayChange(person.role);
  const here = path("/teach/classes", room.id);

  function changed(by: number) {
    setOpen(null);
    reload();
    if (by) onChange({ ...room, students: room.students + by });
  }

  if (!value) return error ? <LoadProblem error={error} again={reload} /> : <PageSpinner />;
  const add = change && (
    <div class="row">
      <Button kind="primary" icon="plus" onClick={() => setOpen({ what: "new" })}>
        {t("teach.students.add")}
      </Button>
      <ButtonLink icon="list" href={`${here}/students/import`}>
        {t("teach.students.addList")}
      </ButtonLink>
    </div>
  );

  return (
    <div class="stack">
      {added > 0 && (
        <Banner
          kind="right"
          action={
            <ButtonLink icon="printer" href={`${here}/badges`}>
              {t("teach.badges.print")}
            </ButtonLink>
          }
        >
          {plural("teach.import.added", added)}
        </Banner>
      )}
      {value.students.length === 0 ? (
        <Empty icon="people" title={t("teach.students.none")}>
          <p class="soft">{change ? t("teach.students.noneDo") : t("teach.students.noneAssistant")}</p>
          {add}
        </Empty>
      ) : (
        <>
          {add}
          <ul class="people" aria-label={t("teach.class.students")}>
            {value.students.map((student) => (
              <li key={student.id} class="person">
                <Avatar avatar={student.avatar} size={44} />
                <span class="person-words">
                  <bdi class="person-name">{student.name}</bdi>
                  <Small student={student} />
                </span>
                <IconButton
                  icon="eye"
                  label={t("teach.students.showPicturesOf", { name: student.name })}
                  onClick={() => setOpen({ what: "pictures", student })}
                />
                {change && (
                  <IconButton
                    icon="edit"
                    label={t("teach.students.change", { name: student.name })}
                    onClick={() => setOpen({ what: "edit", student })}
                  />
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {open?.what === "new" && <NewStudent classId={room.id} onClose={() => setOpen(null)} onAdded={() => changed(1)} />}
      {open?.what === "edit" && (
        <EditStudent
          classId={room.id}
          student={open.student}
          onClose={() => setOpen(null)}
          onChanged={() => changed(0)}
          onGone={() => changed(-1)}
        />
      )}
      {open?.what === "pictures" && (
        <Dialog title={open.student.name} onClose={() => setOpen(null)}>
          <div class="stack">
            <p class="soft">{t("teach.students.picturesNote")}</p>
            <ThreePictures pictures={open.student.pictures} />
            <div class="row row-end">
              <ButtonLink icon="printer" href={`${here}/badges?student=${open.student.id}`}>
                {t("teach.badges.printOne")}
              </ButtonLink>
              <Button kind="primary" data-first onClick={() => setOpen(null)}>
                {t("teach.close")}
              </Button>
            </div>
          </div>
        </Dialog>
      )}
    </div>
  );
}

function Small({ student }: { student: Student }) {
  const language = isLanguage(student.language) ? LANGUAGE_NAMES[student.language] : null;
  if (!student.schoolId && !language) return null;
  return (
    <span class="small soft">
      {student.schoolId && <bdi>{t("teach.students.number", { number: student.schoolId })}</bdi>}
      {student.schoolId && language && " · "}
      {language && <bdi>{language}</bdi>}
    </span>
  );
}
