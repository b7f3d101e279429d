//! Which box has which pack: a view of the journal.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};
use rusqlite::{Connection, params};

use super::format::Manifest;
use super::signature::Signer;
use super::terms::{Terms, Vouching};
use crate::error::Result;
use crate::ids::{StaffId, StreamId};
use crate::journal::{Draft, Entry, EntryKind, Folds, Hlc, View};

/// A pack was installed on a box or removed from it: the body of an entry. Numbers are for ever; new fields are optional
/// and come last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub(super) struct PackEntry {
    #[n(0)]
    pub(super) id: String,
    #[n(1)]
    pub(super) version: String,
    #[cbor(n(2), with = "minicbor::bytes")]
    pub(super) sha256: [u8; 32],
    #[n(3)]
    pub(super) bytes: u64,
    /// It came with the program.
    #[n(4)]
    pub(super) built_in: bool,
    /// Whether it is there from now on.
    #[n(5)]
    pub(super) installed: bool,
    /// Who did it; nobody at the command line.
    #[n(6)]
    pub(super) by: Option<StaffId>,
    /// What the lint gave it, from `A` to `C`.
    #[n(7)]
    pub(super) grade: Option<char>,
    /// The id of the key that signed it.
    #[n(8)]
    pub(super) signer: Option<String>,
    /// The name under which the school kept that key then, if it did.
    #[n(9)]
    pub(super) signer_name: Option<String>,
    /// The codes that somebody accepted.
    #[cbor(n(10), default)]
    pub(super) accepted: Vec<String>,
}

impl PackEntry {
    /// That a pack is there from now on.
    pub(super) fn installed(
        manifest: &Manifest,
        sha256: [u8; 32],
        bytes: u64,
        built_in: bool,
        signer: &Signer,
        terms: &Terms,
    ) -> Self {
        let (signer, signer_name) = match signer {
            Signer::Known { publisher, key } => (Some(key), Some(publisher)),
            Signer::Unknown { key } => (Some(key), None),
            Signer::Nobody | Signer::Wrong { .. } => (None, None),
        };
        Self {
            id: manifest.id.clone(),
            version: manifest.version.clone(),
            sha256,
            bytes,
            built_in,
            installed: true,
            by: terms.by,
            grade: terms.grade,
            signer: signer.cloned(),
            signer_name: signer_name.cloned(),
            accepted: terms.accepted.clone(),
        }
    }

    /// That it is there no more.
    pub(super) fn removed(&self, by: Option<StaffId>) -> Self {
        Self { installed: false, by, ..self.clone() }
    }

    /// Who vouches for it.
    pub(super) fn vouching(&self) -> Vouching<'_> {
        match &self.signer {
            Some(key) => Vouching::Key(key),
            None if self.built_in => Vouching::Program,
            None => Vouching::Nobody,
        }
    }

    pub(super) fn draft(&self) -> Draft {
        Draft::new(EntryKind::PACK, self)
    }
}

/// The newest entry of each box about each pack.
pub struct PacksView;

impl View for PacksView {
    fn tables(&self) -> &'static [&'static str] {
        &["pack"]
    }

    fn folds(&self) -> Folds {
        Folds::WithEntry
    }

    fn kinds(&self) -> &'static [EntryKind] {
        &[EntryKind::PACK]
    }

    fn fold(&self, connection: &Connection, entry: &Entry) -> Result<()> {
        let Some(pack) = entry.read::<PackEntry>() else { return Ok(()) };
        connection
            .prepare_cached(
                "INSERT INTO pack (stream, id, version, sha256, bytes, built_in, installed, hlc,
                     installed_by, grade, signer, signer_name, accepted)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
                 ON CONFLICT DO UPDATE SET version = excluded.version, sha256 = excluded.sha256,
                     bytes = excluded.bytes, built_in = excluded.built_in, installed = excluded.installed,
                     hlc = excluded.hlc, installed_by = excluded.installed_by, grade = excluded.grade,
                     signer = excluded.signer, signer_name = excluded.signer_name, accepted = excluded.accepted
                 WHERE excluded.hlc > pack.hlc",
            )?
            .execute(params![
                entry.position.stream,
                pack.id,
                pack.version,
                pack.sha256,
                pack.bytes.cast_signed(),
                pack.built_in,
                pack.installed,
                entry.hlc.bits().cast_signed(),
                pack.by,
                pack.grade.map(String::from),
                pack.signer,
                pack.signer_name,
                pack.accepted.join(" "),
            ])?;
        Ok(())
    }
}

