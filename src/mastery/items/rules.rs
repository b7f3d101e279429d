//! What the answers to one question say of the question: is it too hard, does it tell the able apart, is its key wrong.

use serde::Serialize;
use utoipa::ToSchema;

/// With fewer answers nothing is said.
const ENOUGH_ANSWERS: usize = 20;
/// With fewer, good questions would be accused of a wrong key too often: with twenty answers one in twenty (simulated).
const ENOUGH_FOR_KEYS: usize = 40;
/// How much likelier, as a logarithm, the answers must be under another key. A little less likely is enough for a second look:
/// of 100 wrong keys 98 are found by sixty answers, and of 1,000 good questions 3 are accused (simulated; at 3, 84 and none).
const LIKELIER: f64 = -0.5;
/// What fewer than this share choose is an accident of some students.
const LEAST_SHARE: f64 = 0.2;
/// Fewer right answers than this: nobody can do it yet, or nobody understands it.
const VERY_HARD: f64 = 0.2;
/// More than this: it tells nothing apart.
const VERY_EASY: f64 = 0.97;
/// Wrong answers beyond the commonest few are told together.
const MOST_CHOICES: usize = 6;

/// One answer, seen from the question.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sighting {
    /// How able the student is in the question's skill, in logits.
    pub(super) ability: f64,
    /// From 0 to 1.
    pub(super) score: f64,
    /// What was answered; nothing where that can't be compared, because each student has other numbers.
    pub(super) choice: Option<String>,
}

/// What is to be thought of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ItemVerdict {
    /// Those who can do the rest choose another answer than the key.
    WrongKey,
    /// Those who can do the rest are right less often.
    Backwards,
    /// Hardly anybody is right.
    VeryHard,
    /// Nearly everybody is right.
    VeryEasy,
    /// It does what it is there for.
    Good,
    /// Too few answers to say.
    TooFew,
}

impl ItemVerdict {
    /// The word of the API, for tables that programs read.
    pub const fn word(self) -> &'static str {
        match self {
            Self::WrongKey => "wrong-key",
            Self::Backwards => "backwards",
            Self::VeryHard => "very-hard",
            Self::VeryEasy => "very-easy",
            Self::Good => "good",
            Self::TooFew => "too-few",
        }
    }
}

/// One answer that was given, and by how many.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ItemChoice)]
pub struct Choice {
    /// As a tablet sends it, in JSON.
    pub response: String,
    /// How many gave it.
    pub students: u32,
    /// Whether it is marked as right.
    pub right: bool,
}

/// What the answers to a question say.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Findings {
    pub(super) verdict: ItemVerdict,
    /// The answer that is likelier to be right than the key.
    pub(super) likely: Option<String>,
    pub(super) answers: usize,
    /// The mean score, from 0 to 1.
    pub(super) right: f64,
    /// How closely right answers go with ability, from -1 to 1; nothing where all answers or all students are alike.
    pub(super) discrimination: Option<f64>,
    /// The answers that were given, the commonest first.
    pub(super) choices: Vec<Choice>,
}

/// Reads the answers to one question. `guess` is the chance to be right by guessing, from 0 to below 1.
pub(super) fn judge(sightings: &[Sighting], guess: f64) -> Findings {
    let answers = sightings.len();
    let scores: Vec<f64> = sightings.iter().map(|one| one.score).collect();
    let abilities: Vec<f64> = sightings.iter().map(|one| one.ability).collect();
    let right = mean(&scores);
    let discrimination = correlation(&scores, &abilities);
    let choices = count_choices(sightings);
    let likely = likelier_key(sightings, &choices, guess);
    let backwards = discrimination.is_some_and(|r| r * as_number(answers).sqrt() < -2.0);
    let verdict = match () {
        () if answers < ENOUGH_ANSWERS => ItemVerdict::TooFew,
        () if likely.is_some() => ItemVerdict::WrongKey,
        () if backwards => ItemVerdict::Backwards,
        () if right < VERY_HARD => ItemVerdict::VeryHard,
        () if right > VERY_EASY => ItemVerdict::VeryEasy,
        () => ItemVerdict::Good,
    };
    Findings { verdict, likely, answers, right, discrimination, choices }
}

fn count_choices(sightings: &[Sighting]) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    for one in sightings {
        let Some(response) = &one.choice else { continue };
        let right = one.score >= 1.0;
        // Two ways to write the right answer are one answer.
        match choices.iter_mut().find(|known| known.response == *response || (right && known.right)) {
            Some(known) => known.students += 1,
            None => choices.push(Choice { response: response.clone(), students: 1, right }),
        }
    }
    choices.sort_by(|one, other| {
        other.students.cmp(&one.students).then_with(|| one.response.cmp(&other.response))
    });
    choices.truncate(MOST_CHOICES);
    choices
}

