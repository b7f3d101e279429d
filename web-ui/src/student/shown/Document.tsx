import { useEffect, useRef, useState } from "preact/hooks";
import type { Activity } from "../../api/types";
import { t } from "../../i18n";
import { packUrl } from "../../store";
import { Banner, IconButton } from "../../ui";
import { Frame } from "./Frame";
import { keepPosition } from "./position";
import { readTold, type Told } from "./rules";

/** A PDF, drawn by a reader of ours on the packs origin; another app of the tablet may open it as well. */
export function Document({ activity }: { activity: Activity }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [told, setTold] = useState<Told | null>(null);
  const file = activity.file ?? "";

  useEffect(() => {
    const listen = (event: MessageEvent) => {
      if (event.source !== frame.current?.contentWindow) return;
      const next = readTold(event.data);
      if (!next) return;
      setTold(next);
      if (next.kind === "page") keepPosition(activity, next.page);
    };
    addEventListener("message", listen);
    return () => removeEventListener("message", listen);
  }, [activity.id]);

  const ask = (what: string) => frame.current?.contentWindow?.postMessage({ schoolhouse: what }, packUrl(""));
  // The first page that it shows is where the student stopped; later ones it tells by itself.
  const [start] = useState(activity.position ?? 1);
  const address = packUrl(`/reader/pdf.html?file=${encodeURIComponent(file)}&page=${start}`);
  return (
    <>
      {told?.kind === "failed" && <Banner kind="warn">{t("student.shown.cannotShow")}</Banner>}
      <Frame address={address} title={activity.title} runs frame={frame}>
        <IconButton icon="minus" label={t("student.shown.smallerWords")} onClick={() => ask("smaller")} />
        <IconButton icon="plus" label={t("student.shown.largerWords")} onClick={() => ask("larger")} />
        {told?.kind === "page" && (
          <span class="shown-page">{t("student.shown.pageOf", { page: told.page, pages: told.pages })}</span>
        )}
        <a class="button" href={packUrl(file)} target="_blank" rel="noopener">
          <span class="button-label">{t("student.shown.otherApp")}</span>
        </a>
      </Frame>
    </>
  );
}
