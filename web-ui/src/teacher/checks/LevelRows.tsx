import { useState } from "preact/hooks";
import { formatDate, t } from "../../i18n";
import { Avatar, Button, Icon, Tabs } from "../../ui";
import type { Row } from "./CheckPage";
import { Saved, type RowsProps } from "./Grid";
import { Growth } from "./Growth";
import { keyOf, questionsOf, valuesOf, type Sheet } from "./rules";
import { levelWord } from "./ways";

/** Each student with one large button for each level: one tap, in whatever order the teacher meets them. */
export function LevelRows({ rows, names, typing, onType, onUndo }: RowsProps) {
  const { sheet, values } = typing;
  const [chosen, setChosen] = useState(sheet.skills[0]?.skill ?? "");
  const skill = sheet.skills.some((task) => task.skill === chosen) ? chosen : (sheet.skills[0]?.skill ?? "");
  const nameOf = (id: string) => names[id] ?? t("checks.skillGone");
  const levels = valuesOf(sheet.way, questionsOf(sheet, skill)) ?? [];

  return (
    <>
      {sheet.skills.length > 1 ? (
        <Tabs
          label={t("checks.about")}
          tabs={sheet.skills.map((task) => ({ id: task.skill, label: nameOf(task.skill) }))}
          chosen={skill}
          onChoose={setChosen}
        />
      ) : (
        <p class="check-about">
          <bdi>{nameOf(skill)}</bdi>
        </p>
      )}
      <ul class="check-rows">
        {rows.map((row) => {
          const cell = { student: row.student, skill };
          const value = values[keyOf(cell)];
          return (
            <li key={row.student} class="check-row">
              <span class="check-who">
                <Avatar avatar={row.avatar} size={40} />
                <span class="person-words">
                  <bdi class="person-name">{row.name}</bdi>
                  <Written row={row} skill={skill} value={value} />
                </span>
              </span>
              <span class="check-levels" role="group" aria-label={row.name}>
                {levels.map((level) => (
                  <button
                    key={level}
                    type="button"
                    class="check-level"
                    aria-pressed={value === level}
                    onClick={() => onType(cell, value === level ? null : level)}
                  >
                    <Level way={sheet.way} level={level} />
                  </button>
                ))}
              </span>
            </li>
          );
        })}
      </ul>
      <div class="check-bar">
        <Saved typing={typing} />
        <Button icon="back" disabled={!onUndo} onClick={() => onUndo?.()}>
          {t("checks.undo")}
        </Button>
      </div>
    </>
  );
}

function Level({ way, level }: { way: Sheet["way"]; level: number }) {
  if (way === "cards" || way === "paper") {
    return (
      <>
        <Icon name={level === 1 ? "check" : "close"} />
        <span>{t(level === 1 ? "checks.card.right" : "checks.card.wrong")}</span>
      </>
    );
  }
  return (
    <>
      <Growth level={level} />
      <span>{levelWord(way, level)}</span>
    </>
  );
}

/** Who wrote a score and when; nothing once it is typed over. */
export function Written({ row, skill, value }: { row: Row; skill: string; value: number | undefined }) {
  const score = row.scores.filter((one) => one.skill === skill)[0];
  if (!score || score.value !== value) return null;
  const date = formatDate(score.written, { month: "short", day: "numeric" });
  return <span class="small soft">{score.by ? t("teach.given.by", { date, name: score.by }) : date}</span>;
}
