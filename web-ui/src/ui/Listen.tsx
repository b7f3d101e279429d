import { useEffect, useState } from "preact/hooks";
import { currentLanguage, t } from "../i18n";
import { IconButton } from "./Button";

/**
 * Reads a sentence aloud for those who cannot read it yet, with the tablet's own voice. Shown only where the
 * tablet has a voice of its own for the language, because a voice from the internet would be silent here.
 */
export function Listen({ text, language = currentLanguage() }: { text: string; language?: string }) {
  const [voice, setVoice] = useState<SpeechSynthesisVoice | null>(null);

  useEffect(() => {
    const speech = window.speechSynthesis;
    if (!speech) return;
    const find = () => {
      setVoice(speech.getVoices().find((one) => one.localService && one.lang.split(/[-_]/)[0] === language) ?? null);
    };
    find();
    speech.addEventListener?.("voiceschanged", find);
    return () => {
      speech.removeEventListener?.("voiceschanged", find);
      speech.cancel();
    };
  }, [language]);

  if (!voice) return null;
  return (
    <IconButton
      icon="sound"
      big
      label={t("common.listen")}
      onClick={() => {
        speechSynthesis.cancel();
        const words = new SpeechSynthesisUtterance(text);
        words.voice = voice;
        words.lang = voice.lang;
        words.rate = 0.9;
        speechSynthesis.speak(words);
      }}
    />
  );
}
