import { useEffect, useState } from "preact/hooks";
import type { CheckList, CheckRow, SchoolClass } from "../../api/types";
import { formatDate, formatList, plural, t } from "../../i18n";
import { followLink, path } from "../../router";
import { LoadProblem } from "../../sign-in/LoadProblem";
import { Banner, Button, Empty, Icon, PageSpinner } from "../../ui";
import { useLoad } from "../load";
import { countWaiting, sendWaiting } from "./kept";
import { WAYS } from "./rules";
import { WAY_ICONS } from "./ways";

/** A teacher looks for what was written down lately. */
const SHOWN_AT_FIRST = 12;

export const checksPath = (room: string) => path("/api/v1/classes", room, "checks");
export const checksPage = (room: string, ...more: string[]) => path("/teach/classes", room, "checks", ...more);

/** What was written down of a class, and the ways to write more down. */
export function Checks({ room }: { room: SchoolClass }) {
  const { value, error, reload } = useLoad<CheckList>(checksPath(room.id));
  const [all, setAll] = useState(false);
  const [waiting, setWaiting] = useState(() => countWaiting(room.id));

  useEffect(() => {
    if (waiting === 0) return;
    void sendWaiting().then(() => {
      setWaiting(countWaiting(room.id));
      reload();
    });
  }, []);

  return (
    <div class="stack stack-l">
      <section class="stack" aria-labelledby="check-new">
        <div>
          <h2 class="live-heading" id="check-new">
            {t("checks.new")}
          </h2>
          <p class="soft">{t("checks.what")}</p>
        </div>
        <ul class="check-ways">
          {WAYS.map((way) => (
            <li key={way}>
              <a class="check-way" href={`${checksPage(room.id, "new")}?way=${way}`} onClick={followLink}>
                <Icon name={WAY_ICONS[way]} big />
                <span>
                  <span class="check-way-name">{t(`checks.way.${way}`)}</span>
                  <span class="small soft">{t(`checks.wayNote.${way}`)}</span>
                </span>
              </a>
            </li>
          ))}
        </ul>
      </section>
      <section class="stack" aria-labelledby="check-former">
        <h2 class="live-heading" id="check-former">
          {t("checks.former")}
        </h2>
        {waiting > 0 && (
          <Banner kind="warn" icon="cloudOff">
            {plural("checks.waiting", waiting)}
          </Banner>
        )}
        {!value ? (
          error ? (
            <LoadProblem error={error} again={reload} />
          ) : (
            <PageSpinner />
          )
        ) : value.checks.length === 0 ? (
          <Empty icon="page" title={t("checks.none")} />
        ) : (
          <>
            <ul class="people">
              {(all ? value.checks : value.checks.slice(0, SHOWN_AT_FIRST)).map((row) => (
                <li key={row.check} class="person">
                  <Former row={row} room={room.id} />
                </li>
              ))}
            </ul>
            <div class="row">
              {value.checks.length > SHOWN_AT_FIRST && !all && (
                <Button icon="down" onClick={() => setAll(true)}>
                  {t("teach.given.all", { count: value.checks.length })}
                </Button>
              )}
              <a class="button" href={`${checksPath(room.id)}.csv`} download>
                <Icon name="download" />
                <span class="button-label">{t("teach.report.table")}</span>
              </a>
            </div>
          </>
        )}
      </section>
    </div>
  );
}

function Former({ row, room }: { row: CheckRow; room: string }) {
  const date = formatDate(row.at, { month: "long", day: "numeric" });
  const skills = formatList(row.skills.map((one) => one.name ?? t("checks.skillGone")));
  return (
    <a class="check-former" href={checksPage(room, row.check)} onClick={followLink}>
      <span class="role-mark">
        <Icon name={WAY_ICONS[row.way]} />
      </span>
      <span class="person-words">
        <bdi class="person-name">{row.title || skills}</bdi>
        <span class="small soft">
          {t(`checks.way.${row.way}`)} · {row.title && <><bdi>{skills}</bdi> · </>}
          {row.by ? t("teach.given.by", { date, name: row.by }) : date}
        </span>
        <span class="small">{plural("common.students", row.students)}</span>
      </span>
      <Icon name="forward" />
    </a>
  );
}
