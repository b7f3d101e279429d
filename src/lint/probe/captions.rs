//! `WebVTT` (www.w3.org/TR/webvtt1), as far as a browser must understand it to show anything.

/// Looks at the text of a caption file.
///
/// # Errors
/// Why no browser would show it, as the end of a sentence about the file.
pub(in crate::lint) fn check(text: &str) -> Result<(), &'static str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    if first != "WEBVTT" && !first.starts_with("WEBVTT ") && !first.starts_with("WEBVTT\t") {
        return Err("does not begin with WEBVTT");
    }
    let mut cues = 0;
    while let Some(line) = lines.next() {
        let Some((from, to)) = line.split_once("-->") else { continue };
        let end = to.split_whitespace().next().and_then(seconds);
        let (Some(from), Some(end)) = (seconds(from.trim()), end) else {
            return Err("has a time that can't be read; write 00:01.500 --> 00:04.000");
        };
        if end <= from {
            return Err("has words that end before they begin");
        }
        cues += usize::from(lines.next().is_some_and(|words| !words.trim().is_empty()));
    }
    if cues == 0 { Err("has no words in it") } else { Ok(()) }
}

/// `01:02:03.500` or `02:03.500`.
fn seconds(text: &str) -> Option<f64> {
    let (whole, thousandths) = text.split_once('.')?;
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if thousandths.len() != 3 || !is_number(thousandths) {
        return None;
    }
    let parts: Vec<&str> = whole.split(':').collect();
    if !(2..=3).contains(&parts.len()) || !parts.iter().all(|part| is_number(part) && part.len() <= 6) {
        return None;
    }
    let whole = parts.iter().try_fold(0.0, |sum: f64, part| Some(sum * 60.0 + part.parse::<f64>().ok()?))?;
    Some(whole + thousandths.parse::<f64>().ok()? / 1000.0)
}
