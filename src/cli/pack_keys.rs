//! `schoolhouse pack keygen` and `schoolhouse pack sign`.

use std::fs;
use std::path::{Path, PathBuf};

use super::print;
use crate::error::{Error, Result};
use crate::files::write_atomically;
use crate::packs::{add_signature, generate_keys, open_secret_key, sign};

/// How to sign a pack.
#[derive(clap::Args)]
pub(super) struct Signing {
    /// The .schoolpack file
    file: PathBuf,
    /// The secret key, made by keygen or by minisign
    #[arg(short, long, value_name = "FILE", required_unless_present = "signature")]
    key: Option<PathBuf>,
    /// A signature that minisign made over the pack's pack.json, instead of a key
    #[arg(long, value_name = "FILE", conflicts_with = "key", requires = "public")]
    signature: Option<PathBuf>,
    /// The public key that belongs to that signature
    #[arg(long, value_name = "FILE")]
    public: Option<PathBuf>,
}

/// Which keys to make.
#[derive(clap::Args)]
pub(super) struct Making {
    /// Name of the two files: NAME.pub to give away, NAME.key to keep
    name: PathBuf,
    /// Leave the secret key open, without a password
    #[arg(long)]
    open: bool,
}

/// Makes a pair of keys.
///
/// # Errors
/// `pack.key-taken` when one of the files is there; that they can't be written.
pub(super) fn make(making: &Making) -> Result<()> {
    let [public, secret] = ["pub", "key"].map(|ending| with_ending(&making.name, ending));
    if let Some(taken) = [&public, &secret].into_iter().find(|path| path.exists()) {
        let sentence = format!(
            "{} is there already. Choose another name: whoever loses a key can't sign with it again.",
            taken.display()
        );
        return Err(Error::conflict("pack.key-taken", sentence));
    }
    let password = if making.open { None } else { Some(ask_new_password()?) };
    let (public_text, secret_text) = generate_keys(password)?;
    write_atomically(&secret, secret_text.as_bytes(), 0o600)?;
    write_atomically(&public, public_text.as_bytes(), 0o644)?;
    print(&format!(
        "Wrote {} and {}. Keep the second one safe. Give the first one to the schools: it belongs into the folder trusted/ of a box's data directory.",
        public.display(),
        secret.display()
    ));
    Ok(())
}

/// Signs a pack, or brings a signature into it.
///
/// # Errors
/// When the key, the signature or the pack can't be used.
pub(super) fn sign_file(signing: &Signing) -> Result<()> {
    if let Some(signature) = &signing.signature {
        let public = signing.public.as_deref().map(read_text).transpose()?;
        add_signature(&signing.file, &read_text(signature)?, public.as_deref())?;
    } else if let Some(key) = &signing.key {
        let key = open_secret_key(&read_text(key)?, || ask_password("Password of the key: "))?;
        sign(&signing.file, &key)?;
    }
    print(&format!("Signed {}", signing.file.display()));
    Ok(())
}

fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|e| {
        let sentence = format!("{} can't be read. Look whether the name is right.", path.display());
        Error::not_found("pack.nothing-there", sentence).caused_by(e)
    })
}

/// `hill` becomes `hill.pub`; a point in the name is part of it.
fn with_ending(name: &Path, ending: &str) -> PathBuf {
    let mut name = name.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

fn ask_new_password() -> Result<String> {
    let password = ask_password("Password for the new key: ")?;
    if password == ask_password("Once more: ")? {
        return Ok(password);
    }
    Err(Error::invalid("pack.password-wrong", "The two passwords differ. Try again."))
}

fn ask_password(prompt: &str) -> Result<String> {
    rpassword::prompt_password(prompt).map_err(|e| {
        let sentence =
            "A password must be typed at a terminal. For a key without one: schoolhouse pack keygen --open.";
        Error::invalid("pack.password-wrong", sentence).caused_by(e)
    })
}
