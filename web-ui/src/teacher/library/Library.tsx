import type { Library, StaffMe } from "../../api/types";
import { plural, t } from "../../i18n";
import { LoadProblem } from "../../sign-in/LoadProblem";
import { me, useStore } from "../../store";
import { ButtonLink, Card, Empty, Icon, PageHeading, PageSpinner } from "../../ui";
import { Guides } from "../Guides";
import { mayEnter, mayStock } from "../rules";
import { Shell } from "../Shell";
import { JobLine } from "./JobLine";
import { OfferCard } from "./OfferCard";
import { Packs } from "./Packs";
import { diskShares, jobOf, looseJobs, sticksOf, type StickView } from "./rules";
import { SendButton, Sendings } from "./Sendings";
import { useLibrary } from "./useLibrary";
import { size } from "./words";
import "./library.css";

/** A stick that is plugged in shows after at most so long, beside what the box needs to look at it. */
const EVERY = 2_000;

/** What is on a stick, what is on its way, what the school has. */
export function LibraryPage() {
  const person = useStore(me) as StaffMe;
  const { page, error, reload } = useLibrary(EVERY);
  const mayAdd = mayStock(person.role);
  return (
    <Shell section="courses">
      <div class="desk-title">
        <div>
          <PageHeading title={t("teach.nav.library")} />
          <p class="soft">{t("library.intro")}</p>
        </div>
        <div class="library-ways">
          {mayEnter(person.role, "classes") && (
            <ButtonLink icon="search" href="/teach/search">
              {t("search.field")}
            </ButtonLink>
          )}
          {mayAdd && (
            <ButtonLink icon="edit" href="/teach/own">
              {t("teach.own.make")}
            </ButtonLink>
          )}
          {mayAdd && <SendButton />}
        </div>
      </div>
      {!page && error ? (
        <LoadProblem error={error} again={reload} />
      ) : !page ? (
        <PageSpinner />
      ) : (
        <Shown page={page} mayAdd={mayAdd} reads={mayEnter(person.role, "classes")} />
      )}
    </Shell>
  );
}

/** `reads`: whether guides for teachers are for this person. */
function Shown({ page, mayAdd, reads }: { page: Library; mayAdd: boolean; reads: boolean }) {
  const sticks = sticksOf(page);
  const loose = looseJobs(page);
  return (
    <div class="library">
      {loose.length > 0 && (
        <ul class="stack stack-s">
          {loose.map((job) => (
            <li key={job.id}>
              <Card>
                <JobLine job={job} />
              </Card>
            </li>
          ))}
        </ul>
      )}
      {mayAdd && <Sendings page={page} />}
      {sticks.map((view) => (
        <StickPart key={view.stick.id} view={view} page={page} mayAdd={mayAdd} />
      ))}
      {sticks.length === 0 && (
        <div class="no-stick">
          <Icon name="usb" big />
          <p>{t("library.noStick")}</p>
        </div>
      )}
      {reads && <Guides />}
      <section aria-labelledby="packs">
        <h2 class="library-heading" id="packs">
          {t("library.packs")}
        </h2>
        {page.packs.length === 0 ? (
          <Empty icon="book" title={t("teach.courses.none")}>
            <p class="soft">{t("library.noStick")}</p>
          </Empty>
        ) : (
          <Packs page={page} mayChange={mayAdd} />
        )}
      </section>
      <DiskBar disk={page.disk} />
    </div>
  );
}

function StickPart({ view, page, mayAdd }: { view: StickView; page: Library; mayAdd: boolean }) {
  const { stick, offers } = view;
  const heading = `stick-${stick.id}`;
  return (
    <section aria-labelledby={heading}>
      <h2 class="library-heading" id={heading}>
        <Icon name={stick.kind === "uploads" ? "upload" : "usb"} />
        <span>
          {stick.kind === "uploads" ? (
            t("library.uploads")
          ) : (
            <bdi>{stick.name || t("library.stick")}</bdi>
          )}
        </span>
      </h2>
      {stick.looking && (
        <p class="looking" role="status">
          <span class="spinner" aria-hidden="true" />
          {t("library.looking")}
        </p>
      )}
      {!stick.looking && offers.length === 0 && <p class="soft">{t("library.nothing")}</p>}
      <ul class="offers">
        {offers.map((offer) => (
          <li key={offer.id}>
            <OfferCard offer={offer} job={jobOf(page, offer)} mayAdd={mayAdd} isOurs={stick.kind === "uploads"} />
          </li>
        ))}
      </ul>
      {stick.full && <p class="soft">{t("library.full")}</p>}
      {stick.unknown.length > 0 && (
        <details class="unknown">
          <summary>{plural("library.unknown", stick.unknown.length)}</summary>
          <ul>
            {stick.unknown.map((file) => (
              <li key={file.path}>
                <bdi dir="ltr">{file.path}</bdi>
                <p class="small soft" dir="ltr" lang="en">
                  {file.why}
                </p>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

/** How much room there is, and what of it stays for answers. */
function DiskBar({ disk }: { disk: Library["disk"] }) {
  const shares = diskShares(disk);
  const percent = (share: number) => `${Math.round(share * 1000) / 10}%`;
  return (
    <section aria-labelledby="disk">
      <h2 class="library-heading" id="disk">
        {t("library.disk")}
      </h2>
      <Card class="stack stack-s">
        <p class="fact">{t("library.diskFree", { size: size(Math.max(0, disk.free - disk.kept)) })}</p>
        <div class="disk-bar" aria-hidden="true">
          <span class="disk-used" style={{ width: percent(shares.used) }} />
          <span class="disk-kept" style={{ width: percent(shares.kept) }} />
        </div>
        <p class="small soft">{t("library.diskKept", { size: size(disk.kept), total: size(disk.total) })}</p>
      </Card>
    </section>
  );
}
