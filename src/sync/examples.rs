//! The examples of `docs/sync-protocol.md`, byte for byte.

use super::Mark;
use super::exchange::frames;
use super::exchange::messages::{End, Hello, PROTOCOL, read_hello, sign_hello};
use super::segment::{SchoolKey, Segment};
use crate::ids::{ClientId, to_hex};
use crate::journal::{Entry, EntryKind, Hlc, Identity, Position};

const PAGE: &str = include_str!("../../docs/sync-protocol.md");

/// As the page shows bytes: 32 in a line.
fn shown(bytes: &[u8]) -> String {
    let mut block = String::from("```text\n");
    for line in bytes.chunks(32) {
        block.push_str(&to_hex(line));
        block.push('\n');
    }
    block + "```"
}

fn example() -> (Identity, Segment) {
    let identity = Identity::from_seed(&[1; 32]);
    let entry = |seq, kind, mono: u64, body: &[u8], client| Entry {
        position: Position { stream: identity.stream, epoch: 1 << 32, seq },
        boot: 1,
        mono,
        hlc: Hlc::from_bits((1_790_000_000_000 + mono) << 16),
        kind: EntryKind(kind),
        client,
        body: body.to_vec(),
    };
    let entries = [
        entry(1, 10, 5_000, &[0x83, 1, 2, 3], Some((ClientId([7; 8]), 1))),
        entry(2, 3, 6_000, &[0x61, b'a'], None),
    ];
    let segment = Segment::seal(&identity, &SchoolKey::new([9; 32]), [0; 32], &entries).unwrap();
    assert_eq!(segment.entries(&SchoolKey::new([9; 32])).unwrap(), entries);
    (identity, segment)
}

#[test]
fn the_segment_on_the_page_is_what_a_box_seals() {
    let (_, segment) = example();
    let block = shown(segment.bytes());
    assert!(PAGE.contains(&block), "docs/sync-protocol.md lacks this segment:\n{block}");
}

#[test]
fn the_greeting_on_the_page_is_what_a_box_sends() {
    let (identity, segment) = example();
    let mark = Mark { life: (identity.stream, 1 << 32), next: segment.head().next(), hash: segment.hash() };
    let hello = Hello {
        protocol: PROTOCOL,
        key: identity.key.verifying_key().to_bytes(),
        counter: 7,
        have: vec![End::of(&mark)],
        wall: 1_790_000_006_000,
        version: "0.1.0".to_owned(),
        free: 9_000,
        chain: None,
        catalogue: 3,
    };
    let mut frame = Vec::new();
    frames::write(&mut frame, frames::HELLO, &sign_hello(&identity, &hello));
    assert_eq!(read_hello(&frame[5..]), Some(hello));
    let block = shown(&frame);
    assert!(PAGE.contains(&block), "docs/sync-protocol.md lacks this greeting:\n{block}");
}
