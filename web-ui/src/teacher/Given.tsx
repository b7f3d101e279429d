import { useState } from "preact/hooks";
import { post, problemText, remove } from "../api/client";
import type { GivenList, GiftRow, SchoolClass, StaffMe } from "../api/types";
import { formatDate, formatNumber, t } from "../i18n";
import { followLink, path } from "../router";
import { LoadProblem } from "../sign-in/LoadProblem";
import { me, packUrl, useStore } from "../store";
import { Banner, Button, ButtonLink, Icon } from "../ui";
import { giftPath, givenPath } from "./Give";
import { useLoad, useTask } from "./load";
import { mayChange } from "./rules";

/** A teacher looks for what was given lately. */
const SHOWN_AT_FIRST = 4;

/** What a class was given, how far it is, and the way back. */
export function Given({ room }: { room: SchoolClass }) {
  const { value, error, reload } = useLoad<GivenList>(givenPath(room.id));
  const [all, setAll] = useState(false);
  const [gone, setGone] = useState<GiftRow | null>(null);
  const { busy, problem, run } = useTask();
  const change = mayChange((useStore(me) as StaffMe).role);

  if (!value) return error ? <LoadProblem error={error} again={reload} /> : null;
  const rows = all ? value.given : value.given.slice(0, SHOWN_AT_FIRST);

  async function takeBack(gift: GiftRow) {
    const went = await run(async () => {
      await remove(giftPath(room.id, gift.course, gift.lesson));
    });
    if (!went) return;
    setGone(gift);
    reload();
  }

  async function undo({ course, lesson }: GiftRow) {
    const went = await run(async () => {
      await post(givenPath(room.id), { course, lesson });
    });
    if (!went) return;
    setGone(null);
    reload();
  }

  return (
    <section class="given stack" aria-labelledby="given">
      <h2 class="live-heading" id="given">
        {t("teach.given.title")}
      </h2>
      {problem !== null && <Banner kind="wrong">{problemText(problem)}</Banner>}
      {gone && (
        <Banner
          kind="right"
          action={
            <Button busy={busy} onClick={() => void undo(gone)}>
              {t("teach.given.undo")}
            </Button>
          }
        >
          {t("teach.given.tookBack", { title: titleOf(gone) })}
        </Banner>
      )}
      {rows.length === 0 ? (
        <div class="given-none">
          <p class="soft">{change ? t("teach.given.none") : t("teach.given.noneAssistant")}</p>
          {change && (
            <ButtonLink icon="book" href="/teach/library">
              {t("teach.nav.library")}
            </ButtonLink>
          )}
        </div>
      ) : (
        <ul class="people given-list">
          {rows.map((gift) => (
            <li key={`${gift.course}/${gift.lesson ?? ""}`} class="person">
              <Row gift={gift} busy={busy} onTakeBack={change ? () => void takeBack(gift) : undefined} />
            </li>
          ))}
        </ul>
      )}
      {value.given.length > rows.length && (
        <div>
          <Button icon="down" onClick={() => setAll(true)}>
            {t("teach.given.all", { count: formatNumber(value.given.length) })}
          </Button>
        </div>
      )}
    </section>
  );
}

function titleOf(gift: GiftRow): string {
  return gift.lessonTitle ?? gift.title;
}

function Row({ gift, busy, onTakeBack }: { gift: GiftRow; busy: boolean; onTakeBack?: () => void }) {
  const where = gift.lesson === null ? "" : `?lesson=${encodeURIComponent(gift.lesson)}`;
  const date = formatDate(gift.at, { month: "long", day: "numeric" });
  return (
    <>
      <a class="given-link" href={path("/teach/courses", gift.course) + where} onClick={followLink}>
        <span class="lesson-look-picture">
          {gift.picture ? <img src={packUrl(gift.picture)} alt="" loading="lazy" /> : <Icon name="book" />}
        </span>
        <span class="person-words">
          <bdi class="person-name" lang={gift.language}>
            {titleOf(gift)}
          </bdi>
          <span class="small soft">
            {gift.lesson === null ? t("teach.give.whole") : <bdi lang={gift.language}>{gift.title}</bdi>} ·{" "}
            {gift.by ? t("teach.given.by", { date, name: gift.by }) : date}
          </span>
          <span class="small">
            {t("teach.given.counts", { begun: gift.begun, done: gift.done, of: gift.students })}
          </span>
        </span>
      </a>
      {onTakeBack && (
        <Button
          kind="quiet"
          disabled={busy}
          aria-label={t("teach.given.takeBackOf", { title: titleOf(gift) })}
          onClick={onTakeBack}
        >
          {t("teach.give.takeBack")}
        </Button>
      )}
    </>
  );
}
