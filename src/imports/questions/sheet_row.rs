//! One row of a question sheet as a question.

use serde_json::{Value as Json, json};

use super::super::made::Making;
use super::asked::{Asked, paragraph};
use super::choices::{letter, option, plain_number};
use super::markup::Files;
use super::sheet::Column;
use crate::error::Result;
use crate::items::Numeral;

/// A row and what its columns hold.
pub(super) struct Row<'a> {
    /// Its number in the spreadsheet.
    pub(super) number: usize,
    /// What the columns hold.
    pub(super) columns: &'a [Column],
    /// Its cells.
    pub(super) cells: &'a [String],
}

/// Why a row can't be a question.
pub(super) struct Trouble {
    /// As it is written in the header.
    pub(super) column: Option<String>,
    /// A sentence.
    pub(super) message: String,
}

type Read<T> = std::result::Result<T, Trouble>;

/// The types, and the names that people give them; in small letters and without anything between them.
const TYPES: [(&str, &[&str]); 10] = [
    ("single", &["single", "choice", "multiplechoice", "mc", "singlechoice", "onechoice"]),
    ("multiple", &["multiple", "several", "multipleanswers", "multipleresponse", "checkbox"]),
    ("truefalse", &["truefalse", "tf", "trueorfalse", "yesno"]),
    ("number", &["number", "numeric", "numerical", "numeral"]),
    ("short", &["short", "shortanswer", "text", "word", "words"]),
    ("cloze", &["cloze", "gap", "gaps", "gapfill", "fill", "fillin", "blanks"]),
    ("match", &["match", "matching", "pairs"]),
    ("order", &["order", "ordering", "sequence"]),
    ("sort", &["sort", "sorting", "groups", "bins"]),
    ("tapword", &["tapword", "tap", "listen"]),
];

