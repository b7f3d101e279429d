import { useEffect, useState } from "preact/hooks";
import type { Coverage, CoverageSkill, SchoolClass } from "../../api/types";
import { formatList, formatNumber, plural, t } from "../../i18n";
import { LoadProblem } from "../../sign-in/LoadProblem";
import { path } from "../../router";
import { Button, ButtonLink, Empty, Icon, PageSpinner, Select, Table } from "../../ui";
import { useLoad } from "../load";
import { countOf, othersOf, type Part } from "./rules";
import "../../print/print.css";
import "./coverage.css";

const ALL = "";

/** What the courses on the box have for each skill of their maps, gaps first. */
export function CoveragePage({ room }: { room: SchoolClass }) {
  const [course, setCourse] = useState(ALL);
  const query = course === ALL ? "" : `?course=${encodeURIComponent(course)}`;
  const where = `${path("/api/v1/classes", room.id)}/coverage`;
  const { value, error, reload } = useLoad<Coverage>(where + query);
  // Another course is another answer; the choice stays while it comes.
  const [choices, setChoices] = useState<{ value: string; label: string }[]>([]);
  useEffect(() => {
    const mapped = value?.courses.filter((one) => one.skills > 0).map((one) => ({ value: one.id, label: one.title }));
    if (mapped) setChoices([{ value: ALL, label: t("teach.cover.all") }, ...mapped]);
  }, [value]);

  return (
    <div class="stack coverage">
      <div class="print-bar no-print">
        <p class="grow">{t("teach.cover.about")}</p>
        <div class="row">
          <ButtonLink icon="back" href={`${path("/teach/classes", room.id)}/skills`}>
            {t("teach.class.skills")}
          </ButtonLink>
          <a class="button" href={`${where}.csv${query}`} download>
            <Icon name="download" />
            <span class="button-label">{t("teach.report.table")}</span>
          </a>
          <Button icon="printer" onClick={() => print()}>
            {t("print.now")}
          </Button>
        </div>
      </div>
      {choices.length > 0 && (
        <div class="no-print">
          <Select label={t("teach.skills.course")} value={course} choices={choices} onChange={setCourse} />
        </div>
      )}
      {!value ? error ? <LoadProblem error={error} again={reload} /> : <PageSpinner /> : <Found coverage={value} course={course} />}
    </div>
  );
}

function Found({ coverage, course }: { coverage: Coverage; course: string }) {
  const titles = new Map(coverage.courses.map((one) => [one.id, one.title]));
  if (coverage.skills.length === 0) {
    return (
      <Empty icon="book" title={t("teach.skills.none")}>
        <p class="soft">{t("teach.skills.noneDo")}</p>
      </Empty>
    );
  }
  const gaps = coverage.skills.filter((row) => row.gaps > 0).length;
  const lost = coverage.courses.filter((one) => one.unaligned > 0 && (course === ALL || one.id === course));
  const head = ["skill", "taught", "practised", "assessed", "room", "seen"] as const;
  return (
    <>
      <h2 class="coverage-heading">
        <bdi>{course === ALL ? t("teach.cover.title") : (titles.get(course) ?? "")}</bdi>
      </h2>
      <p>
        <strong>
          {gaps === 0 ? t("teach.cover.noGaps") : plural("teach.cover.gaps", gaps, { of: formatNumber(coverage.skills.length) })}
        </strong>
      </p>
      {lost.map((one) => (
        <p key={one.id}>{plural("teach.cover.unaligned", one.unaligned, { course: one.title })}</p>
      ))}
      <Table label={t("teach.cover.title")} head={head.map((one) => t(`teach.cover.${one}`))}>
        {coverage.skills.map((row) => (
          <tr key={row.skill.id}>
            <td>
              <bdi>{row.skill.name}</bdi>
              {course === ALL && (
                <span class="small soft coverage-course">
                  <bdi>{titles.get(row.course) ?? row.course}</bdi>
                </span>
              )}
            </td>
            <Cell row={row} part="taught" titles={titles} />
            <Cell row={row} part="practised" titles={titles} />
            <Cell row={row} part="assessed" titles={titles} closed={row.checks > 0} />
            <td>{formatNumber(row.checks)}</td>
            <td>{t("teach.cover.seenOf", { seen: formatNumber(row.seen), of: formatNumber(coverage.students) })}</td>
          </tr>
        ))}
      </Table>
    </>
  );
}

interface CellProps {
  row: CoverageSkill;
  part: Part;
  titles: Map<string, string>;
  /** Nothing here, and yet no gap. */
  closed?: boolean;
}

function Cell({ row, part, titles, closed = false }: CellProps) {
  const count = countOf(row, part);
  const others = othersOf(row, part).map((id) => titles.get(id) ?? id);
  if (count === 0 && !closed) {
    return (
      <td>
        <span class="coverage-gap">
          <Icon name="alert" />
          {t("teach.cover.gap")}
        </span>
      </td>
    );
  }
  return (
    <td>
      {count > 0 && (
        <span class="coverage-has">
          <Icon name="check" />
          {formatNumber(count)}
        </span>
      )}
      {others.length > 0 && (
        <span class="small soft coverage-course">
          <bdi>{formatList(others)}</bdi>
        </span>
      )}
    </td>
  );
}
