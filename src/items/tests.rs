//! Items as a whole: read, drawn, sent, and refused where they are wrong.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::expression::Expression;
use super::text::{Strictness, fold};
use super::{FaultKind, Item, Variant, item_faults, mark, number};

fn template() -> Json {
    json!({
        "id": "tens-t2", "type": "number", "skills": ["tens-and-ones"], "difficulty": "easy",
        "params": { "t": { "int": [2, 9] }, "o": { "int": [1, 9] }, "thing": { "pick": ["sticks", "beans"] } },
        "let": { "n": "m + o", "m": "10 * t" },
        "where": ["t != o"],
        "stem": ["{t} bundles of ten {thing} and {o} more.", { "drawing": "base-ten", "value": "{n}" }],
        "answer": { "value": "{n}" },
        "mistakes": [{ "value": "{t + o}", "feedback": "A bundle is ten.", "misconception": "bundle-is-one" }],
        "hints": ["How many are in one bundle?"],
        "solution": [{ "math": "{t} × 10 + {o} = {n}" }],
        "verify": "n - o == t * 10"
    })
}

fn single() -> Json {
    json!({
        "id": "s-1", "type": "single", "skills": ["tens-and-ones"], "difficulty": { "mean": 0.5, "sd": 0.2 },
        "stem": ["Which?"], "answer": "b", "hints": ["Look."], "feedback": { "right": "Yes." },
        "options": [
            { "id": "a", "text": "4", "feedback": "The digit.", "misconception": "digit" },
            { "id": "b", "text": "40" }, { "id": "c", "text": "44" }, { "id": "d", "text": "400" }
        ]
    })
}

fn order() -> Json {
    json!({
        "id": "o-1", "type": "order", "skills": ["tens-and-ones"], "difficulty": "hard", "stem": ["Order."],
        "options": [{ "id": "a", "text": "1" }, { "id": "b", "text": "2" }, { "id": "c", "text": "3" }],
        "answer": ["a", "b", "c"]
    })
}

fn cloze() -> Json {
    json!({
        "id": "c-1", "type": "cloze", "skills": ["tens-and-ones"], "difficulty": "easy",
        "stem": [{ "cloze": "10 and {{1}} is {{2}}." }],
        "gaps": [
            { "id": "1", "kind": "number", "answer": 3 },
            { "id": "2", "kind": "choice", "answer": "x", "options": [{ "id": "x", "text": "13" }, { "id": "y", "text": "31" }] }
        ]
    })
}

fn hotspot(x: u32) -> Json {
    json!({
        "id": "h-1", "type": "hotspot", "skills": ["tens-and-ones"], "difficulty": "easy", "stem": ["Tap."],
        "image": "media/a.svg", "alt": "Two mats", "answer": ["a"],
        "areas": [
            { "id": "a", "shape": "rect", "x": x, "y": 1, "w": 30, "h": 90, "label": "Left mat" },
            { "id": "b", "shape": "circle", "x": 60, "y": 1, "w": 30, "h": 90, "label": "Right mat" }
        ]
    })
}

fn skills() -> BTreeSet<String> {
    BTreeSet::from(["tens-and-ones".to_owned()])
}

fn set(mut item: Json, pointer: &str, value: Json) -> Json {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = item.pointer_mut(parent).unwrap();
    match name.parse::<usize>() {
        Ok(place) => parent[place] = value,
        Err(_) => parent[name] = value,
    }
    item
}

fn kinds(item: Json) -> Vec<FaultKind> {
    match Item::read(item) {
        Ok(item) => item_faults(&item, &skills(), 300).into_iter().map(|fault| fault.kind).collect(),
        Err(fault) => vec![fault.kind],
    }
}

