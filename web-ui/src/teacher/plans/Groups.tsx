import { useState } from "preact/hooks";
import { get } from "../../api/client";
import type { PlanContent, SchoolClass, SkillList, Student, Tomorrow } from "../../api/types";
import { plural, t } from "../../i18n";
import { groupName } from "../../lesson/follow";
import { path } from "../../router";
import { Avatar, Banner, Button, Card, Dialog, Picture } from "../../ui";
import { useTask } from "../load";
import { problemText } from "../../api/client";
import { skillName } from "./PlanPage";
import { leftOut, moveTo, ownId, regroup } from "./rules";

interface GroupsProps {
  room: SchoolClass;
  content: PlanContent;
  students: Student[];
  skills: SkillList;
  may: boolean;
  busy: boolean;
  onChange: (content: PlanContent) => void;
}

/** Who works together: dealt like cards, by what they still need, or moved one by one. */
export function Groups({ room, content, students, skills, may, busy, onChange }: GroupsProps) {
  const [moving, setMoving] = useState<Student | null>(null);
  const asking = useTask();
  const everybody = students.map((student) => student.id);
  const byId = new Map(students.map((student) => [student.id, student]));
  const missing = leftOut(content, students);

  /** Those who share a gap, as the sheet for tomorrow has them. */
  const byNeed = () =>
    void asking.run(async () => {
      const { groups } = await get<Tomorrow>(path("/api/v1/classes", room.id, "tomorrow"));
      const own = `${content.tablet.course ?? ""}/`;
      const together = groups.map((group) => ({
        gap: group.gap && group.gap.id.startsWith(own) ? ownId(group.gap.id) : null,
        students: group.students.map((student) => student.id),
      }));
      onChange(regroup(content, together, everybody));
    });

  /** Everybody anew, each group a mixed one. */
  function mix() {
    const count = content.groups.length;
    const dealt = content.groups.map((_, at) => ({ gap: null, students: everybody.filter((_, index) => index % count === at) }));
    onChange(regroup(content, dealt, everybody));
  }

  return (
    <section class="stack" aria-labelledby="plan-groups">
      <h2 id="plan-groups">{t("plans.groupsTitle")}</h2>
      {may && (
        <div class="row">
          <Button icon="bars" busy={busy || asking.busy} onClick={byNeed}>
            {t("plans.byNeed")}
          </Button>
          <Button icon="dice" busy={busy} onClick={mix}>
            {t("plans.mixed")}
          </Button>
        </div>
      )}
      {asking.problem !== null && <Banner kind="wrong">{problemText(asking.problem)}</Banner>}
      {missing.length > 0 && (
        <Banner kind="warn" icon="people">
          {t("plans.leftOut")}
          <Students students={missing} may={may} onTouch={setMoving} />
        </Banner>
      )}
      <ul class="plan-groups">
        {content.groups.map((group, at) => {
          const gap = skillName(content, skills, group.gap);
          return (
            <li key={at}>
              <Card class="stack stack-s">
                <h3 class="plan-group-name">
                  <Picture name={group.drawing} size={36} /> <bdi>{groupName(group)}</bdi>
                </h3>
                <p class="small soft">
                  {plural("common.students", group.students.length)}
                  {gap && (
                    <>
                      {" · "}
                      <bdi>{gap}</bdi>
                    </>
                  )}
                </p>
                <Students students={group.students.flatMap((one) => byId.get(one) ?? [])} may={may} onTouch={setMoving} />
              </Card>
            </li>
          );
        })}
      </ul>
      {moving && (
        <Dialog title={t("plans.moveTo", { name: moving.name })} onClose={() => setMoving(null)}>
          <div class="stack">
            {content.groups.map((group, at) => (
              <Button
                key={at}
                wide
                disabled={group.students.includes(moving.id)}
                onClick={() => {
                  onChange(moveTo(content, moving.id, at));
                  setMoving(null);
                }}
              >
                <span class="plan-group-name">
                  <Picture name={group.drawing} size={32} /> <bdi>{groupName(group)}</bdi>
                </span>
              </Button>
            ))}
            <Button kind="quiet" onClick={() => setMoving(null)}>
              {t("teach.close")}
            </Button>
          </div>
        </Dialog>
      )}
    </section>
  );
}

function Students({ students, may, onTouch }: { students: Student[]; may: boolean; onTouch: (student: Student) => void }) {
  return (
    <ul class="plan-students">
      {students.map((student) => (
        <li key={student.id}>
          {may ? (
            <button type="button" class="plan-student" aria-label={t("plans.moveTo", { name: student.name })} onClick={() => onTouch(student)}>
              <Avatar avatar={student.avatar} size={28} /> <bdi>{student.name}</bdi>
            </button>
          ) : (
            <span class="plan-student">
              <Avatar avatar={student.avatar} size={28} /> <bdi>{student.name}</bdi>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
