//! What a write may do: look at the views, append entries, set fields. All of it happens on the writer thread.

use std::collections::HashMap;

use rusqlite::Connection;

use super::entry::{Draft, Entry, EntryKind, Position};
use super::hlc::Hlc;
use super::register::{self, Edit, FieldEdit, Value};
use super::{Shared, store};
use crate::error::Result;
use crate::ids::ClientId;

/// What the writer thread keeps in memory about the journal's end; read anew from the database after any failure.
pub(super) struct End {
    pub(super) own_number: i64,
    pub(super) epoch: u64,
    pub(super) next_seq: u64,
    pub(super) hlc: Hlc,
    pub(super) marks: HashMap<ClientId, u64>,
}

impl End {
    pub(super) fn load(connection: &Connection, shared: &Shared) -> Result<Self> {
        let epoch = super::read_epoch(connection)?;
        let own_number = store::stream_number(connection, shared.stream, epoch)?;
        let mut hlc = Hlc::default();
        for known in store::streams(connection)? {
            hlc = hlc.seen(store::last_hlc(connection, known.number)?, shared.clock().now().wall);
        }
        let own = store::last_hlc(connection, own_number)?;
        Ok(Self {
            own_number,
            epoch,
            next_seq: store::next_seq(connection, own_number)?,
            hlc: hlc.max(own),
            marks: store::client_marks(connection)?,
        })
    }
}

/// One write in the making. When it fails, nothing of it stays.
pub struct Stage<'a> {
    pub(super) connection: &'a Connection,
    pub(super) shared: &'a Shared,
    pub(super) end: &'a mut End,
    pub(super) staged: Vec<Entry>,
    pub(super) former_marks: Vec<(ClientId, Option<u64>)>,
}

impl Stage<'_> {
    /// The database inside the transaction: registers and the views that fold with their entry are up to date here.
    pub fn connection(&self) -> &Connection {
        self.connection
    }

    /// Appends an entry of this box.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn append(&mut self, draft: Draft) -> Result<Position> {
        self.append_with(draft, None)
    }

    /// The next number that is expected from a tablet: all below it are in the journal.
    pub fn next_from(&self, client: ClientId) -> u64 {
        self.end.marks.get(&client).copied().unwrap_or(1)
    }

    /// Appends what a tablet sent under its number `n`, unless it is here already. Numbers never go back: a tablet sends
    /// from its oldest unacknowledged entry on, so whatever lies before `n` was acknowledged.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn append_from(&mut self, client: ClientId, n: u64, draft: Draft) -> Result<bool> {
        if n < self.next_from(client) {
            return Ok(false);
        }
        self.append_with(draft, Some((client, n)))?;
        let former = self.end.marks.insert(client, n + 1);
        self.former_marks.push((client, former));
        Ok(true)
    }

    /// Sets fields of one thing. A field that holds the value already is left alone.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn set(&mut self, entity: &str, id: &[u8], fields: &[(&str, Value)]) -> Result<()> {
        let mut edits = Vec::with_capacity(fields.len());
        for (field, value) in fields {
            let now = register::current(self.connection, entity, id, field)?;
            if now.as_ref().is_some_and(|(current, _)| current == value) {
                continue;
            }
            let prev = now.map_or(0, |(_, hlc)| hlc.bits());
            edits.push(FieldEdit { field: (*field).to_owned(), value: value.clone(), prev });
        }
        if edits.is_empty() {
            return Ok(());
        }
        let edit = Edit { entity: entity.to_owned(), id: id.to_vec(), fields: edits };
        self.append(Draft::new(EntryKind::SET, &edit))?;
        Ok(())
    }

    fn append_with(&mut self, draft: Draft, client: Option<(ClientId, u64)>) -> Result<Position> {
        let now = self.shared.clock().now();
        let position = Position { stream: self.shared.stream, epoch: self.end.epoch, seq: self.end.next_seq };
        let entry = Entry {
            position,
            boot: now.boot,
            mono: now.mono,
            hlc: self.end.hlc.next(now.wall),
            kind: draft.kind,
            client,
            body: draft.body,
        };
        store::insert(self.connection, self.end.own_number, &entry)?;
        super::fold::apply(self.connection, &self.shared.views, &entry)?;
        self.end.next_seq += 1;
        self.end.hlc = entry.hlc;
        self.staged.push(entry);
        Ok(position)
    }

    /// Takes over entries of another box's stream: those that are here already are skipped, a gap ends the run.
    /// Answers with the sequence number that should come next.
    pub(super) fn merge(&mut self, entries: Vec<Entry>) -> Result<u64> {
        let Some(first) = entries.first() else { return Ok(0) };
        let (stream, epoch) = (first.position.stream, first.position.epoch);
        let number = store::stream_number(self.connection, stream, epoch)?;
        let own = number == self.end.own_number;
        let mut next = store::next_seq(self.connection, number)?;
        for entry in entries {
            let Position { stream: from, epoch: of, seq } = entry.position;
            if own || from != stream || of != epoch || seq > next {
                break;
            }
            if seq < next {
                continue;
            }
            store::insert(self.connection, number, &entry)?;
            super::fold::apply(self.connection, &self.shared.views, &entry)?;
            self.end.hlc = self.end.hlc.seen(entry.hlc, self.shared.clock().now().wall);
            next += 1;
            self.staged.push(entry);
        }
        Ok(next)
    }

    /// Puts back what the writer thread knew before this write.
    pub(super) fn undo(self, next_seq: u64, hlc: Hlc) {
        self.end.next_seq = next_seq;
        self.end.hlc = hlc;
        for (client, former) in self.former_marks.into_iter().rev() {
            match former {
                Some(n) => self.end.marks.insert(client, n),
                None => self.end.marks.remove(&client),
            };
        }
    }
}
