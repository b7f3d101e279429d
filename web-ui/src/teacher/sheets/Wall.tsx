import { useEffect, useState } from "preact/hooks";
import type { PrintedSheet } from "../../api/types";
import { formatNumber, t } from "../../i18n";
import type { Variant } from "../../items/types";
import { Button, Dialog, IconButton } from "../../ui";
import { KeyOf } from "./KeyOf";
import { PaperItem } from "./PaperItem";

type Question = PrintedSheet["forms"][number]["questions"][number];

interface WallProps {
  sheet: PrintedSheet;
  /** The question that is shown, from 0. */
  place: number;
  mayWrite: boolean;
  onPlace: (place: number) => void;
  onClose: () => void;
  onHands: (place: number, question: Question) => void;
}

/**
 * One question after the other, large, for a projector or one screen in front of a class. Names never stand beside an
 * answer here: who was right is written down on a page of its own, after a warning that a whole class may be looking.
 */
export function Wall({ sheet, place: wanted, mayWrite, onPlace, onClose, onHands }: WallProps) {
  const questions = sheet.forms[0]?.questions ?? [];
  const place = Math.min(Math.max(wanted, 0), questions.length - 1);
  const question = questions[place]!;
  const variant = question.item as unknown as Variant;
  const [told, setTold] = useState(false);
  const [asking, setAsking] = useState(false);
  useEffect(() => setTold(false), [place]);

  const step = (by: number) => {
    if (place + by >= 0 && place + by < questions.length) onPlace(place + by);
  };

  // A clicker that turns pages sends these keys.
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (asking) return;
      if (event.key === "PageDown") step(1);
      else if (event.key === "PageUp") step(-1);
      else if (event.key === "Escape") onClose();
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });

  return (
    <section class="wall" aria-label={t("sheets.wall")}>
      <header class="wall-bar">
        <IconButton icon="close" label={t("sheets.wallEnd")} onClick={onClose} />
        <span class="grow" role="status">
          {t("sheets.wallPlace", { place: formatNumber(place + 1), of: formatNumber(questions.length) })}
        </span>
        {mayWrite && told && (
          <Button icon="hand" onClick={() => setAsking(true)}>
            {t("sheets.hands")}
          </Button>
        )}
      </header>
      <div class="wall-question" dir={sheet.direction} lang={sheet.language}>
        <PaperItem key={place} variant={variant} hash={sheet.hash} />
        {told && (
          <div class="wall-answer" role="status">
            <strong>{t("items.solution.answer")}</strong>
            <KeyOf variant={variant} hash={sheet.hash} />
          </div>
        )}
      </div>
      <footer class="wall-bar">
        <Button icon="back" disabled={place === 0} onClick={() => step(-1)}>
          {t("sheets.before")}
        </Button>
        <Button kind="primary" disabled={told} onClick={() => setTold(true)}>
          {t("sheets.tell")}
        </Button>
        <Button iconAfter="forward" disabled={place === questions.length - 1} onClick={() => step(1)}>
          {t("sheets.next")}
        </Button>
      </footer>
      {asking && (
        <Dialog title={t("sheets.hands")} onClose={() => setAsking(false)}>
          <p>{t("sheets.handsWarn")}</p>
          <div class="row row-end">
            <Button onClick={() => setAsking(false)}>{t("teach.cancel")}</Button>
            <Button kind="primary" onClick={() => onHands(place, question)}>
              {t("sheets.handsGo")}
            </Button>
          </div>
        </Dialog>
      )}
    </section>
  );
}
