import type { ComponentChildren } from "preact";
import type { Box } from "../api/types";
import { formatNumber, plural, t, type Key } from "../i18n";
import { LoadProblem } from "../sign-in/LoadProblem";
import { useLoad } from "../teacher/load";
import { Shell } from "../teacher/Shell";
import { Button, Card, Icon, PageHeading, PageSpinner, ProgressBar, Table } from "../ui";
import { BackupCard } from "./BackupCard";
import { BoxesCard } from "./BoxesCard";
import { Repaired } from "./Repaired";
import { SyncCard } from "./SyncCard";
import { runningFor, sizeOf, troubles } from "./rules";
import "./technician.css";

/** The box as a machine, in plain words; nothing of students. */
export function BoxPage() {
  const { value, error, reload } = useLoad<Box>("/api/v1/box");
  return (
    <Shell section="box">
      <div class="desk-title">
        <PageHeading title={t("tech.title")} />
        {value && (
          <Button icon="refresh" onClick={reload}>
            {t("tech.again")}
          </Button>
        )}
      </div>
      {!value && error ? (
        <LoadProblem error={error} again={reload} />
      ) : !value ? (
        <PageSpinner />
      ) : (
        <Shown box={value} />
      )}
    </Shell>
  );
}

function Shown({ box }: { box: Box }) {
  const off = troubles(box);
  const running = runningFor(Date.now() - box.startedAt);
  return (
    <div class="stack stack-l">
      <Repaired mayClose>
        {off.length === 0 && (
          <div class="health health-good">
            <Icon name="check" big />
            <div>
              <h2>{t("tech.good")}</h2>
              <p>{t("tech.goodNote")}</p>
            </div>
          </div>
        )}
      </Repaired>
      {off.length > 0 && (
        <ul class="stack stack-s">
          {off.map((one) => (
            <li key={one} class="health health-off">
              <Icon name="alert" big />
              <div>
                <h2>{t(`tech.trouble.${one}` as Key)}</h2>
                <p>{t(`tech.advice.${one}` as Key)}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
      <div class="facts">
        <Card class="stack stack-s">
          <h2 class="fact-title">{t("tech.disk")}</h2>
          <p class="fact">{t("tech.diskFree", { size: size(box.disk.free) })}</p>
          <ProgressBar done={box.disk.total - box.disk.free} of={box.disk.total} label={t("tech.diskUsed")} />
          <p class="small soft">{t("tech.diskOf", { size: size(box.disk.total) })}</p>
        </Card>
        <Card class="stack stack-s">
          <h2 class="fact-title">{t("tech.addresses")}</h2>
          {box.addresses.length === 0 && <p class="soft">{t("tech.noAddresses")}</p>}
          <ul class="stack stack-s">
            {[...box.addresses, ...box.names].map((one) => (
              <li key={one}>
                <bdi dir="ltr" class="address">
                  {one}
                </bdi>
              </li>
            ))}
          </ul>
          <p class="small soft">{t("tech.addressesNote")}</p>
        </Card>
        <Card class="stack stack-s">
          <h2 class="fact-title">{t("tech.records")}</h2>
          <p class="fact">{plural("tech.entries", box.entries)}</p>
          <p class="small soft">{t("tech.recordsNote")}</p>
        </Card>
        <Card class="stack stack-s">
          <h2 class="fact-title">{t("tech.program")}</h2>
          <p class="fact">
            Schoolhouse <bdi dir="ltr">{box.version}</bdi>
          </p>
          <p class="soft">
            <Running unit={running.unit} count={running.count} />
          </p>
        </Card>
      </div>
      <div class="links">
        <BackupCard />
        <SyncCard mayJoin />
        <BoxesCard />
      </div>
      <section class="stack" aria-labelledby="packs">
        <h2 id="packs">{t("tech.packs")}</h2>
        {box.packs.length > 0 && (
          <Table label={t("tech.packs")} head={[t("tech.pack"), t("tech.packVersion")]}>
            {box.packs.map((pack) => (
              <tr key={pack.hash}>
                <td>
                  <strong>
                    <bdi>{pack.title}</bdi>
                  </strong>
                  <br />
                  <bdi dir="ltr" class="small soft">
                    {pack.id}
                  </bdi>
                </td>
                <td>
                  <bdi dir="ltr">{pack.version}</bdi>
                </td>
              </tr>
            ))}
          </Table>
        )}
      </section>
    </div>
  );
}

function size(bytes: number): string {
  const { value, unit } = sizeOf(bytes);
  return t(`tech.size.${unit}`, { number: formatNumber(value) });
}

function Running({ unit, count }: ReturnType<typeof runningFor>): ComponentChildren {
  if (unit === "minutes") return plural("tech.runningMinutes", count);
  return unit === "hours" ? plural("tech.runningHours", count) : plural("tech.runningDays", count);
}
