//! Files that the box can't show: what they are, told from their first bytes, and what to bring instead.

use super::text::decode_head;

/// What something is that can't be shown, and what helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Strange {
    /// With its article: *a Word document*.
    pub(super) what: &'static str,
    /// The next step, one sentence.
    pub(super) advice: &'static str,
}

impl Strange {
    pub(super) const fn new(what: &'static str, advice: &'static str) -> Self {
        Self { what, advice }
    }

    /// One sentence on what a file is, and one on what to do.
    pub(super) fn tell(self, name: &str) -> String {
        format!("{name} is {}. {}", self.what, self.advice)
    }
}

pub(super) const AS_MP4: &str = "Convert it to MP4 with H.264 and AAC, and bring that.";
pub(super) const AS_MP3: &str = "Convert it to MP3, and bring that.";
pub(super) const AS_PICTURE: &str = "Save it as JPEG or PNG, and bring that.";
pub(super) const AS_PDF: &str = "Save it as PDF, and bring that.";
pub(super) const AS_CSV: &str = "Save the sheet with the questions as CSV, and bring that.";
pub(super) const AS_EPUB: &str = "Look for the same book as EPUB or PDF.";
pub(super) const UNPACK: &str = "Unpack it on a computer, and bring what is in it.";
pub(super) const NOT_RUN: &str = "The box shows lessons and runs no programs.";
pub(super) const NOT_YET: &str = "This version of Schoolhouse can't open it.";
pub(super) const ASK_FOR_EXPORT: &str = "Export the questions as Moodle XML or GIFT, and bring that.";

/// For bytes that nothing is known of.
pub(super) const UNKNOWN: Strange = Strange::new(
    "of a kind that this box does not know",
    "Bring videos as MP4, books as EPUB or PDF, pictures as JPEG or PNG, questions as CSV.",
);

/// Where the bytes stand, the bytes, and what they say.
type Sign = (usize, &'static [u8], Strange);

/// Most telling first. Documented by the formats themselves; the places are those of file(1).
const SIGNS: &[Sign] = &[
    (0, b"Rar!\x1a\x07", Strange::new("a RAR archive", UNPACK)),
    (0, b"7z\xbc\xaf\x27\x1c", Strange::new("a 7z archive", UNPACK)),
    (0, b"\x1f\x8b", Strange::new("a file packed with gzip, perhaps a Moodle backup", UNPACK)),
    (0, b"\xfd7zXZ\0", Strange::new("a file packed with xz", UNPACK)),
    (0, b"BZh", Strange::new("a file packed with bzip2", UNPACK)),
    (0, b"\x28\xb5\x2f\xfd", Strange::new("a file packed with zstd", UNPACK)),
    (257, b"ustar", Strange::new("a tar archive", UNPACK)),
    (0, b"MSCF", Strange::new("a cabinet archive of Windows", UNPACK)),
    (32769, b"CD001", Strange::new("the picture of a whole CD or DVD", UNPACK)),
    (
        0,
        b"ZIM\x04",
        Strange::new(
            "a library of Kiwix (ZIM)",
            "Serve it with Kiwix; this version of Schoolhouse can't open it.",
        ),
    ),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Strange::new("an old Word, Excel or PowerPoint file", AS_PDF)),
    (0, b"MZ", Strange::new("a program for Windows", NOT_RUN)),
    (0, b"\x7fELF", Strange::new("a program for Linux", NOT_RUN)),
    (0, b"\xcf\xfa\xed\xfe", Strange::new("a program for the Mac", NOT_RUN)),
    (0, b"\xca\xfe\xba\xbe", Strange::new("a program for Java or the Mac", NOT_RUN)),
    (0, b"L\0\0\0\x01\x14\x02\0", Strange::new("a shortcut of Windows", "Copy the file that it leads to.")),
    (
        0,
        b"FWS",
        Strange::new("a Flash animation", "Flash no longer runs in any browser; look for an HTML version."),
    ),
    (
        0,
        b"CWS",
        Strange::new("a Flash animation", "Flash no longer runs in any browser; look for an HTML version."),
    ),
    (0, b"FLV\x01", Strange::new("a Flash video", AS_MP4)),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", Strange::new("a Windows Media file (WMV or WMA)", AS_MP4)),
    (0, b"\0\0\x01\xba", Strange::new("a video of the kind MPEG, as on a DVD", AS_MP4)),
    (0, b"\0\0\x01\xb3", Strange::new("a video of the kind MPEG", AS_MP4)),
    (0, b".RMF", Strange::new("a RealMedia file", AS_MP4)),
    (8, b"AVI ", Strange::new("a video of the kind AVI", AS_MP4)),
    (8, b"WAVE", Strange::new("sound of the kind WAV, which is ten times as large as it need be", AS_MP3)),
    (0, b"fLaC", Strange::new("sound of the kind FLAC", AS_MP3)),
    (0, b"FORM", Strange::new("sound of the kind AIFF", AS_MP3)),
    (0, b"#!AMR", Strange::new("a recording of the kind AMR", AS_MP3)),
    (0, b"MThd", Strange::new("music of the kind MIDI", AS_MP3)),
    (0, b"BM", Strange::new("a picture of the kind BMP", AS_PICTURE)),
    (0, b"II*\0", Strange::new("a picture of the kind TIFF, or a raw photo", AS_PICTURE)),
    (0, b"MM\0*", Strange::new("a picture of the kind TIFF, or a raw photo", AS_PICTURE)),
    (0, b"8BPS", Strange::new("a picture of Photoshop", AS_PICTURE)),
    (0, b"\0\0\x01\0", Strange::new("an icon", AS_PICTURE)),
    (0, b"AT&TFORM", Strange::new("a scanned book (DjVu)", AS_EPUB)),
    (60, b"BOOKMOBI", Strange::new("a Kindle book", AS_EPUB)),
    (0, b"ITOLITLS", Strange::new("a Microsoft Reader book", AS_EPUB)),
    (0, b"ITSF", Strange::new("a help file of Windows (CHM)", AS_EPUB)),
    (0, b"SQLite format 3\0", Strange::new("a database", NOT_YET)),
    (0, b"wOFF", Strange::new("a font", NOT_YET)),
    (0, b"\0\x01\0\0\0", Strange::new("a font", NOT_YET)),
    (0, b"OTTO", Strange::new("a font", NOT_YET)),
];

/// The same of files that are text; the others could be the first letters of any page.
const TEXT_SIGNS: &[Sign] = &[
    (0, b"{\\rtf", Strange::new("a document in rich text (RTF)", AS_PDF)),
    (0, b"#!", Strange::new("a program", NOT_RUN)),
    (0, b"%!PS", Strange::new("a PostScript document", AS_PDF)),
    (
        0,
        b"d8:announce",
        Strange::new("only the address of a download (torrent)", "Bring the files that it leads to."),
    ),
];

/// Tells what can't be shown from its first bytes.
pub(super) fn strange(head: &[u8]) -> Option<Strange> {
    let says = |at: usize, sign: &[u8]| head.get(at..).is_some_and(|rest| rest.starts_with(sign));
    let is_text = decode_head(head).is_some();
    // Packets of 188 bytes, each with a G at its front: three in a row are no chance.
    if !is_text && [0, 188, 376].into_iter().all(|at| says(at, b"G")) {
        return Some(Strange::new("a recording of television (MPEG-TS)", AS_MP4));
    }
    let signs = if is_text { TEXT_SIGNS } else { SIGNS };
    signs.iter().find(|(at, sign, _)| says(*at, sign)).map(|(_, _, strange)| *strange)
}
