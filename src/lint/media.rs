//! Sound and video: can every tablet play it, is it small enough, and can those who don't hear it know what is said?

use super::findings::Findings;
use super::pack::{Pack, Seen, ending};
use super::probe::{Bytes, audio, mp4, webm};
use super::web::megabytes;
use crate::error::Result;
use crate::packs::{Activity, ActivityKind, Lesson};

/// The longest and the shortest side of a picture: 720 lines.
const SIDES: (u64, u64) = (1280, 720);
/// H.264 profiles that every tablet with Android 5 plays in hardware: constrained baseline, baseline, main.
const PROFILES: [u32; 2] = [66, 77];
/// Ten times the highest level. 3.1 is 720 lines at 30 frames; cameras of telephones write 4.0 on smaller pictures, too;
/// above it small decoders lack memory for frames.
const HIGHEST_LEVEL: u32 = 40;
/// The object types of AAC in MP4 (mp4ra.org): MPEG-4, and MPEG-2 low complexity.
const AAC: [u8; 2] = [0x40, 0x67];
/// Megabytes of a minute, and of a whole film: 330 kbit/s is enough for a lesson at 480 lines.
const VIDEO_OF_MINUTE: f64 = 2.5;
const LARGEST_VIDEO: u64 = 60 << 20;
/// Megabytes of a minute of sound: 140 kbit/s; speech needs a quarter.
const SOUND_OF_MINUTE: f64 = 1.0;
/// Shorter sounds are all head and padding: their size says nothing about a minute.
const SHORTEST_MEASURED: f64 = 5.0;
/// Seconds of the longest stem that is read aloud: a child of six keeps two sentences.
const LONGEST_PROMPT: f64 = 20.0;

/// Endings of sound and video, those that no browser plays among them.
pub(super) fn is_played(ending: &str) -> bool {
    is_video(ending)
        || matches!(
            ending,
            "mp3"
                | "m4a"
                | "aac"
                | "ogg"
                | "oga"
                | "opus"
                | "wav"
                | "flac"
                | "wma"
                | "amr"
                | "mid"
                | "midi"
                | "aiff"
                | "ac3"
                | "dts"
        )
}

pub(super) fn is_video(ending: &str) -> bool {
    matches!(
        ending,
        "mp4"
            | "m4v"
            | "webm"
            | "mov"
            | "avi"
            | "mkv"
            | "wmv"
            | "flv"
            | "f4v"
            | "3gp"
            | "mpg"
            | "mpeg"
            | "ts"
            | "ogv"
            | "vob"
            | "asf"
    )
}

/// Why a file can't be played, and how many seconds it takes.
type Probed = (Vec<String>, Option<f64>);

/// Looks at one file of sound or video.
pub(super) fn look(
    pack: &Pack,
    path: &str,
    size: u64,
    seen: &mut Seen,
    findings: &mut Findings,
) -> Result<()> {
    let ending = ending(path);
    let (troubles, seconds) = probe(pack, path, size, &ending)?;
    if ending == "webm" && troubles.is_empty() {
        findings.say("I-306", path, "is WebM; most tablets play it, and MP4 takes less of their battery.");
    }
    let wanted = if is_video(&ending) {
        "convert it to MP4 with H.264 main profile, 720 lines and AAC"
    } else {
        "convert it to MP3"
    };
    for trouble in troubles {
        findings.say("E-105", path, format!("{trouble}; {wanted}."));
    }
    weigh(path, size, seconds, is_video(&ending), findings);
    if let Some(seconds) = seconds {
        seen.seconds.insert(path.to_owned(), seconds);
    }
    Ok(())
}

