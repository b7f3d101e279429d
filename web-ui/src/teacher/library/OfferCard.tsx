import { useState } from "preact/hooks";
import { ApiProblem, post, problemText, remove } from "../../api/client";
import type { Consent, LibraryJob, LibraryOffer } from "../../api/types";
import { t, type Key } from "../../i18n";
import { path } from "../../router";
import { Banner, Button, Card, Icon } from "../../ui";
import { useTask } from "../load";
import { ConsentDialog } from "./ConsentDialog";
import { CourseLinks, JobLine } from "./JobLine";
import { isOver, judgedOf, yesTo } from "./rules";
import { askLibrary } from "./useLibrary";
import { Findings, VerdictLine } from "./Verdict";
import { Facts } from "./Facts";
import { factsOf, troubleText } from "./words";

interface OfferProps {
  offer: LibraryOffer;
  job: LibraryJob | undefined;
  /** Whether this person may add it. */
  mayAdd: boolean;
  /** Whether it was sent, and can be thrown away. */
  isOurs: boolean;
}

/** Something that lies on a stick: what it is, how good it is, and one button. */
export function OfferCard({ offer, job, mayAdd, isOurs }: OfferProps) {
  const [open, setOpen] = useState(false);
  const [asks, setAsks] = useState<Consent[] | null>(null);
  const { busy, problem, run, clear } = useTask();
  const address = path("/api/v1/library/offers", offer.id);
  const names = offer.needs.map((need) => need.course);
  const guide = offer.audience === "teachers";
  const judged = judgedOf(offer);

  async function add(accepted: Consent[]) {
    clear();
    await run(async () => {
      try {
        await post(`${address}/install`, yesTo(accepted));
        setAsks(null);
      } catch (error) {
        // The box has found out more since the page was drawn.
        const more = error instanceof ApiProblem && error.code === "library.consent-needed";
        if (!more) throw error;
        setAsks([...new Set([...accepted, error.params["consent"] as Consent])]);
      }
      await askLibrary();
    });
  }

  function begin() {
    if (offer.asks.length > 0) setAsks(offer.asks);
    else void add([]);
  }

  const isIdle = !job || isOver(job);
  const wasAdded = job?.state === "done";
  return (
    <Card class="offer">
      <div class="offer-top">
        <span class="offer-picture">
          {offer.picture ? <img src={offer.picture} alt="" /> : <Icon name="book" big />}
        </span>
        <div class="offer-words">
          <h3>
            <bdi lang={offer.language ?? undefined}>{offer.title}</bdi>
          </h3>
          <p class="soft">
            <Facts of={factsOf(offer)} />
          </p>
          <p class="small soft">
            {offer.publisher && (
              <>
                <bdi>{offer.publisher}</bdi> ·{" "}
              </>
            )}
            {offer.signer && <Signer offer={offer} />}
          </p>
        </div>
      </div>
      {judged === "refused" ? (
        <>
          <VerdictLine judged="refused" verdict={offer.verdict} />
          {offer.problem && <p>{troubleText(offer.problem)}</p>}
        </>
      ) : (
        !wasAdded && offer.relation !== "installed" && <VerdictLine judged={judged} verdict={offer.verdict} />
      )}
      {!wasAdded && <Relation offer={offer} />}
      {job && <JobLine job={job} named version={offer.version} installed={offer.installed} needs={names} guide={guide} />}
      {problem !== null && <Banner kind="wrong">{problemText(problem)}</Banner>}
      {isIdle && !wasAdded && offer.relation === "installed" && offer.course && <CourseLinks course={offer.course} guide={guide} />}
      <div class="offer-foot">
        <Button kind="quiet" icon={open ? "up" : "down"} aria-expanded={open} onClick={() => setOpen(!open)}>
          {t("library.details")}
        </Button>
        {mayAdd && isIdle && !wasAdded && !offer.problem && offer.relation !== "installed" && (
          <Button kind={offer.relation === "older" ? "plain" : "primary"} big icon="plus" busy={busy} onClick={begin}>
            {t(`library.do.${offer.relation}` as Key)}
          </Button>
        )}
      </div>
      {open && <Details offer={offer} isOurs={isOurs && mayAdd} onDiscard={() => void run(() => remove(address).then(askLibrary))} />}
      {asks && (
        <ConsentDialog
          title={offer.title}
          asks={asks}
          verdict={offer.verdict}
          version={offer.version}
          installed={offer.installed}
          needs={names}
          busy={busy}
          onClose={() => setAsks(null)}
          onYes={() => void add(asks)}
        />
      )}
    </Card>
  );
}

function Signer({ offer }: { offer: LibraryOffer }) {
  const { state, name } = offer.signer!;
  return (
    <span class={`signer signer-${state}`}>
      {state === "known" && <Icon name="check" />}
      {t(`library.signer.${state}` as Key, { name: name ?? "" })}
    </span>
  );
}

/** How it stands to what the school has. */
function Relation({ offer }: { offer: LibraryOffer }) {
  const versions = { version: offer.version ?? "", installed: offer.installed ?? "" };
  if (offer.relation === "new" || (offer.relation === "installed" && !offer.installed)) return null;
  return (
    <p class="relation">
      <Icon name={offer.relation === "installed" ? "check" : "refresh"} />
      <span>{t(`library.relation.${offer.relation}` as Key, versions)}</span>
    </p>
  );
}

function Details({ offer, isOurs, onDiscard }: { offer: LibraryOffer; isOurs: boolean; onDiscard: () => void }) {
  return (
    <div class="offer-details stack">
      {offer.summary && (
        <p>
          <bdi lang={offer.language ?? undefined}>{offer.summary}</bdi>
        </p>
      )}
      {offer.verdict && <Findings verdict={offer.verdict} />}
      {offer.losses.length > 0 && (
        <div>
          <h4>{t("library.losses")}</h4>
          <ul class="losses">
            {offer.losses.map((loss, index) => (
              <li key={index} dir="ltr" lang="en">
                {loss.place && <code>{loss.place}</code>} {loss.message}
              </li>
            ))}
          </ul>
        </div>
      )}
      <dl class="fact-list">
        {offer.version && (
          <>
            <dt>{t("tech.packVersion")}</dt>
            <dd>
              <bdi dir="ltr">{offer.version}</bdi>
            </dd>
          </>
        )}
        {offer.licence && (
          <>
            <dt>{t("library.licence")}</dt>
            <dd>
              <bdi dir="ltr">{offer.licence}</bdi>
            </dd>
          </>
        )}
        <dt>{t("library.where")}</dt>
        <dd>
          <bdi dir="ltr">{offer.path}</bdi>
        </dd>
      </dl>
      {isOurs && (
        <div class="row">
          <Button icon="trash" onClick={onDiscard}>
            {t("library.throwAway")}
          </Button>
        </div>
      )}
    </div>
  );
}
