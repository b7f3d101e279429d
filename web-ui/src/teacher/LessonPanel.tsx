import { useEffect, useRef } from "preact/hooks";
import { post, problemText } from "../api/client";
import type { LessonState, SchoolClass, StaffMe } from "../api/types";
import { formatNumber, t, type Key } from "../i18n";
import { chime } from "../lesson/chime";
import { clockText, groupName, lessonNow, steady, useLesson, usePhase } from "../lesson/follow";
import { followed, stationOf, type Followed, type Phase } from "../lesson/rules";
import { path } from "../router";
import { me, useStore } from "../store";
import { Banner, Button, ButtonLink, Picture, say } from "../ui";
import { useTask } from "./load";
import { mayChange } from "./rules";

const MORE_MINUTES = 2;

/** One step of a lesson; what the box answers is shown at once. */
export async function lead(room: string, plan: string, step: object): Promise<void> {
  const state = await post<LessonState>(path("/api/v1/classes", room, "plans", plan, "lesson"), step);
  lessonNow.set(state.lesson && followed(state.lesson, steady()));
}

/** The lesson that runs in a class: where each group is, for how long, and what the teacher can do about it. */
export function LessonPanel({ room, onPlan }: { room: SchoolClass; onPlan?: boolean }) {
  const lesson = useLesson(room.id);
  const phase = usePhase(lesson);
  const before = useRef("");
  const at = lesson && phase ? `${lesson.plan}/${phase.slot.round}${phase.changing}` : "";

  useEffect(() => {
    if (at && before.current && at.split("/")[0] === before.current.split("/")[0] && at !== before.current) {
      chime();
      say(t(phase!.changing ? "teach.lesson.changing" : "teach.lesson.round", { round: formatNumber(phase!.slot.round + 1) }));
    }
    before.current = at;
  }, [at]);

  if (!lesson || !phase) return null;
  return <Running room={room} lesson={lesson} phase={phase} onPlan={onPlan ?? false} />;
}

function Running({ room, lesson, phase, onPlan }: { room: SchoolClass; lesson: Followed; phase: Phase; onPlan: boolean }) {
  const person = useStore(me) as StaffMe;
  const { busy, problem, run } = useTask();
  const { slot, changing, left } = phase;
  const isLast = lesson.rounds[lesson.rounds.length - 1]?.round === slot.round;
  const round = formatNumber(slot.round + 1);
  const step = (what: object) => void run(() => lead(room.id, lesson.plan, { ...what, round: slot.round }));

  return (
    <section class={changing ? "lesson-now lesson-now-changing" : "lesson-now"} aria-label={t("teach.lesson.now", { title: lesson.title })}>
      <div class="lesson-now-top">
        <div class="lesson-now-words">
          <h2>
            <bdi>{lesson.title}</bdi>
          </h2>
          <p>{t(changing ? "teach.lesson.changing" : "teach.lesson.round", { round })}</p>
        </div>
        <p class="lesson-now-clock" role="timer">
          {clockText(left)}
        </p>
      </div>
      <ul class="lesson-now-groups">
        {lesson.groups.map((group, index) => {
          const station = stationOf(lesson, slot, index);
          return (
            <li key={index} class={station ? `at-${station.kind}` : ""}>
              <Picture name={group.drawing} size={36} />
              <span>
                <bdi>{groupName(group)}</bdi>
                <span class="small">{station && t(`teach.lesson.at.${station.kind}` as Key)}</span>
              </span>
            </li>
          );
        })}
      </ul>
      {problem !== null && <Banner kind="wrong">{problemText(problem)}</Banner>}
      <div class="row">
        {mayChange(person.role) && (
          <>
            <Button kind="primary" icon="forward" busy={busy} onClick={() => step({ step: "next" })}>
              {t(changing ? "teach.lesson.beginNow" : isLast ? "teach.lesson.finish" : "teach.lesson.changeNow")}
            </Button>
            <Button icon="plus" busy={busy} onClick={() => step({ step: "extend", minutes: MORE_MINUTES })}>
              {t("teach.lesson.more", { minutes: MORE_MINUTES })}
            </Button>
            {!isLast && (
              <Button kind="quiet" icon="stop" busy={busy} onClick={() => step({ step: "end" })}>
                {t("teach.lesson.end")}
              </Button>
            )}
          </>
        )}
        {!onPlan && (
          <ButtonLink kind="quiet" icon="list" href={path("/teach/classes", room.id, "plans", lesson.plan)}>
            {t("teach.lesson.toPlan")}
          </ButtonLink>
        )}
      </div>
    </section>
  );
}