/// The wrong answer under which all the answers are far likelier than under the key, if there is one.
fn likelier_key(sightings: &[Sighting], choices: &[Choice], guess: f64) -> Option<String> {
    let compared: Vec<&Sighting> = sightings.iter().filter(|one| one.choice.is_some()).collect();
    if compared.len() < ENOUGH_FOR_KEYS {
        return None;
    }
    let is_right = |one: &Sighting| one.score >= 1.0;
    let of_key = likelihood(&compared, guess, is_right);
    let enough = LEAST_SHARE * as_number(compared.len());
    choices
        .iter()
        .filter(|choice| !choice.right && f64::from(choice.students) >= enough)
        .map(|choice| {
            let is_this = |one: &Sighting| one.choice.as_ref() == Some(&choice.response);
            (likelihood(&compared, guess, is_this) - of_key, choice)
        })
        .filter(|(more, _)| *more >= LIKELIER)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, choice)| choice.response.clone())
}

/// How likely it is, as a logarithm, that the able are the ones who gave this answer, at the difficulty that suits best, and that
/// all others chose among the rest without regard to what they can do.
fn likelihood(sightings: &[&Sighting], guess: f64, is_key: impl Fn(&Sighting) -> bool) -> f64 {
    let at = |difficulty: f64| {
        let one = |sighting: &&Sighting| {
            let known = 1.0 / (1.0 + libm::exp(difficulty - sighting.ability));
            let chance = (guess + (1.0 - guess) * known).clamp(1e-6, 1.0 - 1e-6);
            libm::log(if is_key(sighting) { chance } else { 1.0 - chance })
        };
        sightings.iter().map(one).sum::<f64>()
    };
    // Quarters of a logit are finer than a few dozen answers can tell apart.
    let best = (-20_i32..=20).map(|quarter| at(f64::from(quarter) / 4.0)).fold(f64::MIN, f64::max);
    best + spread_of_others(sightings, &is_key)
}

/// The same for how the others spread over the answers that are not the key.
fn spread_of_others(sightings: &[&Sighting], is_key: &impl Fn(&Sighting) -> bool) -> f64 {
    let mut counts: Vec<(&str, f64)> = Vec::new();
    for one in sightings.iter().filter(|one| !is_key(one)) {
        let name = if one.score >= 1.0 { "" } else { one.choice.as_deref().unwrap_or_default() };
        match counts.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1.0,
            None => counts.push((name, 1.0)),
        }
    }
    let all: f64 = counts.iter().map(|(_, count)| count).sum();
    counts.iter().map(|(_, count)| count * libm::log(count / all)).sum()
}

fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / as_number(values.len()) }
}

/// Pearson's.
fn correlation(ones: &[f64], others: &[f64]) -> Option<f64> {
    let (one, other) = (mean(ones), mean(others));
    let sum = |of: &dyn Fn(f64, f64) -> f64| -> f64 {
        ones.iter().zip(others).map(|(a, b)| of(a - one, b - other)).sum()
    };
    let spread = (sum(&|a, _| a * a) * sum(&|_, b| b * b)).sqrt();
    (spread > 1e-9).then(|| sum(&|a, b| a * b) / spread)
}

#[expect(clippy::cast_precision_loss, reason = "counts of answers are far below 2^53")]
fn as_number(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sighting(ability: f64, choice: &str, key: &str) -> Sighting {
        let score = if choice == key { 1.0 } else { 0.0 };
        Sighting { ability, score, choice: Some(choice.to_owned()) }
    }

    /// Forty answers: those above the middle give one, those below another.
    fn forty(able: &str, others: &str, key: &str) -> Vec<Sighting> {
        let one = |number: i32| {
            let ability = f64::from(number) / 10.0 - 2.0;
            sighting(ability, if ability > 0.0 { able } else { others }, key)
        };
        (0..40).map(one).collect()
    }

    #[test]
    fn each_verdict_has_its_answers() {
        let with = |score: f64| Sighting { ability: 0.0, score, choice: None };
        for (what, answers, verdict) in [
            ("nineteen answers", forty("a", "b", "a")[..19].to_vec(), ItemVerdict::TooFew),
            ("the able are right", forty("a", "b", "a"), ItemVerdict::Good),
            ("the able give one wrong answer", forty("b", "a", "a"), ItemVerdict::WrongKey),
            ("nobody is right", vec![with(0.0); 30], ItemVerdict::VeryHard),
            ("everybody is right", vec![with(1.0); 30], ItemVerdict::VeryEasy),
        ] {
            assert_eq!(judge(&answers, 0.25).verdict, verdict, "{what}");
        }
        let without_choices: Vec<Sighting> =
            forty("b", "a", "a").into_iter().map(|one| Sighting { choice: None, ..one }).collect();
        assert_eq!(judge(&without_choices, 0.0).verdict, ItemVerdict::Backwards);
    }

    #[test]
    fn a_wrong_key_is_named_with_the_answer_that_is_likely_right() {
        let found = judge(&forty("b", "a", "a"), 0.25);
        assert_eq!(found.likely.as_deref(), Some("b"));
        let told: Vec<(&str, u32, bool)> = found
            .choices
            .iter()
            .map(|choice| (choice.response.as_str(), choice.students, choice.right))
            .collect();
        assert_eq!(told, [("a", 21, true), ("b", 19, false)]);
        assert!(found.discrimination.is_some_and(|r| r < -0.8));
    }
}
