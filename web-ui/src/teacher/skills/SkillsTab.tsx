import { useState } from "preact/hooks";
import type { SchoolClass, SkillGrid, SkillHead } from "../../api/types";
import { t } from "../../i18n";
import { LoadProblem } from "../../sign-in/LoadProblem";
import { followLink, path } from "../../router";
import { Avatar, BandShape, bandWord, Button, ButtonLink, Empty, Icon, PageSpinner, Select, Spark } from "../../ui";
import { useLoad } from "../load";
import { BANDS, cellWords, shownBand } from "./rules";
import { Placement } from "./Placement";
import { Story } from "./Story";
import "./skills.css";

interface Near {
  student: { id: string; name: string; avatar: string };
  skill: SkillHead;
}

/** Students × skills: how far each is with each, and a touch for the reason. */
export function SkillsTab({ room }: { room: SchoolClass }) {
  const [course, setCourse] = useState<string | null>(null);
  const where = `${path("/api/v1/classes", room.id)}/skills${course ? `?course=${encodeURIComponent(course)}` : ""}`;
  const { value, error, reload } = useLoad<SkillGrid>(where);
  const [near, setNear] = useState<Near | null>(null);
  const [placing, setPlacing] = useState(false);

  if (!value) return error ? <LoadProblem error={error} again={reload} /> : <PageSpinner />;
  if (value.students.length === 0) {
    return (
      <Empty icon="people" title={t("teach.students.none")}>
        <ButtonLink kind="primary" icon="plus" href={`${path("/teach/classes", room.id)}/students`}>
          {t("teach.students.addSome")}
        </ButtonLink>
      </Empty>
    );
  }
  if (value.skills.length === 0) {
    return (
      <Empty icon="book" title={t("teach.skills.none")}>
        <p class="soft">{t("teach.skills.noneDo")}</p>
      </Empty>
    );
  }

  return (
    <div class="skills stack">
      <div class="skills-top no-print">
        <Select
          label={t("teach.skills.course")}
          value={value.course ?? ""}
          choices={value.courses.map((one) => ({ value: one.id, label: one.title }))}
          onChange={setCourse}
        />
        <div class="row">
          <Button icon="search" onClick={() => setPlacing(true)}>
            {t("teach.place.title")}
          </Button>
          <ButtonLink icon="page" href={`${path("/teach/classes", room.id)}/sheet`}>
            {t("teach.sheet.link")}
          </ButtonLink>
          <ButtonLink icon="list" href={`${path("/teach/classes", room.id)}/coverage`}>
            {t("teach.cover.link")}
          </ButtonLink>
          <a class="button" href={`${path("/api/v1/classes", room.id)}/gradebook.csv`} download>
            <Icon name="download" />
            <span class="button-label">{t("teach.report.table")}</span>
          </a>
          <Button icon="printer" onClick={() => print()}>
            {t("print.now")}
          </Button>
        </div>
      </div>
      <Legend />
      <Grid grid={value} onOpen={setNear} />
      {placing && (
        <Placement
          grid={value}
          onClose={() => {
            setPlacing(false);
            reload();
          }}
        />
      )}
      {near && (
        <Story
          room={room.id}
          student={near.student}
          skill={near.skill}
          onClose={() => {
            setNear(null);
            reload();
          }}
        />
      )}
    </div>
  );
}

function Legend() {
  return (
    <ul class="band-legend" aria-label={t("teach.skills.legend")}>
      {BANDS.map((band) => (
        <li key={band}>
          <BandShape band={band} size={22} /> {bandWord(band)}
        </li>
      ))}
    </ul>
  );
}

/** The table. One listener for all cells: a large class has thousands of them. */
function Grid({ grid, onOpen }: { grid: SkillGrid; onOpen: (near: Near) => void }) {
  function open(event: Event) {
    const cell = (event.target as Element).closest<HTMLElement>("[data-cell]");
    if (!cell) return;
    const [row, column] = cell.dataset["cell"]!.split(",").map(Number) as [number, number];
    onOpen({ student: grid.students[row]!, skill: grid.skills[column]! });
  }
  return (
    <div class="grid-frame" tabIndex={0} role="region" aria-label={t("teach.skills.grid")}>
      <table class="grid" onClick={open}>
        <thead>
          <tr>
            <td class="grid-corner" />
            {grid.skills.map((skill) => (
              <th key={skill.id} scope="col" class="grid-skill" title={skill.can}>
                <span>
                  <bdi>{skill.name}</bdi>
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.students.map((student, row) => (
            <tr key={student.id}>
              <th scope="row" class="grid-student">
                <a class="grid-name" href={path("/teach/classes", grid.class, "report", student.id)} onClick={followLink} aria-label={t("teach.report.open", { name: student.name })}>
                  <Avatar avatar={student.avatar} size={32} />
                  <bdi>{student.name}</bdi>
                </a>
              </th>
              {student.cells.map((cell, column) => (
                <td key={column}>
                  <button
                    type="button"
                    class={cell.spinning ? "grid-cell grid-cell-spinning" : "grid-cell"}
                    data-cell={`${row},${column}`}
                    aria-label={cellWords(student.name, grid.skills[column]!, cell)}
                  >
                    <BandShape band={shownBand(cell)} size={24} />
                    {cell.said && <span class="grid-said" aria-hidden="true" />}
                    {cell.spark && cell.spark.length > 1 && <Spark points={cell.spark} width={34} height={12} />}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