fn probe(pack: &Pack, path: &str, size: u64, ending: &str) -> Result<Probed> {
    let mut bytes = Bytes::of(pack.tree, path, size);
    let probed: Option<Probed> = match ending {
        "mp4" | "m4v" | "m4a" => mp4::probe(&mut bytes)?.map(|movie| {
            let is_watched = ending != "m4a" && !pack.is_only_heard(path);
            (of_mp4(&movie, is_watched), movie.seconds)
        }),
        "webm" => webm::probe(&mut bytes)?.map(|movie| (of_webm(&movie), movie.seconds)),
        "mp3" | "ogg" | "oga" | "opus" | "aac" => {
            audio::probe(&mut bytes)?.map(|sound| (Vec::new(), sound.seconds))
        }
        _ => Some((vec![format!("is of the kind .{ending}, which tablets don't play")], None)),
    };
    Ok(probed.unwrap_or_else(|| (vec![format!("can't be read as {}", ending.to_uppercase())], None)))
}

fn of_mp4(movie: &mp4::Movie, is_watched: bool) -> Vec<String> {
    let mut troubles = Vec::new();
    if !movie.starts_at_once {
        troubles.push("must be loaded to its end before it plays (`moov` comes after the data)".to_owned());
    }
    let pictures = movie.tracks.iter().filter(|track| &track.kind == b"vide");
    let sounds = movie.tracks.iter().filter(|track| &track.kind == b"soun");
    if is_watched && pictures.clone().next().is_none() {
        troubles.push("has no picture".to_owned());
    }
    for track in pictures {
        troubles.extend(of_picture(track));
    }
    for track in sounds {
        if &track.codec != b"mp4a" || track.sound.is_some_and(|kind| !AAC.contains(&kind)) {
            troubles.push(format!("has {} sound", codec_name(track.codec, track.sound)));
        }
    }
    troubles
}

fn of_picture(track: &mp4::Track) -> Vec<String> {
    let mut troubles = Vec::new();
    let size = (u64::from(track.size.0), u64::from(track.size.1));
    match (&track.codec, track.avc) {
        (b"avc1" | b"avc3", Some(avc)) => {
            if avc.depth > 8 {
                troubles.push(format!("has {} bits of colour", avc.depth));
            } else if !PROFILES.contains(&avc.profile) {
                troubles.push(format!("is H.264 of the {} profile", profile_name(avc.profile)));
            } else if avc.level > HIGHEST_LEVEL {
                troubles.push(format!("is H.264 of level {}.{}", avc.level / 10, avc.level % 10));
            }
            if avc.interlaced || track.interlaced {
                troubles.push("is interlaced".to_owned());
            }
        }
        (b"avc1" | b"avc3", None) => troubles.push("is H.264 without its settings".to_owned()),
        _ => troubles.push(format!("is {} video", codec_name(track.codec, None))),
    }
    troubles.extend(too_many_lines(size));
    troubles
}

fn too_many_lines((width, height): (u64, u64)) -> Option<String> {
    let is_large = width.max(height) > SIDES.0 || width.min(height) > SIDES.1;
    is_large.then(|| format!("has {width} × {height} pixels"))
}

fn of_webm(movie: &webm::Movie) -> Vec<String> {
    let mut troubles = Vec::new();
    if movie.kind != "webm" {
        troubles
            .push(format!("is {}, not WebM", if movie.kind.is_empty() { "unknown" } else { &movie.kind }));
    }
    if movie.tracks.is_empty() {
        troubles.push("has neither picture nor sound".to_owned());
    }
    for track in &movie.tracks {
        match (track.kind, track.codec.as_str()) {
            _ if track.locked => troubles.push("is locked".to_owned()),
            (1, "V_VP8" | "V_VP9") => {
                if track.depth > 8 {
                    troubles.push(format!("has {} bits of colour", track.depth));
                }
                if track.interlaced {
                    troubles.push("is interlaced".to_owned());
                }
                troubles.extend(too_many_lines(track.size));
            }
            (2, "A_OPUS" | "A_VORBIS") => {}
            (1 | 2, codec) => troubles.push(format!("holds {codec}")),
            _ => {}
        }
    }
    troubles
}

fn profile_name(profile: u32) -> String {
    match profile {
        88 => "extended".to_owned(),
        100 => "high".to_owned(),
        110 => "high 10".to_owned(),
        122 => "high 4:2:2".to_owned(),
        244 => "high 4:4:4".to_owned(),
        other => other.to_string(),
    }
}

