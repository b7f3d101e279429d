//! Entries as columns and back.

use std::collections::HashMap;

use super::bodies;
use super::cbor;
use super::column::{self, Leaders, Value};
use super::numbers::{Damaged, Read, Reader, folded, unfolded, write_counted};
use crate::evidence::{with_seed, without_seed};
use crate::ids::ClientId;
use crate::journal::{Entry, EntryKind, Hlc, Position};

/// How a body stands in its columns.
const WHOLE: u64 = 0;
const DIVIDED: u64 = 1;
const WITHOUT_SEED: u64 = 2;

/// An entry that claims more than this has no business in a journal.
const LARGEST_BODIES: usize = 8 << 20;

/// Bits of a stamp that count within a millisecond.
const COUNT_BITS: u32 = 16;

/// Entries as columns: what a hub may read, and what stays in the school.
pub(super) struct Columns {
    pub(super) open: Vec<u8>,
    /// Bodies that only boxes of the school read; empty where there are none.
    pub(super) private: Vec<u8>,
}

/// What of an entry a hub may read beside its kind and its times. Rosters, notes, attendance and whatever a later version writes
/// stay in the school: what is not named here is private.
pub(super) fn is_open(kind: EntryKind) -> bool {
    [
        EntryKind::ANSWER,
        EntryKind::OPEN,
        EntryKind::READ,
        EntryKind::PACK,
        EntryKind::ANCHOR,
        EntryKind::DIFFICULTY,
        EntryKind::BOX,
    ]
    .contains(&kind)
}

/// Writes entries of one stream that follow each other without a gap.
pub(super) fn write(entries: &[Entry]) -> Columns {
    let mut to = Vec::new();
    let mut numbers = |of: &mut dyn FnMut(&Entry) -> u64| {
        let values: Vec<Value> = entries.iter().map(|entry| number(of(entry))).collect();
        column::write(&mut to, &values, None);
    };
    numbers(&mut |entry| u64::from(entry.kind.0));
    numbers(&mut |entry| u64::from(entry.boot));
    numbers(&mut |entry| entry.mono);
    // The date at the start of the boot stays nearly the same.
    numbers(&mut |entry| entry.hlc.wall().wrapping_sub(entry.mono));
    numbers(&mut |entry| entry.hlc.bits() & ((1 << COUNT_BITS) - 1));
    let mut next = Next::default();
    let ns: Vec<u64> = entries.iter().map(|entry| next.told(entry.client)).collect();
    let clients: Vec<Value> = entries.iter().map(|entry| client(entry.client)).collect();
    column::write(&mut to, &clients, None);
    write_numbers(&mut to, ns);
    write_bodies(&mut to, entries, &clients, is_open);
    let mut private = Vec::new();
    if entries.iter().any(|entry| !is_open(entry.kind)) {
        write_bodies(&mut private, entries, &clients, |kind| !is_open(kind));
    }
    Columns { open: to, private }
}

fn write_numbers(to: &mut Vec<u8>, numbers: Vec<u64>) {
    let values: Vec<Value> = numbers.into_iter().map(number).collect();
    column::write(to, &values, None);
}

fn write_bodies(to: &mut Vec<u8>, entries: &[Entry], clients: &[Value], wanted: fn(EntryKind) -> bool) {
    let all: Vec<(EntryKind, u64, Vec<u8>, &Value)> = entries
        .iter()
        .zip(clients)
        .filter(|(entry, _)| wanted(entry.kind))
        .map(|(entry, client)| {
            let (form, body) = form_of(entry);
            (entry.kind, form, body, client)
        })
        .collect();
    write_numbers(to, all.iter().map(|(_, form, ..)| *form).collect());
    for kind in kinds_of(all.iter().map(|(kind, ..)| *kind)) {
        let own = || all.iter().filter(|(own, ..)| *own == kind);
        for (_, _, body, _) in own().filter(|(_, form, ..)| *form == WHOLE) {
            write_counted(to, body);
        }
        let divided = own().filter(|(_, form, ..)| *form != WHOLE);
        let (bodies, clients): (Vec<&[u8]>, Vec<Value>) =
            divided.map(|(_, _, body, client)| (body.as_slice(), (*client).clone())).unzip();
        if !bodies.is_empty() {
            bodies::write(to, &bodies, led_by(&clients));
        }
    }
}

/// On one tablet the same student goes on for a while.
fn led_by(clients: &[Value]) -> Leaders {
    let mut leaders = Leaders::default();
    leaders.add(clients);
    leaders
}

fn form_of(entry: &Entry) -> (u64, Vec<u8>) {
    let short = if entry.kind == EntryKind::ANSWER { without_seed(&entry.body) } else { None };
    match short {
        Some(short) if bodies::is_divisible(&short) => (WITHOUT_SEED, short),
        _ if bodies::is_divisible(&entry.body) => (DIVIDED, entry.body.clone()),
        _ => (WHOLE, entry.body.clone()),
    }
}

/// Each kind once, in the order of their first appearance.
fn kinds_of(kinds: impl Iterator<Item = EntryKind>) -> Vec<EntryKind> {
    let mut found = Vec::new();
    for kind in kinds {
        if !found.contains(&kind) {
            found.push(kind);
        }
    }
    found
}

