//! Where every file of an installed pack lies in its archive, so that the archive's own directory is read only once.

use minicbor::{Decode, Encode};
use sha2::{Digest, Sha256};

use super::questions::{Questions, Span};

/// Raised when the shape below changes; an index of another shape is made anew from its archive.
const SHAPE: u32 = 1;
const CHECK: usize = 32;

/// Where a file lies in an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub(super) struct Place {
    /// The first byte of its data in the archive.
    #[n(0)]
    pub(super) start: u64,
    /// Bytes of its data in the archive.
    #[n(1)]
    pub(super) packed: u64,
    /// Bytes of the file.
    #[n(2)]
    pub(super) size: u64,
    /// CRC-32 of the file.
    #[n(3)]
    pub(super) crc: u32,
    /// Whether its data is deflated; otherwise it lies there as it is.
    #[n(4)]
    pub(super) deflated: bool,
    /// The first half of the SHA-256 of the file: names its content.
    #[cbor(n(5), with = "minicbor::bytes")]
    pub(super) content: [u8; 16],
}

/// What two places have in common that hold the same bytes: the same file, packed to the same length in the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Likeness {
    pub(super) content: [u8; 16],
    pub(super) packed: u64,
    pub(super) size: u64,
    pub(super) crc: u32,
    pub(super) deflated: bool,
}

impl Place {
    pub(super) fn likeness(&self) -> Likeness {
        let Self { packed, size, crc, deflated, content, .. } = *self;
        Likeness { content, packed, size, crc, deflated }
    }
}

/// The files and questions of a pack.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Index {
    /// In byte order of their paths.
    files: Vec<(Box<str>, Place)>,
    /// Where the questions lie.
    pub(super) questions: Questions,
}

#[derive(Encode, Decode)]
struct Written {
    #[n(0)]
    shape: u32,
    #[n(1)]
    files: Vec<(String, Place)>,
    #[n(2)]
    question_files: Vec<String>,
    #[n(3)]
    questions: Vec<(String, (u32, u32, u32))>,
}

impl Index {
    pub(super) fn new(mut files: Vec<(Box<str>, Place)>) -> Self {
        files.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        Self { files, questions: Questions::default() }
    }

    /// Where a file lies.
    pub(super) fn find(&self, path: &str) -> Option<&Place> {
        let found = self.files.binary_search_by(|(known, _)| known.as_ref().cmp(path)).ok()?;
        self.files.get(found).map(|(_, place)| place)
    }

    /// All paths, in byte order.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|(path, _)| path.as_ref())
    }

    /// All places, in no order.
    pub(super) fn places(&self) -> impl Iterator<Item = &Place> {
        self.files.iter().map(|(_, place)| place)
    }

    /// As bytes for a file: a SHA-256, then CBOR.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let written = Written {
            shape: SHAPE,
            files: self.files.iter().map(|(path, place)| (path.to_string(), *place)).collect(),
            question_files: self.questions.files.clone(),
            questions: self
                .questions
                .spans
                .iter()
                .map(|(id, span)| (id.to_string(), (span.file, span.start, span.end)))
                .collect(),
        };
        // Writing to a vector can't fail.
        let body = minicbor::to_vec(&written).unwrap_or_default();
        let mut bytes = Sha256::digest(&body).to_vec();
        bytes.extend(body);
        bytes
    }

    /// What [`Index::to_bytes`] wrote; `None` when it is damaged or of another shape.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (check, body) = bytes.split_at_checked(CHECK)?;
        if Sha256::digest(body).as_slice() != check {
            return None;
        }
        let written: Written =
            minicbor::decode(body).ok().filter(|written: &Written| written.shape == SHAPE)?;
        let files = written.files.into_iter().map(|(path, place)| (path.into_boxed_str(), place)).collect();
        let mut index = Self::new(files);
        index.questions.files = written.question_files;
        let span =
            |(id, (file, start, end)): (String, (u32, u32, u32))| (id.into(), Span { file, start, end });
        index.questions.spans = written.questions.into_iter().map(span).collect();
        Some(index)
    }
}
