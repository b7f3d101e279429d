//! From entries to views: one entry at a time as it comes, many at once a little later, all of them anew.

use rusqlite::Connection;

use super::entry::{Entry, EntryKind};
use super::{Folds, View, anchor, register, store};
use crate::error::Result;

/// A fold takes at most so many entries in one transaction, so that answers never wait long behind it.
const FOLD_STEP: usize = 512;
/// The journal's own views.
const OWN_TABLES: [&str; 4] = ["anchor", "client", "edit", "register"];

/// The path that every entry takes, ours or another box's, once it has its place.
pub(super) fn apply(connection: &Connection, views: &[Box<dyn View>], entry: &Entry) -> Result<()> {
    match entry.kind {
        EntryKind::SET => register::merge(connection, views, entry)?,
        EntryKind::ANCHOR => anchor::fold(connection, entry)?,
        _ => {}
    }
    fold_into(connection, views, entry, Folds::WithEntry)
}

fn fold_into(connection: &Connection, views: &[Box<dyn View>], entry: &Entry, when: Folds) -> Result<()> {
    for view in views.iter().filter(|view| view.folds() == when && view.kinds().contains(&entry.kind)) {
        view.fold(connection, entry)?;
    }
    Ok(())
}

/// Folds one step of every stream; answers how many entries it took.
pub(super) fn fold_some(connection: &Connection, views: &[Box<dyn View>]) -> Result<u64> {
    let mut folded = 0;
    for stream in store::streams(connection)? {
        let entries = store::entries_after(connection, &stream, stream.folded, FOLD_STEP)?;
        for entry in &entries {
            fold_into(connection, views, entry, Folds::Later)?;
            store::fold_client(connection, entry)?;
        }
        if let Some(last) = entries.last() {
            store::set_folded(connection, stream.number, last.position.seq)?;
        }
        folded += entries.len() as u64;
    }
    Ok(folded)
}

pub(super) fn rebuild(connection: &Connection, views: &[Box<dyn View>]) -> Result<u64> {
    for table in all_tables(views) {
        store::empty(connection, table)?;
    }
    let mut count = 0;
    for stream in store::streams(connection)? {
        let mut after = 0;
        loop {
            let entries = store::entries_after(connection, &stream, after, FOLD_STEP)?;
            let Some(last) = entries.last() else { break };
            after = last.position.seq;
            for entry in &entries {
                apply(connection, views, entry)?;
                fold_into(connection, views, entry, Folds::Later)?;
                store::fold_client(connection, entry)?;
            }
            count += entries.len() as u64;
        }
        store::set_folded(connection, stream.number, after)?;
    }
    Ok(count)
}

pub(super) fn all_tables(views: &[Box<dyn View>]) -> Vec<&'static str> {
    let mut tables = OWN_TABLES.to_vec();
    tables.extend(views.iter().flat_map(|view| view.tables()));
    tables
}