fn codec_name(codec: [u8; 4], sound: Option<u8>) -> String {
    match &codec {
        b"hvc1" | b"hev1" | b"dvh1" | b"dvhe" => "HEVC".to_owned(),
        b"av01" => "AV1".to_owned(),
        b"vp08" | b"vp09" => "VP9".to_owned(),
        b"mp4v" => "MPEG-4 Part 2".to_owned(),
        b"ac-3" => "AC-3".to_owned(),
        b"ec-3" => "E-AC-3".to_owned(),
        b"dtsc" | b"dtsh" | b"dtsl" | b"dtse" => "DTS".to_owned(),
        b"encv" | b"enca" => "locked".to_owned(),
        // Registered object types (mp4ra.org): two layers of MPEG, and what some cameras wrap.
        b"mp4a" if matches!(sound, Some(0x69 | 0x6b)) => "MP3".to_owned(),
        b"mp4a" if sound == Some(0xa5) => "AC-3".to_owned(),
        b"mp4a" if sound == Some(0xa9) => "DTS".to_owned(),
        other => String::from_utf8_lossy(other).trim().to_owned(),
    }
}

fn weigh(path: &str, size: u64, seconds: Option<f64>, is_video: bool, findings: &mut Findings) {
    if is_video && size > LARGEST_VIDEO {
        let message = format!(
            "has {:.0} MB; cut it into parts of at most {} MB.",
            megabytes(size),
            LARGEST_VIDEO >> 20
        );
        findings.say("W-201", path, message);
    }
    let most = if is_video { VIDEO_OF_MINUTE } else { SOUND_OF_MINUTE };
    let of_minute = seconds
        .filter(|seconds| *seconds >= SHORTEST_MEASURED)
        .map(|seconds| megabytes(size) * 60.0 / seconds);
    if let Some(of_minute) = of_minute.filter(|of_minute| *of_minute > most) {
        let message = format!(
            "takes {of_minute:.1} MB for a minute, and should take at most {most}; convert it with a lower bit rate."
        );
        findings.say("W-201", path, message);
    }
}

/// Activities that play or show something: words for those who don't hear or see it.
pub(super) fn look_at_activities(pack: &Pack, seen: &mut Seen, findings: &mut Findings) {
    for (lesson, activity) in pack.activities() {
        let name = format!("{}/{}", lesson.id, activity.id);
        match activity.kind {
            ActivityKind::Video | ActivityKind::Audio if !has_words(activity) => {
                let message = format!(
                    "{name} has no words for those who don't hear it; add `captions` or a `transcript`."
                );
                findings.say("E-106", "outline.json", message);
            }
            ActivityKind::Picture => look_at_picture(lesson, activity, &name, seen, findings),
            _ => {}
        }
        if let (ActivityKind::Video, Some(file)) = (activity.kind, &activity.file)
            && !is_video(&ending(file))
        {
            findings.say(
                "E-105",
                "outline.json",
                format!("{name} is a video, and {file} is none; mend `kind` or `file`."),
            );
        }
    }
}

fn has_words(activity: &Activity) -> bool {
    activity.transcript.is_some() || activity.captions.iter().any(|captions| ending(&captions.file) == "vtt")
}

fn look_at_picture(_: &Lesson, activity: &Activity, name: &str, seen: &mut Seen, findings: &mut Findings) {
    match (&activity.file, activity.alt.as_deref().map(str::trim)) {
        (Some(file), Some(alt)) if !alt.is_empty() => seen.picture(file, alt),
        _ => findings.say(
            "E-106",
            "outline.json",
            format!("{name} shows a picture without words; write them into `alt`."),
        ),
    }
}

/// Stems that are read aloud for too long.
pub(super) fn conclude(seen: &Seen, findings: &mut Findings) {
    for path in &seen.prompts {
        if let Some(seconds) = seen.seconds.get(path).filter(|seconds| **seconds > LONGEST_PROMPT) {
            findings.say(
                "W-206",
                path,
                format!("takes {seconds:.0} seconds; say the question in less than {LONGEST_PROMPT}."),
            );
        }
    }
}
