//! Segments as a class makes them, and as an enemy would.

use proptest::prelude::*;

use super::*;
use crate::evidence::{Answer, Hardness, Open, Read, SkillShare, Spot, with_seed};
use crate::ids::{ClassId, ClientId, StudentId};
use crate::journal::{Draft, Edit, EntryKind, FieldEdit, Hlc, Value};
use crate::people::SessionEntry;

const SCHOOL: SchoolKey = SchoolKey::new([9; 32]);

fn identity(number: u8) -> Identity {
    Identity::from_seed(&[number; 32])
}

/// A sequence that looks random and is the same in every run; splitmix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % count
    }
}

/// Answers as forty students on ten tablets give them: each works through eight questions and hands the tablet on.
fn class_at_work(answers: u64) -> Vec<Entry> {
    let mut dice = Dice(7);
    let (mut entries, mut mono, mut done) = (Vec::new(), 40_000_000, [0_u64; 40]);
    let (mut ns, mut hands) = ([1_u64; 10], [0_u64; 10]);
    for seq in 1..=answers {
        let tablet = usize::try_from(dice.below(10)).unwrap();
        let student = tablet as u64 + 10 * hands[tablet];
        let index = usize::try_from(student).unwrap();
        if done[index] % 8 == 7 {
            hands[tablet] = (hands[tablet] + 1) % 4;
        }
        let (round, place) = (done[index] / 8, done[index] % 8);
        done[index] += 1;
        mono += dice.below(9_000);
        let item = (student / 10 + round) * 8 + place;
        let n = ns[tablet];
        ns[tablet] += 1;
        let right = dice.below(4) > 0;
        let response = match dice.below(10) {
            0..=5 => format!("\"{}\"", ["a", "b", "c", "d"][usize::try_from(dice.below(4)).unwrap()]),
            6..=8 => format!("\"{}\"", dice.below(200)),
            _ => format!("\"maji {}\"", dice.below(2_000)),
        };
        let answer = Answer {
            student: StudentId(Dice(student).bytes()),
            spot: Spot {
                course: "org.schoolhouse.numbers".to_owned(),
                lesson: format!("lesson-{}", item / 8),
                activity: "try".to_owned(),
                run: 1,
            },
            place: u32::try_from(place).unwrap(),
            item: format!("question-{item}"),
            item_version: 1,
            seed: 0,
            response: response.into_bytes(),
            score: if right { 1_000 } else { 0 },
            marked: true,
            tablet_score: None,
            guess: if item.is_multiple_of(3) { 250 } else { 0 },
            skills: vec![SkillShare { id: format!("skill-{}", item / 20), weight: 1_000 }],
            check: item.is_multiple_of(2) && place > 5,
            milliseconds: u32::try_from(2_000 + dice.below(40_000)).unwrap(),
            hints: u16::try_from(dice.below(8) / 7).unwrap(),
            tries: 1,
            ago: 200 + dice.below(1_500),
            pack_version: "1.2.0".to_owned(),
            pack_hash: [3; 8],
            difficulty: Some(Hardness { mean: i32::try_from(item % 7).unwrap() * 300 - 900, variance: 500 }),
            partner: None,
        };
        let body = with_seed(&minicbor::to_vec(&answer).unwrap()).unwrap();
        entries.push(Entry {
            position: Position { stream: identity(1).stream, epoch: (1 << 32) | 0x4d, seq },
            boot: 12,
            mono,
            hlc: Hlc::from_bits((1_790_000_000_000 + mono + dice.below(2)) << 16),
            kind: EntryKind::ANSWER,
            client: Some((ClientId(Dice(tablet as u64 + 99).bytes()), n)),
            body,
        });
    }
    entries
}

impl Dice {
    fn bytes<const N: usize>(mut self) -> [u8; N] {
        std::array::from_fn(|_| u8::try_from(self.below(256)).unwrap())
    }
}

fn sealed(entries: &[Entry]) -> Segment {
    Segment::seal(&identity(1), &SCHOOL, [0; 32], entries).unwrap()
}

