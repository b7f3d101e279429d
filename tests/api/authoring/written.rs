//! What a teacher of the tests writes: a quiz with a question of every type, and a lesson with everything in it.

use serde_json::{Value, json};

/// Questions about wells, one of each type. `picture` is a file of the course.
pub(super) fn questions(picture: &str) -> Vec<Value> {
    let item = |id: &str, kind: &str, stem: &str, more: Value| {
        let mut item = json!({ "id": id, "type": kind, "skills": ["skill001"], "stem": [{ "p": stem }] });
        item.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        item
    };
    let options = |texts: &[&str]| -> Value {
        let letters = ["a", "b", "c", "d"];
        letters.iter().zip(texts).map(|(id, text)| json!({ "id": id, "text": text })).collect()
    };
    vec![
        item(
            "item0001",
            "single",
            "What do you need to draw water?",
            json!({ "options": options(&["A rope", "A book"]), "answer": "a" }),
        ),
        item(
            "item0002",
            "multiple",
            "What keeps a well clean?",
            json!({ "options": options(&["A lid", "A wall", "A goat"]), "answer": ["a", "b"] }),
        ),
        item("item0003", "truefalse", "Water from a well is always clean.", json!({ "answer": false })),
        item(
            "item0004",
            "number",
            "A rope has 12 m. You cut off 4 m. How many are left?",
            json!({ "answer": { "value": "8" }, "unit": "m" }),
        ),
        item(
            "item0005",
            "short",
            "What hangs on the rope?",
            json!({ "answer": { "accept": ["bucket", "a bucket"] } }),
        ),
        item(
            "item0006",
            "match",
            "What belongs together?",
            json!({ "left": options(&["Rope", "Lid"]), "right": options(&["pulls", "covers"]), "answer": { "a": "a", "b": "b" } }),
        ),
        item(
            "item0007",
            "order",
            "What comes first?",
            json!({ "options": options(&["Lower", "Fill", "Pull"]), "answer": ["a", "b", "c"] }),
        ),
        item(
            "item0008",
            "sort",
            "Where does it go?",
            json!({ "bins": options(&["In the well", "Beside it"]), "options": options(&["Water", "Goat"]), "answer": { "a": "a", "b": "b" } }),
        ),
        item(
            "item0009",
            "hotspot",
            "Tap the bucket.",
            json!({ "image": picture, "alt": "A bucket beside a well", "answer": ["a"], "areas": [
            { "id": "a", "shape": "rect", "x": 10, "y": 10, "w": 30, "h": 30, "label": "Bucket" }, { "id": "b", "shape": "circle", "x": 60, "y": 60, "w": 20, "h": 20, "label": "Well" } ] }),
        ),
        item(
            "item0010",
            "numberline",
            "Where is 3?",
            json!({ "line": { "from": 0, "to": 10, "step": 1 }, "answer": { "value": "3", "tolerance": "0" } }),
        ),
        item(
            "item0011",
            "tapword",
            "Tap the word for what you drink.",
            json!({ "words": [{ "id": "w1", "text": "water" }, { "id": "w2", "text": "rope" }], "answer": ["w1"] }),
        ),
        json!({ "id": "item0012", "type": "cloze", "skills": ["skill001"], "stem": [{ "cloze": "A well needs a {{1}}." }],
            "gaps": [{ "id": "1", "kind": "short", "answer": ["lid"] }] }),
    ]
}

/// A lesson with a page, a photo, a video, a sound and a picture.
pub(super) fn lesson(photo: &str, video: &str, captions: &str, sound: &str) -> Value {
    json!({ "id": "lesson02", "title": "How a well works", "minutes": 25, "forTheRoom": "Draw a well in the sand.\n\nAsk who draws water at home.", "parts": [
        { "id": "page0001", "kind": "page", "title": "Look inside", "blocks": [
            { "heading": "Down there" }, { "text": "A well is deep.\nIt is cool & dark: 10 * 2 steps <down>." },
            { "photo": photo, "alt": "A test picture in many colours" }, { "list": ["A rope", "A bucket"] } ] },
        { "id": "video001", "kind": "video", "title": "See it", "file": video, "captions": captions, "alt": "Colours move.", "transcript": "" },
        { "id": "sound001", "kind": "audio", "title": "Hear it", "file": sound, "captions": null, "alt": "", "transcript": "A tone." },
        { "id": "photo001", "kind": "picture", "title": "Look again", "file": photo, "alt": "A test picture in many colours" } ] })
}

/// A course of a quiz with these questions, and of other lessons.
pub(super) fn draft(items: &[Value], more: Vec<Value>) -> Value {
    let mut lessons = vec![
        json!({ "id": "lesson01", "title": "Wells", "minutes": 20, "forTheRoom": "Bring a rope.", "parts": [
        { "id": "quiz0001", "kind": "questions", "title": "What do you know?", "check": false, "items": items } ] }),
    ];
    lessons.extend(more);
    json!({ "title": "Our well", "summary": "Where our water comes from.", "language": "en", "subject": "science", "grades": [4, 5],
        "licence": "CC-BY-SA-4.0", "skills": [{ "id": "skill001", "name": "Wells", "can": "I can say how a well works" }], "lessons": lessons })
}
