import { useEffect, useState } from "preact/hooks";
import { get, post, problemText } from "../../api/client";
import type { StickReport, SyncStatus } from "../../api/types";
import { plural, t } from "../../i18n";
import { Banner, Button } from "../../ui";
import { useTask } from "../load";
import { useLibrary } from "./useLibrary";

/** Soon enough for somebody who has just plugged in a stick. */
const EVERY = 3_000;

/** One touch, when a stick is in and the box belongs to a hub: results go onto it, and what it brings is taken in. */
export function StickSync() {
  const { page } = useLibrary(EVERY);
  const [hub, setHub] = useState<string | null>(null);
  const [done, setDone] = useState<{ stick: string; report: StickReport } | null>(null);
  const { busy, problem, run } = useTask();
  const stick = page?.sticks.filter((one) => one.kind !== "uploads" && one.writable)[0];
  useEffect(() => {
    if (stick) void get<SyncStatus>("/api/v1/sync").then((status) => setHub(status.hub), () => undefined);
  }, [stick?.id]);
  if (!stick || hub === null) return null;
  const take = () =>
    run(async () => {
      const report = await post<StickReport>("/api/v1/sync/stick", { stick: stick.id });
      setDone({ stick: stick.id, report });
    });
  const report = done?.stick === stick.id ? done.report : null;
  return (
    <div class="stick-banner">
      <Banner
        kind={problem !== null ? "wrong" : undefined}
        icon={report ? "check" : "usb"}
        action={
          !report && (
            <Button busy={busy} onClick={() => void take()}>
              {t("library.sync.take")}
            </Button>
          )
        }
      >
        {problem !== null
          ? problemText(problem)
          : report
            ? `${plural("library.sync.taken", report.written)} ${report.entries > 0 ? plural("library.sync.came", report.entries) : ""}`
            : t("library.sync.offer")}
      </Banner>
    </div>
  );
}
