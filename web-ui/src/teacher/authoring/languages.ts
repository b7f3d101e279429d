/** Languages to write a course in, each by its own name; those of the interface first. */

import { LANGUAGE_NAMES } from "../../i18n";

export const WRITING_LANGUAGES: Record<string, string> = {
  ...LANGUAGE_NAMES,
  am: "አማርኛ",
  bn: "বাংলা",
  fa: "فارسی",
  ha: "Hausa",
  hi: "हिन्दी",
  id: "Bahasa Indonesia",
  ig: "Igbo",
  ln: "Lingála",
  mg: "Malagasy",
  my: "မြန်မာ",
  ne: "नेपाली",
  ny: "Chichewa",
  om: "Afaan Oromoo",
  ps: "پښتو",
  pt: "Português",
  qu: "Runa Simi",
  rw: "Kinyarwanda",
  sn: "chiShona",
  so: "Soomaali",
  sw: "Kiswahili",
  ti: "ትግርኛ",
  tl: "Tagalog",
  ur: "اردو",
  wo: "Wolof",
  yo: "Yorùbá",
  zu: "isiZulu",
};

/** The choices, with the one that a course has even if it is none of ours. */
export function languageChoices(has: string): { value: string; label: string }[] {
  const known = Object.entries(WRITING_LANGUAGES).map(([value, label]) => ({ value, label }));
  return known.some((one) => one.value === has) ? known : [...known, { value: has, label: has }];
}
