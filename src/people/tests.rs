//! The tables of people are a function of the set of edits, whatever the order in which boxes hear of them.

use proptest::prelude::*;

use super::store;
use crate::clock::Clock;
use crate::db::{Options, Urgency};
use crate::ids::StreamId;
use crate::journal::{Draft, Edit, Entry, EntryKind, FieldEdit, Hlc, Journal, Position, Value};

const ENTITIES: [&str; 7] = ["school", "staff", "class", "student", "member", "teaches", "stranger"];
const FIELDS: [&str; 11] = [
    "name",
    "language",
    "set-up",
    "role",
    "password",
    "gone",
    "avatar",
    "school-id",
    "badge",
    "in",
    "unknown",
];

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        (-1_i64..3).prop_map(Value::Int),
        prop::sample::select(vec!["", "Amina", "Joseph", "head"]).prop_map(Value::from),
        Just(Value::Bytes(vec![1, 2])),
    ]
}

/// Edits of three boxes, each with its stream, as they stand in their journals.
fn streams() -> impl Strategy<Value = Vec<Vec<Entry>>> {
    let id = prop_oneof![4 => Just(16_usize), 4 => Just(32), 1 => Just(5)];
    let edit = (
        0..3_u8,
        prop::sample::select(&ENTITIES[..]),
        (id, 0..2_u8),
        prop::collection::vec((prop::sample::select(&FIELDS[..]), value()), 1..4),
        0..3_u64,
    );
    prop::collection::vec(edit, 1..60).prop_map(|edits| {
        let mut streams: Vec<Vec<Entry>> = vec![Vec::new(); 3];
        for (box_number, entity, (length, number), fields, later) in edits {
            let stream = &mut streams[usize::from(box_number)];
            let fields = fields
                .into_iter()
                .map(|(field, value)| FieldEdit { field: field.to_owned(), value, prev: 0 })
                .collect();
            let edit = Edit { entity: entity.to_owned(), id: vec![number; length], fields };
            let last = stream.last().map_or(1_790_000_000_000 << 16, |entry| entry.hlc.bits());
            stream.push(Entry {
                position: Position {
                    stream: StreamId([box_number + 1; 16]),
                    epoch: 1,
                    seq: stream.len() as u64 + 1,
                },
                boot: 1,
                mono: 0,
                // Boxes with the same stamp are told apart by their streams.
                hlc: Hlc::from_bits(last + 1 + later),
                kind: EntryKind::SET,
                client: None,
                body: Draft::new(EntryKind::SET, &edit).body,
            });
        }
        streams
    })
}

/// The tables after hearing of the streams in turns: `turns` says whose next run comes, and how long it is.
fn hear(streams: &[Vec<Entry>], turns: &[(usize, usize)]) -> (Journal, String, tempfile::TempDir) {
    let directory = tempfile::tempdir().unwrap();
    let (clock, _) = Clock::by_hand(1_790_000_000_000);
    let options = Options::journal(directory.path().join("journal.db"));
    let journal = Journal::open(&options, StreamId([9; 16]), vec![super::view()], &clock).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let mut heard = [0; 3];
    let rest = (0..3).map(|stream| (stream, usize::MAX));
    for (stream, length) in turns.iter().copied().chain(rest) {
        let entries = &streams[stream][heard[stream]..];
        let run = entries[..length.min(entries.len())].to_vec();
        heard[stream] += run.len();
        runtime.block_on(journal.merge(run)).unwrap();
    }
    let dump = journal.dump_views().unwrap();
    (journal, dump, directory)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn boxes_agree_on_people_whatever_the_order_and_a_rebuild_gives_the_same(
        streams in streams(),
        turns in prop::collection::vec((0..3_usize, 1..5_usize), 0..30),
    ) {
        let (_, expected, _kept) = hear(&streams, &[]);
        let (journal, dump, _kept_too) = hear(&streams, &turns);
        prop_assert_eq!(&dump, &expected);
        journal.rebuild().unwrap();
        prop_assert_eq!(journal.dump_views().unwrap(), expected);
        // Whatever came, the list of people can be read.
        prop_assert!(journal.read_blocking(store::load_directory).is_ok());
    }
}

#[test]
fn a_value_of_the_wrong_shape_is_as_good_as_none() {
    let directory = tempfile::tempdir().unwrap();
    let (clock, _) = Clock::by_hand(1_790_000_000_000);
    let options = Options::journal(directory.path().join("journal.db"));
    let journal = Journal::open(&options, StreamId([9; 16]), vec![super::view()], &clock).unwrap();
    let set = |field: &'static str, value: Value| {
        journal
            .write_blocking(Urgency::Now, move |stage| stage.set("student", &[1; 16], &[(field, value)]))
            .unwrap();
    };
    set("name", "Amina".into());
    set("badge", 2.into());
    set("name", 7.into());
    let directory = journal.read_blocking(store::load_directory).unwrap();
    let student = directory.students.values().next().unwrap();
    assert_eq!((student.name.as_str(), student.badge), ("", 2));
}
