import { plural, t } from "../../i18n";
import { Banner, ButtonLink } from "../../ui";
import { newsOf } from "./rules";
import { useLibrary } from "./useLibrary";

/** Soon enough for somebody who has just plugged in a stick, seldom enough for a page that is about something else. */
const EVERY = 3_000;

/** A quiet line on the teacher's other pages: a stick is in, and there is something new on it. */
export function StickBanner() {
  const { page } = useLibrary(EVERY);
  const news = page && newsOf(page);
  if (!news) return null;
  return (
    <div class="stick-banner">
      <Banner
        icon="usb"
        action={
          <ButtonLink href="/teach/library" iconAfter="forward">
            {t("library.look")}
          </ButtonLink>
        }
      >
        {news.looking ? t("library.bannerLooking") : plural("library.banner", news.count)}
      </Banner>
    </div>
  );
}
