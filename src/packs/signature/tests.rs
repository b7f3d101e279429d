//! Signed packs, whole and changed.

use std::collections::BTreeSet;

use super::*;
use crate::packs::archive;
use crate::packs::compose::Plan;
use crate::packs::media::is_stored;
use crate::packs::packed::Packed;
use crate::packs::tests::small_pack;

fn keys() -> (SecretKey, Trusted, tempfile::TempDir) {
    let (public, secret) = generate_keys(None).unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("Hill District.pub"), public).unwrap();
    std::fs::write(folder.path().join("notes.txt"), "not a key").unwrap();
    std::fs::write(folder.path().join("broken.pub"), "not a key").unwrap();
    let secret = open_secret_key(&secret, || panic!("asked for a password")).unwrap();
    (secret, Trusted::read(folder.path()).unwrap(), folder)
}

/// A small pack as a file, signed.
fn signed(secret: &SecretKey) -> Vec<u8> {
    let tree = small_pack("1.0.0").with("media/niño.svg", "<svg/>");
    let built = Plan::new(&tree).unwrap().write(Cursor::new(Vec::new())).unwrap().into_inner();
    let packed = Packed::judge(as_file(&built)).unwrap();
    let manifest = packed.read("pack.json", LARGEST_DOCUMENT).unwrap();
    let tree = WithSignature { tree: &packed, added: sign(&manifest, secret, "small").unwrap() };
    let paths = tree.paths().unwrap();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    archive::write(Cursor::new(Vec::new()), &tree, &paths, is_stored).unwrap().into_inner()
}

fn as_file(bytes: &[u8]) -> std::fs::File {
    let mut file = tempfile::tempfile().unwrap();
    std::io::Write::write_all(&mut file, bytes).unwrap();
    file
}

fn signer_of(bytes: &[u8], trusted: &Trusted) -> Result<Signer> {
    find_signer(&Packed::judge(as_file(bytes))?, trusted)
}

#[test]
fn a_school_knows_the_publishers_whose_keys_it_keeps() {
    let (secret, trusted, folder) = keys();
    let pack = signed(&secret);
    let Signer::Known { publisher, key } = signer_of(&pack, &trusted).unwrap() else { panic!("not known") };
    assert_eq!((publisher.as_str(), key.len()), ("Hill District", 16));
    // Without the key of its own the school still sees that nothing was changed, not who signed.
    let nobody = Trusted::read(&folder.path().join("no such folder")).unwrap();
    assert_eq!(signer_of(&pack, &nobody).unwrap(), Signer::Unknown { key });
    let (other, ..) = keys();
    assert!(matches!(signer_of(&signed(&other), &trusted).unwrap(), Signer::Unknown { .. }));
    let unsigned = Plan::new(&small_pack("1.0.0")).unwrap().write(Cursor::new(Vec::new())).unwrap();
    assert_eq!(signer_of(unsigned.get_ref(), &trusted).unwrap(), Signer::Nobody);
}

#[test]
fn a_changed_byte_anywhere_in_a_signed_pack_is_refused() {
    let (secret, trusted, _folder) = keys();
    let pack = signed(&secret);
    let mut passed = BTreeSet::new();
    for place in 0..pack.len() {
        for bit in [1, 0x20, 0x40, 0x80] {
            let mut changed = pack.clone();
            changed[place] ^= bit;
            if matches!(
                signer_of(&changed, &trusted),
                Ok(Signer::Known { .. } | Signer::Nobody | Signer::Unknown { .. })
            ) {
                passed.insert(place);
            }
        }
    }
    assert!(passed.is_empty(), "of {} bytes these can change unseen: {passed:?}", pack.len());
}

#[test]
fn a_key_opens_with_its_password_only() {
    let (_, secret) = generate_keys(Some("seven mango trees".to_owned())).unwrap();
    let wrong = open_secret_key(&secret, || Ok("eight mango trees".to_owned()));
    assert_eq!(wrong.err().map(|error| error.code), Some("pack.password-wrong"));
    let (public, _) = generate_keys(None).unwrap();
    let no_key = open_secret_key(&public, || Ok(String::new()));
    assert_eq!(no_key.err().map(|error| error.code), Some("pack.key-unreadable"));
}
