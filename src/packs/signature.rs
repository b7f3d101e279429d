//! Who stands for a pack: signatures in minisign's format over `pack.json`, which names the SHA-256 of `files.json`, which
//! names that of every other file.
//!
//! A signature lies in the pack as `sig/<key id>.minisig`, beside it the public key as `sig/<key id>.pub`. Whether the key
//! is to be trusted is the school's own decision: it keeps the public keys of its publishers in a folder.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

use ct_codecs::{Base64, Decoder};
use minisign::{KeyPair, PublicKey, PublicKeyBox, SecretKey, SecretKeyBox, SignatureBox};

use super::format::LARGEST_DOCUMENT;
use super::tree::Tree;
use crate::error::{Error, Result};
use crate::ids::to_hex;

/// Signatures and public keys are a few hundred bytes.
const LARGEST: u64 = 4 << 10;
/// Signatures that are looked at in one pack.
const MOST: usize = 16;
/// Bytes of a secret key, and those of them that say how its password was stretched: two zeros when it has none.
const SECRET_KEY: usize = 158;
const KDF: std::ops::Range<usize> = 2..4;
/// The first line of every signature in a pack. Nothing signs that line, so it must always be the same: then no byte of a
/// signed pack can change unseen.
const FIRST_LINE: &str = "untrusted comment: signature of a course pack";

/// Who signed a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signer {
    /// It carries no signature.
    Nobody,
    /// A publisher whose key this school keeps.
    Known {
        /// The name under which the school keeps the key.
        publisher: String,
        /// The key's id, 16 hexadecimal digits as minisign writes them.
        key: String,
    },
    /// A whole signature with a key that this school does not keep.
    Unknown {
        /// The key's id.
        key: String,
    },
    /// A signature that does not belong to this pack: something in it was changed.
    Wrong {
        /// The id of the key that it claims.
        key: String,
    },
}

/// The public keys of the publishers that a school trusts.
#[derive(Clone, Default)]
pub struct Trusted {
    /// By key id: name and key.
    keys: BTreeMap<String, (String, PublicKey)>,
}

impl Trusted {
    /// Reads `NAME.pub` files, each a public key as minisign writes it. No folder means no keys; a file that is no key is
    /// passed over with a word in the log, so that one bad file does not make all publishers unknown.
    ///
    /// # Errors
    /// When the folder can't be read.
    pub fn read(folder: &Path) -> Result<Self> {
        let mut keys = BTreeMap::new();
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(e) => return Err(e.into()),
        };
        for entry in entries {
            let path = entry?.path();
            if path.extension().is_none_or(|ending| ending != "pub") {
                continue;
            }
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            if let Some(key) = std::fs::read_to_string(&path).ok().and_then(|text| read_public(&text)) {
                keys.insert(key_id(key.keynum()), (name, key));
            } else {
                tracing::warn!(file = %path.display(), "this is no public key of minisign");
            }
        }
        Ok(Self { keys })
    }
}

/// Who signed the pack in `tree`. Of several signatures a wrong one counts first, then one that is known.
///
/// # Errors
/// When a file of the pack can't be read.
pub fn find_signer(tree: &dyn Tree, trusted: &Trusted) -> Result<Signer> {
    let mut found = Signer::Nobody;
    let paths = tree.paths()?;
    let signatures = paths.iter().filter(|path| path.starts_with("sig/") && path.ends_with(".minisig"));
    for path in signatures.take(MOST) {
        match judge(tree, path, trusted)? {
            wrong @ Signer::Wrong { .. } => return Ok(wrong),
            known @ Signer::Known { .. } => found = known,
            unknown if found == Signer::Nobody => found = unknown,
            _ => {}
        }
    }
    Ok(found)
}

/// Judges one signature. A key that the pack brings along proves only that nothing was changed since.
fn judge(tree: &dyn Tree, path: &str, trusted: &Trusted) -> Result<Signer> {
    let claimed = path.trim_start_matches("sig/").trim_end_matches(".minisig").to_owned();
    let text = String::from_utf8_lossy(&tree.read(path, LARGEST)?).into_owned();
    let signature = SignatureBox::from_string(&text).ok().filter(|signature| {
        let is_as_written = rewrite(&text).is_some_and(|written| written == text);
        is_as_written && key_id(signature.keynum()) == claimed
    });
    let Some(signature) = signature else { return Ok(Signer::Wrong { key: claimed }) };
    let key = claimed;
    let brought = match tree.read(&format!("sig/{key}.pub"), LARGEST) {
        Err(error) if error.code == "pack.file-missing" => None,
        Err(error) => return Err(error),
        Ok(bytes) => {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let whole = read_public(&text).filter(|public| {
                let written = public.to_box().map(PublicKeyBox::into_string);
                key_id(public.keynum()) == key && written.is_ok_and(|written| written == text)
            });
            if whole.is_none() {
                return Ok(Signer::Wrong { key });
            }
            whole
        }
    };
    let known = trusted.keys.get(&key);
    let Some(public) = known.map(|(_, public)| public.clone()).or(brought) else {
        return Ok(Signer::Unknown { key });
    };
    let manifest = tree.read("pack.json", LARGEST_DOCUMENT)?;
    if minisign::verify(&public, &signature, Cursor::new(&manifest), true, false, true).is_err() {
        return Ok(Signer::Wrong { key });
    }
    Ok(match known {
        Some((publisher, _)) => Signer::Known { publisher: publisher.clone(), key },
        None => Signer::Unknown { key },
    })
}

