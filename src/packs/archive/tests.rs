//! Archives of every kind, judged in this process: what is refused, and that whatever is not refused serves the bytes of
//! its list.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Cursor, Read, Seek, Write};
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::Request;
use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};
use tower::ServiceExt;

use super::*;
use crate::ids::to_hex;
use crate::packs::compose::Plan;
use crate::packs::format::Files;
use crate::packs::packed::Packed;
use crate::packs::store::PackEntry;
use crate::packs::tests::{Shelfful, small_pack};
use crate::packs::{Pack, Packs, serve};

#[path = "../../../tests/harness/archives.rs"]
pub(crate) mod archives;
#[path = "../../../tests/harness/hostile.rs"]
mod hostile;

use archives::{mutated, pack, small_files, zip};

fn file(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.rewind().unwrap();
    file
}

fn code(bytes: &[u8]) -> &'static str {
    Packed::judge(file(bytes)).map_or_else(|error| error.code, |_| "fine")
}

#[test]
fn what_a_stranger_may_hand_over_is_refused_with_its_code() {
    let mut wrong = Vec::new();
    for case in hostile::all() {
        let mut file = tempfile::tempfile().unwrap();
        case.write(&mut file);
        let found = Packed::judge(file).map_or_else(|error| error.code, |_| "fine");
        if found != case.code {
            wrong.push(format!("{}: {found}, not {}", case.what, case.code));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn an_archive_that_was_cut_off_anywhere_says_so() {
    let good = zip(&pack(&small_files()));
    assert_eq!(code(&good), "fine");
    for end in 0..good.len() {
        assert_eq!(code(&good[..end]), "pack.cut-off", "cut at {end}");
    }
}

/// Everything that a judged pack serves, whole and in both codings, and the files that nobody may fetch.
async fn served(packed: Packed) -> BTreeMap<String, Vec<Vec<u8>>> {
    let paths = packed.paths().unwrap();
    let row = PackEntry { bytes: 1, installed: true, ..PackEntry::default() };
    let pack = Pack::of_archive(packed, "5e1f".to_owned(), &row).unwrap();
    let tree = pack.tree.clone();
    let packs = Packs::of_trees(Vec::new()).unwrap();
    packs.put(pack);
    let router = serve::router(Arc::new(packs), 8080);
    let mut all = BTreeMap::new();
    for path in paths {
        let mut bodies = vec![tree.read(&path, 1 << 20).unwrap()];
        for coding in ["gzip", "identity"] {
            let request = Request::get(format!("/5e1f/{path}")).header("accept-encoding", coding);
            let answer = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
            if answer.status() == 404 {
                continue;
            }
            let is_coded = answer.headers().contains_key("content-encoding");
            let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap().to_vec();
            bodies.push(if is_coded { inflate(&body) } else { body });
        }
        all.insert(path, bodies);
    }
    all
}

fn inflate(coded: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    GzDecoder::new(coded).read_to_end(&mut plain).unwrap();
    plain
}

#[tokio::test]
async fn two_thousand_harmed_archives_are_refused_or_serve_what_their_list_says() {
    let good = zip(&pack(&small_files()));
    let mut accepted = 0;
    for seed in 0..2_000 {
        let Ok(packed) = Packed::judge(file(&mutated(&good, seed))) else { continue };
        accepted += 1;
        let list: Files = serde_json::from_slice(&packed.read("files.json", 1 << 20).unwrap()).unwrap();
        let all = served(packed).await;
        for listed in list.files {
            for body in &all[&listed.path] {
                assert_eq!(to_hex(&Sha256::digest(body)), listed.sha256, "{} of {seed}", listed.path);
            }
        }
        assert_eq!(all["media/x.svg"].len(), 3, "{seed}");
    }
    // Dates and makers' marks say nothing about the files, so some harm is none.
    assert!((20..400).contains(&accepted), "{accepted} were accepted");
}

#[test]
fn no_single_wrong_byte_passes_for_the_pack() {
    let tree: Shelfful = small_pack("1.0.0");
    let plan = Plan::new(&tree).unwrap();
    let good = plan.write(Cursor::new(Vec::new())).unwrap().into_inner();
    let content = |packed: &Packed| -> Vec<(String, Vec<u8>)> {
        let paths = packed.paths().unwrap().into_iter();
        paths.map(|path| (path.clone(), packed.read(&path, 1 << 20).unwrap())).collect()
    };
    let whole = content(&Packed::judge(file(&good)).unwrap());
    for place in 0..good.len() {
        let mut bytes = good.clone();
        bytes[place] ^= 0x11;
        if let Ok(packed) = Packed::judge(file(&bytes)) {
            // Dates and makers' marks say nothing about the files.
            assert_eq!(content(&packed), whole, "byte {place}");
        }
    }
}