/// Reads `count` entries, the first of which stands at `first`. Without `private` the entries that stay in the school have no body.
pub(super) fn read(open: &[u8], private: Option<&[u8]>, first: Position, count: usize) -> Read<Vec<Entry>> {
    let mut from = Reader::new(open);
    let mut room = LARGEST_BODIES;
    let kinds = read_numbers(&mut from, count, &mut room)?;
    let kinds = kinds.into_iter().map(|kind| Ok(EntryKind(u16::try_from(kind).map_err(|_| Damaged)?)));
    let kinds = kinds.collect::<Read<Vec<EntryKind>>>()?;
    let boots = read_numbers(&mut from, count, &mut room)?;
    let monos = read_numbers(&mut from, count, &mut room)?;
    let starts = read_numbers(&mut from, count, &mut room)?;
    let counts = read_numbers(&mut from, count, &mut room)?;
    let clients = column::read(&mut from, count, None, &mut room)?;
    let ns = read_numbers(&mut from, count, &mut room)?;
    let mut bodies: Vec<Vec<u8>> = vec![Vec::new(); count];
    read_bodies(from, &kinds, &clients, is_open, &mut bodies, &mut room)?;
    if let Some(private) = private.filter(|_| kinds.iter().any(|kind| !is_open(*kind))) {
        let from = Reader::new(private);
        read_bodies(from, &kinds, &clients, |kind| !is_open(kind), &mut bodies, &mut room)?;
    }
    let mut next = Next::default();
    let mut entries = Vec::with_capacity(count);
    for (row, body) in bodies.into_iter().enumerate() {
        let at = |numbers: &[u64]| numbers.get(row).copied().ok_or(Damaged);
        let mono = at(&monos)?;
        let wall = at(&starts)?.wrapping_add(mono);
        let within = at(&counts)?;
        if wall >= 1 << (64 - COUNT_BITS) || within >= 1 << COUNT_BITS {
            return Err(Damaged);
        }
        entries.push(Entry {
            position: Position { seq: first.seq.checked_add(row as u64).ok_or(Damaged)?, ..first },
            boot: u32::try_from(at(&boots)?).map_err(|_| Damaged)?,
            mono,
            hlc: Hlc::from_bits(wall << COUNT_BITS | within),
            kind: *kinds.get(row).ok_or(Damaged)?,
            client: next.read(clients.get(row).ok_or(Damaged)?, at(&ns)?)?,
            body,
        });
    }
    Ok(entries)
}

fn read_numbers(from: &mut Reader, count: usize, room: &mut usize) -> Read<Vec<u64>> {
    let values = column::read(from, count, None, room)?;
    values.iter().map(|value| number_of(value)).collect()
}

fn read_bodies(
    mut from: Reader,
    kinds: &[EntryKind],
    clients: &[Value],
    wanted: fn(EntryKind) -> bool,
    bodies: &mut [Vec<u8>],
    room: &mut usize,
) -> Read<()> {
    let rows: Vec<usize> =
        (0..kinds.len()).filter(|row| kinds.get(*row).is_some_and(|kind| wanted(*kind))).collect();
    let forms = read_numbers(&mut from, rows.len(), room)?;
    for kind in kinds_of(rows.iter().filter_map(|row| kinds.get(*row).copied())) {
        let own = rows.iter().copied().zip(forms.iter().copied());
        let own: Vec<(usize, u64)> = own.filter(|(row, _)| kinds.get(*row) == Some(&kind)).collect();
        let (whole, divided): (Vec<_>, Vec<_>) = own.into_iter().partition(|(_, form)| *form == WHOLE);
        for (row, _) in whole {
            let body = from.counted()?;
            *room = room.checked_sub(body.len()).ok_or(Damaged)?;
            *bodies.get_mut(row).ok_or(Damaged)? = body.to_vec();
        }
        if divided.is_empty() {
            continue;
        }
        let own: Vec<Value> = divided.iter().filter_map(|(row, _)| clients.get(*row).cloned()).collect();
        let read = bodies::read(&mut from, divided.len(), led_by(&own), room)?;
        for ((row, form), body) in divided.into_iter().zip(read) {
            *bodies.get_mut(row).ok_or(Damaged)? = match form {
                DIVIDED => body,
                WITHOUT_SEED => with_seed(&body).ok_or(Damaged)?,
                _ => return Err(Damaged),
            };
        }
    }
    if from.is_empty() { Ok(()) } else { Err(Damaged) }
}

fn number(number: u64) -> Value {
    let mut value = Vec::new();
    cbor::write_number(&mut value, number);
    value
}

fn number_of(value: &[u8]) -> Read<u64> {
    match cbor::head(value)? {
        (cbor::Head::Number(number), length) if length == value.len() => Ok(number),
        _ => Err(Damaged),
    }
}

fn client(client: Option<(ClientId, u64)>) -> Value {
    client.map_or_else(Vec::new, |(ClientId(id), _)| id.to_vec())
}

/// The number that each tablet's next entry is expected to have.
#[derive(Default)]
struct Next(HashMap<ClientId, u64>);

impl Next {
    /// How far a number is from the expected one.
    fn told(&mut self, client: Option<(ClientId, u64)>) -> u64 {
        let Some((client, n)) = client else { return 0 };
        let expected = self.0.insert(client, n.wrapping_add(1)).unwrap_or_default();
        folded(n.wrapping_sub(expected).cast_signed())
    }

    fn read(&mut self, client: &[u8], told: u64) -> Read<Option<(ClientId, u64)>> {
        if client.is_empty() {
            return if told == 0 { Ok(None) } else { Err(Damaged) };
        }
        let client = ClientId(client.try_into().map_err(|_| Damaged)?);
        let expected = self.0.get(&client).copied().unwrap_or_default();
        let n = expected.wrapping_add(unfolded(told).cast_unsigned());
        self.0.insert(client, n.wrapping_add(1));
        Ok(Some((client, n)))
    }
}
