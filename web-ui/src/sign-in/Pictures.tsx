import { useEffect, useState } from "preact/hooks";
import type { ComponentChildren } from "preact";
import { ApiProblem, post, problemText } from "../api/client";
import type { Face, Me } from "../api/types";
import { plural, t, type Key } from "../i18n";
import { clientName } from "../queue";
import { path } from "../router";
import { signedIn } from "../session";
import { Avatar, Banner, ButtonLink, IconButton, IconLink, Listen, PageHeading, PageSpinner, Picture, PICTURES, say, type PictureName } from "../ui";
import { useFaces } from "./classes";
import { Frame } from "./Frame";
import { LoadProblem } from "./LoadProblem";

const NEEDED = 3;

/** What is sent when a student has shown their pictures; the same for signing in and for joining a classmate. */
export interface Shown {
  student: string;
  pictures: PictureName[];
  client: string;
}

/** The student's own three pictures, one after the other. A mix-up guard for shared tablets. */
export function PicturesPage({ class: id, student }: { class: string; student: string }) {
  const { value, error, again } = useFaces(id);
  const face = value?.students.find((one) => one.id === student);
  const askHref = path("/sign-in/class", id, student, "ask");
  return (
    <Frame start={<IconLink icon="back" big href={path("/sign-in/class", id)} label={t("common.back")} />}>
      {error ? (
        <LoadProblem error={error} again={again} />
      ) : !value ? (
        <PageSpinner />
      ) : !face ? (
        <LoadProblem error={new ApiProblem("signIn.face-gone", 404, t("signIn.faceGone"))} again={again} />
      ) : (
        <PicturePad face={face} send={async (shown) => signedIn(await post<Me>("/api/v1/sign-in/pictures", shown))}>
          {(mustAsk) => (
            <div class="other-ways">
              <ButtonLink big icon="hand" kind={mustAsk ? "primary" : "plain"} href={askHref}>
                {t("signIn.askTeacher")}
              </ButtonLink>
            </div>
          )}
        </PicturePad>
      )}
    </Frame>
  );
}

interface PadProps {
  face: Face;
  send: (shown: Shown) => Promise<void>;
  /** What stands below; gets whether only the teacher can help now. */
  children: (mustAsk: boolean) => ComponentChildren;
}

/** A face and the twelve pictures, of which three are tapped. */
export function PicturePad({ face, send: take, children }: PadProps) {
  const [chosen, setChosen] = useState<PictureName[]>([]);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [busy, setBusy] = useState(false);

  async function send(pictures: PictureName[]) {
    setBusy(true);
    try {
      await take({ student: face.id, pictures, client: await clientName() });
    } catch (refused) {
      const why = refused instanceof ApiProblem ? refused : new ApiProblem("general", 0, "");
      setProblem(why);
      setChosen([]);
      setBusy(false);
      say(words(why));
    }
  }

  function choose(picture: PictureName) {
    if (busy || chosen.length >= NEEDED) return;
    const next = [...chosen, picture];
    setChosen(next);
    setProblem(null);
    say(t(`signIn.picture.${picture}` as Key));
    if (next.length === NEEDED) void send(next);
  }

  useEffect(() => setProblem(null), [face.id]);

  const mustAsk = problem?.code === "people.ask-teacher";
  return (
    <div class="pictures-page">
      <div class="gate-title">
        <Avatar avatar={face.avatar} size={72} />
        <div class="grow">
          <PageHeading title={t("signIn.hello", { name: face.name })} />
        </div>
        <Listen text={t("signIn.threePictures")} />
      </div>

      <div class={problem && !mustAsk ? "slots slots-wrong" : "slots"} key={problem ? "again" : "first"}>
        {[0, 1, 2].map((place) => {
          const picture = chosen[place];
          return (
            <span class={picture ? "slot slot-full" : "slot"} key={place}>
              {picture ? <Picture name={picture} size={44} /> : <span class="slot-number">{place + 1}</span>}
            </span>
          );
        })}
        <IconButton
          icon="close"
          big
          label={t("signIn.pictureBack")}
          disabled={chosen.length === 0 || busy}
          class="slots-back"
          onClick={() => setChosen(chosen.slice(0, -1))}
        />
        {busy && <span class="spinner" aria-hidden="true" />}
      </div>

      <div class="pictures-told">
        {problem ? (
          <Banner kind="warn" icon={mustAsk ? "hand" : "info"}>
            {words(problem)}
          </Banner>
        ) : (
          <p class="large">{t("signIn.threePictures")}</p>
        )}
      </div>

      {!mustAsk && (
        <ul class="pictures">
          {PICTURES.map((picture) => (
            <li key={picture}>
              <button
                type="button"
                class="picture-button"
                aria-label={t(`signIn.picture.${picture}` as Key)}
                aria-disabled={busy}
                onClick={() => choose(picture)}
              >
                <Picture name={picture} size={56} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {children(mustAsk)}
    </div>
  );
}

function words(problem: ApiProblem): string {
  const left = Number(problem.params["left"]);
  if (problem.code === "people.pictures-wrong" && left > 0) return plural("signIn.picturesWrong", left);
  return problemText(problem);
}
