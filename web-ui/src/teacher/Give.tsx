import { useState } from "preact/hooks";
import { post, problemText, remove } from "../api/client";
import type { Course, SchoolClass, StaffMe } from "../api/types";
import { plural, t } from "../i18n";
import { path } from "../router";
import { LoadProblem } from "../sign-in/LoadProblem";
import { me, useStore } from "../store";
import { Banner, Button, ButtonLink, Dialog, Icon, PageSpinner, say, Select } from "../ui";
import { useLoad, useTask } from "./load";
import { mayChange } from "./rules";

export const givenPath = (room: string) => `${path("/api/v1/classes", room)}/given`;

/** Where one thing is taken back. */
export function giftPath(room: string, course: string, lesson: string | null): string {
  const which = lesson === null ? "" : `&lesson=${encodeURIComponent(lesson)}`;
  return `${givenPath(room)}?course=${encodeURIComponent(course)}${which}`;
}

interface GiveProps {
  /** The course's id. */
  course: string;
  /** The lesson that is chosen at first; the whole course without it. */
  lesson?: string;
  /** Whether it is what to do next. */
  next?: boolean;
}

/** A button that asks which class gets a course or a lesson; nothing for those who give none. */
export function GiveButton({ next = false, ...what }: GiveProps) {
  const [open, setOpen] = useState(false);
  const person = useStore(me) as StaffMe;
  if (!mayChange(person.role)) return null;
  return (
    <>
      <Button icon="give" kind={next ? "primary" : "plain"} wide={next} onClick={() => setOpen(true)}>
        {t("teach.give.open")}
      </Button>
      {open && <GiveDialog {...what} onClose={() => setOpen(false)} />}
    </>
  );
}

/** One touch on a class gives it the course or the lesson; one more takes it back. */
function GiveDialog({ course: id, lesson: first, onClose }: GiveProps & { onClose: () => void }) {
  const course = useLoad<Course>(path("/api/v1/courses", id));
  const classes = useLoad<{ classes: SchoolClass[] }>("/api/v1/classes");
  const [lesson, setLesson] = useState(first ?? "");
  const error = course.error ?? classes.error;
  const rooms = classes.value?.classes;

  function reload() {
    course.reload();
    classes.reload();
  }

  return (
    <Dialog title={t("teach.give.open")} onClose={onClose}>
      <div class="stack">
        {!course.value || !rooms ? (
          error ? (
            <LoadProblem error={error} again={reload} />
          ) : (
            <PageSpinner />
          )
        ) : rooms.length === 0 ? (
          <>
            <p>{t("teach.home.none")}</p>
            <ButtonLink icon="people" href="/teach">
              {t("teach.class.toClasses")}
            </ButtonLink>
          </>
        ) : (
          <>
            <Select
              label={course.value.title}
              value={lesson}
              onChange={setLesson}
              choices={[
                { value: "", label: t("teach.give.whole") },
                ...course.value.units.flatMap((unit) =>
                  unit.lessons.map((one) => ({ value: one.id, label: one.title })),
                ),
              ]}
            />
            <p class="soft">{t("teach.give.which")}</p>
            <ul class="give-rooms" key={lesson}>
              {rooms.map((room) => (
                <li key={room.id}>
                  <GiveTo room={room} course={id} lesson={lesson || null} />
                </li>
              ))}
            </ul>
          </>
        )}
        <div class="row row-end">
          <Button onClick={onClose}>{t("teach.close")}</Button>
        </div>
      </div>
    </Dialog>
  );
}

function GiveTo({ room, course, lesson }: { room: SchoolClass; course: string; lesson: string | null }) {
  const [given, setGiven] = useState(false);
  const { busy, problem, run } = useTask();

  async function toggle() {
    const went = await run(async () => {
      if (given) await remove(giftPath(room.id, course, lesson));
      else await post(givenPath(room.id), { course, lesson });
    });
    if (!went) return;
    setGiven(!given);
    say(t(given ? "teach.give.tookBack" : "teach.give.gave", { name: room.name }));
  }

  return (
    <>
      <div class="give-room">
        <span class="person-words">
          <bdi class="person-name">{room.name}</bdi>
          {given ? (
            <span class="small give-has">
              <Icon name="check" />
              {t("teach.give.given")}
            </span>
          ) : (
            <span class="small soft">{plural("common.students", room.students)}</span>
          )}
        </span>
        <Button
          kind={given ? "quiet" : "plain"}
          icon={given ? undefined : "give"}
          busy={busy}
          aria-label={t(given ? "teach.give.takeBackFrom" : "teach.give.to", { name: room.name })}
          onClick={() => void toggle()}
        >
          {given ? t("teach.give.takeBack") : t("teach.give.give")}
        </Button>
      </div>
      {problem !== null && <Banner kind="wrong">{problemText(problem)}</Banner>}
    </>
  );
}