/// A new pair of keys, as the texts of the two files that minisign keeps. Without a password the secret key lies there
/// open.
///
/// # Errors
/// When there is no randomness.
pub fn generate_keys(password: Option<String>) -> Result<(String, String)> {
    let pair = match password {
        Some(password) => KeyPair::generate_encrypted_keypair(Some(password)),
        None => KeyPair::generate_unencrypted_keypair(),
    };
    let pair = pair.map_err(unusable)?;
    let public = pair.pk.to_box().map_err(unusable)?.into_string();
    let secret = pair.sk.to_box(None).map_err(unusable)?.into_string();
    Ok((public, secret))
}

/// A key to sign with. `password` is asked only when the key has one.
///
/// # Errors
/// `pack.key-unreadable`, `pack.password-wrong`.
pub fn open_secret_key(text: &str, password: impl FnOnce() -> Result<String>) -> Result<SecretKey> {
    let unreadable = || {
        let sentence = "This is no secret key of minisign. Make one with `schoolhouse pack keygen`.";
        Error::invalid("pack.key-unreadable", sentence)
    };
    // A public key stands in a file of the same make.
    let line = text.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default();
    let bytes = Base64::decode_to_vec(line, None).ok().filter(|bytes| bytes.len() == SECRET_KEY);
    let bytes = bytes.ok_or_else(unreadable)?;
    if bytes[KDF] == [0, 0] {
        // Read without its checksum, which minisign leaves empty in open keys; a damaged key fails when it signs.
        return SecretKey::from_bytes(&bytes).map_err(|e| unreadable().caused_by(e));
    }
    let key = SecretKeyBox::from_string(text).map_err(|e| unreadable().caused_by(e))?;
    key.into_secret_key(Some(password()?)).map_err(|e| {
        let sentence = "The password does not open this key. Try again.";
        Error::invalid("pack.password-wrong", sentence).caused_by(e)
    })
}

/// Signs what a pack says of itself; answers with the files to add to it.
///
/// # Errors
/// When the key can't be used.
pub(super) fn sign(manifest: &[u8], secret: &SecretKey, comment: &str) -> Result<BTreeMap<String, Vec<u8>>> {
    let public = PublicKey::from_secret_key(secret).map_err(unusable)?;
    let made = minisign::sign(Some(&public), secret, Cursor::new(manifest), Some(comment), None);
    let signature = made.map_err(unusable)?.into_string();
    let public = public.to_box().map_err(unusable)?.into_string();
    Ok(files_of(&signature, Some(&public))?.into_iter().collect())
}

/// The files that bring a signature into a pack.
///
/// # Errors
/// `pack.signature-unreadable` when one of the texts is not what it should be.
pub fn files_of(signature: &str, public: Option<&str>) -> Result<Vec<(String, Vec<u8>)>> {
    let unreadable = || {
        let sentence = "This is no signature of minisign, or not the public key that belongs to it. Sign pack.json again.";
        Error::invalid("pack.signature-unreadable", sentence)
    };
    let key = key_id(SignatureBox::from_string(signature).map_err(|_| unreadable())?.keynum());
    let written = rewrite(signature).ok_or_else(unreadable)?;
    let mut files = vec![(format!("sig/{key}.minisig"), written.into_bytes())];
    if let Some(public) = public {
        let public = read_public(public).filter(|public| key_id(public.keynum()) == key);
        let written = public.ok_or_else(unreadable)?.to_box().map_err(unusable)?.into_string();
        files.push((format!("sig/{key}.pub"), written.into_bytes()));
    }
    Ok(files)
}

/// A signature as it stands in a pack.
fn rewrite(signature: &str) -> Option<String> {
    let lines: Vec<&str> = signature.lines().collect();
    let [_, signed, comment, all] = lines.get(..4)?.try_into().ok()?;
    Some(format!("{FIRST_LINE}\n{signed}\n{comment}\n{all}\n"))
}

/// A public key as minisign writes it, also only the line that holds it.
fn read_public(text: &str) -> Option<PublicKey> {
    let line = text.lines().map(str::trim).rfind(|line| !line.is_empty())?;
    match PublicKeyBox::from_string(text) {
        Ok(public) => public.into_public_key().ok(),
        Err(_) => PublicKey::from_base64(line).ok(),
    }
}

/// A key's id, as minisign shows it: the eight bytes as one number, the last byte first.
fn key_id(number: &[u8]) -> String {
    let turned: Vec<u8> = number.iter().rev().copied().collect();
    to_hex(&turned).to_uppercase()
}

fn unusable(error: minisign::PError) -> Error {
    Error::internal("The keys can't be used.").caused_by(error)
}

/// A pack with files of its own and some that are added.
pub(super) struct WithSignature<'a> {
    pub(super) tree: &'a dyn Tree,
    pub(super) added: BTreeMap<String, Vec<u8>>,
}

impl Tree for WithSignature<'_> {
    fn paths(&self) -> Result<Vec<String>> {
        let mut paths = self.tree.paths()?;
        paths.retain(|path| !self.added.contains_key(path));
        paths.extend(self.added.keys().cloned());
        paths.sort_unstable();
        Ok(paths)
    }

    fn open(&self, path: &str) -> Result<Box<dyn Read + '_>> {
        match self.added.get(path) {
            Some(bytes) => Ok(Box::new(Cursor::new(bytes))),
            None => self.tree.open(path),
        }
    }
}

#[cfg(test)]
mod tests;
