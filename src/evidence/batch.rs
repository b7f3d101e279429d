//! What a tablet sends, and what is wrong with it as a whole.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{practice, rules};
use crate::error::{Error, Kind, Result};
use crate::ids::ClientId;

/// At most so many entries in a batch.
const MOST_ENTRIES: usize = 200;
/// At most so many bytes in a batch of more than one entry. One entry that is larger comes alone and is kept as a note:
/// refusing it would block all behind it.
const MOST_BYTES: usize = 256 * 1024;

/// The field with the ticket of a second student.
const PARTNER: &str = "partner";

/// Some of what a browser holds, from its oldest entry on.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(as = EvidenceBatch)]
pub struct Batch {
    /// The browser's name for itself: 16 hexadecimal digits.
    #[schema(value_type = String, pattern = "^[0-9a-f]{16}$")]
    pub client: ClientId,
    /// In the order of their numbers.
    pub entries: Vec<Sent>,
}

/// One thing that a student did: the fields of all types; `answer`, `open` and `read` have more.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(as = EvidenceEntry)]
pub struct Sent {
    /// Counts from 1 without gaps over all students of that browser.
    pub n: u64,
    /// Whose it is.
    pub ticket: String,
    /// `answer`, `open` or `read`; whatever else comes is kept as a note.
    pub r#type: String,
    /// Milliseconds between the deed and this request, by the tablet's clock.
    pub ago: u64,
    /// The fields of the type.
    #[serde(flatten)]
    pub fields: Map<String, Value>,
}

/// What is on the box's disk now.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = EvidenceReceived)]
pub struct Received {
    /// Everything below may be forgotten.
    pub next: u64,
}

/// The fields of an `answer`.
#[derive(Debug, Deserialize)]
pub(super) struct SentAnswer {
    pub(super) course: String,
    pub(super) lesson: String,
    pub(super) activity: String,
    pub(super) run: u32,
    pub(super) place: u32,
    pub(super) item: String,
    pub(super) version: u32,
    pub(super) seed: u64,
    #[serde(default)]
    pub(super) response: Value,
    #[serde(default)]
    pub(super) score: Option<f64>,
    #[serde(default)]
    pub(super) milliseconds: u64,
    #[serde(default)]
    pub(super) hints: u64,
    #[serde(default)]
    pub(super) tries: u64,
}

/// The fields of an `open` and of a `read`.
#[derive(Debug, Deserialize)]
pub(super) struct SentVisit {
    pub(super) course: String,
    pub(super) lesson: String,
    pub(super) activity: String,
    pub(super) run: u32,
    #[serde(default)]
    pub(super) milliseconds: u64,
}

impl Batch {
    /// Reads and checks a body.
    ///
    /// # Errors
    /// `request.unreadable`, `request.client-wrong`, `request.too-large`, `evidence.empty`, `evidence.too-many`,
    /// `evidence.number-wrong`, `evidence.gap`. Then nothing of it was taken.
    pub fn read(body: &[u8]) -> Result<Self> {
        let batch: Self = serde_json::from_slice(body).map_err(|e| {
            // The text may show a value; it goes back to whoever sent it and nowhere else.
            Error::invalid("request.unreadable", format!("The entries could not be read: {e}"))
        })?;
        if body.len() > MOST_BYTES && batch.entries.len() > 1 {
            return Err(Error::new(
                Kind::TooLarge,
                "request.too-large",
                "The batch is larger than 256 KB. Send fewer entries at a time.",
            ));
        }
        if batch.entries.len() > MOST_ENTRIES {
            return Err(Error::new(
                Kind::TooLarge,
                "evidence.too-many",
                format!("A batch holds at most {MOST_ENTRIES} entries. Send the oldest ones first."),
            )
            .with("most", MOST_ENTRIES));
        }
        match rules::fault_of_numbers(batch.entries.iter().map(|sent| sent.n)) {
            None => Ok(batch),
            Some(rules::NumberFault::None) => {
                Err(Error::invalid("evidence.empty", "The batch holds no entry."))
            }
            Some(rules::NumberFault::Range(n)) => Err(Error::invalid(
                "evidence.number-wrong",
                format!("Entries are numbered from 1 to 2^53; {n} is not such a number."),
            )
            .with("n", n)),
            Some(rules::NumberFault::Gap { expected, found }) => Err(Error::invalid(
                "evidence.gap",
                format!("Entry {found} came where {expected} was due. Send them in order, without gaps."),
            )
            .with("expected", expected)
            .with("found", found)),
        }
    }
}

impl Sent {
    /// Whether the box chooses the next question by it.
    pub(super) fn chooses_next(&self) -> bool {
        self.fields.get("lesson").and_then(Value::as_str).is_some_and(practice::is_own)
    }

    /// The ticket of whoever did it together with the student.
    pub(super) fn partner(&self) -> Option<&str> {
        self.fields.get(PARTNER)?.as_str()
    }

    /// What came, without the tickets, for a note.
    pub(super) fn text(&self) -> String {
        let mut fields = self.fields.clone();
        fields.remove(PARTNER);
        fields.insert("type".to_owned(), Value::from(self.r#type.as_str()));
        fields.insert("ago".to_owned(), Value::from(self.ago));
        Value::Object(fields).to_string()
    }
}
