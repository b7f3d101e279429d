//! Which script a letter belongs to, and which scripts a language is written in.

/// A script, as far as the lint must tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Script {
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Hebrew,
    Arabic,
    Syriac,
    Thaana,
    Nko,
    Devanagari,
    Bengali,
    Gurmukhi,
    Gujarati,
    Oriya,
    Tamil,
    Telugu,
    Kannada,
    Malayalam,
    Sinhala,
    Thai,
    Lao,
    Tibetan,
    Myanmar,
    Georgian,
    Hangul,
    Ethiopic,
    Cherokee,
    Khmer,
    Mongolian,
    Tifinagh,
    Kana,
    Han,
}

use Script::{
    Arabic, Armenian, Bengali, Cherokee, Cyrillic, Devanagari, Ethiopic, Georgian, Greek, Gujarati, Gurmukhi,
    Han, Hangul, Hebrew, Kana, Kannada, Khmer, Lao, Latin, Malayalam, Mongolian, Myanmar, Nko, Oriya,
    Sinhala, Syriac, Tamil, Telugu, Thaana, Thai, Tibetan, Tifinagh,
};

/// Blocks of Unicode (Blocks.txt), in their order: from, to.
const BLOCKS: [(u32, u32, Script); 44] = [
    (0x0041, 0x024f, Latin),
    (0x0250, 0x02af, Latin),
    (0x0370, 0x03ff, Greek),
    (0x0400, 0x052f, Cyrillic),
    (0x0531, 0x058f, Armenian),
    (0x0590, 0x05ff, Hebrew),
    (0x0600, 0x06ff, Arabic),
    (0x0700, 0x074f, Syriac),
    (0x0750, 0x077f, Arabic),
    (0x0780, 0x07bf, Thaana),
    (0x07c0, 0x07ff, Nko),
    (0x0870, 0x08ff, Arabic),
    (0x0900, 0x097f, Devanagari),
    (0x0980, 0x09ff, Bengali),
    (0x0a00, 0x0a7f, Gurmukhi),
    (0x0a80, 0x0aff, Gujarati),
    (0x0b00, 0x0b7f, Oriya),
    (0x0b80, 0x0bff, Tamil),
    (0x0c00, 0x0c7f, Telugu),
    (0x0c80, 0x0cff, Kannada),
    (0x0d00, 0x0d7f, Malayalam),
    (0x0d80, 0x0dff, Sinhala),
    (0x0e00, 0x0e7f, Thai),
    (0x0e80, 0x0eff, Lao),
    (0x0f00, 0x0fff, Tibetan),
    (0x1000, 0x109f, Myanmar),
    (0x10a0, 0x10ff, Georgian),
    (0x1100, 0x11ff, Hangul),
    (0x1200, 0x139f, Ethiopic),
    (0x13a0, 0x13ff, Cherokee),
    (0x1780, 0x17ff, Khmer),
    (0x1800, 0x18af, Mongolian),
    (0x1c80, 0x1c8f, Cyrillic),
    (0x1e00, 0x1eff, Latin),
    (0x1f00, 0x1fff, Greek),
    (0x2c60, 0x2c7f, Latin),
    (0x2d30, 0x2d7f, Tifinagh),
    (0x3040, 0x30ff, Kana),
    (0x3400, 0x9fff, Han),
    (0xa720, 0xa7ff, Latin),
    (0xac00, 0xd7af, Hangul),
    (0xf900, 0xfaff, Han),
    (0xfb1d, 0xfb4f, Hebrew),
    (0xfb50, 0xfeff, Arabic),
];