#[test]
fn a_segment_of_five_hundred_answers_takes_at_most_twelve_bytes_for_each() {
    let entries = class_at_work(500);
    let segment = sealed(&entries);
    assert_eq!(segment.head().count, 500);
    assert!(segment.bytes().len() <= 12 * 500, "{} bytes", segment.bytes().len());
    assert_eq!(segment.entries(&SCHOOL).unwrap(), entries);
}

/// A class-day: the answers, and around each student's turn at a tablet the sign-in, a page that was read, an activity that was opened, and
/// the end.
fn class_day(answers: u64) -> Vec<Entry> {
    let mut day: Vec<Entry> = Vec::new();
    let (mut turns, mut dice) = (std::collections::HashMap::new(), Dice(3));
    for entry in class_at_work(answers) {
        let answer: Answer = entry.read().unwrap();
        let (client, _) = entry.client.unwrap();
        let spot = Spot { activity: "read".to_owned(), ..answer.spot.clone() };
        if turns.insert(client, answer.student) != Some(answer.student) {
            let ago = 150 + dice.below(900);
            let session =
                SessionEntry { student: answer.student, class: Some(ClassId([5; 16])), opened: true };
            let read =
                Read { student: answer.student, spot, milliseconds: 20_000, ago: ago + dice.below(9_000) };
            let open = Open { student: answer.student, spot: answer.spot, ago };
            let over = SessionEntry { opened: false, ..session };
            for draft in [
                Draft::new(EntryKind::SESSION, &over),
                Draft::new(EntryKind::SESSION, &session),
                Draft::new(EntryKind::READ, &read),
                Draft::new(EntryKind::OPEN, &open),
            ] {
                day.push(Entry { kind: draft.kind, body: draft.body, client: None, ..entry.clone() });
            }
        }
        day.push(entry);
    }
    for (entry, seq) in day.iter_mut().zip(1..) {
        entry.position.seq = seq;
    }
    day
}

#[test]
fn a_class_day_of_forty_students_and_1_200_answers_takes_at_most_eighteen_kilobytes() {
    let day = class_day(1_200);
    assert!(day.len() > 1_700, "{} entries", day.len());
    let (mut left, mut before, mut sent) = (&day[..], [0; 32], 0);
    while !left.is_empty() {
        let segment = Segment::seal(&identity(1), &SCHOOL, before, left).unwrap();
        before = segment.hash();
        sent += segment.bytes().len();
        left = &left[segment.head().count as usize..];
    }
    // The greeting, the frames and the head of a request are some 500 bytes beside it.
    assert!(sent + 500 <= 18_000, "{sent} bytes for {} entries", day.len());
}

#[test]
fn segments_follow_each_other_in_a_chain_and_none_is_larger_than_it_should_be() {
    let entries = class_at_work(6_000);
    let (mut left, mut before, mut back, mut sizes) = (&entries[..], [0; 32], Vec::new(), Vec::new());
    while !left.is_empty() {
        let segment = Segment::seal(&identity(1), &SCHOOL, before, left).unwrap();
        let again = Segment::read(segment.bytes().to_vec()).unwrap();
        assert_eq!((again.head().before, again.head().stream()), (before, identity(1).stream));
        before = again.hash();
        left = &left[again.head().count as usize..];
        sizes.push(segment.bytes().len());
        back.extend(again.entries(&SCHOOL).unwrap());
    }
    assert!(sizes.iter().all(|size| *size <= FULL), "{sizes:?}");
    assert!(sizes.len() <= 6, "{sizes:?}");
    assert_eq!(back, entries);
}

