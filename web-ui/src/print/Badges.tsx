import type { Badge, SchoolClass } from "../api/types";
import { formatNumber, plural, t, type Key } from "../i18n";
import { navigate, path, usePlace } from "../router";
import { LoadProblem } from "../sign-in/LoadProblem";
import { school, useStore } from "../store";
import { useLoad } from "../teacher/load";
import { Avatar, Button, ButtonLink, Empty, PageSpinner, Picture } from "../ui";
import "./print.css";

/** Two columns of five on an A4 page, each a little larger than a bank card. */
const ON_A_SHEET = 10;

/** The badges of a class, as they come out of the printer. */
export function BadgesPage({ room }: { room: SchoolClass }) {
  const { value, error, reload } = useLoad<{ class: string; badges: Badge[] }>(`${path("/api/v1/classes", room.id)}/badges`);
  const { query } = usePlace();
  const wanted = query.get("student");
  const here = path("/teach/classes", room.id);

  if (!value) return error ? <LoadProblem error={error} again={reload} /> : <PageSpinner />;
  const badges = wanted ? value.badges.filter((badge) => badge.id === wanted) : value.badges;
  if (value.badges.length === 0) {
    return (
      <Empty icon="badge" title={t("print.badges.none")}>
        <ButtonLink kind="primary" icon="plus" href={`${here}/students`}>
          {t("teach.students.addSome")}
        </ButtonLink>
      </Empty>
    );
  }

  const sheets: Badge[][] = [];
  for (let at = 0; at < badges.length; at += ON_A_SHEET) sheets.push(badges.slice(at, at + ON_A_SHEET));
  return (
    <div class="stack">
      <div class="print-bar no-print">
        <div class="grow">
          <p>{t("print.badges.intro")}</p>
          <p class="small soft">
            {plural("print.badges.count", badges.length)} · {plural("print.badges.sheets", sheets.length)}
          </p>
        </div>
        <div class="row">
          <Button kind="primary" icon="printer" onClick={() => print()}>
            {t("print.now")}
          </Button>
          {wanted ? (
            <Button icon="people" onClick={() => navigate(`${here}/badges`, { replace: true })}>
              {t("print.badges.all")}
            </Button>
          ) : (
            <ButtonLink icon="wifi" href={`${here}/join`}>
              {t("print.join.open")}
            </ButtonLink>
          )}
        </div>
      </div>
      <label class="print-one no-print">
        <span class="field-label">{t("print.badges.which")}</span>
        <select
          class="input"
          value={wanted ?? ""}
          onChange={(event) => {
            const chosen = event.currentTarget.value;
            navigate(`${here}/badges${chosen ? `?student=${chosen}` : ""}`, { replace: true });
          }}
        >
          <option value="">{t("print.badges.all")}</option>
          {value.badges.map((badge) => (
            <option key={badge.id} value={badge.id}>
              {badge.name}
            </option>
          ))}
        </select>
      </label>
      {sheets.map((sheet, index) => (
        <ul key={index} class="sheet badges" aria-label={t("print.badges.sheet", { number: index + 1 })}>
          {sheet.map((badge) => (
            <BadgeCard key={badge.id} badge={badge} className={value.class} />
          ))}
        </ul>
      ))}
    </div>
  );
}

function BadgeCard({ badge, className }: { badge: Badge; className: string }) {
  const ours = useStore(school);
  return (
    <li class="badge">
      <div class="badge-words">
        <div class="badge-who">
          <Avatar avatar={badge.avatar} size={64} />
          <div class="badge-names">
            <bdi class={badge.name.length > 22 ? "badge-name badge-name-long" : "badge-name"}>{badge.name}</bdi>
            <bdi class="badge-class">{className}</bdi>
          </div>
        </div>
        <ol class="badge-pictures" aria-label={t("teach.students.pictures")}>
          {badge.pictures.map((picture, index) => (
            <li key={index}>
              <Picture name={picture} size={40} />
              <span class="badge-number">{formatNumber(index + 1)}</span>
              <span class="only-heard">{t(`signIn.picture.${picture}` as Key)}</span>
            </li>
          ))}
        </ol>
      </div>
      <div class="badge-code">
        {/* The box draws it; it holds squares and nothing that a student typed. */}
        <div class="badge-qr" role="img" aria-label={t("print.badges.qr")} dangerouslySetInnerHTML={{ __html: badge.qr }} />
        <bdi class="badge-school">{ours?.name}</bdi>
      </div>
    </li>
  );
}
