//! What follows from the school's secret: a student's pictures, badge and ticket.
//!
//! Each is HMAC-SHA256 over the student's id, the number of the badge and the purpose, so nothing of it is stored, and a
//! new badge makes the former pictures and the former badge void.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::ids::{StudentId, from_hex, to_hex};

/// The pictures that a student's three are chosen from.
pub(in crate::people) const PICTURES: [&str; 12] =
    ["sun", "fish", "drum", "tree", "boat", "bird", "house", "star", "cup", "key", "leaf", "moon"];

/// The alphabet of RFC 4648 base 32: capitals and digits, which a QR code packs tightest.
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// 80 bits: a badge is tried over the network only, and each try costs a request.
const BADGE_PROOF: usize = 10;
/// 128 bits: a ticket is for life.
const TICKET_PROOF: usize = 16;

/// The school's secret.
#[derive(Clone, Copy)]
pub(in crate::people) struct Secret(pub(in crate::people) [u8; 32]);

impl Secret {
    fn prove(&self, student: StudentId, badge: u64, purpose: &str) -> Option<Hmac<Sha256>> {
        // A key of any length is taken.
        let mut proof = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        proof.update(&student.0);
        proof.update(&badge.to_be_bytes());
        proof.update(purpose.as_bytes());
        Some(proof)
    }

    fn bytes(&self, student: StudentId, badge: u64, purpose: &str) -> [u8; 32] {
        self.prove(student, badge, purpose).map_or([0; 32], |proof| proof.finalize().into_bytes().into())
    }

    fn is_proof(&self, student: StudentId, badge: u64, purpose: &str, proof: &[u8]) -> bool {
        self.prove(student, badge, purpose).is_some_and(|made| made.verify_truncated_left(proof).is_ok())
    }

    /// Three different pictures, in order: 1,320 ways.
    pub(in crate::people) fn pictures(&self, student: StudentId, badge: u64) -> [&'static str; 3] {
        let bytes = self.bytes(student, badge, "pictures");
        let mut left = PICTURES.to_vec();
        std::array::from_fn(|place| {
            let number =
                bytes[place * 8..].iter().take(8).fold(0, |number: u64, byte| number << 8 | u64::from(*byte));
            let count = left.len() as u64;
            left.remove(usize::try_from(number % count).unwrap_or(0))
        })
    }

    /// The code for the student's parents: nine digits in threes.
    pub(in crate::people) fn family(&self, student: StudentId, badge: u64) -> String {
        let bytes = self.bytes(student, badge, "family");
        let number = bytes.iter().take(8).fold(0, |number: u64, byte| number << 8 | u64::from(*byte));
        let digits = format!("{:09}", number % 1_000_000_000);
        format!("{} {} {}", &digits[..3], &digits[3..6], &digits[6..])
    }

    /// The text in a badge's QR code: `SH1.`, the student, a proof.
    pub(in crate::people) fn badge(&self, student: StudentId, badge: u64) -> String {
        let proof = self.bytes(student, badge, "badge");
        format!("SH1.{}.{}", to_base32(&student.0), to_base32(&proof[..BADGE_PROOF]))
    }

    /// The right to append evidence for a student, as 64 hexadecimal digits.
    pub(in crate::people) fn ticket(&self, student: StudentId) -> String {
        let proof = self.bytes(student, 0, "ticket");
        to_hex(&student.0) + &to_hex(&proof[..TICKET_PROOF])
    }

    /// The student of a ticket; none when it was not given out by this school.
    pub(in crate::people) fn student_of(&self, ticket: &str) -> Option<StudentId> {
        let (student, proof) = ticket.split_at_checked(32)?;
        let student = StudentId(from_hex(student)?);
        self.is_proof(student, 0, "ticket", &from_hex::<TICKET_PROOF>(proof)?).then_some(student)
    }
}

/// What a badge says, before it is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Badge {
    pub(super) student: StudentId,
    proof: [u8; BADGE_PROOF],
}

