import type { NamedStudent, SchoolClass, Tomorrow } from "../../api/types";
import { formatDate, formatNumber, plural, t } from "../../i18n";
import { LoadProblem } from "../../sign-in/LoadProblem";
import { followLink, path } from "../../router";
import { Avatar, Button, Icon, PageSpinner } from "../../ui";
import { GoalBars } from "../goals/GoalBars";
import { useLoad } from "../load";
import "../../print/print.css";
import "./reports.css";

/** One page for the next lesson: what to teach again, groups who share a gap, whom to sit down with, who is ready. */
export function TomorrowTab({ room }: { room: SchoolClass }) {
  const { value, error, reload } = useLoad<Tomorrow>(`${path("/api/v1/classes", room.id)}/tomorrow`);
  if (!value) return error ? <LoadProblem error={error} again={reload} /> : <PageSpinner />;
  const nothing = value.unseen.length === room.students || (value.groups.every((group) => !group.gap) && !value.reteach);
  return (
    <div class="stack">
      <div class="print-bar no-print">
        <p class="grow">{t("teach.tomorrow.intro")}</p>
        <Button kind="primary" icon="printer" onClick={() => print()}>
          {t("print.now")}
        </Button>
      </div>
      <article class="sheet tomorrow">
        <header class="tomorrow-top">
          <h2>
            <bdi>{room.name}</bdi>
          </h2>
          <p class="soft">{formatDate(value.at, { weekday: "long", day: "numeric", month: "long" })}</p>
        </header>
        {value.goals.length > 0 && <GoalBars goals={value.goals} />}
        {value.reteach && (
          <section class="tomorrow-all">
            <h3>
              <Icon name="people" /> {t("teach.tomorrow.reteach")}
            </h3>
            <p class="large">
              <bdi>{value.reteach.skill.name}</bdi>
            </p>
            <p class="soft">{plural("teach.tomorrow.need", value.reteach.students)}</p>
            <OnPaper room={room} skill={value.reteach.skill.id} />
          </section>
        )}
        {nothing ? (
          <p>{t("teach.tomorrow.nothing")}</p>
        ) : (
          <ol class="tomorrow-groups">
            {value.groups.map((group, index) => (
              <li key={index} class={`tomorrow-group tomorrow-group-${index + 1}`}>
                <h3>
                  {t("teach.tomorrow.group", { number: formatNumber(index + 1) })}
                  {group.gap && (
                    <>
                      {": "}
                      <bdi>{group.gap.name}</bdi>
                    </>
                  )}
                </h3>
                <Names students={group.students} />
                {group.gap && <OnPaper room={room} skill={group.gap.id} />}
              </li>
            ))}
          </ol>
        )}
        {value.visit.length > 0 && (
          <section>
            <h3>
              <Icon name="hand" /> {t("teach.tomorrow.visit")}
            </h3>
            <ul>
              {value.visit.map((one) => (
                <li key={one.student.id} class="tomorrow-visit">
                  <Avatar avatar={one.student.avatar} size={28} /> <bdi>{one.student.name}</bdi>
                  <span class="soft">
                    {" · "}
                    <bdi>{one.skill.name}</bdi>
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )}
        {value.ready.length > 0 && (
          <section>
            <h3>
              <Icon name="star" /> {t("teach.tomorrow.ready")}
            </h3>
            <Names students={value.ready} />
          </section>
        )}
        {value.unseen.length > 0 && (
          <section>
            <h3>
              <Icon name="ask" /> {t("teach.tomorrow.unseen")}
            </h3>
            <Names students={value.unseen} />
          </section>
        )}
      </article>
    </div>
  );
}

/** The way to questions about a skill, for those who will work without a tablet. */
function OnPaper({ room, skill }: { room: SchoolClass; skill: string }) {
  const [course, name] = skill.split("/").map(encodeURIComponent);
  return (
    <p class="no-print">
      <a href={`${path("/teach/classes", room.id)}/sheet?course=${course}&skills=${name}`} onClick={followLink}>
        {t("teach.sheet.link")}
      </a>
    </p>
  );
}

function Names({ students }: { students: NamedStudent[] }) {
  return (
    <ul class="tomorrow-names">
      {students.map((student) => (
        <li key={student.id}>
          <Avatar avatar={student.avatar} size={28} /> <bdi>{student.name}</bdi>
        </li>
      ))}
    </ul>
  );
}
