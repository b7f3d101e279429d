//! Passwords of staff, as Argon2id hashes.

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};

use crate::error::{Error, Result};

/// 19 MiB, two passes, one lane: the least that OWASP's Password Storage Cheat Sheet allows, for a board that may have
/// 512 MiB. About a quarter of a second on a Raspberry Pi 3.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;

fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None)
        .map_err(|e| Error::internal("Argon2 refused its parameters.").caused_by(e.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// The PHC string of a password. Takes long; not for the runtime's threads.
pub(super) fn hash(password: &str, salt: [u8; 16]) -> Result<String> {
    let hash = argon2()?
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(|e| Error::internal("A password could not be hashed.").caused_by(e.to_string()))?;
    Ok(hash.to_string())
}

/// Whether a password belongs to one of `hashes`. With none it still takes as long as with one, so that the time does
/// not tell whether there is an account of that name.
pub(super) fn matches(password: &str, hashes: &[String]) -> Result<Option<usize>> {
    if hashes.is_empty() {
        hash(password, [0; 16])?;
        return Ok(None);
    }
    let argon2 = argon2()?;
    Ok(hashes.iter().position(|hash| argon2.verify_password(password.as_bytes(), hash.as_str()).is_ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_opens_its_own_hash_only() {
        let hashes = [hash("mango tree 7", [1; 16]).unwrap(), hash("mango tree 7", [2; 16]).unwrap()];
        assert!(hashes[0].starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", hashes[0]);
        assert_ne!(hashes[0], hashes[1]);
        assert_eq!(matches("mango tree 7", &hashes[1..]).unwrap(), Some(0));
        assert_eq!(matches("mango tree 8", &hashes).unwrap(), None);
        assert_eq!(matches("mango tree 7", &[]).unwrap(), None);
        assert_eq!(matches("mango tree 7", &["not a hash".into()]).unwrap(), None);
    }
}
