import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { problemText } from "../../api/client";
import { formatDate, t } from "../../i18n";
import { usePlace } from "../../router";
import { Banner, Button, Dialog, Icon, IconLink, type IconName, PageHeading, say } from "../../ui";
import type { Desk } from "./desk";
import type { SaveState } from "./keeping";

interface FrameProps {
  desk: Desk;
  title: string;
  /** Where the arrow leads. */
  back: string;
  /** Whether something stands beside it where there is room. */
  wide?: boolean;
  children: ComponentChildren;
}

/** What surrounds every screen of an own course: the way back, whether all is saved, what was deleted. */
export function Frame({ desk, title, back, wide, children }: FrameProps) {
  const { kept, open } = desk;
  const { query } = usePlace();
  const field = query.get("field");
  const screen = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (field !== null) requestAnimationFrame(() => goToField(screen.current, field));
  }, [field]);
  return (
    <div ref={screen} class={wide ? "own own-with-aside" : "own"}>
      <div class="own-top">
        <IconLink icon="back" href={back} label={t("common.back")} />
        <PageHeading title={title}>
          <bdi>{title}</bdi>
        </PageHeading>
        <Saved state={kept.state} />
      </div>
      {kept.state === "refused" && (
        <Banner kind="wrong" action={<Button onClick={() => void open.flush()}>{t("common.tryAgain")}</Button>}>
          {problemText(kept.problem)}
        </Banner>
      )}
      {kept.undo && (
        <Banner icon="trash" action={<Button onClick={() => open.undo()}>{t("authoring.undo")}</Button>}>
          {t("authoring.deleted")}
        </Banner>
      )}
      {children}
      {kept.state === "conflict" && kept.theirs && <Conflict desk={desk} />}
    </div>
  );
}

/** The field that a finding names, unfolded, in sight and ready. */
function goToField(screen: HTMLElement | null, field: string) {
  const found = screen?.querySelector<HTMLElement>(`[data-field="${field.replace(/[^\w-]/g, "")}"]`);
  if (!found) return;
  const folded = found.closest("details");
  if (folded) folded.open = true;
  found.scrollIntoView({ block: "center" });
  found.querySelector<HTMLElement>("input:not([type=file]),select,textarea,button")?.focus({ preventScroll: true });
}

const ICONS: Record<SaveState, IconName> = {
  saved: "check",
  saving: "cloud",
  held: "cloudOff",
  conflict: "people",
  refused: "alert",
};

/** A line that says whether the box has it. A save of a moment is not worth being read out. */
function Saved({ state }: { state: SaveState }) {
  useEffect(() => {
    if (state === "held") say(t("authoring.save.held"));
  }, [state]);
  return (
    <p class={`own-saved own-saved-${state}`}>
      <Icon name={ICONS[state]} />
      <span>{t(`authoring.save.${state}`)}</span>
    </p>
  );
}

/** Two wrote at once: one tap decides, and what is given up is named. */
function Conflict({ desk }: { desk: Desk }) {
  const { open, kept } = desk;
  const theirs = kept.theirs!;
  const [busy, setBusy] = useState(false);
  const when = formatDate(theirs.changedAt, { hour: "numeric", minute: "2-digit", day: "numeric", month: "long" });
  return (
    <Dialog title={t("authoring.conflict.title")}>
      <div class="stack">
        <p>
          {theirs.changedBy
            ? t("authoring.conflict.who", { name: theirs.changedBy, when })
            : t("authoring.conflict.somebody", { when })}
        </p>
        <p>{t("authoring.conflict.choose")}</p>
        <div class="stack stack-s">
          <Button wide big onClick={() => open.takeTheirs()} data-first>
            {t("authoring.conflict.theirs")}
          </Button>
          <Button
            wide
            big
            busy={busy}
            onClick={() => {
              setBusy(true);
              open.keepMine();
            }}
          >
            {t("authoring.conflict.mine")}
          </Button>
        </div>
        <p class="small soft">{t("authoring.conflict.note")}</p>
      </div>
    </Dialog>
  );
}