/// Languages that are not written in Latin letters, or not in them alone (CLDR, supplemental data, languages).
const LANGUAGES: [(&str, &[Script]); 66] = [
    ("am", &[Ethiopic]),
    ("ar", &[Arabic]),
    ("as", &[Bengali]),
    ("az", &[Latin, Cyrillic, Arabic]),
    ("ba", &[Cyrillic]),
    ("be", &[Cyrillic]),
    ("ber", &[Tifinagh, Latin, Arabic]),
    ("bg", &[Cyrillic]),
    ("bho", &[Devanagari]),
    ("bn", &[Bengali]),
    ("bo", &[Tibetan]),
    ("brx", &[Devanagari]),
    ("bs", &[Latin, Cyrillic]),
    ("chr", &[Cherokee]),
    ("ckb", &[Arabic]),
    ("dv", &[Thaana]),
    ("dz", &[Tibetan]),
    ("el", &[Greek]),
    ("fa", &[Arabic]),
    ("gu", &[Gujarati]),
    ("ha", &[Latin, Arabic]),
    ("he", &[Hebrew]),
    ("hi", &[Devanagari]),
    ("hy", &[Armenian]),
    ("ja", &[Kana, Han]),
    ("ka", &[Georgian]),
    ("kk", &[Cyrillic, Arabic, Latin]),
    ("km", &[Khmer]),
    ("kn", &[Kannada]),
    ("ko", &[Hangul, Han]),
    ("kok", &[Devanagari]),
    ("ks", &[Arabic, Devanagari]),
    ("ku", &[Latin, Arabic]),
    ("ky", &[Cyrillic, Arabic]),
    ("lo", &[Lao]),
    ("mai", &[Devanagari]),
    ("mk", &[Cyrillic]),
    ("ml", &[Malayalam]),
    ("mn", &[Cyrillic, Mongolian]),
    ("mr", &[Devanagari]),
    ("ms", &[Latin, Arabic]),
    ("my", &[Myanmar]),
    ("ne", &[Devanagari]),
    ("nqo", &[Nko]),
    ("or", &[Oriya]),
    ("pa", &[Gurmukhi, Arabic]),
    ("ps", &[Arabic]),
    ("ru", &[Cyrillic]),
    ("sa", &[Devanagari]),
    ("sd", &[Arabic, Devanagari]),
    ("si", &[Sinhala]),
    ("sr", &[Cyrillic, Latin]),
    ("ta", &[Tamil]),
    ("te", &[Telugu]),
    ("tg", &[Cyrillic]),
    ("th", &[Thai]),
    ("ti", &[Ethiopic]),
    ("tk", &[Latin, Cyrillic]),
    ("ug", &[Arabic]),
    ("uk", &[Cyrillic]),
    ("ur", &[Arabic]),
    ("uz", &[Latin, Cyrillic]),
    ("wo", &[Latin, Arabic]),
    ("yi", &[Hebrew]),
    ("zgh", &[Tifinagh]),
    ("zh", &[Han]),
];

/// Script subtags of BCP 47 that a tag may name itself.
const SUBTAGS: [(&str, Script); 12] = [
    ("latn", Latin),
    ("cyrl", Cyrillic),
    ("arab", Arabic),
    ("hebr", Hebrew),
    ("deva", Devanagari),
    ("guru", Gurmukhi),
    ("hans", Han),
    ("hant", Han),
    ("mong", Mongolian),
    ("nkoo", Nko),
    ("tfng", Tifinagh),
    ("ethi", Ethiopic),
];

/// The script of a letter; `None` of everything else.
pub(super) fn script(letter: char) -> Option<Script> {
    if !letter.is_alphabetic() {
        return None;
    }
    let code = u32::from(letter);
    let after = BLOCKS.partition_point(|(from, _, _)| *from <= code);
    let (_, to, script) = BLOCKS.get(after.checked_sub(1)?)?;
    (code <= *to).then_some(*script)
}

/// The scripts that a language is written in, by its tag.
pub(super) fn scripts_of(tag: &str) -> Vec<Script> {
    let tag = tag.to_ascii_lowercase();
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    let named = parts.find_map(|part| SUBTAGS.iter().find(|(subtag, _)| *subtag == part));
    if let Some((_, script)) = named {
        return vec![*script];
    }
    let known = LANGUAGES.iter().find(|(known, _)| *known == language);
    known.map_or_else(|| vec![Latin], |(_, scripts)| scripts.to_vec())
}

/// Whether a script runs from right to left.
pub(super) fn is_rtl(script: Script) -> bool {
    matches!(script, Hebrew | Arabic | Syriac | Thaana | Nko)
}

/// Whether a script puts no blanks between words.
pub(super) fn is_unspaced(script: Script) -> bool {
    matches!(script, Thai | Lao | Khmer | Myanmar | Tibetan | Han | Kana)
}