impl Row<'_> {
    /// The first cell of a column; empty where there is none.
    pub(super) fn cell(&self, name: &str) -> &str {
        self.cells_of(name)
            .into_iter()
            .map(|(_, cell)| cell)
            .find(|cell| !cell.is_empty())
            .unwrap_or_default()
    }

    /// The cells of all columns of a name, with their numbers.
    fn cells_of(&self, name: &str) -> Vec<(u32, &str)> {
        let pairs = self.columns.iter().zip(self.cells);
        pairs
            .filter(|(column, _)| column.name == Some(name))
            .map(|(column, cell)| (column.number, cell.as_str()))
            .collect()
    }

    fn trouble<T>(&self, column: &str, message: impl Into<String>) -> Read<T> {
        let written =
            self.columns.iter().find(|known| known.name == Some(column)).map(|known| known.written.clone());
        Err(Trouble { column: written.or(Some(column.to_owned())), message: message.into() })
    }

    /// Reads the row.
    ///
    /// # Errors
    /// When a picture can't be read; what is wrong with the row itself is the inner answer.
    pub(super) fn read(
        &self,
        making: &mut Making,
        topic: &str,
        files: &mut dyn Files,
    ) -> Result<Read<Asked>> {
        let mut asked = match self.plain(topic) {
            Ok(asked) => asked,
            Err(trouble) => return Ok(Err(trouble)),
        };
        for (name, field) in [("picture", "image"), ("audio", "audio")] {
            let address = self.cell(name);
            if address.is_empty() {
                continue;
            }
            let Some(path) = files.find(making, address)? else {
                let message = format!("There is no {name} {address} beside the sheet that can be shown.");
                return Ok(self.trouble(name, message));
            };
            let mut block = json!({ field: path });
            if name == "picture" {
                block["alt"] = json!(self.cell("alt"));
                if self.cell("alt").is_empty() {
                    let place = format!("row {}, column {}", self.number, name);
                    making.lose("picture-words", &place, "The picture has no words for those who can't see it; write them into the column alt.");
                }
            }
            asked.stem.push(block);
        }
        Ok(Ok(asked))
    }

    fn plain(&self, topic: &str) -> Read<Asked> {
        let question = self.cell("question");
        if question.is_empty() {
            return self.trouble("question", "There is no question.");
        }
        let mut asked =
            Asked { place: format!("row {}", self.number), topic: topic.to_owned(), ..Asked::default() };
        self.cell("id").clone_into(&mut asked.name);
        asked.tags = self
            .cell("tags")
            .split([',', '|'])
            .map(str::trim)
            .filter(|tag| !tag.is_empty())
            .map(str::to_owned)
            .collect();
        asked.stem = question.lines().map(str::trim).filter(|line| !line.is_empty()).map(paragraph).collect();
        asked.solution =
            self.cell("solution").lines().filter(|line| !line.trim().is_empty()).map(paragraph).collect();
        let hints = self.cells_of("hint").into_iter().flat_map(|(_, cell)| cell.split('|'));
        asked.hints = hints.map(str::trim).filter(|hint| !hint.is_empty()).map(str::to_owned).collect();
        let words = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        asked.right = words(self.cell("praise"));
        let general =
            self.cells_of("feedback").into_iter().find(|(number, cell)| *number == 0 && !cell.is_empty());
        asked.wrong = general.and_then(|(_, cell)| words(cell));
        asked.difficulty = match self.cell("difficulty").to_lowercase().as_str() {
            "" => None,
            "easy" | "1" => Some("easy".to_owned()),
            "medium" | "middle" | "2" => Some("medium".to_owned()),
            "hard" | "difficult" | "3" => Some("hard".to_owned()),
            other => return self.trouble("difficulty", format!("“{other}” is not easy, medium or hard.")),
        };
        asked.seconds = match self.cell("seconds") {
            "" => None,
            text => match text.parse().ok().filter(|seconds| (1..=3600).contains(seconds)) {
                Some(seconds) => Some(seconds),
                None => return self.trouble("seconds", format!("“{text}” is not a number of seconds.")),
            },
        };
        self.ask(&mut asked)?;
        Ok(asked)
    }

    /// The type that the column names, or that the row looks like.
    fn kind(&self) -> Read<&'static str> {
        let written = self.cell("type");
        let plain: String = written.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        if !plain.is_empty() {
            let found = TYPES.iter().find(|(_, names)| names.contains(&plain.as_str()));
            return found.map(|(kind, _)| *kind).map_or_else(
                || {
                    let names: Vec<&str> = TYPES.iter().map(|(kind, _)| *kind).collect();
                    self.trouble("type", format!("“{written}” is none of {}.", names.join(", ")))
                },
                Ok,
            );
        }
        let answer = self.cell("answer");
        let has_wrong = self.wrongs().next().is_some();
        Ok(match () {
            () if has_wrong && list(answer).len() > 1 => "multiple",
            () if has_wrong => "single",
            () if answer.is_empty() && self.cell("question").contains('[') => "cloze",
            () if truth(answer).is_some() => "truefalse",
            () if plain_number(answer).is_some() => "number",
            () if list(answer).len() > 1 && list(answer).iter().all(|part| part.contains('=')) => "match",
            () => "short",
        })
    }

    /// Wrong answers with the words for each.
    fn wrongs(&self) -> impl Iterator<Item = (&str, &str)> {
        let feedback = self.cells_of("feedback");
        let of = move |number: u32| {
            feedback.iter().find(|(known, _)| *known == number && number > 0).map_or("", |(_, words)| *words)
        };
        let several = self
            .cells_of("wrong")
            .into_iter()
            .flat_map(|(number, cell)| cell.split('|').map(move |part| (number, part.trim())));
        several.filter(|(_, wrong)| !wrong.is_empty()).map(move |(number, wrong)| (wrong, of(number)))
    }

    fn ask(&self, asked: &mut Asked) -> Read<()> {
        let kind = self.kind()?;
        let answer = self.cell("answer");
        asked.kind = kind;
        if answer.is_empty() && kind != "cloze" {
            return self.trouble("answer", "There is no answer.");
        }
        match kind {
            "single" | "multiple" => self.choose(asked, answer),
            "truefalse" => match truth(answer) {
                Some(truth) => asked.set("answer", json!(truth)),
                None => return self.trouble("answer", format!("“{answer}” is not true or false.")),
            },
            "number" => self.number(asked, answer)?,
            "short" => {
                asked.set("answer", json!({ "accept": list(answer) }));
                self.mistakes(asked, |wrong| Some(wrong.to_owned()));
            }
            "cloze" => self.cloze(asked)?,
            "match" | "sort" => self.pairs(asked, answer)?,
            "order" => {
                let ids: Vec<String> = (0..list(answer).len()).map(letter).collect();
                let options = list(answer)
                    .iter()
                    .zip(&ids)
                    .map(|(words, id)| option(id, &[paragraph(words)], ""))
                    .collect();
                asked.set("options", Json::Array(options));
                asked.set("answer", json!(ids));
            }
            _ => {
                let rights = list(answer);
                let words = rights.iter().copied().chain(self.wrongs().map(|(wrong, _)| wrong));
                let words: Vec<Json> = words
                    .enumerate()
                    .map(|(place, text)| json!({ "id": letter(place), "text": text }))
                    .collect();
                asked.set("words", Json::Array(words));
                asked.set("answer", json!((0..rights.len()).map(letter).collect::<Vec<_>>()));
            }
        }
        Ok(())
    }

    fn choose(&self, asked: &mut Asked, answer: &str) {
        let rights = if asked.kind == "single" { vec![answer] } else { list(answer) };
        let keys: Vec<String> = (0..rights.len()).map(letter).collect();
        let right = rights.iter().map(|words| (*words, ""));
        let options = right.chain(self.wrongs()).enumerate();
        let options =
            options.map(|(place, (words, feedback))| option(&letter(place), &[paragraph(words)], feedback));
        asked.set("options", Json::Array(options.collect()));
        asked.set("answer", if asked.kind == "single" { json!(keys.first()) } else { json!(keys) });
    }

    fn number(&self, asked: &mut Asked, answer: &str) -> Read<()> {
        let Some(value) = numeral(answer) else {
            return self.trouble("answer", format!("“{answer}” is not a number such as 12, 0.75 or 3/4."));
        };
        let mut key = json!({ "value": value });
        let tolerance = self.cell("tolerance");
        if !tolerance.is_empty() {
            match plain_number(tolerance) {
                Some((plain, _)) => key["tolerance"] = json!(plain),
                None => return self.trouble("tolerance", format!("“{tolerance}” is not a number.")),
            }
        }
        asked.set("answer", key);
        if !self.cell("unit").is_empty() {
            asked.set("unit", json!(self.cell("unit")));
        }
        self.mistakes(asked, numeral);
        Ok(())
    }

    fn mistakes(&self, asked: &mut Asked, read: impl Fn(&str) -> Option<String>) {
        let mistakes = self.wrongs().filter_map(|(wrong, feedback)| {
            let mut mistake = json!({ "value": read(wrong)? });
            if !feedback.is_empty() {
                mistake["feedback"] = json!(feedback);
            }
            Some(mistake)
        });
        let mistakes: Vec<Json> = mistakes.collect();
        if !mistakes.is_empty() {
            asked.set("mistakes", Json::Array(mistakes));
        }
    }

    /// `dog=puppy | cat=kitten`
    fn pairs(&self, asked: &mut Asked, answer: &str) -> Read<()> {
        let mut pairs = Vec::new();
        for part in list(answer) {
            match part.split_once('=') {
                Some((left, right)) => {
                    pairs.push((vec![paragraph(left.trim())], vec![paragraph(right.trim())]));
                }
                None => {
                    return self
                        .trouble("answer", format!("“{part}” is no pair; write dog=puppy | cat=kitten."));
                }
            }
        }
        for (wrong, _) in self.wrongs() {
            pairs.push((Vec::new(), vec![paragraph(wrong)]));
        }
        let wanted = asked.kind;
        super::choices::pair(asked, &pairs, false);
        if wanted == "sort" && asked.kind == "match" {
            // Each group may have one thing in it, if that is what is wanted.
            asked.kind = "sort";
            for (from, to) in [("left", "options"), ("right", "bins")] {
                if let Some(list) = asked.body.remove(from) {
                    asked.set(to, list);
                }
            }
        }
        Ok(())
    }

    /// `One ten and [3] ones is [thirteen|13].`, and `[*three|two|four]` to choose from, the right one with a star.
    fn cloze(&self, asked: &mut Asked) -> Read<()> {
        let mut gaps: Vec<Json> = Vec::new();
        let mut stem = Vec::new();
        for line in self.cell("question").lines().map(str::trim).filter(|line| !line.is_empty()) {
            let before = gaps.len();
            let mut words = String::new();
            let mut rest = line;
            while let Some(at) = rest.find('[') {
                words.push_str(&rest[..at]);
                rest = &rest[at..];
                // A fraction of ours is no gap.
                let fraction = rest.strip_prefix("[[").and_then(|inner| inner.find("]]")).map(|end| end + 4);
                let end = rest.find(']');
                let (taken, gap) = match (fraction, end) {
                    (Some(length), _) => (length, None),
                    (None, Some(end)) => (end + 1, Some(&rest[1..end])),
                    (None, None) => return self.trouble("question", "A bracket [ is never closed."),
                };
                match gap {
                    Some(inner) => {
                        let id = (gaps.len() + 1).to_string();
                        words.extend(["{{", id.as_str(), "}}"]);
                        gaps.push(gap_of(&id, inner));
                    }
                    None => words.push_str(&rest[..taken]),
                }
                rest = &rest[taken..];
            }
            words.push_str(rest);
            stem.push(if gaps.len() > before { json!({ "cloze": words }) } else { paragraph(&words) });
        }
        if gaps.is_empty() {
            return self.trouble(
                "question",
                "There is no gap; write the answer in brackets, as in: One and one is [2].",
            );
        }
        asked.stem = stem;
        asked.set("gaps", Json::Array(gaps));
        Ok(())
    }
}

