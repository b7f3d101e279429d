//! The one error type of the library.
//!
//! Every fallible function returns [`Result`]. An error says what kind of trouble it is, carries a stable `code` that
//! screens translate, and a sentence in English for logs and for clients without a catalogue. Only `web::problem`
//! knows which HTTP status a kind becomes. An error is logged once, where it is handled.

use std::fmt;

/// What every fallible function of the library returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The closed list of kinds of trouble; callers branch on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The input is wrong, and the sentence says what to change.
    Invalid,
    /// What was asked for does not exist, or the caller may not know that it does.
    NotFound,
    /// The caller is known and may not do this.
    Forbidden,
    /// The caller must sign in first.
    SignInNeeded,
    /// The state changed meanwhile, or the thing exists already.
    Conflict,
    /// Too many tries; waiting helps.
    TooMany,
    /// The input is larger than the limit.
    TooLarge,
    /// Busy or broken for now; trying again helps.
    Unavailable,
    /// The disk is full.
    Full,
    /// A fault of ours.
    Internal,
}

/// One trouble, told once.
pub struct Error {
    /// What kind of trouble it is.
    pub kind: Kind,
    /// Stable and documented, such as `pack.signature-wrong`; screens translate it.
    pub code: &'static str,
    /// One English sentence: what, where, what to do next. Never a student's name or answer.
    pub message: String,
    /// Values for the translated sentence.
    pub params: Vec<(&'static str, String)>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// Makes an error of any kind; prefer the named constructors.
    pub fn new(kind: Kind, code: &'static str, message: impl Into<String>) -> Self {
        Self { kind, code, message: message.into(), params: Vec::new(), source: None }
    }

    /// The input is wrong.
    pub fn invalid(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Kind::Invalid, code, message)
    }

    /// There is no such thing.
    pub fn not_found(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Kind::NotFound, code, message)
    }

    /// The caller may not do this.
    pub fn forbidden() -> Self {
        Self::new(Kind::Forbidden, "people.not-allowed", "Your account may not do this.")
    }

    /// The caller must sign in first.
    pub fn sign_in_needed() -> Self {
        Self::new(Kind::SignInNeeded, "people.sign-in-needed", "Please sign in first.")
    }

    /// The state changed meanwhile, or the thing exists already.
    pub fn conflict(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Kind::Conflict, code, message)
    }

    /// A fault of ours, with a sentence for the log.
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(Kind::Internal, "box.fault", message)
    }

    /// What lies on the disk is not what was written.
    pub fn damaged() -> Self {
        let sentence = "The data on the disk is damaged. Restore it from a backup.";
        Self::new(Kind::Internal, "box.data-damaged", sentence)
    }

    /// Adds a value for the translated sentence.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.params.push((name, value.to_string()));
        self
    }

    /// Keeps what lay beneath, for the log.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}]", self.message, self.code)?;
        if let Some(source) = &self.source {
            write!(f, ": {source}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {self}", self.kind)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| &**source as &(dyn std::error::Error + 'static))
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        let made = match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::new(Kind::Full, "box.disk-full", "The disk is full."),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                Self::new(Kind::Unavailable, "box.busy", "The box is busy. Try again in a moment.")
            }
            Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => {
                Self::new(Kind::Unavailable, "box.disk-fault", "The box cannot reach its disk.")
            }
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::damaged(),
            _ => Self::internal("The database refused an operation."),
        };
        made.caused_by(error)
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind;
        // What one of our own readers said comes out as it went in.
        let error = match error.downcast::<Self>() {
            Ok(ours) => return ours,
            Err(other) => other,
        };
        let made = match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                Self::new(Kind::Full, "box.disk-full", "The disk is full.")
            }
            ErrorKind::NotFound => Self::not_found("file.missing", "A file is missing."),
            std::io::ErrorKind::InvalidData => {
                Self::invalid("file.damaged", "A file is damaged. Copy it again from where it came from.")
            }
            _ => Self::new(Kind::Unavailable, "box.disk-fault", "The box cannot reach a file."),
        };
        made.caused_by(error)
    }
}
