import { useState } from "preact/hooks";
import type { ItemAnalysis, ItemFindings } from "../../api/types";
import { formatNumber, formatPercent, plural, t } from "../../i18n";
import type { Variant } from "../../items/types";
import { path } from "../../router";
import { LoadProblem } from "../../sign-in/LoadProblem";
import { Button, Empty, Icon, IconLink, PageHeading, PageSpinner, type IconName } from "../../ui";
import { useLoad } from "../load";
import { PaperItem } from "./PaperItem";
import { needsLook, wordsOf } from "./rules";

const ICONS: Record<ItemFindings["verdict"], IconName> = {
  "wrong-key": "key",
  backwards: "refresh",
  "very-hard": "alert",
  "very-easy": "info",
  good: "check",
  "too-few": "clock",
};

/** How the questions of a course do: those that need a look first, each with what was answered. */
export function ItemsPage({ course }: { course: string }) {
  const { value, error, reload } = useLoad<ItemAnalysis>(`${path("/api/v1/courses", course)}/items`);
  const [all, setAll] = useState(false);
  const look = value?.items.filter((item) => needsLook(item.verdict)) ?? [];
  const rest = value?.items.filter((item) => !needsLook(item.verdict)) ?? [];
  return (
    <>
      <div class="class-top">
        <IconLink icon="back" href={path("/teach/courses", course)} label={t("common.back")} />
        <PageHeading title={t("sheets.items.title")}>{t("sheets.items.title")}</PageHeading>
      </div>
      {!value ? (
        error ? <LoadProblem error={error} again={reload} /> : <PageSpinner />
      ) : (
        <div class="stack items-page">
          <div class="row">
            <a class="button" href={`${path("/api/v1/courses", course)}/items.csv`} download>
              <Icon name="download" />
              <span class="button-label">{t("teach.report.table")}</span>
            </a>
          </div>
          <p>
            <bdi lang={value.language}>{value.title}</bdi> · {t("sheets.items.about")}
          </p>
          {value.items.length === 0 ? (
            <Empty icon="clock" title={t("sheets.items.none")} />
          ) : (
            <>
              <h2>{look.length === 0 ? t("sheets.items.allFine") : plural("sheets.items.look", look.length)}</h2>
              <Found items={look} analysis={value} />
              {rest.length > 0 && (
                <>
                  <div>
                    <Button icon={all ? "up" : "down"} aria-expanded={all} onClick={() => setAll(!all)}>
                      {plural("sheets.items.rest", rest.length)}
                    </Button>
                  </div>
                  {all && <Found items={rest} analysis={value} />}
                </>
              )}
            </>
          )}
          {value.unanswered > 0 && <p class="soft">{plural("sheets.items.unanswered", value.unanswered)}</p>}
        </div>
      )}
    </>
  );
}

function Found({ items, analysis }: { items: ItemFindings[]; analysis: ItemAnalysis }) {
  return (
    <ul class="items-list">
      {items.map((item) => (
        <li key={item.id} class={`card items-one is-${item.verdict}`}>
          <p class="items-verdict">
            <Icon name={ICONS[item.verdict]} />
            <strong>{t(`sheets.verdict.${item.verdict}`)}</strong>
          </p>
          <p class="small soft">
            {plural("sheets.items.answers", item.answers)} ·{" "}
            {t("sheets.items.right", { share: formatPercent(item.right / 100) })}
          </p>
          <p class="small">{t(`sheets.advice.${item.verdict}`)}</p>
          <div class="items-question" lang={analysis.language}>
            <PaperItem variant={item.item as unknown as Variant} hash={analysis.hash} />
          </div>
          <Given item={item} />
        </li>
      ))}
    </ul>
  );
}

/** What was answered, and by how many. */
function Given({ item }: { item: ItemFindings }) {
  if (item.choices.length === 0) return null;
  const variant = item.item as unknown as Variant;
  return (
    <table class="items-given">
      <caption class="only-heard">{t("sheets.items.given")}</caption>
      <tbody>
        {item.choices.map((choice) => (
          <tr key={choice.response}>
            <th scope="row">
              <bdi>{drawChoice(variant, choice.response)}</bdi>
            </th>
            <td class="items-bar" aria-hidden="true">
              <span class={choice.right ? "is-right" : ""} style={{ width: `${Math.round((100 * choice.students) / item.answers)}%` }} />
            </td>
            <td>{formatNumber(choice.students)}</td>
            <td class="small">
              {choice.right ? t("sheets.items.key") : choice.response === item.likely ? t("sheets.items.likely") : ""}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function drawChoice(variant: Variant, response: string): string {
  if (variant.type === "truefalse") return response === "true" ? t("items.true") : t("items.false");
  return wordsOf(variant, response, t("sheets.letters"));
}
