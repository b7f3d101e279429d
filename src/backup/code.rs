//! The recovery code: what opens backups when the box is gone. It stands on paper, so it is short, without letters that look alike, and a
//! slip of the pen is noticed.

use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// Bytes of the secret.
const SECRET: usize = 15;
/// Crockford's alphabet: no I, L, O, U.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters of the code: of the secret, and two that check them.
const CHECKED: usize = SECRET * 8 / 5 + 2;
const GROUP: usize = 4;

/// A code as it is shown: `7G2M-…`, of seven groups, the last one of two letters.
pub(super) fn write(secret: &[u8; 32]) -> String {
    let mut letters = letters_of(&secret[..SECRET]);
    letters.extend(check(&letters));
    let groups: Vec<&str> =
        letters.chunks(GROUP).map(|group| std::str::from_utf8(group).unwrap_or_default()).collect();
    groups.join("-")
}

/// The key that a box's secret gives.
pub(super) fn key_of_secret(secret: &[u8; 32]) -> [u8; 32] {
    key(&letters_of(&secret[..SECRET]))
}

/// The key that a typed code gives. Case, spaces and dashes do not matter, nor O for 0 and I or L for 1.
///
/// # Errors
/// `backup.code-wrong`.
pub(super) fn key_of_code(typed: &str) -> Result<[u8; 32]> {
    let wrong = || {
        let sentence = "This is no recovery code. It has 26 letters and digits; look at the paper again.";
        Error::invalid("backup.code-wrong", sentence)
    };
    let meant = |letter: char| match letter.to_ascii_uppercase() {
        'O' => b'0',
        'I' | 'L' => b'1',
        other => u8::try_from(other).unwrap_or(0),
    };
    let letters: Vec<u8> = typed.chars().filter(char::is_ascii_alphanumeric).map(meant).collect();
    let (code, sum) = letters.split_at_checked(CHECKED - 2).ok_or_else(wrong)?;
    if sum != check(code) || !code.iter().all(|letter| LETTERS.contains(letter)) {
        return Err(wrong());
    }
    Ok(key(code))
}

fn letters_of(bytes: &[u8]) -> Vec<u8> {
    let bit = |at: usize| bytes[at / 8] >> (7 - at % 8) & 1;
    let letter = |at: usize| (0..5).fold(0, |number, of| number << 1 | usize::from(bit(at * 5 + of)));
    (0..bytes.len() * 8 / 5).map(|at| LETTERS[letter(at)]).collect()
}

fn check(letters: &[u8]) -> [u8; 2] {
    let sum = Sha256::digest(letters);
    [sum[0], sum[1]].map(|byte| LETTERS[usize::from(byte) % LETTERS.len()])
}

fn key(letters: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update(b"schoolhouse backup 1").chain_update(letters).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_write_it_and_a_slip_is_noticed() {
        let secret = [0xa7; 32];
        let code = write(&secret);
        assert_eq!(code.len(), 26 + 6);
        let key = key_of_secret(&secret);
        for typed in [
            code.clone(),
            code.to_lowercase(),
            code.replace('-', " "),
            format!(" {} ", code.replace('0', "o")),
        ] {
            assert_eq!(key_of_code(&typed).unwrap(), key, "{typed}");
        }
        let mut slips = 0;
        for at in 0..code.len() {
            let mut slip = code.clone().into_bytes();
            if slip[at] == b'-' {
                continue;
            }
            slip[at] = if slip[at] == b'A' { b'B' } else { b'A' };
            slips += usize::from(key_of_code(std::str::from_utf8(&slip).unwrap()).is_err());
        }
        assert!(slips >= 24, "{slips} of 26 slips were noticed");
        assert!(key_of_code("").is_err() && key_of_code("AAAA").is_err());
        assert_ne!(key_of_secret(&[1; 32]), key);
    }
}