impl Badge {
    /// Reads the text of a QR code; none when it is no badge of ours.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut parts = text.trim().strip_prefix("SH1.")?.split('.');
        let badge =
            Self { student: StudentId(from_base32(parts.next()?)?), proof: from_base32(parts.next()?)? };
        parts.next().is_none().then_some(badge)
    }

    /// Whether it is badge number `number` of its student.
    pub(super) fn is_true(&self, secret: &Secret, number: u64) -> bool {
        secret.is_proof(self.student, number, "badge", &self.proof)
    }
}

fn to_base32(bytes: &[u8]) -> String {
    let mut text = String::new();
    let (mut held, mut bits) = (0_u32, 0);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(BASE32[(held >> bits & 31) as usize]));
        }
    }
    if bits > 0 {
        text.push(char::from(BASE32[(held << (5 - bits) & 31) as usize]));
    }
    text
}

fn from_base32<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != (N * 8).div_ceil(5) {
        return None;
    }
    let mut bytes = Vec::with_capacity(N);
    let (mut held, mut bits) = (0_u32, 0);
    for letter in text.bytes() {
        let value = BASE32.iter().position(|known| *known == letter.to_ascii_uppercase())?;
        held = held << 5 | u32::try_from(value).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 255) as u8);
        }
    }
    bytes.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: Secret = Secret([7; 32]);

    fn student(n: u8) -> StudentId {
        StudentId([n; 16])
    }

    #[test]
    fn base_32_is_that_of_the_standard() {
        // RFC 4648, section 10, without padding.
        for (bytes, text) in [("f", "MY"), ("fo", "MZXQ"), ("foobar", "MZXW6YTBOI"), ("", "")] {
            assert_eq!(to_base32(bytes.as_bytes()), text);
        }
        assert_eq!(from_base32::<6>("mzxw6ytboi").as_ref(), Some(b"foobar"));
        assert_eq!(from_base32::<6>("MZXW6YTBO1"), None);
        assert_eq!(from_base32::<6>("MZXW6YTBO"), None);
    }

    #[test]
    fn a_ticket_names_its_own_student_in_its_own_school_only() {
        let ticket = SECRET.ticket(student(1));
        assert_eq!(SECRET.student_of(&ticket), Some(student(1)));
        assert_eq!(Secret([8; 32]).student_of(&ticket), None);
        let forged = SECRET.ticket(student(2))[..32].to_owned() + &ticket[32..];
        for wrong in [forged.as_str(), "", &ticket[..63], &"é".repeat(32)] {
            assert_eq!(SECRET.student_of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_new_badge_voids_the_former_one() {
        let text = SECRET.badge(student(3), 1);
        assert_eq!(text.len(), 47, "{text}");
        let badge = Badge::read(&format!(" {text}\n")).unwrap();
        assert_eq!(badge.student, student(3));
        assert!(badge.is_true(&SECRET, 1));
        assert!(!badge.is_true(&SECRET, 2));
        assert!(!badge.is_true(&Secret([8; 32]), 1));
        assert!(Badge::read(&text.to_lowercase()).is_none());
        for wrong in ["", "SH1.", "https://example.org", "SH2.A.B", &format!("{text}.A"), &text[..46]] {
            assert!(Badge::read(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn pictures_differ_within_a_student_and_are_spread_over_all() {
        let mut seen = std::collections::BTreeMap::<_, u32>::new();
        for n in 0..=255 {
            let pictures = SECRET.pictures(student(n), 0);
            assert!(pictures[0] != pictures[1] && pictures[1] != pictures[2] && pictures[0] != pictures[2]);
            assert_ne!(pictures, SECRET.pictures(student(n), 1));
            for picture in pictures {
                *seen.entry(picture).or_default() += 1;
            }
        }
        // 768 draws of 12: 64 each, give or take.
        assert!(seen.len() == 12 && seen.values().all(|count| (40..90).contains(count)), "{seen:?}");
    }
}
