//! What waits for whom, what a bad card does, and archives larger than any number of four bytes.

use std::future::poll_fn;
use std::io::{Cursor, Write};

use axum::body::to_bytes;

use super::*;
use crate::packs::archive::{LIMITS, inspect};
use crate::packs::compose::Plan;
use crate::packs::index::Index;
use crate::packs::tests::small_pack;
use crate::packs::tree::Tree;
use crate::packs::verify::place_of;

use crate::packs::archive::tests::archives::{Raw, pack, small_files, stored, write_zip};

/// Bytes of a film: a few steps.
const FILM: usize = 5 * STEP / 2;

/// A pack with a film, and its file.
fn filmed() -> (Arc<Packed>, File) {
    let mut tree = small_pack("1.0.0");
    tree.0.retain(|(path, _)| path != "media/x.mp4");
    tree.0.push(("media/x.mp4".to_owned(), vec![7; FILM]));
    let bytes = Plan::new(&tree).unwrap().write(Cursor::new(Vec::new())).unwrap().into_inner();
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&bytes).unwrap();
    (Arc::new(Packed::judge(file.try_clone().unwrap()).unwrap()), file)
}

fn flow(packed: &Arc<Packed>, path: &str) -> Flow {
    let place = *packed.index.find(path).unwrap();
    Flow::raw(packed.clone(), place.start, place.packed)
}

async fn is_whole(packed: &Arc<Packed>, path: &str, lanes: &Arc<Lanes>) -> bool {
    let length = packed.index.find(path).unwrap().packed;
    let body = axum::body::Body::new(PackBody::new(flow(packed, path), lanes.clone()));
    to_bytes(body, usize::MAX).await.is_ok_and(|bytes| bytes.len() as u64 == length)
}

#[tokio::test]
async fn a_card_that_loses_a_part_ends_the_answers_that_need_it_and_no_other() {
    let (packed, file) = filmed();
    let lanes = Arc::new(Lanes::new());
    assert!(is_whole(&packed, "media/x.mp4", &lanes).await);
    file.set_len(file.metadata().unwrap().len() / 2).unwrap();
    for (path, wanted) in [("media/x.mp4", false), ("items/a.json", true), ("media/x.mp4", false)] {
        assert_eq!(is_whole(&packed, path, &lanes).await, wanted, "{path}");
    }
}

#[tokio::test]
async fn a_card_that_can_not_be_read_ends_one_answer_after_the_other() {
    // The kernel's own error of input and output: the memory of this process, where nothing lies.
    let place = Place { start: 0, packed: 9, size: 9, crc: 0, deflated: false, content: [0; 16] };
    let index = Index::new(vec![("media/x.mp4".into(), place)]);
    let packed = Arc::new(Packed::new(File::open("/proc/self/mem").unwrap().into(), index));
    let lanes = Arc::new(Lanes::new());
    for _ in 0..20 {
        let mut body = PackBody::new(flow(&packed, "media/x.mp4"), lanes.clone());
        let got = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await;
        assert_eq!(got.unwrap().unwrap_err().raw_os_error(), Some(5));
        assert!(poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await.is_none());
    }
    assert_eq!(lanes.free(), (4, 3));
}

#[tokio::test]
async fn a_tablet_that_stops_reading_holds_no_lane() {
    let (packed, _) = filmed();
    let lanes = Arc::new(Lanes::new());
    let mut stalled = Vec::new();
    for _ in 0..50 {
        let mut body = PackBody::new(flow(&packed, "media/x.mp4"), lanes.clone());
        let first = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await;
        assert!(first.unwrap().is_ok());
        stalled.push(body);
    }
    assert_eq!(lanes.free(), (4, 3));
    assert!(is_whole(&packed, "media/x.mp4", &lanes).await);
}

#[tokio::test]
async fn however_many_films_wait_for_the_card_a_page_has_a_lane() {
    let (packed, _) = filmed();
    let lanes = Arc::new(Lanes::new());
    let mut films = Vec::new();
    for _ in 0..3 {
        films.push(lanes.take(true).await.unwrap());
    }
    // The fourth film waits, and the pages behind it do not.
    let fourth = lanes.take(true);
    let mut fourth = std::pin::pin!(fourth);
    assert!(poll_fn(|context| Poll::Ready(fourth.as_mut().poll(context).is_pending())).await);
    assert!(is_whole(&packed, "items/a.json", &lanes).await);
    assert!(is_whole(&packed, "pages/read.md", &lanes).await);
    drop(films);
    fourth.await.unwrap();
}

#[tokio::test]
async fn what_was_in_memory_goes_out_at_once_until_it_is_not() {
    let (packed, file) = filmed();
    let lanes = Arc::new(Lanes::new());
    let place = *packed.index.find("media/x.mp4").unwrap();
    // Nothing is known yet: even what is in memory is read in its turn.
    assert!(flow(&packed, "media/x.mp4").at_hand(&lanes).is_none());
    assert!(is_whole(&packed, "media/x.mp4", &lanes).await);
    assert!(packed.warm.has(place.start, place.size));
    file.set_len(place.start).unwrap();
    assert!(flow(&packed, "media/x.mp4").at_hand(&lanes).is_none());
    assert!(!packed.warm.has(place.start, 1));
}

#[tokio::test]
async fn an_archive_larger_than_four_gigabytes_is_served_to_its_last_byte() {
    let mut entries = pack(&small_files());
    let giant = |name: &str| {
        let size = 3 << 30;
        Raw { hole: size, size, packed: size, ..stored(name, b"") }
    };
    entries.extend([
        giant("media/one.mp4"),
        giant("media/two.mp4"),
        stored("media/z.mp4", b"after six gigabytes"),
    ]);
    let mut file = tempfile::tempfile().unwrap();
    write_zip(&mut file, &entries);
    // Its structure is judged; six gigabytes of nothing are not added up here.
    let listed = inspect(&file, &LIMITS).unwrap();
    let places = listed.iter().map(|entry| (entry.path.as_str().into(), place_of(entry, &[0; 32])));
    let packed = Arc::new(Packed::new(file.into(), Index::new(places.collect())));
    let end = *packed.index.find("media/z.mp4").unwrap();
    assert!(end.start > 6 << 30);
    let lanes = Arc::new(Lanes::new());
    let body = axum::body::Body::new(PackBody::new(flow(&packed, "media/z.mp4"), lanes.clone()));
    assert_eq!(to_bytes(body, 100).await.unwrap(), "after six gigabytes");
    let two = packed.index.find("media/two.mp4").unwrap();
    let last = Flow::raw(packed.clone(), two.start + two.size - 10, 10);
    let body = axum::body::Body::new(PackBody::new(last, lanes));
    assert_eq!(to_bytes(body, 100).await.unwrap(), [0; 10].as_slice());
    assert_eq!(packed.read("pages/read.md", 100).unwrap(), small_files()[4].1);
}
