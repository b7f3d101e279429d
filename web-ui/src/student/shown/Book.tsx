import { useState } from "preact/hooks";
import type { Activity } from "../../api/types";
import { t } from "../../i18n";
import { usePlace } from "../../router";
import { packUrl } from "../../store";
import { IconButton } from "../../ui";
import { Frame } from "./Frame";
import { keepPosition } from "./position";

/** A book, chapter by chapter. Nothing in it is run. */
export function Book({ activity }: { activity: Activity }) {
  const chapters = activity.chapters ?? [];
  // A search names the chapter; otherwise the book opens where it was closed.
  const named = usePlace().query.get("chapter");
  const first = named === null ? (activity.position ?? 0) : Math.max(0, Math.floor(Number(named) || 0));
  const [at, setAt] = useState(Math.min(first, chapters.length - 1));
  const chapter = chapters[at];
  if (!chapter) return null;

  function open(next: number) {
    setAt(next);
    keepPosition(activity, next);
  }

  return (
    <Frame key={chapter.file} address={packUrl(chapter.file)} title={chapter.title} runs={false}>
      {chapters.length > 1 && (
        <>
          <IconButton icon="back" label={t("student.shown.chapterBefore")} disabled={at === 0} onClick={() => open(at - 1)} />
          <select
            class="input shown-chapter"
            aria-label={t("student.shown.chapter")}
            value={String(at)}
            onChange={(event) => open(Number(event.currentTarget.value))}
          >
            {chapters.map((one, index) => (
              <option key={one.file} value={String(index)}>
                {one.title}
              </option>
            ))}
          </select>
          <IconButton
            icon="forward"
            label={t("student.shown.chapterAfter")}
            disabled={at === chapters.length - 1}
            onClick={() => open(at + 1)}
          />
        </>
      )}
    </Frame>
  );
}
