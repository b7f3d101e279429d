import { useRef, useState } from "preact/hooks";
import { problemText } from "../../../api/client";
import { t } from "../../../i18n";
import { mediaUrl } from "../../../store";
import { Banner, Button, Field } from "../../../ui";
import { useTask } from "../../load";
import type { Desk } from "../desk";
import { sendPhoto, turned } from "../media";

interface PhotoProps {
  desk: Desk;
  file: string | null;
  alt: string;
  /** Both together, so that one change keeps them. */
  onChange: (file: string, alt: string) => void;
  /** Takes it away again; left out where it must be there. */
  onRemove?: () => void;
  /** What stands on the photo, in place of the photo alone. */
  children?: preact.ComponentChildren;
}

/** A photo from the camera or from what the phone has, and what is seen on it. */
export function Photo({ desk, file, alt, onChange, onRemove, children }: PhotoProps) {
  const camera = useRef<HTMLInputElement>(null);
  const stored = useRef<HTMLInputElement>(null);
  const { busy, problem, run } = useTask();
  const [round, setRound] = useState(0);
  const send = (photo: () => Promise<Blob> | Blob) =>
    void run(async () => {
      onChange(await sendPhoto(desk.id, await photo()), alt);
      setRound(round + 1);
    });
  return (
    <div class="stack stack-s own-photo" data-field="photo">
      <PhotoInput of={camera} capture onPhoto={(photo) => send(() => photo)} />
      <PhotoInput of={stored} onPhoto={(photo) => send(() => photo)} />
      {file && (children ?? <img class="own-photo-picture" src={mediaUrl(desk.media, file)} alt={alt} />)}
      {problem !== null && <Banner kind="wrong">{problemText(problem)}</Banner>}
      <div class="row">
        <Button icon="camera" kind={file ? "plain" : "primary"} busy={busy} onClick={() => camera.current!.click()}>
          {t(file ? "authoring.photoOther" : "authoring.photoTake")}
        </Button>
        <Button icon="picture" disabled={busy} onClick={() => stored.current!.click()}>
          {t("authoring.photoChoose")}
        </Button>
        {file && (
          <Button icon="refresh" disabled={busy} onClick={() => send(() => turned(mediaUrl(desk.media, file)))}>
            {t("authoring.photoTurn")}
          </Button>
        )}
        {onRemove && (
          <Button icon="trash" disabled={busy} onClick={onRemove}>
            {t("authoring.photoRemove")}
          </Button>
        )}
      </div>
      {file && (
        <div data-field="alt">
          <Field
            label={t("authoring.alt")}
            note={t("authoring.altNote")}
            dir="auto"
            value={alt}
            onInput={(text) => onChange(file, text)}
          />
        </div>
      )}
    </div>
  );
}

interface PhotoInputProps {
  of: { current: HTMLInputElement | null };
  /** Whether the camera opens at once. */
  capture?: boolean;
  onPhoto: (photo: File) => void;
}

/** What opens the camera or the tablet's pictures; a button with words stands for it. */
export function PhotoInput({ of, capture, onPhoto }: PhotoInputProps) {
  return (
    <input
      ref={of}
      type="file"
      class={capture ? "only-heard own-camera" : "only-heard own-file"}
      accept="image/*"
      {...(capture ? { capture: "environment" as const } : {})}
      tabIndex={-1}
      aria-hidden="true"
      onChange={(event) => {
        const photo = event.currentTarget.files?.[0];
        // The same photo may be chosen again.
        event.currentTarget.value = "";
        if (photo) onPhoto(photo);
      }}
    />
  );
}
