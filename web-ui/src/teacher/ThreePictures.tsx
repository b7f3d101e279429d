import { formatNumber, t, type Key } from "../i18n";
import { Picture } from "../ui";

/** The three pictures that a student touches, in order, with their names. */
export function ThreePictures({ pictures }: { pictures: string[] }) {
  return (
    <ol class="three" aria-label={t("teach.students.pictures")}>
      {pictures.map((picture, index) => (
        <li key={index}>
          <span class="three-number" aria-hidden="true">
            {formatNumber(index + 1)}
          </span>
          <Picture name={picture} size={64} />
          <span class="small">{t(`signIn.picture.${picture}` as Key)}</span>
        </li>
      ))}
    </ol>
  );
}
