import type { PlanContent, SchoolClass, SkillList, Student } from "../../api/types";
import { formatNumber, t, type Key } from "../../i18n";
import { groupName } from "../../lesson/follow";
import { Icon, Picture } from "../../ui";
import { skillName } from "./PlanPage";
import { STATION_ICONS } from "./rules";

interface StationCardsProps {
  room: SchoolClass;
  content: PlanContent;
  students: Student[];
  skills: SkillList;
}

/** For the wall and the tables, on paper only: what is done at each station, who comes when, and who is in which group. */
export function StationCards({ room, content, students, skills }: StationCardsProps) {
  const nameOf = new Map(students.map((student) => [student.id, student.name]));
  const skillOf = { tablets: content.tablet.skill, teacher: content.teacher.skill, paper: null };
  return (
    <div class="only-print">
      {content.stations.map((station, at) => {
        const skill = skillName(content, skills, skillOf[station.kind]);
        const text = station.text || (station.kind === "teacher" ? content.teacher.text : "");
        return (
          <article key={at} class="sheet station-card">
            <h2>
              <Icon name={STATION_ICONS[station.kind]} big /> {t(`teach.lesson.at.${station.kind}` as Key)}
            </h2>
            {skill && (
              <p class="large">
                <bdi>{skill}</bdi>
              </p>
            )}
            {text && <p class="plan-text large">{text}</p>}
            <ol class="station-rounds">
              {content.rounds.map((round, index) => {
                const groups = content.groups.filter((_, group) => round.places[group] === at);
                return (
                  <li key={index}>
                    <b>{t("plans.round", { round: formatNumber(index + 1) })}</b>
                    {groups.map((group) => (
                      <span key={group.drawing} class="station-group">
                        <Picture name={group.drawing} size={40} /> <bdi>{groupName(group)}</bdi>
                      </span>
                    ))}
                  </li>
                );
              })}
            </ol>
          </article>
        );
      })}
      <article class="sheet station-card">
        <h2>
          <bdi>{room.name}</bdi> · <bdi>{content.title}</bdi>
        </h2>
        <div class="station-lists">
          {content.groups.map((group, at) => (
            <section key={at}>
              <h3>
                <Picture name={group.drawing} size={32} /> <bdi>{groupName(group)}</bdi>
              </h3>
              <ul>
                {group.students.map((student) => (
                  <li key={student}>
                    <bdi>{nameOf.get(student) ?? ""}</bdi>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      </article>
    </div>
  );
}
