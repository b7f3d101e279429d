import { useEffect, useState } from "preact/hooks";
import { t, type Key } from "../i18n";
import { keepValue, keptValue } from "../kept";
import { clockText, groupName, steady, useLesson, usePhase } from "../lesson/follow";
import { groupOf, leaves, phaseAt, seenIn, stationOf, type Followed, type Phase, type Seen } from "../lesson/rules";
import { rememberClass, signOut } from "../session";
import { Icon, Picture, say } from "../ui";
import { chime } from "../lesson/chime";

/** So long a child reads where to go; the page of the next group is there within five seconds. */
const READ = 2_000;
const LAST_MINUTE = 60_000;

/** What this tablet saw of the lesson since the student signed in: of no page, and kept over a restart. */
let seen: { whose: string; what: Seen } | null = null;

/** Goes on with what was seen; answers whether the tablet now goes to the next group. */
async function look(whose: string, lesson: Followed | null): Promise<boolean> {
  if (seen?.whose !== whose) {
    const kept = await keptValue<Seen>("lesson");
    if (seen?.whose !== whose && kept) seen = { whose, what: kept };
  }
  const phase = lesson && phaseAt(lesson, steady());
  const what = seenIn(lesson, phase);
  const before = seen?.whose === whose ? seen.what : what;
  if (lesson && phase && leaves(before, lesson, phase, whose)) return true;
  if (seen?.whose !== whose || before.plan !== what.plan || before.round !== what.round) {
    seen = { whose, what };
    await keepValue("lesson", what);
  }
  return false;
}

/** How long the round still lasts; at its end it tells the student where to go, and gives the tablet to the next ones. */
export function LessonStrip({ student }: { student: string }) {
  const lesson = useLesson();
  const phase = usePhase(lesson);
  const [leaving, setLeaving] = useState(false);
  const group = lesson ? groupOf(lesson, student) : -1;
  const at = phase ? `${phase.slot.round}${phase.changing}` : "";
  const last = phase !== null && !phase.changing && phase.left <= LAST_MINUTE;

  useEffect(() => {
    if (lesson === undefined) return;
    void look(student, lesson).then((gone) => gone && setLeaving(true));
  }, [lesson, at]);

  useEffect(() => {
    if (!leaving) return;
    chime();
    const timer = setTimeout(() => {
      if (lesson) rememberClass(lesson.class);
      void signOut();
    }, READ);
    return () => clearTimeout(timer);
  }, [leaving]);

  useEffect(() => {
    if (last) say(t("student.lesson.soon"));
  }, [last]);

  if (!lesson || !phase) return null;
  if (leaving) return <ChangeOver lesson={lesson} phase={phase} group={group} />;
  const own = lesson.groups[group];
  return (
    <div class={last ? "lesson-strip lesson-strip-last" : "lesson-strip"} role="timer">
      {own ? <Picture name={own.drawing} size={32} /> : <Icon name="clock" />}
      <span>{t(phase.changing ? "student.lesson.begins" : "student.lesson.left", { time: clockText(phase.left) })}</span>
    </div>
  );
}

/** Over everything: that it is time, that all is kept, and where to go. */
function ChangeOver({ lesson, phase, group }: { lesson: Followed; phase: Phase; group: number }) {
  const own = lesson.groups[group];
  const station = stationOf(lesson, phase.slot, group);
  return (
    <div class="change-over" role="alertdialog" aria-modal="true" aria-label={t("student.lesson.change")}>
      {own && <Picture name={own.drawing} size={128} />}
      <p class="change-over-title">{t("student.lesson.change")}</p>
      {own && (
        <p class="large">
          <bdi>{groupName(own)}</bdi>
        </p>
      )}
      {station && <p class="change-over-where">{t(`student.lesson.to.${station.kind}` as Key)}</p>}
      <p class="row row-center">
        <Icon name="check" /> {t("student.lesson.kept")}
      </p>
    </div>
  );
}
