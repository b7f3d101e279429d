import { useRef } from "preact/hooks";
import { post, problemText } from "../../api/client";
import { t } from "../../i18n";
import { path } from "../../router";
import { mediaUrl, useStore } from "../../store";
import { Banner, Button, Field, TextArea } from "../../ui";
import { send, sendings } from "../library/sending";
import { SendingCard } from "../library/Sendings";
import { useTask } from "../load";
import { API, type Desk } from "./desk";
import { withPart } from "./draft";
import { type Media, sendFile } from "./media";
import type { FilmPart, Part } from "./types";

interface FilmProps {
  desk: Desk;
  lesson: string;
  part: FilmPart;
  onChange: (part: Part) => void;
}

/** A video or a sound. It is sent in pieces, and goes on also while the teacher writes elsewhere. */
export function FilmEditor({ desk, lesson, part, onChange }: FilmProps) {
  const input = useRef<HTMLInputElement>(null);
  const purpose = `${desk.id}/${part.id}`;
  const coming = useStore(sendings).filter((one) => one.purpose === purpose);
  const isVideo = part.kind === "video";

  function take(file: File) {
    // The teacher may be on another screen when it has arrived.
    send([file], purpose, async (upload) => {
      const media = await post<Media>(`${path(API, desk.id)}/media/uploaded`, { upload }, { timeout: 120_000 });
      desk.open.change((now) =>
        withPart(now, lesson, part.id, (one) =>
          one.kind === "video" || one.kind === "audio" ? { ...one, file: media.file } : one,
        ),
      );
    });
  }

  return (
    <div class="stack">
      <input
        ref={input}
        type="file"
        class="only-heard own-file"
        accept={isVideo ? "video/*" : "audio/*"}
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = "";
          if (file) take(file);
        }}
      />
      {part.file &&
        (isVideo ? (
          <video
            class="own-film"
            controls
            playsInline
            preload="metadata"
            src={mediaUrl(desk.media, part.file)}
            aria-label={part.title || t("authoring.part.video")}
          />
        ) : (
          <audio
            class="own-film"
            controls
            preload="metadata"
            src={mediaUrl(desk.media, part.file)}
            aria-label={part.title || t("authoring.part.audio")}
          />
        ))}
      {coming.map((one) => (
        <SendingCard key={one.key} one={one} />
      ))}
      {coming.length === 0 && (
        <div data-field="file">
          <Button kind={part.file ? "plain" : "primary"} icon={isVideo ? "film" : "sound"} onClick={() => input.current!.click()}>
            {t(part.file ? "authoring.filmOther" : isVideo ? "authoring.videoChoose" : "authoring.audioChoose")}
          </Button>
        </div>
      )}
      <p class="small soft">{t(isVideo ? "authoring.videoNote" : "authoring.audioNote")}</p>
      <Field
        label={t(isVideo ? "authoring.alt" : "authoring.audioAlt")}
        dir="auto"
        value={part.alt}
        onInput={(alt) => onChange({ ...part, alt })}
      />
      <div data-field="transcript">
        <TextArea
          label={t("authoring.transcript")}
          note={t("authoring.transcriptNote")}
          rows={5}
          dir="auto"
          value={part.transcript}
          onInput={(transcript) => onChange({ ...part, transcript })}
        />
      </div>
      <Captions desk={desk} part={part} onChange={onChange} />
    </div>
  );
}

/** Subtitles, for whoever has a file of them. */
function Captions({ desk, part, onChange }: Omit<FilmProps, "lesson">) {
  const input = useRef<HTMLInputElement>(null);
  const { busy, problem, run } = useTask();
  return (
    <details class="own-more">
      <summary>{t("authoring.captions")}</summary>
      <div class="stack stack-s">
        <input
          ref={input}
          type="file"
          class="only-heard own-captions"
          accept=".vtt,.srt,text/vtt"
          tabIndex={-1}
          aria-hidden="true"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            event.currentTarget.value = "";
            if (file) void run(async () => onChange({ ...part, captions: await sendFile(desk.id, file) }));
          }}
        />
        {part.captions && <p>{t("authoring.captionsThere")}</p>}
        {problem !== null && <Banner kind="wrong">{problemText(problem)}</Banner>}
        <div class="row">
          <Button icon="page" busy={busy} onClick={() => input.current!.click()}>
            {t("authoring.captionsChoose")}
          </Button>
          {part.captions && (
            <Button icon="trash" onClick={() => onChange({ ...part, captions: null })}>
              {t("authoring.captionsRemove")}
            </Button>
          )}
        </div>
      </div>
    </details>
  );
}
