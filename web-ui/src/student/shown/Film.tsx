import { useEffect, useRef, useState } from "preact/hooks";
import type { Activity } from "../../api/types";
import { formatNumber, t } from "../../i18n";
import { packUrl } from "../../store";
import { Banner } from "../../ui";
import { keepPosition } from "./position";
import { startAt } from "./rules";

const SPEEDS = [0.75, 1, 1.25, 1.5];
/** Seconds of playing between two words to the box about where the student is. */
const TELL_EVERY = 10;

/** A video or a sound, with captions, speed, and the place where the student stopped. */
export function Film({ activity }: { activity: Activity }) {
  const player = useRef<HTMLVideoElement & HTMLAudioElement>(null);
  const [speed, setSpeed] = useState(1);
  const [broken, setBroken] = useState(false);
  const told = useRef(activity.position ?? 0);

  function tell(seconds: number) {
    told.current = seconds;
    keepPosition(activity, seconds);
  }

  /** Where it stands is told now and then while it plays, and at once when it stops. */
  function follow(now: boolean) {
    const { currentTime, ended } = player.current!;
    if (ended) tell(0);
    else if (now || Math.abs(currentTime - told.current) >= TELL_EVERY) tell(currentTime);
  }

  useEffect(() => {
    const element = player.current;
    return () => {
      if (element && element.currentTime > 0 && !element.ended) keepPosition(activity, element.currentTime);
    };
  }, []);

  useEffect(() => {
    if (player.current) player.current.playbackRate = speed;
  }, [speed]);

  const shared = {
    ref: player,
    src: packUrl(activity.file ?? ""),
    controls: true,
    preload: "metadata" as const,
    // Captions come from the packs origin, and a browser reads them only when it may.
    crossOrigin: "anonymous" as const,
    onLoadedMetadata: () => {
      const element = player.current!;
      const start = startAt(activity.position ?? 0, element.duration);
      if (start > 0) element.currentTime = start;
    },
    onTimeUpdate: () => follow(false),
    onPause: () => follow(true),
    onEnded: () => follow(true),
    onError: () => setBroken(true),
  };
  const captions = activity.captions?.map((one, index) => (
    <track
      key={one.file}
      kind="captions"
      srcLang={one.language}
      label={one.language}
      src={packUrl(one.file)}
      default={index === 0}
    />
  ));
  const isVideo = activity.kind === "video";
  return (
    <div class="card film">
      {broken && <Banner kind="warn">{t("student.shown.cannotPlay")}</Banner>}
      {isVideo ? (
        <video {...shared} class="film-picture" playsInline {...(activity.poster ? { poster: packUrl(activity.poster) } : {})}>
          {captions}
        </video>
      ) : (
        <audio {...shared} class="film-sound">
          {captions}
        </audio>
      )}
      <div class="film-speeds" role="group" aria-label={t("student.shown.speed")}>
        {SPEEDS.map((one) => (
          <button
            key={one}
            type="button"
            class={one === speed ? "film-speed film-speed-here" : "film-speed"}
            aria-pressed={one === speed}
            onClick={() => setSpeed(one)}
          >
            <bdi>{formatNumber(one)}×</bdi>
          </button>
        ))}
      </div>
    </div>
  );
}
