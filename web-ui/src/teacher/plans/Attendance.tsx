import { useState } from "preact/hooks";
import { problemText, put } from "../../api/client";
import type { Attendance, AttendanceRow, SchoolClass, StaffMe } from "../../api/types";
import { formatDate, plural, t, type Key } from "../../i18n";
import { path } from "../../router";
import { LoadProblem } from "../../sign-in/LoadProblem";
import { me, useStore } from "../../store";
import { Avatar, Banner, Field, Icon, PageSpinner, type IconName } from "../../ui";
import { useLoad, useTask } from "../load";
import { mayChange } from "../rules";

type State = NonNullable<AttendanceRow["state"]>;

const STATES: [State, IconName][] = [
  ["present", "check"],
  ["late", "clock"],
  ["absent", "close"],
  ["excused", "home"],
];

/** Who was there on a day: by sign-in, and by the teacher's word, which counts more. */
export function AttendancePage({ room }: { room: SchoolClass }) {
  const [asked, setAsked] = useState("");
  const base = path("/api/v1/classes", room.id, "attendance");
  const address = asked ? `${base}?day=${asked}` : base;
  const { value, error, reload, change } = useLoad<Attendance>(address);
  const person = useStore(me) as StaffMe;
  const { busy, problem, run } = useTask();
  const may = mayChange(person.role);

  if (!value) return error ? <LoadProblem error={error} again={reload} /> : <PageSpinner />;
  const { day } = value;
  const counts = STATES.map(([state]) => [state, value.students.filter((one) => one.state === state).length] as const);
  const unknown = value.students.filter((one) => one.state === null);

  const mark = (students: { student: string; state: State | null }[]) =>
    void run(async () => change(await put<Attendance>(`${base}?day=${day}`, { students })));

  return (
    <div class="stack attendance">
      <div class="attendance-top">
        <Field label={t("plans.day")} type="date" value={day} onInput={(next) => next && setAsked(next)} />
        <a class="button" href={`${base}.csv?from=${day.slice(0, 4)}-01-01&to=${day}`} download>
          <Icon name="download" />
          <span class="button-label">{t("plans.register")}</span>
        </a>
      </div>
      <p class="soft">{t("plans.attendanceNote")}</p>
      <p>
        {counts.map(([state, count]) => `${t(`plans.state.${state}` as Key)}: ${count}`).join(" · ")}
      </p>
      {may && unknown.length > 0 && unknown.length < value.students.length && (
        <div class="row">
          <button type="button" class="button" disabled={busy} onClick={() => mark(unknown.map((one) => ({ student: one.student, state: "absent" as const })))}>
            <span class="button-label">{plural("plans.restAbsent", unknown.length)}</span>
          </button>
        </div>
      )}
      {problem !== null && <Banner kind="wrong">{problemText(problem)}</Banner>}
      <ul class="people">
        {value.students.map((one) => (
          <li key={one.student} class="person attendance-row">
            <Avatar avatar={one.avatar} size={40} />
            <span class="person-words">
              <bdi class="person-name">{one.name}</bdi>
              <span class="small soft">
                {one.signedInAt === null
                  ? t("plans.notSignedIn")
                  : t("plans.signedIn", { time: formatDate(one.signedInAt, { hour: "numeric", minute: "2-digit" }) })}
                {one.byHand && <> · {t("plans.byHand")}</>}
              </span>
            </span>
            <span class="attendance-states" role="group" aria-label={one.name}>
              {STATES.map(([state, icon]) => (
                <button
                  key={state}
                  type="button"
                  class={`attendance-state attendance-${state}`}
                  aria-pressed={one.state === state}
                  aria-label={t(`plans.state.${state}` as Key)}
                  title={t(`plans.state.${state}` as Key)}
                  disabled={!may || busy}
                  onClick={() => mark([{ student: one.student, state: one.state === state && one.byHand ? null : state }])}
                >
                  <Icon name={icon} />
                </button>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
