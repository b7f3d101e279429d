//! Aiken: lettered options below a question, and a line that names the right one; as Moodle reads it
//! (`question/format/aiken/format.php`).

use serde_json::{Value as Json, json};

use super::super::made::Making;
use super::asked::Asked;
use super::bank::Bank;
use super::choices::{letter, option};
use super::markup::plain_blocks;

/// Whether a text is Aiken: lettered options, and a line that names the right one.
pub(in super::super) fn is_aiken(text: &str) -> bool {
    let mut has_option = false;
    text.lines().any(|line| {
        has_option |= option_of(line).is_some();
        has_option && answer_of(line).is_some()
    })
}

/// Reads Aiken.
pub(in super::super) fn read(making: &mut Making, text: &str, topic: &str) -> Bank {
    let mut bank = Bank::default();
    let (mut stem, mut options): (Vec<&str>, Vec<(char, &str)>) = (Vec::new(), Vec::new());
    let mut number = 0;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(option) = option_of(line).filter(|_| !stem.is_empty()) {
            options.push(option);
        } else if let Some(key) = answer_of(line) {
            number += 1;
            let place = format!("question {number}");
            let right = options.iter().position(|(letter, _)| *letter == key);
            if let Some(right) = right {
                let list = options.iter().enumerate();
                let list = list.map(|(place, (_, words))| option(&letter(place), &plain_blocks(words), ""));
                let mut asked = Asked { place, topic: topic.to_owned(), kind: "single", ..Asked::default() };
                asked.stem = stem.iter().flat_map(|line| plain_blocks(line)).collect();
                asked.set("options", Json::Array(list.collect()));
                asked.set("answer", json!(letter(right)));
                bank.asked.push(asked);
            } else {
                making.lose("question", &place, format!("It was left out: it has no option {key}."));
            }
            stem.clear();
            options.clear();
        } else if options.is_empty() {
            stem.push(line);
        } else if let Some((_, words)) = options.last_mut() {
            // Aiken has one line for each option; what follows belongs to nothing.
            making.lose(
                "line",
                &format!("question {}", number + 1),
                format!("The line “{line}” after the option “{words}” was left out."),
            );
        }
    }
    if !stem.is_empty() {
        making.lose(
            "question",
            &format!("question {}", number + 1),
            "It was left out: it has no line ANSWER.",
        );
    }
    bank
}

/// `A. Goats` or `A) Goats`
fn option_of(line: &str) -> Option<(char, &str)> {
    let line = line.trim();
    let letter = line.chars().next().filter(char::is_ascii_uppercase)?;
    let rest = line[1..].strip_prefix(['.', ')'])?;
    let words = rest.trim();
    (!words.is_empty() && rest.starts_with(' ')).then_some((letter, words))
}

/// `ANSWER: B`
fn answer_of(line: &str) -> Option<char> {
    let line = line.trim();
    let rest = line.get(..7).filter(|word| word.eq_ignore_ascii_case("answer:")).and(line.get(7..))?;
    let mut letters = rest.trim().chars();
    let letter = letters.next()?.to_ascii_uppercase();
    (letter.is_ascii_uppercase() && letters.next().is_none()).then_some(letter)
}
