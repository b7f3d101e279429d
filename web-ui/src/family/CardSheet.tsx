import type { ReportCard } from "../api/types";
import { formatDate, formatList, formatPercent, plural, t } from "../i18n";
import { Avatar, BandShape, Icon } from "../ui";
import "./card.css";

/** A report card on one sheet: by skill, in words, with growth, the next steps, and no rank. */
export function CardSheet({ card }: { card: ReportCard }) {
  const long: Intl.DateTimeFormatOptions = { day: "numeric", month: "long", year: "numeric" };
  return (
    <article class="sheet card-sheet">
      <header class="card-sheet-top">
        <Avatar avatar={card.avatar} size={64} />
        <div class="grow">
          <h2>
            <bdi>{card.name}</bdi>
          </h2>
          <p class="soft">
            <bdi>{card.school}</bdi>
            {card.classes.length > 0 && (
              <>
                {" · "}
                <bdi>{card.classes.join(", ")}</bdi>
              </>
            )}
          </p>
        </div>
        <p class="soft small">{formatDate(card.at, long)}</p>
      </header>
      <p class="large">
        {plural("report.secure", card.secure)} {card.newlySecure > 0 && plural("report.new", card.newlySecure)}
      </p>
      {card.courses.length === 0 && <p>{t("report.nothing")}</p>}
      {card.courses.map((course) => (
        <section key={course.title}>
          <h3>
            <bdi>{course.title}</bdi>
          </h3>
          <ul class="card-skills">
            {course.skills.map((one) => (
              <li key={one.skill.id}>
                <BandShape band={one.band} size={24} />
                <span class="card-can">
                  <bdi>{one.skill.can}</bdi>
                </span>
                <span class="card-word">{t(`band.${one.band}`)}</span>
                {one.steps > 0 && (
                  <span class="card-grown" title={t("student.skills.grown")}>
                    <Icon name="up" />
                  </span>
                )}
              </li>
            ))}
          </ul>
        </section>
      ))}
      {card.next.length > 0 && (
        <section class="card-next">
          <h3>{t("report.next")}</h3>
          <ol>
            {card.next.map((skill) => (
              <li key={skill.id}>
                <bdi>{skill.can}</bdi>
              </li>
            ))}
          </ol>
          <p>{t("report.atHome")}</p>
        </section>
      )}
      {card.goals.map((goal) => (
        <p key={goal.id}>
          {t("report.goal", {
            skills: formatList(goal.skills.map((skill) => skill.name)),
            now: formatPercent((goal.now ?? 0) / 100),
            target: formatPercent(goal.target / 100),
          })}
        </p>
      ))}
      {card.days.there + card.days.away > 0 && <p>{t("report.days", { ...card.days })}</p>}
      <section class="card-comment">
        <h3>{t("report.comment")}</h3>
        <div class="card-lines" aria-hidden="true" />
      </section>
      {card.code && (
        <p class="card-code">
          {t("report.code")} <strong dir="ltr">{card.code}</strong>
        </p>
      )}
    </article>
  );
}
