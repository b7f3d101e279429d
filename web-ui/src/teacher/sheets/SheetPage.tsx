import { useState } from "preact/hooks";
import type { CheckList, PrintedSheet, SchoolClass, StaffMe, Student } from "../../api/types";
import { formatNumber, plural, t } from "../../i18n";
import { navigate, path, usePlace } from "../../router";
import { LoadProblem } from "../../sign-in/LoadProblem";
import { me, useStore } from "../../store";
import { Button, ButtonLink, PageSpinner } from "../../ui";
import { checksPage, checksPath } from "../checks/Checks";
import { keepBegun } from "../checks/kept";
import { newCheckId, type Sheet } from "../checks/rules";
import { useLoad } from "../load";
import { mayChange } from "../rules";
import { PaperSheet } from "./PaperSheet";
import { checkOf, newNumber, PARTS, queryOf, type Asked, type SheetPart } from "./rules";
import { Wall } from "./Wall";

/** A sheet to print, to show on the wall, and to write down how it went. */
export function SheetPage({ room, asked }: { room: SchoolClass; asked: Asked }) {
  const person = useStore(me) as StaffMe;
  const { query } = usePlace();
  const page = path("/teach/classes", room.id, "sheet");
  const sheet = useLoad<PrintedSheet>(path("/api/v1/classes", room.id, "sheet") + queryOf(asked));
  const roster = useLoad<{ students: Student[] }>(`${path("/api/v1/classes", room.id)}/students`);
  const checks = useLoad<CheckList>(checksPath(room.id));
  const [shown, setShown] = useState<SheetPart[]>(["questions", "key"]);
  const error = sheet.error ?? roster.error ?? checks.error;

  if (!sheet.value || !roster.value || !checks.value) {
    const again = () => [sheet, roster, checks].forEach((one) => one.reload());
    if (!error) return <PageSpinner />;
    return (
      <div class="stack">
        <LoadProblem error={error} again={again} />
        <ButtonLink icon="back" href={`${page}${queryOf(asked)}&show=form`}>
          {t("sheets.change")}
        </ButtonLink>
      </div>
    );
  }
  const value = sheet.value;
  const now = checks.value.now;

  /** Opens the grid of the room for these scores; there they are kept until the box has them. */
  function write(scores: Sheet) {
    const id = newCheckId();
    const names: Record<string, string> = {};
    for (const skill of value.skills) names[skill.id] = skill.name;
    keepBegun(id, { sheet: scores, names });
    navigate(checksPage(room.id, id));
  }

  const title = t("sheets.number", { number: formatNumber(value.number) });
  if (query.has("place")) {
    return (
      <Wall
        sheet={value}
        place={Number(query.get("place")) || 0}
        mayWrite={mayChange(person.role)}
        onPlace={(place) => navigate(`${page}${queryOf(asked)}&place=${place}`, { replace: true })}
        onClose={() => navigate(page + queryOf(asked), { replace: true })}
        onHands={(place, { skill, guess }) =>
          write({ way: "cards", title: `${title} · ${formatNumber(place + 1)}`, at: now, skills: [{ skill: `${value.course}/${skill}`, guess }] })
        }
      />
    );
  }

  const toggle = (part: SheetPart) => setShown(PARTS.filter((one) => (one === part) !== shown.includes(one)));
  const asks = value.forms[0]?.questions.length ?? 0;
  return (
    <div class="stack">
      <div class="no-print stack">
        <div class="print-bar">
          <h2 class="grow">{t("sheets.title")}</h2>
          <div class="row">
            <ButtonLink icon="back" href={`${page}${queryOf(asked)}&show=form`}>
              {t("sheets.change")}
            </ButtonLink>
            <Button icon="dice" onClick={() => navigate(page + queryOf({ ...asked, number: newNumber() }), { replace: true })}>
              {t("sheets.others")}
            </Button>
            <Button icon="picture" onClick={() => navigate(`${page}${queryOf(asked)}&place=0`)}>
              {t("sheets.wall")}
            </Button>
            {mayChange(person.role) && (
              <Button icon="edit" onClick={() => write(checkOf(value, now, title))}>
                {t("sheets.write")}
              </Button>
            )}
            <Button kind="primary" icon="printer" onClick={() => print()}>
              {t("print.now")}
            </Button>
          </div>
        </div>
        {asks < asked.count && <p>{plural("sheets.fewer", asks)}</p>}
        {value.leftOut > 0 && <p class="soft">{plural("sheets.leftOut", value.leftOut)}</p>}
        <fieldset class="sheet-parts">
          <legend class="field-label">{t("sheets.parts")}</legend>
          {PARTS.map((part) => (
            <label key={part} class="sheet-part">
              <input type="checkbox" checked={shown.includes(part)} onChange={() => toggle(part)} /> {t(`sheets.part.${part}`)}
            </label>
          ))}
        </fieldset>
      </div>
      <PaperSheet sheet={value} students={roster.value.students} shown={shown} />
    </div>
  );
}
