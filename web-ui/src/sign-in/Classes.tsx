import { useEffect } from "preact/hooks";
import { plural, t } from "../i18n";
import { followLink, navigate, path } from "../router";
import { lastClass, rememberClass } from "../session";
import { school, useStore } from "../store";
import { ButtonLink, Empty, Icon, Listen, PageHeading, PageSpinner } from "../ui";
import { handOver, useClasses } from "./classes";
import { Frame } from "./Frame";
import { LoadProblem } from "./LoadProblem";
import { SampleDoors } from "./Sample";

/** Which class? With one class, or where this tablet belongs to one, the question is skipped. */
export function Classes({ all }: { all: boolean }) {
  const sample = useStore(school)?.sample ?? false;
  const { value, error, again } = useClasses();
  const classes = value?.classes;

  useEffect(() => {
    if (!classes || all || sample) return;
    const last = lastClass();
    const only = classes.length === 1 ? classes[0] : classes.find((one) => one.id === last);
    if (!only) return;
    handOver(value.only);
    navigate(path("/sign-in/class", only.id), { replace: true });
  }, [classes, all, sample]);

  return (
    <Frame>
      {sample && <SampleDoors />}
      <div class="gate-title">
        <PageHeading title={t("signIn.whichClass")} />
        <Listen text={t("signIn.whichClass")} />
      </div>
      {error ? (
        <LoadProblem error={error} again={again} />
      ) : !classes ? (
        <PageSpinner />
      ) : classes.length === 0 ? (
        <Empty icon="people" title={t("signIn.noClasses")}>
          <p class="soft">{t("signIn.noClassesDo")}</p>
          <ButtonLink kind="primary" big icon="key" href="/sign-in/staff">
            {t("signIn.staff")}
          </ButtonLink>
        </Empty>
      ) : (
        <ul class="class-list">
          {classes.map((one, index) => (
            <li key={one.id}>
              <a
                class={`class-card class-card-${(index % 6) + 1}`}
                href={path("/sign-in/class", one.id)}
                onClick={(event) => {
                  rememberClass(one.id);
                  followLink(event);
                }}
              >
                <span class="class-card-badge" aria-hidden="true">
                  <Icon name="people" big />
                </span>
                <span>
                  <strong class="class-card-name">
                    <bdi>{one.name}</bdi>
                  </strong>
                  <span class="class-card-count">{plural("common.students", one.students)}</span>
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
      <OtherWays />
    </Frame>
  );
}

/** The ways in besides the face: a badge, and the door for staff. */
export function OtherWays({ classes }: { classes?: boolean }) {
  return (
    <nav class="other-ways" aria-label={t("signIn.otherWays")}>
      <ButtonLink big icon="badge" href="/sign-in/badge">
        {t("signIn.badge")}
      </ButtonLink>
      {classes && (
        <ButtonLink big icon="grid" href="/sign-in/classes">
          {t("signIn.otherClass")}
        </ButtonLink>
      )}
      <ButtonLink kind="quiet" big icon="key" href="/sign-in/staff">
        {t("signIn.staff")}
      </ButtonLink>
      <ButtonLink kind="quiet" big icon="home" href="/family">
        {t("report.family")}
      </ButtonLink>
    </nav>
  );
}
