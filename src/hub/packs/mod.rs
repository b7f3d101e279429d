//! Packs that the district gives to its schools: whole files beside the database, named by their SHA-256, and who gets which.

pub(super) mod routes;
mod store;

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

pub use store::PackRow;

use super::Hub;
use crate::db::Urgency;
use crate::error::{Error, Result};
use crate::files::sync_directory;
use crate::ids::{SchoolId, random_bytes, to_hex};
use crate::packs::peek;
use crate::sync::exchange::messages::{Catalogue, Offer};

/// Where packs lie in the hub's folder.
const FOLDER: &str = "packs";
/// Bytes that are copied at once.
const PART: usize = 1 << 20;

impl Hub {
    /// Takes a pack in, in the place of its former version. Nobody gets it before it is subscribed to.
    ///
    /// # Errors
    /// What looking at the file refuses; when the disk or the database refuses.
    pub async fn add_pack(&self, file: &Path) -> Result<Offer> {
        let opened = File::open(file).map_err(|error| {
            let sentence = format!("{} can't be read. Look whether it is there.", file.display());
            Error::invalid("pack.file-missing", sentence).caused_by(error)
        })?;
        let manifest = peek(&opened)?.manifest;
        let (sha256, bytes) = self.keep(file)?;
        let title = manifest.title.get(&manifest.language).cloned().unwrap_or_else(|| manifest.id.clone());
        let offer = Offer { id: manifest.id, version: manifest.version, title, sha256, bytes };
        let (kept, now) = (offer.clone(), self.now());
        self.db.write(Urgency::Now, move |connection| store::put_pack(connection, &kept, now)).await?;
        Ok(offer)
    }

    /// Copies a file to its place; a broken-off copy never has its name.
    fn keep(&self, from: &Path) -> Result<([u8; 32], u64)> {
        let folder = self.folder.join(FOLDER);
        std::fs::create_dir_all(&folder)?;
        let draft = folder.join(format!("{}.draft", to_hex(&random_bytes::<8>()?)));
        let mut to = File::create(&draft)?;
        let (mut from, mut hash, mut bytes) = (File::open(from)?, Sha256::new(), 0);
        let mut part = vec![0; PART];
        loop {
            let got = from.read(&mut part)?;
            if got == 0 {
                break;
            }
            hash.update(&part[..got]);
            to.write_all(&part[..got])?;
            bytes += got as u64;
        }
        to.sync_all()?;
        let sha256: [u8; 32] = hash.finalize().into();
        std::fs::rename(&draft, folder.join(name_of(&sha256)))?;
        sync_directory(&folder)?;
        Ok((sha256, bytes))
    }

    /// A school gets a pack from now on, or no more; nobody named is every school.
    ///
    /// # Errors
    /// `pack.unknown`, `sync.school-unknown`; when the database refuses.
    pub async fn subscribe(&self, pack: &str, school: Option<&str>, wanted: bool) -> Result<()> {
        let (name, id) = (school.map(str::to_owned), pack.to_owned());
        let write = self.db.write(Urgency::Now, move |connection| {
            let school = match name {
                None => None,
                Some(name) => Some(super::store::school_named(connection, &name)?.ok_or_else(|| {
                    let sentence = format!("There is no school {name}. `schoolhouse hub schools` shows all.");
                    Error::not_found("sync.school-unknown", sentence)
                })?),
            };
            store::subscribe(connection, &id, school, wanted)
        });
        let sentence = format!("There is no pack {pack} here. `schoolhouse hub packs` shows all.");
        if write.await? { Ok(()) } else { Err(Error::not_found("pack.unknown", sentence)) }
    }

    /// All packs, and who gets them.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn packs(&self) -> Result<Vec<PackRow>> {
        self.db.read(store::packs).await
    }

    /// What a school gets, where that is not what its box knows already.
    pub(super) async fn catalogue(&self, school: SchoolId, known: u64) -> Result<Option<Catalogue>> {
        let read = self.db.read(move |connection| {
            if store::version(connection)? == known {
                return Ok(None);
            }
            store::catalogue(connection, school).map(Some)
        });
        read.await
    }

    /// The file of a pack that is offered.
    pub(super) async fn pack_file(&self, sha256: [u8; 32]) -> Result<PathBuf> {
        let is_offered = self.db.read(move |connection| store::is_offered(connection, sha256)).await?;
        let path = self.folder.join(FOLDER).join(name_of(&sha256));
        if is_offered && path.is_file() {
            return Ok(path);
        }
        Err(Error::not_found("pack.unknown", "The hub has no such pack any more."))
    }
}

fn name_of(sha256: &[u8; 32]) -> String {
    format!("{}.schoolpack", to_hex(sha256))
}
