import { useState } from "preact/hooks";
import { problemText } from "../../api/client";
import type { SchoolClass } from "../../api/types";
import { formatDate, plural, t } from "../../i18n";
import { useStore } from "../../store";
import { Banner, Button, ButtonLink, Dialog, Empty, Icon } from "../../ui";
import type { Row } from "./CheckPage";
import { checksPage } from "./Checks";
import { LevelRows } from "./LevelRows";
import { PaperRows } from "./PaperRows";
import { keyOf, type Cell, type Sheet } from "./rules";
import { SheetForm } from "./SheetForm";
import type { OpenCheck, Typing } from "./typing";
import { WAY_ICONS } from "./ways";

interface GridProps {
  room: SchoolClass;
  rows: Row[];
  names: Record<string, string>;
  check: OpenCheck;
  /** Reads the check anew, after what the box does not take was thrown away. */
  onReopen: () => void;
}

/** What each kind of rows needs. */
export interface RowsProps {
  rows: Row[];
  names: Record<string, string>;
  typing: Typing;
  /** Writes a score down; the same again, or null, takes it back. */
  onType: (cell: Cell, value: number | null) => void;
  /** Takes the last tap back; nothing when there was none. */
  onUndo?: () => Cell;
}

/** The class and its scores. Each tap is kept at once; the last ones can be taken back one by one. */
export function Grid({ room, rows, names, check, onReopen }: GridProps) {
  const typing = useStore(check.typing);
  const [taps, setTaps] = useState<{ cell: Cell; before: number | null }[]>([]);
  const [changing, setChanging] = useState(false);
  const { sheet } = typing;

  function type(cell: Cell, value: number | null) {
    setTaps([...taps, { cell, before: typing.values[keyOf(cell)] ?? null }]);
    check.type(cell, value);
  }

  function undo(): Cell {
    const { cell, before } = taps[taps.length - 1]!;
    setTaps(taps.slice(0, -1));
    check.type(cell, before);
    return cell;
  }

  function change(next: Sheet) {
    setChanging(false);
    check.changeSheet(next);
  }

  if (rows.length === 0) return <Empty icon="people" title={t("teach.students.none")} />;
  const Rows = sheet.way === "paper" ? PaperRows : LevelRows;
  return (
    <div class={`stack check-grid check-grid-${sheet.way}`}>
      <div class="check-top">
        <h2 class="check-heading">
          <Icon name={WAY_ICONS[sheet.way]} />
          <bdi>{sheet.title || t(`checks.way.${sheet.way}`)}</bdi>
        </h2>
        <p class="soft">{formatDate(sheet.at, { weekday: "long", day: "numeric", month: "long" })}</p>
        <div class="row">
          <Button icon="edit" onClick={() => setChanging(true)}>
            {t("checks.change")}
          </Button>
          <ButtonLink icon="check" href={checksPage(room.id)}>
            {t("common.done")}
          </ButtonLink>
        </div>
      </div>
      <SaveBanner typing={typing} check={check} onReopen={onReopen} />
      <Rows rows={rows} names={names} typing={typing} onType={type} onUndo={taps.length ? undo : undefined} />
      {changing && (
        <Dialog title={t("checks.change")} onClose={() => setChanging(false)}>
          <SheetForm sheet={sheet} now={Date.now()} names={names} done={t("checks.save")} onDone={change} />
        </Dialog>
      )}
    </div>
  );
}

/** What the box refuses, and the ways out. */
function SaveBanner({ typing, check, onReopen }: { typing: Typing; check: OpenCheck; onReopen: () => void }) {
  if (typing.state !== "refused") return null;
  return (
    <div class="stack stack-s">
      <Banner kind="wrong">{problemText(typing.problem)}</Banner>
      <div class="row">
        <Button icon="refresh" onClick={() => check.wake()}>
          {t("checks.again")}
        </Button>
        <Button
          kind="danger"
          icon="trash"
          onClick={() => {
            check.discard();
            onReopen();
          }}
        >
          {t("checks.discard")}
        </Button>
      </div>
    </div>
  );
}

/** Whether what was typed is on the box; it takes the room of its longest text, so that nothing moves. */
export function Saved({ typing }: { typing: Typing }) {
  const { state, waiting } = typing;
  return (
    <p class={`check-saved check-saved-${state}`} role="status">
      <Icon name={state === "saved" ? "check" : state === "saving" ? "cloud" : "cloudOff"} />
      <span>
        {state === "saved"
          ? t("checks.saved")
          : state === "saving"
            ? t("checks.saving")
            : plural("checks.waiting", waiting)}
      </span>
    </p>
  );
}
