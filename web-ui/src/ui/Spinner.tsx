import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n";

/** Turns while a page waits. Shown only after a third of a second, so that quick answers do not flicker. */
export function PageSpinner() {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 350);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class="spinner-page" role="status">
      {shown && (
        <>
          <span class="spinner" aria-hidden="true" />
          <span class="only-heard">{t("common.loading")}</span>
        </>
      )}
    </div>
  );
}
