import { useState } from "preact/hooks";
import type { GiftCard } from "../api/types";
import { t } from "../i18n";
import { path } from "../router";
import { packUrl } from "../store";
import { Button, CardLink, Icon, ProgressBar } from "../ui";

/** More at once is no help in choosing. */
const SHOWN_AT_FIRST = 4;

/** What the teacher gave, before all else; one touch goes on with it. */
export function FromTeacher({ given }: { given: GiftCard[] }) {
  const [all, setAll] = useState(false);
  if (given.length === 0) return null;
  const shown = all ? given : given.slice(0, SHOWN_AT_FIRST);
  return (
    <section class="stack" aria-labelledby="from-teacher">
      <h2 id="from-teacher">{t("student.fromTeacher")}</h2>
      <ul class="gifts">
        {shown.map((card) => (
          <li key={`${card.course}/${card.lesson ?? ""}`}>
            <Gift card={card} />
          </li>
        ))}
      </ul>
      {given.length > shown.length && (
        <div>
          <Button big icon="down" onClick={() => setAll(true)}>
            {t("student.showMore")}
          </Button>
        </div>
      )}
    </section>
  );
}

function Gift({ card }: { card: GiftCard }) {
  const { course, lesson, activity } = card;
  const href = lesson && activity ? path("/learn", course, lesson, activity) : path("/learn", course);
  const done = card.state === "done";
  return (
    <CardLink class={done ? "gift gift-done" : "gift"} href={href}>
      <span class="gift-picture">
        {card.picture ? <img src={packUrl(card.picture)} alt="" /> : <Icon name="book" big />}
      </span>
      <span class="gift-words">
        <strong class="gift-title">
          <bdi lang={card.language}>{card.lessonTitle ?? card.title}</bdi>
        </strong>
        {card.lessonTitle !== null && (
          <span class="soft gift-course">
            <bdi lang={card.language}>{card.title}</bdi>
          </span>
        )}
        {done ? (
          <span class="gift-state">
            <Icon name="check" />
            {t("student.stateDone")}
          </span>
        ) : (
          <span class="gift-progress">
            <ProgressBar done={card.done} of={card.of} label={t("student.progress")} />
            <span class="small soft">
              {card.state === "started" && `${t("student.stateStarted")} · `}
              {t("student.doneOf", { done: card.done, of: card.of })}
            </span>
          </span>
        )}
      </span>
      <span class="gift-go" aria-hidden="true">
        <Icon name="forward" big />
      </span>
    </CardLink>
  );
}
