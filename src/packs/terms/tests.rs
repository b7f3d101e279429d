//! What speaks against a pack, in tables.

use super::*;
use crate::packs::tests::small_pack;
use crate::packs::tree::Tree;

/// The manifest of a pack `org.example.NAME` that needs some others.
fn pack(name: &str, version: &str, needs: &[(&str, &str)]) -> Manifest {
    let bytes = small_pack(version).read("pack.json", 1 << 20).unwrap();
    let mut manifest = Manifest::read(&bytes).unwrap();
    manifest.id = format!("org.example.{name}");
    let needed =
        |(id, from): &(&str, &str)| Dependency { id: format!("org.example.{id}"), from: (*from).to_owned() };
    manifest.depends_on = needs.iter().map(needed).collect();
    manifest
}

fn codes(offered: &Manifest, there: &[&Manifest], terms: &Terms) -> Vec<&'static str> {
    objections(offered, there, terms, &[], Vouching::Nobody).iter().map(|error| error.code).collect()
}

#[test]
fn an_older_version_needs_somebody_to_insist() {
    let there = pack("a", "1.10.0", &[]);
    for (version, found) in [
        ("1.9.9", vec!["pack.older"]),
        ("1.10.0-beta", vec!["pack.older"]),
        ("1.10.0", vec![]),
        ("2.0.0", vec![]),
    ] {
        let offered = pack("a", version, &[]);
        assert_eq!(codes(&offered, &[&there], &Terms::default()), found, "{version}");
        assert!(codes(&offered, &[&there], &Terms { older: true, ..Terms::default() }).is_empty());
    }
}

#[test]
fn what_it_needs_must_be_there_in_a_version_that_will_do() {
    let offered = pack("a", "1.0.0", &[("b", "1.2.0"), ("c", "2.0.0")]);
    let c = pack("c", "2.0.0", &[]);
    for (version, missing) in
        [("1.2.0", ""), ("1.3.0", ""), ("1.1.9", "org.example.b 1.2.0"), ("2.0.0", "org.example.b 1.2.0")]
    {
        let b = pack("b", version, &[]);
        let found = objections(&offered, &[&b, &c], &Terms::default(), &[], Vouching::Nobody);
        let named: Vec<&str> =
            found.iter().flat_map(|error| &error.params).map(|(_, value)| &**value).collect();
        assert_eq!(named.join(""), missing, "{version}");
    }
    let nothing = objections(&offered, &[], &Terms::default(), &[], Vouching::Nobody);
    assert!(nothing[0].message.contains("org.example.b 1.2.0, org.example.c 2.0.0"), "{nothing:?}");
    assert!(codes(&offered, &[], &Terms { incomplete: true, ..Terms::default() }).is_empty());
}

#[test]
fn packs_that_need_each_other_in_a_circle_are_refused_whatever_is_agreed() {
    let all = Terms { older: true, publisher_changed: true, incomplete: true, ..Terms::default() };
    let (b, c) = (pack("b", "1.0.0", &[("c", "1.0.0")]), pack("c", "1.0.0", &[("a", "1.0.0")]));
    let circle = objections(&pack("a", "1.0.0", &[("b", "1.0.0")]), &[&b, &c], &all, &[], Vouching::Nobody);
    assert_eq!(circle[0].code, "pack.faults");
    let way = "F-008 pack.json: org.example.a → org.example.b → org.example.c → org.example.a";
    assert_eq!(circle[0].params, [("faults", way.to_owned())]);
    assert_eq!(codes(&pack("a", "1.0.0", &[("a", "1.0.0")]), &[], &all), ["pack.faults"]);
    // Others' circles and forks are none of its business.
    let (d, e) = (pack("d", "1.0.0", &[("e", "1.0.0")]), pack("e", "1.0.0", &[("d", "1.0.0")]));
    assert!(codes(&pack("a", "1.0.0", &[("d", "1.0.0"), ("e", "1.0.0")]), &[&d, &e], &all).is_empty());
}

#[test]
fn rivals_are_not_there_beside_each_other_unless_one_takes_the_others_place() {
    let (plain, mut rival, mut heir) =
        (pack("a", "1.0.0", &[]), pack("b", "1.0.0", &[]), pack("c", "1.0.0", &[]));
    rival.conflicts = vec![plain.id.clone()];
    heir.conflicts = vec![plain.id.clone()];
    heir.replaces = vec![plain.id.clone()];
    let terms = Terms::default();
    assert_eq!(codes(&rival, &[&plain], &terms), ["pack.conflicts"]);
    assert_eq!(codes(&plain, &[&rival], &terms), ["pack.conflicts"]);
    assert!(codes(&heir, &[&plain], &terms).is_empty());
}

#[test]
fn a_pack_that_somebody_vouched_for_is_not_followed_by_anybodys() {
    use Vouching::{Key, Nobody, Program};
    let offered = pack("a", "2.0.0", &[]);
    for (before, now, is_asked) in [
        (vec![], Nobody, false),
        (vec![Nobody], Nobody, false),
        (vec![Nobody], Key("1"), false),
        (vec![Key("1")], Key("1"), false),
        (vec![Key("1")], Key("2"), true),
        (vec![Key("1")], Nobody, true),
        (vec![Program], Nobody, true),
        (vec![Program], Key("1"), true),
        // The second is a pack whose place it takes.
        (vec![Key("1"), Key("2")], Key("1"), true),
    ] {
        let found = |terms: &Terms| objections(&offered, &[], terms, &before, now).len();
        assert_eq!(found(&Terms::default()), usize::from(is_asked), "{before:?} {now:?}");
        assert_eq!(found(&Terms { publisher_changed: true, ..Terms::default() }), 0);
    }
}
