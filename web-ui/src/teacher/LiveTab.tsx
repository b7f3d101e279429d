import { useEffect, useRef, useState } from "preact/hooks";
import type { Live, LiveState, LiveStudent, SchoolClass } from "../api/types";
import { formatList, plural, t, type Key } from "../i18n";
import { LoadProblem } from "../sign-in/LoadProblem";
import { path } from "../router";
import { Avatar, Banner, ButtonLink, Empty, PageSpinner, say } from "../ui";
import { Asks } from "./Asks";
import { StickBanner } from "./library/StickBanner";
import { ClassGoals } from "./goals/GoalBars";
import { LessonPanel } from "./LessonPanel";
import { LastAnswers, Since, StateBadge, StateShape } from "./LiveParts";
import { countStates, newsBetween, STATES } from "./rules";
import { StudentNow } from "./StudentNow";
import { useLive } from "./useLive";
import { Visits } from "./Visits";

/** The lesson as it happens: whom to visit, who asks to be let in, and everybody. */
export function LiveTab({ room }: { room: SchoolClass }) {
  const { live, state, error, now, forgetAsk, forgetVisit } = useLive(room.id);
  const [only, setOnly] = useState<LiveState | null>(null);
  const [near, setNear] = useState<string | null>(null);
  useTick(15_000);
  useNews(live, state);

  if (!live) return state === "lost" ? <LoadProblem error={error} again={() => location.reload()} /> : <PageSpinner />;
  if (live.students.length === 0) {
    return (
      <Empty icon="people" title={t("teach.students.none")}>
        <p class="soft">{t("teach.live.noStudents")}</p>
        <ButtonLink kind="primary" icon="plus" href={`${path("/teach/classes", room.id)}/students`}>
          {t("teach.students.addSome")}
        </ButtonLink>
      </Empty>
    );
  }

  const counts = countStates(live.students);
  const shown = only ? live.students.filter((student) => student.state === only) : live.students;
  const close = near ? live.students.find((student) => student.id === near) : undefined;

  return (
    <div class="live">
      {state === "lost" && (
        <div class="live-lost">
          <Banner kind="warn" icon="cloudOff">
            {t("teach.live.lost")}
          </Banner>
        </div>
      )}
      <StickBanner />
      <LessonPanel room={room} />
      <ClassGoals room={room} />
      <Asks asks={live.asks} onAnswered={forgetAsk} />
      <Visits live={live} now={now()} onOpen={setNear} onWasThere={forgetVisit} />
      <section aria-labelledby="everybody">
        <h2 class="live-heading" id="everybody">
          {t("teach.live.everybody")}
        </h2>
        <div class="filters" role="group" aria-label={t("teach.live.show")}>
          <button type="button" class="filter" aria-pressed={only === null} onClick={() => setOnly(null)}>
            {t("teach.live.all")} <b>{live.students.length}</b>
          </button>
          {STATES.map((one) => (
            <button
              key={one}
              type="button"
              class={`filter filter-${one}`}
              aria-pressed={only === one}
              onClick={() => setOnly(only === one ? null : one)}
            >
              <StateShape state={one} />
              {t(`teach.state.${one}` as Key)} <b>{counts[one]}</b>
            </button>
          ))}
        </div>
        <Absent students={live.students.filter((student) => student.absent)} />
        {shown.length === 0 ? (
          <p class="soft live-nobody">{t("teach.live.nobody")}</p>
        ) : (
          <ul class="live-grid">
            {shown.map((student) => (
              <li key={student.id}>
                <StudentCard student={student} now={now()} onOpen={() => setNear(student.id)} />
              </li>
            ))}
          </ul>
        )}
      </section>
      {close && (
        <StudentNow
          student={close}
          now={now()}
          classId={room.id}
          onWasThere={() => forgetVisit(close.id)}
          onClose={() => setNear(null)}
        />
      )}
    </div>
  );
}

/** More names would be longer than the list that they stand above. */
const NAMED = 8;

/** Who was not heard of today, while the lesson is on. */
function Absent({ students }: { students: LiveStudent[] }) {
  if (students.length === 0) return null;
  const names = formatList(students.map((student) => student.name));
  return (
    <p class="soft live-absent">
      {students.length > NAMED ? plural("teach.live.absentMany", students.length) : t("teach.live.absent", { names })}
    </p>
  );
}

function StudentCard({ student, now, onOpen }: { student: LiveStudent; now: number; onOpen: () => void }) {
  const place = student.place;
  return (
    <button type="button" class={`live-card live-card-${student.state}`} onClick={onOpen}>
      <span class="live-card-top">
        <Avatar avatar={student.avatar} size={40} />
        <bdi class="live-card-name">{student.name}</bdi>
        <StateBadge state={student.state} />
      </span>
      <span class="live-card-place">
        {place ? (
          <>
            <span class="live-card-course">
              <bdi>{place.courseTitle}</bdi> ·{" "}
            </span>
            <bdi>{place.lessonTitle}</bdi> · <bdi>{place.activityTitle}</bdi>
          </>
        ) : student.signedIn ? (
          t("teach.live.choosing")
        ) : (
          t("teach.live.notHere")
        )}
      </span>
      <span class="live-card-foot">
        <LastAnswers last={student.last} />
        <span class="live-card-when">
          {place && place.of > 0 && <span>{t("teach.live.doneOf", { done: place.done, of: place.of })}</span>}
          <Since at={student.since} now={now} />
        </span>
      </span>
    </button>
  );
}

/** Renders again from time to time, so that "3 min" becomes "4 min". */
function useTick(every: number) {
  const [, setTick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTick((tick) => tick + 1), every);
    return () => clearInterval(timer);
  }, [every]);
}

/** Reads aloud only what a teacher would look up for: a hand, somebody is stuck, somebody asks, the connection. */
function useNews(live: Live | null, state: string) {
  const before = useRef<Live | null>(null);
  useEffect(() => {
    if (live && before.current) {
      const { hands, stuck, asks } = newsBetween(before.current, live);
      const words = [
        ...(hands.length ? [plural("teach.live.sayHands", hands.length, { names: formatList(hands.map((one) => one.name)) })] : []),
        ...(asks.length ? [plural("teach.live.sayAsks", asks.length, { names: formatList(asks.map((one) => one.name)) })] : []),
        ...(stuck.length ? [plural("teach.live.sayStuck", stuck.length, { names: formatList(stuck.map((one) => one.name)) })] : []),
      ];
      if (words.length) say(words.join(" "));
    }
    before.current = live;
  }, [live]);

  const lost = useRef(false);
  useEffect(() => {
    if (lost.current && state === "connected") say(t("teach.live.sayBack"));
    lost.current = state === "lost";
  }, [state]);
}

