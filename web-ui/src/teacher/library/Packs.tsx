import { useState } from "preact/hooks";
import { post, problemText, remove } from "../../api/client";
import type { Library, LibraryPack, LibraryStick } from "../../api/types";
import { formatDate, formatList, plural, t } from "../../i18n";
import { followLink, path } from "../../router";
import { packUrl } from "../../store";
import { Banner, Button, Card, Dialog, Icon, IconButton } from "../../ui";
import { GiveButton } from "../Give";
import { useTask } from "../load";
import { Facts } from "./Facts";
import { askLibrary } from "./useLibrary";
import { languageName, size } from "./words";

const PACKS = "/api/v1/library/packs";

/** What the school has: a way to each course, who uses it, and what else can be done with it. */
export function Packs({ page, mayChange }: { page: Library; mayChange: boolean }) {
  const sticks = page.sticks.filter((stick) => stick.writable);
  return (
    <ul class="packs">
      {page.packs.map((pack) => (
        <li key={pack.id}>
          <PackCard pack={pack} sticks={sticks} mayChange={mayChange} />
        </li>
      ))}
    </ul>
  );
}

function PackCard({ pack, sticks, mayChange }: { pack: LibraryPack; sticks: LibraryStick[]; mayChange: boolean }) {
  const [open, setOpen] = useState(false);
  const [removing, setRemoving] = useState(false);
  const { busy, problem, run } = useTask();
  const copy = (stick: LibraryStick) =>
    void run(async () => {
      await post(`${path(PACKS, pack.id)}/export`, { stick: stick.id });
      await askLibrary();
    });
  return (
    <Card class="pack">
      <div class="pack-top">
        <a class="pack-link" href={path("/teach/courses", pack.id)} onClick={followLink}>
          <span class="offer-picture">
            {pack.cover ? <img src={packUrl(pack.cover)} alt="" /> : <Icon name="book" big />}
          </span>
          <span class="offer-words">
            <strong class="pack-title">
              <bdi lang={pack.language}>{pack.title}</bdi>
            </strong>
            <span class="soft">
              <Facts of={factsOf(pack)} />
            </span>
            <span class="small soft">{useOf(pack)}</span>
          </span>
          <Icon name="forward" />
        </a>
        {mayChange && (
          <IconButton
            icon={open ? "up" : "more"}
            label={t("library.more", { title: pack.title })}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          />
        )}
      </div>
      {open && (
        <div class="pack-more stack stack-s">
          {pack.summary && (
            <p>
              <bdi lang={pack.language}>{pack.summary}</bdi>
            </p>
          )}
          <p class="small soft">{originOf(pack)}</p>
          {pack.neededBy.length > 0 && <p class="small">{t("library.neededBy", { names: formatList(pack.neededBy) })}</p>}
          {problem !== null && <Banner kind="wrong">{problemText(problem)}</Banner>}
          {sticks.length === 0 && <p class="small">{t("library.exportNone")}</p>}
          <div class="row">
            {pack.audience === "students" && <GiveButton course={pack.id} />}
            {sticks.map((stick) => (
              <Button key={stick.id} icon="usb" busy={busy} onClick={() => copy(stick)}>
                {t("library.exportTo", { stick: stick.name })}
              </Button>
            ))}
            <Button kind="danger" icon="trash" onClick={() => setRemoving(true)}>
              {t("library.remove")}
            </Button>
          </div>
        </div>
      )}
      {removing && <RemoveDialog pack={pack} onClose={() => setRemoving(false)} />}
    </Card>
  );
}

function factsOf(pack: LibraryPack): string[] {
  const lessons = pack.lessons > 0 ? [plural("teach.courses.lessons", pack.lessons)] : [];
  const audience = pack.audience === "teachers" ? [t("library.forTeachers")] : [];
  return [languageName(pack.language), ...audience, ...lessons, size(pack.bytes)];
}

function useOf(pack: LibraryPack): string {
  if (pack.recent > 0) return plural("library.usedLately", pack.recent);
  return pack.ever > 0 ? plural("library.usedBefore", pack.ever) : t("library.unused");
}

function originOf(pack: LibraryPack): string {
  if (pack.builtIn) return t("library.builtIn");
  if (pack.since === null) return t("library.brought");
  const date = formatDate(pack.since, { year: "numeric", month: "long", day: "numeric" });
  return pack.by ? t("library.addedBy", { date, name: pack.by }) : t("library.added", { date });
}

/** What goes, what stays, who would miss it. */
function RemoveDialog({ pack, onClose }: { pack: LibraryPack; onClose: () => void }) {
  const { busy, problem, run } = useTask();
  async function go() {
    const went = await run(async () => {
      await remove(path(PACKS, pack.id));
      await askLibrary();
    });
    if (went) onClose();
  }
  return (
    <Dialog title={t("library.removeTitle", { title: pack.title })} onClose={onClose}>
      <div class="stack">
        <p>{t("library.removeWords")}</p>
        {pack.recent > 0 && <Banner kind="warn">{plural("library.removeUsed", pack.recent)}</Banner>}
        {pack.neededBy.length > 0 && (
          <Banner kind="warn">{t("library.removeNeeded", { names: formatList(pack.neededBy) })}</Banner>
        )}
        {pack.builtIn && <p>{t("library.removeBuiltIn")}</p>}
        <p class="soft">{t("library.removeFrees", { size: size(pack.bytes) })}</p>
        {problem !== null && <Banner kind="wrong">{problemText(problem)}</Banner>}
        <div class="row row-end">
          <Button onClick={onClose} data-first>
            {t("library.keep")}
          </Button>
          <Button kind="danger" busy={busy} onClick={() => void go()}>
            {t("library.removeYes")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