#[test]
fn a_seed_gives_one_variant_for_ever() {
    let item = Item::read(template()).unwrap();
    let drawn = item.draw(12).unwrap();
    assert_eq!(drawn, item.draw(12).unwrap());
    assert_ne!(drawn.params, item.draw(13).unwrap().params);
    let sent = serde_json::to_value(&drawn.variant).unwrap();
    // The numbers of this seed are written into the journals of schools: they must never change.
    assert_eq!(
        sent,
        json!({
            "id": "tens-t2", "version": 1, "seed": 12, "type": "number",
            "skills": [{ "id": "tens-and-ones", "weight": 1.0 }],
            "difficulty": { "mean": -1.0, "sd": 0.547_722_557_505_166_1 }, "seconds": 30,
            "stem": [{ "p": "7 bundles of ten sticks and 3 more." }, { "drawing": "base-ten", "value": 73 }],
            "answer": { "value": "73" },
            "mistakes": [{ "value": "10", "feedback": "A bundle is ten.", "misconception": "bundle-is-one" }],
            "hints": ["How many are in one bundle?"],
            "solution": [{ "math": "7 × 10 + 3 = 73" }]
        })
    );
    assert_eq!(serde_json::from_value::<Variant>(sent).unwrap(), drawn.variant);
}

#[test]
fn options_change_places_but_never_start_solved() {
    let item = Item::read(single()).unwrap();
    let first = |seed| item.variant(seed).unwrap().question.lists()[0][0].id.clone();
    assert_eq!((0..100).map(first).collect::<BTreeSet<_>>().len(), 4);
    let kept = Item::read(set(single(), "/keepOrder", json!(true))).unwrap();
    assert!((0..20).all(|seed| kept.variant(seed).unwrap().question.lists()[0][0].id == "a"));
    let order = Item::read(order()).unwrap();
    for seed in 0..100 {
        let shown = order.variant(seed).unwrap();
        let ids: Vec<&str> = shown.question.lists()[0].iter().map(|option| option.id.as_str()).collect();
        assert_ne!(ids, ["a", "b", "c"], "seed {seed}");
    }
}

#[test]
fn a_running_check_gives_nothing_away() {
    for item in [template(), single(), order(), cloze(), hotspot(5)] {
        let variant = Item::read(item).unwrap().variant(3).unwrap().without_key();
        let sent = serde_json::to_string(&variant).unwrap();
        for field in ["answer", "mistakes", "hints", "solution", "feedback", "misconception", "null"] {
            assert!(!sent.contains(field), "{field} in {sent}");
        }
        assert!(sent.contains("stem"));
    }
}

#[test]
fn good_items_have_no_faults() {
    for item in [template(), single(), order(), cloze(), hotspot(5)] {
        assert_eq!(kinds(item), []);
    }
}