/// What a box has or has had, in the order of the ids.
pub(super) fn packs_of(connection: &Connection, stream: StreamId) -> Result<Vec<PackEntry>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, version, sha256, bytes, built_in, installed, installed_by, grade, signer, signer_name, accepted
         FROM pack WHERE stream = ?1 ORDER BY id",
    )?;
    let rows = statement.query_map([stream], |row| {
        Ok(PackEntry {
            id: row.get(0)?,
            version: row.get(1)?,
            sha256: row.get(2)?,
            bytes: row.get::<_, i64>(3)?.cast_unsigned(),
            built_in: row.get(4)?,
            installed: row.get(5)?,
            by: row.get(6)?,
            grade: row.get::<_, Option<String>>(7)?.and_then(|grade| grade.chars().next()),
            signer: row.get(8)?,
            signer_name: row.get(9)?,
            accepted: row.get::<_, String>(10)?.split_whitespace().map(str::to_owned).collect(),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A pack that a box of the school has or has had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldPack {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Of its file.
    pub sha256: [u8; 32],
    /// Of its file.
    pub bytes: u64,
    /// It came with the program.
    pub built_in: bool,
    /// Whether it is there now.
    pub installed: bool,
}

/// What every box of the school has or has had.
///
/// # Errors
/// When the database refuses.
pub fn shelves(connection: &Connection) -> Result<BTreeMap<StreamId, Vec<HeldPack>>> {
    let mut statement = connection.prepare_cached(
        "SELECT stream, id, version, sha256, bytes, built_in, installed FROM pack ORDER BY stream, id",
    )?;
    let rows = statement.query_map([], |row| {
        let held = HeldPack {
            id: row.get(1)?,
            version: row.get(2)?,
            sha256: row.get(3)?,
            bytes: row.get::<_, i64>(4)?.cast_unsigned(),
            built_in: row.get(5)?,
            installed: row.get(6)?,
        };
        Ok((row.get(0)?, held))
    })?;
    let mut shelves: BTreeMap<StreamId, Vec<HeldPack>> = BTreeMap::new();
    for row in rows {
        let (stream, held) = row?;
        shelves.entry(stream).or_default().push(held);
    }
    Ok(shelves)
}

/// How a pack came to be on the box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acquired {
    /// Who added it; nobody at the command line, and nobody for what came with the program.
    pub by: Option<StaffId>,
    /// When, in milliseconds since 1970 by the box's best guess.
    pub at: u64,
    /// What the lint gave it then, from `A` to `C`.
    pub grade: Option<char>,
    /// Who had signed it, as far as the school knew then.
    pub signer: Signer,
}

/// How each pack came to be on a box, by its id.
pub(super) fn acquired_by(connection: &Connection, stream: StreamId) -> Result<BTreeMap<String, Acquired>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, installed_by, hlc, grade, signer, signer_name FROM pack WHERE stream = ?1 AND installed = 1",
    )?;
    let rows = statement.query_map([stream], |row| {
        let (key, publisher): (Option<String>, Option<String>) = (row.get(4)?, row.get(5)?);
        let acquired = Acquired {
            by: row.get(1)?,
            at: Hlc::from_bits(row.get::<_, i64>(2)?.cast_unsigned()).wall(),
            grade: row.get::<_, Option<String>>(3)?.and_then(|grade| grade.chars().next()),
            signer: match (key, publisher) {
                (Some(key), Some(publisher)) => Signer::Known { publisher, key },
                (Some(key), None) => Signer::Unknown { key },
                (None, _) => Signer::Nobody,
            },
        };
        Ok((row.get(0)?, acquired))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
