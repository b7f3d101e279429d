import { useState } from "preact/hooks";
import { get, problemText } from "../api/client";
import type { LiveStudent, Student } from "../api/types";
import { plural, t, type Key } from "../i18n";
import { path } from "../router";
import { Avatar, Banner, Button, Dialog, ProgressBar } from "../ui";
import { useTask } from "./load";
import { adviceText, AnswerMark, reasonText, Since, sinceText, StateBadge } from "./LiveParts";
import { ThreePictures } from "./ThreePictures";
import { markOf } from "./rules";
import { WasThere } from "./Visits";

interface StudentNowProps {
  student: LiveStudent;
  now: number;
  classId: string;
  onWasThere: () => void;
  onClose: () => void;
}

/** One student of the lesson, closer: where they are, what their last answers were about, their pictures. */
export function StudentNow({ student, now, classId, onWasThere, onClose }: StudentNowProps) {
  const place = student.place;
  const [pictures, setPictures] = useState<string[] | null>(null);
  const { busy, problem, run } = useTask();
  const signal = student.signal;

  function showPictures() {
    void run(async () => {
      const { students } = await get<{ students: Student[] }>(`${path("/api/v1/classes", classId)}/students`);
      setPictures(students.find((one) => one.id === student.id)?.pictures ?? []);
    });
  }

  return (
    <Dialog title={student.name} onClose={onClose}>
      <div class="stack">
        <div class="now-top">
          <Avatar avatar={student.avatar} size={72} />
          <div class="stack stack-s">
            <span>
              <StateBadge state={student.state} /> <Since at={student.since} now={now} />
            </span>
            <span class="soft">{plural("teach.now.answers", student.answers, { right: student.rightAnswers })}</span>
          </div>
        </div>
        {signal && (
          <>
            <Banner kind="warn" icon={signal.kind === "waiting" ? "hand" : "lamp"}>
              {reasonText(signal, now)} <strong>{adviceText(signal)}</strong>
            </Banner>
            <WasThere student={student} classId={classId} onWasThere={onWasThere} />
          </>
        )}
        {place && (
          <div class="stack stack-s">
            <h3>
              <bdi>{place.lessonTitle}</bdi>
            </h3>
            <span class="soft">
              <bdi>{place.courseTitle}</bdi> · <bdi>{place.activityTitle}</bdi>
            </span>
            {place.of > 0 && (
              <>
                <ProgressBar done={place.done} of={place.of} label={place.activityTitle} />
                <span class="small soft">{t("teach.live.doneOf", { done: place.done, of: place.of })}</span>
              </>
            )}
          </div>
        )}
        {student.waiting > 0 && <p class="small soft">{plural("teach.now.waiting", student.waiting)}</p>}
        {student.last.length > 0 && (
          <div class="stack stack-s">
            <h3>{t("teach.now.last")}</h3>
            <ul class="now-answers">
              {[...student.last].reverse().map((answer, index) => (
                <li key={index}>
                  <AnswerMark mark={markOf(answer)} size={20} />
                  <span class="only-heard">{t(`teach.mark.${markOf(answer)}` as Key)}</span>
                  <bdi class="grow">{answer.skill}</bdi>
                  <span class="since">{sinceText(answer.at, now)}</span>
                </li>
              ))}
            </ul>
          </div>
        )}
        {pictures && <ThreePictures pictures={pictures} />}
        {problem !== null && <Banner kind="wrong">{problemText(problem)}</Banner>}
        <div class="row row-end">
          {!pictures && (
            <Button icon="eye" busy={busy} onClick={showPictures}>
              {t("teach.students.showPictures")}
            </Button>
          )}
          <Button kind="primary" data-first onClick={onClose}>
            {t("teach.close")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
