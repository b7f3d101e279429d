import type { ComponentChildren } from "preact";
import { LANGUAGE_NAMES, LANGUAGES, t, useLanguage } from "../i18n";
import { chooseLanguage } from "../session";
import { school, useStore } from "../store";
import { Banner, Brand, Icon } from "../ui";
import "./sign-in.css";

interface FrameProps {
  /** At the start of the top line, where Back is. */
  start?: ComponentChildren;
  wide?: boolean;
  children: ComponentChildren;
}

/** The page that everybody sees before they are signed in: the school's name, the languages, one task. */
export function Frame({ start, wide, children }: FrameProps) {
  const ours = useStore(school);
  return (
    <div class="gate">
      {ours?.sample && (
        <Banner kind="warn" icon="eye">
          {t("setUp.sampleBanner")}
        </Banner>
      )}
      <header class="gate-top">
        {start ?? <Brand name={ours?.setUp ? ours.name : "Schoolhouse"} size={36} />}
        <Languages />
      </header>
      <main class={wide ? "gate-main gate-main-wide" : "gate-main"}>{children}</main>
    </div>
  );
}

/** Every language by its own name. */
function Languages() {
  const language = useLanguage();
  return (
    <label class="languages">
      <Icon name="globe" />
      <span class="only-heard">{t("common.language")}</span>
      <select value={language} onChange={(event) => void chooseLanguage(event.currentTarget.value)}>
        {LANGUAGES.map((code) => (
          <option key={code} value={code}>
            {LANGUAGE_NAMES[code]}
          </option>
        ))}
      </select>
    </label>
  );
}
