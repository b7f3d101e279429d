//! The promises of the journal, on a real database.

use super::*;
use crate::ids::ClientId;

const CLASS: &[u8] = &[7; 16];

struct Names;

impl View for Names {
    fn tables(&self) -> &'static [&'static str] {
        &[]
    }
    fn folds(&self) -> Folds {
        Folds::WithEntry
    }
}

fn open(path: &std::path::Path, seed: u8) -> Journal {
    let identity = Identity::from_seed(&[seed; 32]);
    let (clock, _) = Clock::by_hand(1_790_000_000_000);
    Journal::open(&Options::journal(path), identity.stream, vec![Box::new(Names)], &clock).unwrap()
}

fn name_class(journal: &Journal, name: &str) {
    let name = name.to_owned();
    journal
        .write_blocking(Urgency::Now, move |stage| stage.set("class", CLASS, &[("name", name.into())]))
        .unwrap();
}

fn all_entries(journal: &Journal) -> Vec<Entry> {
    journal
        .read_blocking(|connection| {
            let streams = store::streams(connection)?;
            streams
                .iter()
                .map(|stream| store::entries_after(connection, stream, 0, 10_000))
                .collect::<Result<Vec<_>>>()
        })
        .unwrap()
        .concat()
}

#[test]
fn what_a_tablet_sends_twice_is_kept_once_also_over_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("journal.db");
    let tablet = ClientId([1; 8]);
    let send = |journal: &Journal, numbers: std::ops::Range<u64>| {
        journal
            .write_blocking(Urgency::Soon, move |stage| {
                for n in numbers {
                    stage.append_from(tablet, n, Draft::new(EntryKind::ANSWER, &n))?;
                }
                Ok(stage.next_from(tablet))
            })
            .unwrap()
    };
    let journal = open(&path, 1);
    assert_eq!(send(&journal, 1..4), 4);
    assert_eq!(send(&journal, 2..6), 6);
    drop(journal);
    let journal = open(&path, 1);
    assert_eq!(send(&journal, 1..8), 8);
    let numbers: Vec<u64> = all_entries(&journal).iter().map(|entry| entry.client.unwrap().1).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7]);
}

#[test]
fn a_failed_write_leaves_nothing_behind_and_uses_no_number() {
    let dir = tempfile::tempdir().unwrap();
    let journal = open(&dir.path().join("journal.db"), 1);
    let tablet = ClientId([2; 8]);
    let failed: Result<()> = journal.write_blocking(Urgency::Now, move |stage| {
        stage.append_from(tablet, 1, Draft::new(EntryKind::ANSWER, &1_u8))?;
        Err(Error::forbidden())
    });
    assert!(failed.is_err());
    let (next, position) = journal
        .write_blocking(Urgency::Now, move |stage| {
            Ok((stage.next_from(tablet), stage.append(Draft::new(EntryKind::NOTE, &1_u8))?))
        })
        .unwrap();
    assert_eq!((next, position.seq), (1, 1));
    assert_eq!(all_entries(&journal).len(), 1);
}

#[test]
fn two_boxes_agree_whatever_the_order_and_the_clash_is_seen() {
    let dir = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let (one, two) = (open(&dir.path().join("1.db"), 1), open(&dir.path().join("2.db"), 2));
    name_class(&one, "Class 4");
    runtime.block_on(two.merge(all_entries(&one))).unwrap();
    name_class(&one, "Class 4 Red");
    name_class(&two, "Class 4 Blue");
    let (from_one, from_two) = (all_entries(&one), all_entries(&two));
    let of = |journal: &Journal, entries: &[Entry]| {
        entries.iter().filter(|entry| entry.position.stream == journal.stream()).cloned().collect::<Vec<_>>()
    };
    for _ in 0..2 {
        runtime.block_on(two.merge(of(&one, &from_one))).unwrap();
        runtime.block_on(one.merge(of(&two, &from_two))).unwrap();
    }
    assert_eq!(one.dump_views().unwrap(), two.dump_views().unwrap());
    let conflicts = one.read_blocking(conflicts).unwrap();
    assert_eq!(conflicts.len(), 1);
    assert_ne!(conflicts[0].kept, conflicts[0].lost);

    let before = one.dump_views().unwrap();
    one.rebuild().unwrap();
    assert_eq!(one.dump_views().unwrap(), before);
}

#[tokio::test]
async fn a_full_disk_takes_all_or_nothing_of_a_group_and_goes_on_when_there_is_room() {
    let dir = tempfile::tempdir().unwrap();
    let journal = Arc::new(open(&dir.path().join("journal.db"), 1));
    let mut tail = journal.subscribe();
    let tablets = [1, 2, 3].map(|tablet| ClientId([tablet; 8]));
    let send = |tablet: usize, bytes: usize| {
        let (journal, client) = (journal.clone(), tablets[tablet]);
        async move {
            let draft = Draft::new(EntryKind::ANSWER, &"x".repeat(bytes));
            journal.write(Urgency::Soon, move |stage| stage.append_from(client, 1, draft)).await
        }
    };
    let fill = journal.write(Urgency::Soon, |stage| {
        let pages: i64 = stage.connection().pragma_query_value(None, "page_count", |row| row.get(0))?;
        stage.connection().pragma_update(None, "max_page_count", pages + 3)?;
        Ok(())
    });
    let (filled, before, large, after) = tokio::join!(fill, send(0, 10), send(1, 1 << 20), send(2, 10));
    for outcome in [filled.map(|()| true), before, large, after] {
        assert_eq!(outcome.unwrap_err().code, "box.disk-full");
    }
    assert_eq!(all_entries(&journal), [], "what was refused is not kept");
    assert!(tail.try_recv().is_err(), "nor was anybody told of it");
    assert_eq!(journal.unfolded(), 0);

    let (before, after) = tokio::join!(send(0, 10), send(2, 10));
    assert!(before.unwrap() && after.unwrap(), "with room again they are new");
    assert_eq!(all_entries(&journal).iter().map(|entry| entry.position.seq).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(tail.try_recv().map(|group| group.len()).unwrap(), 2);
}

#[tokio::test]
async fn folds_are_counted_also_when_nobody_waits_for_them() {
    let dir = tempfile::tempdir().unwrap();
    let journal = open(&dir.path().join("journal.db"), 1);
    for _ in 0..3 {
        journal
            .write_blocking(Urgency::Now, |stage| stage.append(Draft::new(EntryKind::NOTE, &1_u8)))
            .unwrap();
        assert_eq!(journal.unfolded(), 1);
        {
            let mut fold = std::pin::pin!(journal.fold(Urgency::Now));
            tokio::select! { biased; _ = &mut fold => {}, () = std::future::ready(()) => {} }
        }
        // Whatever comes after the fold in the queue finds it done.
        journal.write_blocking(Urgency::Now, |_| Ok(())).unwrap();
        assert_eq!(journal.unfolded(), 0);
    }
    name_class(&journal, "Class 4");
    journal.dump_views().unwrap();
    assert_eq!(journal.unfolded(), 0);
}