#[test]
fn every_fault_is_found() {
    use FaultKind as F;
    let faulty = [
        (json!([1]), F::WrongForm),
        (hotspot(u32::MAX), F::BadDrawing),
        (set(set(order(), "/options", json!([])), "/answer", json!([])), F::NoKey),
        (set(single(), "/id", json!("Ä")), F::BadId),
        (set(single(), "/type", json!("singel")), F::UnknownType),
        (set(single(), "/optoins", json!([])), F::UnknownField),
        (set(single(), "/gaps", json!([])), F::UnknownField),
        (set(single(), "/options/0", json!({ "id": "a", "txt": "4" })), F::WrongForm),
        (set(single(), "/options/0", json!({ "id": "a" })), F::WrongForm),
        (set(single(), "/answer", json!("z")), F::KeyUnknown),
        (set(single(), "/answer", json!(null)), F::NoKey),
        (set(single(), "/options/1/id", json!("a")), F::BadId),
        (set(single(), "/options/1/text", json!("4")), F::EqualOptions),
        (set(single(), "/skills", json!(["tens"])), F::UnknownSkill),
        (set(single(), "/skills", json!([])), F::UnknownSkill),
        (set(single(), "/skills/0", json!({ "id": "tens-and-ones", "weight": -1 })), F::WrongForm),
        (set(single(), "/difficulty", json!("simple")), F::WrongForm),
        (set(single(), "/stem", json!([{ "image": "media/a.svg", "alt": "" }])), F::NoAlternative),
        (set(single(), "/stem", json!([{ "drawing": "ten-frame", "value": 21 }])), F::BadDrawing),
        (
            set(single(), "/stem", json!([{ "drawing": "number-line", "from": 0, "to": 1, "step": "1/0" }])),
            F::WrongForm,
        ),
        (
            set(single(), "/stem", json!([{ "drawing": "number-line", "from": 0, "to": 1, "step": "0.4" }])),
            F::BadDrawing,
        ),
        (set(single(), "/stem", json!([{ "q": "?" }])), F::WrongForm),
        (set(single(), "/stem", json!(["x".repeat(10_001)])), F::TooLarge),
        (set(single(), "/verify", json!("1 == 1")), F::WrongForm),
        (set(order(), "/answer", json!(["a", "b"])), F::KeyUnknown),
        (set(order(), "/answer", json!([])), F::NoKey),
        (set(cloze(), "/stem/0/cloze", json!("10 and {{1}}.")), F::KeyUnknown),
        (set(cloze(), "/stem/0/cloze", json!("{{1}} {{2}} {{3}}")), F::KeyUnknown),
        (set(cloze(), "/gaps/0/answer", json!("three")), F::WrongForm),
        (set(cloze(), "/gaps/0/answer", json!(null)), F::NoKey),
        (set(cloze(), "/gaps/1/answer", json!("z")), F::KeyUnknown),
        (set(template(), "/answer", json!({ "value": "{n}", "tolerance": "some" })), F::WrongForm),
        (set(template(), "/answer/value", json!("{n}cm")), F::WrongForm),
        (set(template(), "/answer/value", json!("{n + }")), F::BadExpression),
        (set(template(), "/answer/value", json!("{k}")), F::BadExpression),
        (set(template(), "/answer/value", json!("{thing + 1}")), F::BadExpression),
        (set(template(), "/hints/0", json!("{n")), F::BadExpression),
        (set(template(), "/let/m", json!("n - o")), F::BadExpression),
        (set(template(), "/let/t", json!("4")), F::WrongForm),
        (set(template(), "/params/min", json!({ "int": [1, 2] })), F::BadExpression),
        (set(template(), "/params/t", json!({ "int": [9, 2] })), F::WrongForm),
        (set(template(), "/params/t", json!({ "int": [1, 9], "stpe": 2 })), F::WrongForm),
        (set(template(), "/params/t", json!({ "pick": [] })), F::WrongForm),
        (
            set(
                template(),
                "/params",
                json!({ "t": { "int": [2, 3] }, "o": { "int": [4, 5] }, "thing": { "pick": ["beans"] } }),
            ),
            F::FewVariants,
        ),
        (set(template(), "/where", json!(["t > 9"])), F::NoVariant),
        (set(template(), "/where", json!(["t / (o - o) > 9"])), F::NoVariant),
        (set(template(), "/mistakes/0/value", json!("{n}")), F::NoVariant),
        (set(template(), "/verify", json!("n == t")), F::NotVerified),
        (set(template(), "/verify", json!("t != 7")), F::NotVerified),
        (set(template(), "/verify", json!("t")), F::BadExpression),
        (set(template(), "/verify", json!("answer == n + 1")), F::NotVerified),
        (set(template(), "/let/n", json!("answer")), F::BadExpression),
        (set(template(), "/let/answer", json!("4")), F::WrongForm),
    ];
    for (item, kind) in faulty {
        let found = kinds(item.clone());
        assert!(found.contains(&kind), "{kind:?} not in {found:?}: {item}");
    }
    let mut without_verify = template();
    without_verify.as_object_mut().unwrap().remove("verify");
    assert_eq!(kinds(without_verify), [F::NotVerified]);
}

#[test]
fn verify_sees_the_key_where_it_is_a_number() {
    let by_key = |mut item: Json, verify: &str| {
        item["verify"] = json!(verify);
        kinds(item)
    };
    let line = json!({ "from": "0", "to": "100", "step": "10" });
    let mut place = set(template(), "/type", json!("numberline"));
    place["line"] = line;
    place.as_object_mut().unwrap().remove("mistakes");
    let mut pick = set(template(), "/type", json!("single"));
    pick.as_object_mut().unwrap().remove("mistakes");
    pick["options"] = json!([{ "id": "a", "text": "{n}" }, { "id": "b", "text": "{n + 100}" }, { "id": "c", "text": "none" }]);
    pick["answer"] = json!("a");
    for item in [template(), place, pick.clone()] {
        assert_eq!(by_key(item.clone(), "answer - o == t * 10"), []);
        assert_eq!(by_key(item, "answer == t"), [FaultKind::NotVerified]);
    }
    pick["answer"] = json!("c");
    assert_eq!(by_key(pick, "answer - o == t * 10"), [FaultKind::WrongForm]);
}

