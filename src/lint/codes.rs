//! Every code of a verdict: what it is for, and what its author can do. `docs/pack-format.md` shows the same table.

use super::Severity;

/// One kind of finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// Stable, such as `W-203`. The letter is the severity: F, E, W, I.
    pub code: &'static str,
    /// What is looked at, in a few words.
    pub what: &'static str,
    /// What to do.
    pub advice: &'static str,
}

const fn code(code: &'static str, what: &'static str, advice: &'static str) -> Code {
    Code { code, what, advice }
}

/// All codes, in their order.
pub const CODES: [Code; 37] = [
    code("F-001", "no pack, or a document that is not as this page says", "Mend the field that is named."),
    code("F-002", "another format, or made for a newer Schoolhouse", "Update Schoolhouse."),
    code(
        "F-003",
        "a file that is damaged, cut off or packed in two ways",
        "Build the pack again and copy it again.",
    ),
    code("F-004", "a path that leads out of the pack, is no plain name, or occurs twice", "Rename the file."),
    code("F-005", "an archive that swells, or is larger than any may be", "Split the pack."),
    code("F-006", "a signature that does not fit", "Sign the pack again after the last build."),
    code("F-007", "an id that occurs twice", "Give each its own."),
    code(
        "F-008",
        "prerequisites that go round in a circle, a pack that depends on itself",
        "Take one of them out.",
    ),
    code("F-009", "the disk would be too full for answers", "Remove a pack that nobody uses."),
    code("E-101", "something is named that is not in the pack", "Add the file or mend the name."),
    code("E-102", "a question without a key that works", "Mend the key or the options."),
    code(
        "E-103",
        "a skill that is not defined, or is never practised",
        "Define it, or ask a question about it.",
    ),
    code(
        "E-104",
        "no licence, or two that contradict each other",
        "Name the licence; leave out what you may not use.",
    ),
    code(
        "E-105",
        "video or sound that some tablets can't play",
        "Convert it: MP4, H.264 main profile, 720 lines, AAC.",
    ),
    code("E-106", "a picture without words, sound or video without captions", "Write what is seen or said."),
    code(
        "E-107",
        "a page that needs the internet, or runs what can't be looked at",
        "Put what it loads into the pack.",
    ),
    code("E-108", "a script in a picture, a PDF with scripts or a lock", "Export it again without."),
    code("W-201", "media that is large for what it shows", "Make it smaller."),
    code(
        "W-202",
        "text that is hard for the grades of the pack",
        "Write shorter sentences and plainer words.",
    ),
    code(
        "W-203",
        "too few questions for a skill, or too much of one kind",
        "Add questions; a template counts for four.",
    ),
    code(
        "W-204",
        "only one way to learn a skill",
        "Add another: read, watch, listen, an example, something to do.",
    ),
    code(
        "W-205",
        "colours that are hard to tell apart, words inside a picture",
        "Darken the text; say the words in `alt`.",
    ),
    code("W-206", "questions that are not read aloud, or at length", "Record one short sentence for each."),
    code("W-207", "a key that can be guessed", "Vary which option is right, and how long it is."),
    code(
        "W-208",
        "links that leave, pages that end nowhere, files that nothing shows",
        "Take them out, or lead on.",
    ),
    code("W-209", "another language or direction than declared", "Mend the tag, or the text."),
    code(
        "W-210",
        "a lesson without a part for the room, without a check, or too long",
        "Add it; split the lesson.",
    ),
    code(
        "W-211",
        "something that can tell who or where a person is",
        "Take it out; note who agreed to pictures.",
    ),
    code("W-212", "a template with some variants that are not good", "Narrow `params`, or add to `where`."),
    code("W-213", "a field that a good pack fills in", "Fill it in."),
    code("I-301", "how large it is", "Nothing; it is good to know."),
    code("I-302", "minutes of video and sound", "Nothing; it is good to know."),
    code("I-303", "how much there is of everything", "Nothing; it is good to know."),
    code(
        "I-304",
        "how many skills name a place in a syllabus",
        "Fill in `alignsTo` where there is a syllabus.",
    ),
    code("I-305", "questions whose difficulty is a guess", "Nothing; answers will tell."),
    code("I-306", "WebM: the second choice after MP4", "Convert it to MP4 where you can."),
    code("I-307", "files that were not looked into", "Nothing; no harm is known of them."),
];

/// The refusals of `packs/`, and the code that each becomes in a verdict. Codes of `packs/` that are not here say nothing
/// about the pack, such as that a card can't be read or that there is no such course.
pub const REFUSALS: [(&str, &str); 25] = [
    ("pack.manifest", "F-001"),
    ("pack.form", "F-001"),
    ("pack.faults", "F-001"),
    ("pack.file-missing", "F-001"),
    ("pack.file-large", "F-001"),
    ("pack.not-an-archive", "F-001"),
    ("pack.not-a-pack", "F-001"),
    ("pack.format-unknown", "F-002"),
    ("pack.needs-newer", "F-002"),
    ("pack.checksum", "F-003"),
    ("pack.cut-off", "F-003"),
    ("pack.inconsistent", "F-003"),
    ("pack.overlap", "F-003"),
    ("pack.volume-missing", "F-003"),
    ("pack.entry-encrypted", "F-003"),
    ("pack.entry-method", "F-003"),
    ("pack.entry-outside", "F-004"),
    ("pack.entry-name", "F-004"),
    ("pack.entry-special", "F-004"),
    ("pack.entry-twice", "F-004"),
    ("pack.bomb", "F-005"),
    ("pack.too-large", "F-005"),
    ("pack.too-many-files", "F-005"),
    ("pack.signature-wrong", "F-006"),
    ("box.disk-full", "F-009"),
];

/// Which code stands for a refusal; `None` for what says nothing about the pack.
pub fn of_refusal(error: &str) -> Option<&'static str> {
    REFUSALS.iter().find(|(refusal, _)| *refusal == error).map(|(_, code)| *code)
}

/// The severity that a code's letter stands for.
pub(super) fn severity(code: &str) -> Severity {
    match code.as_bytes().first() {
        Some(b'F') => Severity::Fatal,
        Some(b'E') => Severity::Error,
        Some(b'W') => Severity::Warning,
        _ => Severity::Info,
    }
}
