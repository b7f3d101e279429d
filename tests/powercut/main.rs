//! The plug is pulled, thousands of times: the real journal and writer on a simulated disk that forgets what was not synced.
//!
//! Promises: nothing acknowledged is lost, no sequence number means two things, numbers have no gaps, the database passes
//! its own check, and the views equal a fold of the entries. Half of the cuts are followed by another one during recovery.
#![expect(clippy::unwrap_used, reason = "a test that meets the unexpected has failed")]

mod disk;
mod vfs;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use disk::{Chance, Disk, disk};
use rusqlite::{Connection, params};
use schoolhouse::clock::Clock;
use schoolhouse::db::{Options, Urgency};
use schoolhouse::error::Result;
use schoolhouse::ids::ClientId;
use schoolhouse::journal::{Draft, Entry, EntryKind, Folds, Identity, Journal, View};

/// How often the power goes in one run.
const CUTS: u64 = 5_000;

/// A view that folds later: how many answers each tablet has given, and their sum.
struct Sums;

impl View for Sums {
    fn tables(&self) -> &'static [&'static str] {
        &["sums"]
    }
    fn folds(&self) -> Folds {
        Folds::Later
    }
    fn kinds(&self) -> &'static [EntryKind] {
        &[EntryKind::ANSWER]
    }
    fn fold(&self, connection: &Connection, entry: &Entry) -> Result<()> {
        let Some((client, _)) = entry.client else { return Ok(()) };
        connection
            .prepare_cached(
                "INSERT INTO sums (client, answers, total) VALUES (?1, 1, ?2)
                 ON CONFLICT DO UPDATE SET answers = answers + 1, total = total + excluded.total",
            )?
            .execute(params![client.0, entry.read::<u32>().unwrap_or(0)])?;
        Ok(())
    }
}

fn options() -> Options {
    Options { readers: 0, vfs: Some("sim"), window: Duration::ZERO, ..Options::journal("/journal.db") }
}

fn open() -> Result<Journal> {
    let (clock, _) = Clock::by_hand(1_790_000_000_000);
    Journal::open(&options(), Identity::from_seed(&[3; 32]).stream, vec![Box::new(Sums)], &clock)
}

fn make_table() -> Result<()> {
    open()?.write_blocking(Urgency::Now, |stage| {
        let sql = "CREATE TABLE sums (client BLOB PRIMARY KEY, answers INTEGER, total INTEGER) STRICT, WITHOUT ROWID";
        Ok(stage.connection().execute_batch(sql)?)
    })
}

/// What was acknowledged: by sequence number, the tablet, its number and the value.
type Acknowledged = BTreeMap<u64, ([u8; 8], u64, u32)>;

/// Answers, edits and folds, until the power goes or `rounds` are over.
fn teach(chance: &mut Chance, rounds: u64, acknowledged: &mut Acknowledged) -> Result<()> {
    let journal = open()?;
    for _ in 0..rounds {
        let client = [u8::try_from(chance.below(6)).unwrap(); 8];
        let values: Vec<u32> =
            (0..=chance.below(7)).map(|_| u32::try_from(chance.below(1 << 20)).unwrap()).collect();
        let kept = journal.write_blocking(Urgency::Now, move |stage| {
            let mut kept = Vec::new();
            for value in values {
                let n = stage.next_from(ClientId(client));
                let draft = Draft::new(EntryKind::ANSWER, &value);
                let draft = Draft { body: [draft.body, vec![0xf6; 120]].concat(), ..draft };
                stage.append_from(ClientId(client), n, draft)?;
                kept.push((n, value));
            }
            // The last position tells all the others, because a write's entries stand side by side.
            let note = stage.append(Draft::new(EntryKind::NOTE, &0_u8))?;
            stage.set("class", &[1; 16], &[("name", i64::try_from(note.seq).unwrap_or(0).into())])?;
            Ok((note.seq - kept.len() as u64, kept))
        })?;
        for (seq, (n, value)) in (kept.0..).zip(kept.1) {
            let former = acknowledged.insert(seq, (client, n, value));
            assert_eq!(former, None, "sequence number {seq} was given twice");
        }
        if chance.below(4) == 0 {
            journal.dump_views()?;
        }
    }
    Ok(())
}

/// Everything that was acknowledged is there, once, and nothing is out of joint.
fn check(acknowledged: &Acknowledged) {
    let journal = open().unwrap();
    let folded = journal.dump_views().unwrap();
    journal.rebuild().unwrap();
    assert_eq!(journal.dump_views().unwrap(), folded, "the views differ from a fold of the entries");
    let (healthy, count, highest, found) = journal
        .read_blocking(|connection| {
            let healthy: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
            let (count, highest): (i64, i64) = connection.query_row(
                "SELECT count(*), coalesce(max(key) & 0xffffffffff, 0) FROM entry",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            let mut statement = connection
                .prepare("SELECT key & 0xffffffffff, client, n, body FROM entry WHERE client IS NOT NULL")?;
            let found = statement
                .query_map([], |row| {
                    let body: Vec<u8> = row.get(3)?;
                    let value: u32 = minicbor::decode(&body).unwrap_or(0);
                    Ok((
                        row.get::<_, i64>(0)?.cast_unsigned(),
                        (row.get(1)?, row.get::<_, i64>(2)?.cast_unsigned(), value),
                    ))
                })?
                .collect::<rusqlite::Result<Acknowledged>>()?;
            Ok((healthy, count, highest, found))
        })
        .unwrap();
    assert_eq!(healthy, "ok");
    assert_eq!(count, highest, "the sequence has gaps");
    for (seq, kept) in acknowledged {
        assert_eq!(found.get(seq), Some(kept), "acknowledged entry {seq} is lost or changed");
    }
    let mut numbers: Vec<_> = found.values().map(|(client, n, _)| (client, n)).collect();
    numbers.sort_unstable();
    let all = numbers.len();
    numbers.dedup();
    assert_eq!(numbers.len(), all, "a tablet's answer is there twice");
}

fn one_cut(image: &Disk, seed: u64) {
    let mut chance = Chance(seed.wrapping_mul(7_919) + 1);
    let mut acknowledged = Acknowledged::new();
    disk().become_copy(image, seed);
    disk().cut_after(1 + chance.below(260));
    // Whatever fails after the power went is no promise broken; what was acknowledged before is checked below.
    let _ = teach(&mut chance, 40, &mut acknowledged);
    disk().reboot();
    if chance.coin() {
        disk().cut_after(1 + chance.below(60));
        let _ = teach(&mut chance, 4, &mut acknowledged);
        disk().reboot();
    }
    check(&acknowledged);
}

#[test]
fn nothing_acknowledged_is_lost_when_the_power_goes() {
    vfs::register();
    // A school that is set up, so that the cuts fall into lessons and not into the making of tables.
    make_table().unwrap();
    teach(&mut Chance(1), 1, &mut Acknowledged::new()).unwrap();
    let mut image = disk().clone();
    image.reboot();
    for seed in 0..CUTS {
        catch_unwind(AssertUnwindSafe(|| one_cut(&image, seed)))
            .unwrap_or_else(|_| panic!("failed at seed {seed}"));
    }
}
