//! Files that are shown and played in an own course.

use serde::Serialize;
use utoipa::ToSchema;

/// What a file is, told from its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum MediaKind {
    /// A photo or a drawing.
    Picture,
    /// A sound.
    Audio,
    /// A video.
    Video,
    /// Words to read along with a sound or a video.
    Captions,
}
