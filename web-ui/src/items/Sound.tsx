import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { mediaUrl } from "../store";
import { Icon } from "../ui/Icon";

interface SoundProps {
  /** Path of the sound in the pack. */
  path: string;
  hash: string;
  transcript?: string | undefined;
  /** A round button without its word, to stand beside a text. */
  round?: boolean;
}

/** The sound that is heard now; a second one stops it. */
let heard: HTMLAudioElement | null = null;

/** A button that plays a sound of the pack, and the words of the sound where the pack has them. */
export function Sound({ path, hash, transcript, round = false }: SoundProps) {
  const player = useRef<HTMLAudioElement>(null);
  const [state, setState] = useState<"still" | "playing" | "failed">("still");
  const [wordsShown, showWords] = useState(false);
  useEffect(() => {
    const audio = player.current;
    return () => audio?.pause(); // the next question must not talk over this one
  }, [path]);

  const toggle = () => {
    const audio = player.current;
    if (!audio) return;
    if (state === "playing") {
      audio.pause();
      audio.currentTime = 0;
      setState("still");
      return;
    }
    if (heard !== audio) heard?.pause();
    heard = audio;
    setState("playing");
    Promise.resolve(audio.play()).catch(() => setState("failed"));
  };

  return (
    <span class={`item-sound${round ? " is-round" : ""}`}>
      <audio
        ref={player}
        src={mediaUrl(hash, path)}
        preload="none"
        onPause={() => setState((now) => (now === "playing" ? "still" : now))}
        onEnded={() => setState("still")}
        onError={() => setState((now) => (now === "playing" ? "failed" : now))}
      />
      <button type="button" class={`item-sound-button${state === "playing" ? " is-playing" : ""}`} onClick={toggle}>
        <Icon name={state === "playing" ? "stop" : "sound"} />
        <span class={round ? "only-heard" : undefined}>
          {state === "playing" ? t("items.stop") : t("items.listen")}
        </span>
      </button>
      {transcript && (
        <button type="button" class="item-quiet" aria-expanded={wordsShown} onClick={() => showWords(!wordsShown)}>
          {t("items.showWords")}
        </button>
      )}
      <span role="status">
        {state === "failed" && (
          <span class="item-note" dir="auto">
            {t("items.soundFailed")}
          </span>
        )}
      </span>
      {transcript && wordsShown && <span class="item-transcript">{transcript}</span>}
    </span>
  );
}
