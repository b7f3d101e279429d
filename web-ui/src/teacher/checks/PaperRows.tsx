import { useEffect, useRef, useState } from "preact/hooks";
import { formatNumber, t } from "../../i18n";
import { Avatar, Button, Icon } from "../../ui";
import type { RowsProps } from "./Grid";
import { Saved } from "./Grid";
import { Written } from "./LevelRows";
import { cellAfter, firstCell, keyOf, questionsOf, typed, valuesOf, type Cell } from "./rules";
import { valueText } from "./ways";

/** The class with its scores; at the bottom, under the thumb, the keys for the student whose turn it is. */
export function PaperRows({ rows, names, typing, onType, onUndo }: RowsProps) {
  const { sheet, values } = typing;
  const students = rows.map((row) => row.student);
  const skills = sheet.skills.map((task) => task.skill);
  const [cell, setCell] = useState<Cell | null>(() =>
    firstCell(students, skills, (one) => values[keyOf(one)] !== undefined),
  );
  const list = useRef<HTMLUListElement>(null);
  const nameOf = (id: string) => names[id] ?? t("checks.skillGone");
  const at = cell && skills.includes(cell.skill) ? cell : firstCell(students, skills, () => true);
  const here = rows.filter((row) => row.student === at?.student)[0];

  useEffect(() => {
    list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "center" });
  }, [at?.student]);

  function next() {
    // At the end the last one stays, so that a slip there can still be mended.
    if (at) setCell(cellAfter(at, students, skills) ?? at);
  }

  return (
    <>
      <ul class="check-rows" ref={list}>
        {rows.map((row) => (
          <li key={row.student} class="check-row" aria-current={row === here ? "true" : undefined}>
            <span class="check-who">
              <Avatar avatar={row.avatar} size={40} />
              <span class="person-words">
                <bdi class="person-name">{row.name}</bdi>
                <Written row={row} skill={skills[0]!} value={values[keyOf({ student: row.student, skill: skills[0]! })]} />
              </span>
            </span>
            <span class="check-cells">
              {skills.map((skill) => {
                const one = { student: row.student, skill };
                const value = values[keyOf(one)];
                const told = value === undefined ? t("checks.noScore") : valueText(sheet, skill, value);
                return (
                  <button
                    key={skill}
                    type="button"
                    class="check-cell"
                    aria-pressed={at !== null && keyOf(one) === keyOf(at)}
                    aria-label={`${row.name}, ${nameOf(skill)}: ${told}`}
                    onClick={() => setCell(one)}
                  >
                    {value === undefined ? "–" : formatNumber(value)}
                  </button>
                );
              })}
            </span>
          </li>
        ))}
      </ul>
      {at && here && (
        <section class="check-sheet" aria-labelledby="check-turn">
          <div class="check-turn">
            <Avatar avatar={here.avatar} size={40} />
            <span class="person-words" id="check-turn">
              <bdi class="person-name">{here.name}</bdi>
              <bdi class="small soft">{nameOf(at.skill)}</bdi>
            </span>
            <Saved typing={typing} />
          </div>
          <Keys
            key={keyOf(at)}
            most={questionsOf(sheet, at.skill)}
            value={values[keyOf(at)]}
            onPick={(value) => {
              onType(at, value);
              next();
            }}
          />
          <div class="check-acts">
            <Button icon="back" disabled={!onUndo} onClick={() => onUndo && setCell(onUndo())}>
              {t("checks.undo")}
            </Button>
            <Button
              onClick={() => {
                if (values[keyOf(at)] !== undefined) onType(at, null);
                next();
              }}
            >
              {t("checks.skip")}
            </Button>
            <Button
              icon="check"
              onClick={() => {
                onType(at, questionsOf(sheet, at.skill));
                next();
              }}
            >
              {t("checks.allRight")}
            </Button>
          </div>
        </section>
      )}
    </>
  );
}

interface KeysProps {
  most: number;
  value: number | undefined;
  onPick: (value: number) => void;
}

/** A key for each score; where there are too many, digits and a key that goes on. */
function Keys({ most, value, onPick }: KeysProps) {
  const [digits, setDigits] = useState<number | null>(null);
  const picks = valuesOf("paper", most);
  if (picks) {
    return (
      <div class="check-keys" dir="ltr" role="group" aria-label={t("checks.rightOf", { of: most })}>
        {picks.map((pick) => (
          <button key={pick} type="button" class="check-key" aria-pressed={pick === value} onClick={() => onPick(pick)}>
            {formatNumber(pick)}
          </button>
        ))}
      </div>
    );
  }
  return (
    <div class="check-keys" dir="ltr" role="group" aria-label={t("checks.rightOf", { of: most })}>
      {[1, 2, 3, 4, 5, 6, 7, 8, 9, 0].map((digit) => (
        <button key={digit} type="button" class="check-key" onClick={() => setDigits(typed(digits, digit, most))}>
          {formatNumber(digit)}
        </button>
      ))}
      <button
        type="button"
        class="check-key check-key-go"
        disabled={digits === null}
        onClick={() => digits !== null && onPick(digits)}
      >
        {digits === null ? "–" : formatNumber(digits)}
        <Icon name="check" />
      </button>
    </div>
  );
}