#[test]
fn a_hub_reads_answers_and_no_names() {
    let mut entries = class_at_work(40);
    let edit = Edit {
        entity: "student".to_owned(),
        id: vec![7; 16],
        fields: vec![FieldEdit {
            field: "name".to_owned(),
            value: Value::Text("Amina Phiri".to_owned()),
            prev: 0,
        }],
    };
    for (row, kind) in [(3, EntryKind::SET), (20, EntryKind(99))] {
        entries[row].kind = kind;
        entries[row].body = Draft::new(kind, &edit).body;
    }
    let segment = sealed(&entries);
    assert_eq!(segment.entries(&SCHOOL).unwrap(), entries);
    let seen = segment.open_entries().unwrap();
    for (row, (seen, entry)) in seen.iter().zip(&entries).enumerate() {
        let body = if row == 3 || row == 20 { &[][..] } else { &entry.body };
        assert_eq!((seen.position, seen.kind, seen.body.as_slice()), (entry.position, entry.kind, body));
    }
    assert_eq!(segment.entries(&SchoolKey::new([8; 32])).unwrap_err().code, "sync.key-foreign");
}

#[test]
fn whatever_is_changed_or_cut_is_refused() {
    let segment = sealed(&class_at_work(30));
    let bytes = segment.bytes();
    for at in 0..bytes.len() {
        let mut changed = bytes.to_vec();
        changed[at] ^= 0x40;
        assert!(Segment::read(changed).is_err(), "byte {at}");
        assert!(Segment::read(bytes[..at].to_vec()).is_err(), "cut at {at}");
    }
    let mut longer = bytes.to_vec();
    longer.push(0);
    assert_eq!(Segment::read(longer).unwrap_err().code, "sync.segment-damaged");
}

#[test]
fn a_box_that_seals_nonsense_is_found_out_when_it_is_read() {
    let good = sealed(&class_at_work(30));
    for payload in
        [vec![], vec![0; 40], packing::pack(&[0; 3]).unwrap(), packing::pack(&vec![7; 13 << 20]).unwrap()]
    {
        let mut bytes = MAGIC.to_vec();
        write_part(&mut bytes, &minicbor::to_vec(good.head()).unwrap());
        write_part(&mut bytes, &payload);
        write_part(&mut bytes, &[]);
        let signature = identity(1).key.sign(&bytes);
        bytes.extend_from_slice(&signature.to_bytes());
        let segment = Segment::read(bytes).unwrap();
        assert_eq!(segment.entries(&SCHOOL).unwrap_err().code, "sync.segment-damaged");
    }
}

#[test]
fn only_a_boxs_own_entries_in_their_order_are_sealed() {
    let entries = class_at_work(5);
    assert!(Segment::seal(&identity(2), &SCHOOL, [0; 32], &entries).is_err(), "somebody else's");
    assert!(Segment::seal(&identity(1), &SCHOOL, [0; 32], &[]).is_err());
    let gap = [entries[0].clone(), entries[2].clone()];
    assert!(Segment::seal(&identity(1), &SCHOOL, [0; 32], &gap).is_err(), "a gap");
}

proptest! {
    #[test]
    fn entries_of_any_kind_and_body_come_back(
        rows in prop::collection::vec((0_u16..40, any::<u32>(), any::<u64>(), 0_u64..1 << 63, any::<Option<(u8, u64)>>(), prop::collection::vec(any::<u8>(), 0..40), any::<bool>()), 1..40)
    ) {
        let entries: Vec<Entry> = rows.into_iter().enumerate().map(|(row, (kind, boot, mono, hlc, client, body, is_cbor))| Entry {
            position: Position { stream: identity(1).stream, epoch: 5, seq: 9 + row as u64 },
            boot,
            mono,
            hlc: Hlc::from_bits(hlc),
            kind: EntryKind(kind),
            client: client.map(|(client, n)| (ClientId([client; 8]), n)),
            body: if is_cbor { Draft::new(EntryKind(kind), &body).body } else { body },
        }).collect();
        let segment = sealed(&entries);
        let count = segment.head().count as usize;
        prop_assert_eq!(segment.entries(&SCHOOL).unwrap(), &entries[..count]);
    }

    #[test]
    fn any_bytes_as_columns_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300), count in 0_usize..40) {
        let first = Position { stream: identity(1).stream, epoch: 5, seq: 9 };
        let _ = entries::read(&bytes, Some(&bytes), first, count);
    }
}
