//! What a file is, by the end of its name. Our own table: what a stranger declares is not believed.

/// The ending, what browsers call it, and whether it is packed already, so that deflating would only cost time.
const KINDS: &[(&str, &str, bool)] = &[
    ("aac", "audio/aac", true),
    ("css", "text/css; charset=utf-8", false),
    ("gif", "image/gif", true),
    ("htm", "text/html; charset=utf-8", false),
    ("html", "text/html; charset=utf-8", false),
    ("jpeg", "image/jpeg", true),
    ("jpg", "image/jpeg", true),
    ("js", "text/javascript; charset=utf-8", false),
    ("json", "application/json", false),
    ("m4a", "audio/mp4", true),
    ("md", "text/markdown; charset=utf-8", false),
    ("mjs", "text/javascript; charset=utf-8", false),
    ("mp3", "audio/mpeg", true),
    ("mp4", "video/mp4", true),
    ("ogg", "audio/ogg", true),
    ("otf", "font/otf", false),
    // Read by range, page by page.
    ("pdf", "application/pdf", true),
    ("png", "image/png", true),
    ("svg", "image/svg+xml", false),
    ("ttf", "font/ttf", false),
    ("txt", "text/plain; charset=utf-8", false),
    ("vtt", "text/vtt; charset=utf-8", false),
    ("wasm", "application/wasm", false),
    ("webm", "video/webm", true),
    ("webp", "image/webp", true),
    ("woff", "font/woff", true),
    ("woff2", "font/woff2", true),
    ("xhtml", "application/xhtml+xml; charset=utf-8", false),
    ("xml", "application/xml", false),
];

/// What stands after the last point of a name; paths are compared letter by letter, so `MD` is not `md`.
pub(super) fn ending(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, ending)| ending)
}

fn kind(path: &str) -> Option<&'static (&'static str, &'static str, bool)> {
    let ending = ending(path);
    KINDS.iter().find(|(known, _, _)| known.eq_ignore_ascii_case(ending))
}

/// The media type that goes out with a file.
pub(super) fn media_type(path: &str) -> &'static str {
    kind(path).map_or("application/octet-stream", |(_, name, _)| name)
}

/// Whether build leaves a file as it is instead of deflating it.
pub(super) fn is_stored(path: &str) -> bool {
    kind(path).is_some_and(|(_, _, is_packed)| *is_packed)
}