/// A number as a key is written. Fractions and percent signs are numbers of ours, too.
fn numeral(text: &str) -> Option<String> {
    if Numeral::read(text).is_some() {
        Some(text.to_owned())
    } else {
        plain_number(text).map(|(plain, _)| plain)
    }
}

fn gap_of(id: &str, inner: &str) -> Json {
    let parts = list(inner);
    if parts.iter().any(|part| part.starts_with('*')) {
        let key = parts.iter().position(|part| part.starts_with('*')).map(letter);
        let options = parts.iter().enumerate();
        let options = options.map(|(place, part)| {
            option(&letter(place), &[paragraph(part.trim_start_matches('*').trim())], "")
        });
        return json!({ "id": id, "kind": "choice", "options": options.collect::<Vec<_>>(), "answer": key });
    }
    match parts.as_slice() {
        [one] if Numeral::read(one).is_some() => json!({ "id": id, "kind": "number", "answer": one }),
        _ => json!({ "id": id, "kind": "short", "answer": parts }),
    }
}

/// `ten | 10` are two.
fn list(cell: &str) -> Vec<&str> {
    cell.split('|').map(str::trim).filter(|part| !part.is_empty()).collect()
}

fn truth(cell: &str) -> Option<bool> {
    match cell.to_lowercase().as_str() {
        "true" | "yes" | "t" | "y" => Some(true),
        "false" | "no" | "f" | "n" => Some(false),
        _ => None,
    }
}