#[test]
fn faults_tell_the_author_what_to_do() {
    let say = |item| Item::read(item).unwrap_err().to_string();
    assert_eq!(
        say(set(single(), "/optoins", json!([]))),
        "Item “s-1”: `optoins` is no field of a single item; did you mean `options`?"
    );
    assert_eq!(
        say(set(template(), "/let/n", json!("10 * (t + o"))),
        "Item “tens-t2”: in `let: n`: a closing bracket is missing at character 12 of “10 * (t + o”"
    );
}

#[test]
fn hostile_items_are_refused_and_cost_little() {
    let nested = (0..100).fold(json!("x"), |inner, _| json!([inner]));
    for item in [
        set(template(), "/stem", nested),
        set(template(), "/let/m", json!("pow(10, 9999)")),
        set(template(), "/let/m", json!("pow(pow(10, 30), 30)")),
        set(template(), "/let/m", json!("(".repeat(900))),
        set(template(), "/let/m", json!("x".repeat(5_000))),
        set(template(), "/params/t", json!({ "int": [0, 9_223_372_036_854_775_807_i64] })),
        set(template(), "/params/t", json!({ "int": [-1e300, 1e300] })),
        set(template(), "/params/t", json!({ "pick": [1e300] })),
        set(template(), "/stem", Json::from(vec!["x".repeat(9_000); 10])),
        set(template(), "/stem/1/value", json!("{pow(10, 20)}")),
        set(single(), "/version", json!(-1)),
        set(single(), "/seconds", json!(1e20)),
        set(single(), "/options", Json::from(vec![json!({ "id": "a", "text": "b" }); 400])),
    ] {
        assert!(!kinds(item).is_empty());
    }
}

/// Any JSON that an author's slip or an enemy could leave behind.
fn any_json() -> impl Strategy<Value = Json> {
    const NAMES: &[&str] =
        &["id", "text", "blocks", "value", "int", "pick", "p", "cloze", "drawing", "x", "a", "b", "l1", "1"];
    const WORDS: &[&str] = &[
        "a",
        "b",
        "t",
        "{t}",
        "{o / 0}",
        "{{1}}",
        "{",
        "1/0",
        "-0",
        "99999999999999999999",
        "true",
        "s-1",
        "½",
        "",
    ];
    let leaf = prop_oneof![
        prop::sample::select(WORDS).prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        any::<bool>().prop_map(Json::from),
        Just(Json::Null),
    ];
    leaf.prop_recursive(3, 20, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::btree_map(prop::sample::select(NAMES).prop_map(str::to_owned), inner, 0..4)
                .prop_map(|map| Json::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn nothing_panics_on_any_item_or_response(value in any_json(), response in any_json(), which in 0..5_usize, at in 0..12_usize) {
        let item = [template(), single(), order(), cloze(), hotspot(5)][which].clone();
        let names: Vec<String> = item.as_object().unwrap().keys().cloned().collect();
        if let Ok(item) = Item::read(set(item.clone(), &format!("/{}", names[at % names.len()]), value)) {
            item_faults(&item, &skills(), 3);
            if let Ok(variant) = item.variant(1) {
                mark(&variant, &response);
            }
        }
        let mark = mark(&Item::read(item).unwrap().variant(1).unwrap(), &response);
        prop_assert!((0.0..=1.0).contains(&mark.score));
    }

    #[test]
    fn nothing_panics_on_any_text(text in "\\PC{0,60}", source in "[0-9a-f+*/%()<>=! ',.{}-]{0,40}") {
        number::read(&text);
        number::read(&source);
        fold(&text, Strictness::default());
        let scope = [("a", 3), ("b", 0)].map(|(n, v)| (n.to_owned(), super::Value::Number(super::Rational::whole(v)))).into();
        for source in [&text, &source] {
            if let Ok(expression) = Expression::parse(source) {
                let _ = expression.evaluate(&scope);
            }
        }
    }
}
