import { useState } from "preact/hooks";
import { post } from "../api/client";
import type { Face, Partner, StudentMe } from "../api/types";
import { t } from "../i18n";
import { forgetValue, keepValue } from "../kept";
import { navigate } from "../router";
import { partner, useStore } from "../store";
import { Avatar, Button, ButtonLink, Empty, IconLink, Listen, PageHeading, PageSpinner } from "../ui";
import { useFaces } from "./classes";
import { Frame } from "./Frame";
import { LoadProblem } from "./LoadProblem";
import { PicturePad } from "./Pictures";

/** Two on one tablet: the partner chooses their face and shows their own pictures, or they stop working together. */
export function TogetherPage({ person }: { person: StudentMe }) {
  const other = useStore(partner);
  return (
    <Frame wide start={<IconLink icon="back" big href="/learn" label={t("common.back")} />}>
      {other ? <Stop name={person.name} other={other} /> : person.class ? <Join room={person.class.id} own={person.id} /> : <Nobody />}
    </Frame>
  );
}

function Nobody() {
  return <Empty icon="people" title={t("student.together.nobody")} />;
}

function Join({ room, own }: { room: string; own: string }) {
  const { value, error, again } = useFaces(room);
  const [face, setFace] = useState<Face | null>(null);
  const others = value?.students.filter((one) => one.id !== own) ?? [];

  if (face) {
    return (
      <PicturePad
        face={face}
        send={async (shown) => {
          const joined = await post<Partner>("/api/v1/partner", shown);
          await keepValue("partner", joined);
          partner.set(joined);
          navigate("/learn");
        }}
      >
        {() => (
          <div class="other-ways">
            <Button big icon="people" onClick={() => setFace(null)}>
              {t("student.together.other")}
            </Button>
          </div>
        )}
      </PicturePad>
    );
  }
  return (
    <>
      <div class="gate-title">
        <div class="grow">
          <PageHeading title={t("student.together.who")} />
          <p class="soft">{t("student.together.about")}</p>
        </div>
        <Listen text={`${t("student.together.who")} ${t("student.together.about")}`} />
      </div>
      {error ? (
        <LoadProblem error={error} again={again} />
      ) : !value ? (
        <PageSpinner />
      ) : others.length === 0 ? (
        <Nobody />
      ) : (
        <ul class="faces">
          {others.map((one) => (
            <li key={one.id}>
              <button type="button" class="face" onClick={() => setFace(one)}>
                <Avatar avatar={one.avatar} size={80} />
                <bdi class="face-name">{one.name}</bdi>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Stop({ name, other }: { name: string; other: Partner }) {
  async function stop() {
    await forgetValue("partner");
    partner.set(null);
    navigate("/learn");
  }
  return (
    <div class="pictures-page">
      <div class="gate-title">
        <Avatar avatar={other.avatar} size={72} />
        <div class="grow">
          <PageHeading title={t("student.together.two", { one: name, other: other.name })} />
        </div>
      </div>
      <p class="large">{t("student.together.about")}</p>
      <div class="other-ways">
        <ButtonLink kind="primary" big iconAfter="forward" href="/learn">
          {t("student.goOn")}
        </ButtonLink>
        <Button big icon="person" onClick={() => void stop()}>
          {t("student.together.stop", { name: other.name })}
        </Button>
      </div>
    </div>
  );
}
