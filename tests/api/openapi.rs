//! `docs/openapi.json` is what the program says of itself, and can be read without a box.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use schoolhouse::server;
use serde_json::Value;

/// The variable that makes the first test write the file instead of comparing it. Its name is not one of the program's own,
/// because the program refuses those that it does not know.
const BLESS: &str = "BLESS_OPENAPI";

#[test]
fn the_committed_description_is_that_of_the_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/openapi.json");
    let now = format!("{}\n", server::document().to_pretty_json().unwrap());
    if std::env::var_os(BLESS).is_some() {
        std::fs::write(&path, now).unwrap();
        return;
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = committed.lines().zip(now.lines()).position(|(before, after)| before != after);
    let line = differs.unwrap_or_else(|| committed.lines().count().min(now.lines().count())) + 1;
    assert!(
        committed == now,
        "docs/openapi.json is not what the code says, from line {line} on. If the change is meant, run\n    \
         {BLESS}=1 cargo test --test api openapi && (cd web-ui && npm run types)\nand commit both files.",
    );
}

/// Each operation can be read by somebody who does not know the code.
#[test]
fn every_operation_says_what_it_does_and_how_it_may_be_refused() {
    let document = serde_json::to_value(server::document()).unwrap();
    let mut wrong = Vec::new();
    let mut ids = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let mut check = |holds: bool, what: &str| {
                if !holds {
                    wrong.push(format!("{} {path} {what}", method.to_uppercase()));
                }
            };
            let summary = operation["summary"].as_str().unwrap_or_default();
            check(
                summary.ends_with('.') && !summary.contains('\n'),
                "has no sentence of one line as its summary",
            );
            check(operation["tags"].as_array().is_some_and(|tags| tags.len() == 1), "has not just one tag");
            let known =
                |tag: &Value| document["tags"].as_array().unwrap().iter().any(|one| one["name"] == *tag);
            check(known(&operation["tags"][0]), "has a tag that the document does not tell of");
            check(
                ids.insert(operation["operationId"].to_string()),
                "has the operationId of another operation",
            );
            for (status, answer) in operation["responses"].as_object().unwrap() {
                check(answer["description"].is_string(), &format!("tells nothing of its answer {status}"));
                check(
                    status == "204" || answer["content"].is_object(),
                    &format!("shows no body for {status}"),
                );
            }
            let placed = |name: &str, place: &str| {
                let mut all = operation["parameters"].as_array().into_iter().flatten();
                all.any(|one| one["name"] == name && one["in"] == place)
            };
            for name in path.split(['{', '}']).skip(1).step_by(2) {
                check(placed(name, "path"), &format!("does not tell of {{{name}}}"));
            }
            for one in operation["parameters"].as_array().into_iter().flatten() {
                let name = one["name"].as_str().unwrap();
                let stands = one["in"] != "path" || path.contains(&format!("{{{name}}}"));
                check(stands, &format!("tells of {name}, which is not in its path"));
            }
            check(method == "get" || placed("schoolhouse-request", "header"), "does not tell of our header");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Of two types with one name in the description, one would silently stand for both.
#[test]
fn no_two_types_share_a_name_in_the_description() {
    let mut places = BTreeMap::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                for name in described(&std::fs::read_to_string(&path).unwrap()) {
                    let other = places.insert(name.clone(), path.clone());
                    let told = "give one of them another with #[schema(as = …)]";
                    assert!(other.is_none(), "{path:?} and {other:?} both describe a `{name}`: {told}");
                }
            }
        }
    }
    let document = serde_json::to_value(server::document()).unwrap();
    let unknown: Vec<_> = document["components"]["schemas"]
        .as_object()
        .unwrap()
        .keys()
        .filter(|name| !places.contains_key(*name))
        .collect();
    assert!(unknown.iter().all(|name| name.ends_with("Id")), "not found in the sources: {unknown:?}");
}

/// The names in the description of the types that derive it in this source.
fn described(source: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut lines = source.lines();
    while let Some(line) = lines.next() {
        if !(line.starts_with("#[derive(") && line.contains("ToSchema")) {
            continue;
        }
        let mut renamed = None;
        for line in lines.by_ref() {
            if let Some((_, name)) = line.split_once("schema(as = ") {
                renamed = Some(name.trim_end_matches(")]").to_owned());
            }
            let mut words =
                line.split([' ', '{', '<', '(']).skip_while(|word| !matches!(*word, "struct" | "enum"));
            if let (Some(_), Some(name)) = (words.next(), words.next()) {
                names.push(renamed.unwrap_or_else(|| name.to_owned()));
                break;
            }
        }
    }
    names
}

/// `docs/api.md` is what people read first.
#[test]
fn the_page_for_people_tells_of_every_route_and_field() {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/api.md")).unwrap();
    let document = serde_json::to_value(server::document()).unwrap();
    let mut missing = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            let route = format!("`{} {path}", method.to_uppercase());
            if !page.split(&route).skip(1).any(|after| after.starts_with(['`', '?', ' '])) {
                missing.push(route[1..].to_owned());
            }
        }
    }
    let words: BTreeSet<&str> = page.split(|letter: char| !letter.is_alphanumeric()).collect();
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        for field in schema["properties"].as_object().into_iter().flat_map(|fields| fields.keys()) {
            if !words.contains(field.as_str()) {
                missing.push(format!("{name}.{field}"));
            }
        }
    }
    assert!(missing.is_empty(), "docs/api.md does not tell of {missing:#?}");
}
