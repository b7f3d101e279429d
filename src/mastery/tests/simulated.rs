//! Made-up students in made-up worlds, the same in every run: how often a band is wrong, and whether questions suit.

use super::*;

/// A sequence of numbers that looks random; splitmix64 (Steele, Lea and Flood 2014).
pub(in crate::mastery) struct Dice(pub(in crate::mastery) u64);

impl Dice {
    pub(in crate::mastery) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to below 1.
    pub(in crate::mastery) fn chance(&mut self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "53 bits")]
        let chance = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        chance
    }

    /// Normal, with mean 0 and spread 1, nearly: the sum of twelve.
    pub(in crate::mastery) fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.chance()).sum::<f64>() - 6.0
    }
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// A question with its true difficulty, of which the pack says something.
struct Item {
    truth: f64,
    candidate: Candidate,
}

/// As many questions as asked for on one skill, spread over a range of difficulty; every third has four options.
fn bank(count: u32, range: f64, dice: &mut Dice) -> Vec<Item> {
    let item = |number: u32| {
        let said = range * (2.0 * f64::from(number) / f64::from(count - 1) - 1.0);
        Item {
            truth: said + 0.2 * dice.normal(),
            candidate: Candidate {
                name: format!("item-{number}"),
                skill: "add".to_owned(),
                hard: Hard { skill: SKILL, item: Estimate { mean: said, variance: 0.05 } },
                guess: if number.is_multiple_of(3) { 0.25 } else { 0.0 },
            },
        }
    };
    (0..count).map(item).collect()
}

/// A skill whose difficulty is known well.
const SKILL: Estimate = Estimate { mean: 0.0, variance: 0.05 };

/// The chance that a student of that ability is right.
fn truth(ability: f64, item: &Item) -> f64 {
    let guess = item.candidate.guess;
    guess + (1.0 - guess) * logistic(0.8 + ability - item.truth)
}

#[test]
fn chosen_questions_suit_weak_and_strong_students_after_five_answers() {
    let mut dice = Dice(1);
    for ability in [-2.0, -1.0, 0.0, 1.0, 2.0] {
        let (mut right, mut asked) = (0.0, 0.0);
        for _ in 0..100 {
            let items = bank(36, 3.5, &mut dice);
            let candidates: Vec<Candidate> = items.iter().map(|item| item.candidate.clone()).collect();
            let open = Open { skills: vec!["add".to_owned()], due: Vec::new() };
            let (mut student, mut recent) = (Student::default(), Vec::new());
            for place in 0..25 {
                let next =
                    choose(&student, &candidates, &open, Purpose::Practice, &recent, (place, place + 1))[0];
                let Candidate { name, skill, hard, guess } = &candidates[next];
                assert!(!recent.iter().rev().take(10).any(|asked| asked == name), "{name} came twice");
                let chance = truth(ability, &items[next]);
                let score = f64::from(u8::from(dice.chance() < chance));
                // They do not learn here, so nothing may be believed of learning either.
                let seen = Observation { score, questions: 1.0, weight: 1.0, guess: *guess, feedback: false };
                student.take(skill, Some(name), &seen, *hard);
                recent.push(name.clone());
                if place >= 5 {
                    (right, asked) = (right + chance, asked + 1.0);
                }
            }
        }
        let success = right / asked;
        assert!((0.70..=0.85).contains(&success), "ability {ability}: {success:.3}");
    }
}

/// Half of the questions have four options; `grow` tells the logit of the true chance after so many answers.
fn answers_until_secure(dice: &mut Dice, grow: impl Fn(u32) -> f64) -> Option<(u32, f64)> {
    let mut student = Student::default();
    for answer in 0..60 {
        let guess = if dice.chance() < 0.5 { 0.25 } else { 0.0 };
        let off = 0.3 * dice.normal();
        let chance = guess + (1.0 - guess) * logistic(grow(answer) - off);
        let observation = Observation {
            score: f64::from(u8::from(dice.chance() < chance)),
            guess,
            ..Observation::practice(0.0)
        };
        let name = format!("item-{answer}");
        student.take(
            "add",
            Some(&name),
            &observation,
            Hard { skill: SKILL, item: Estimate { mean: 0.0, variance: 0.3 } },
        );
        if band(&student, "add", SKILL, Strictness::Standard) == Band::Secure {
            return Some((answer + 1, logistic(grow(answer + 1))));
        }
    }
    None
}

#[test]
fn few_slow_learners_are_called_secure_too_early_and_who_knows_is_soon() {
    let mut dice = Dice(2);
    let mut early = 0;
    for _ in 0..2_000 {
        // From a third right to nine in ten, in about forty answers.
        let begin = -0.7 + 0.5 * dice.normal();
        let said = answers_until_secure(&mut dice, |answer| begin + 0.08 * f64::from(answer));
        early += u32::from(said.is_some_and(|(_, truth)| truth < 0.7));
    }
    let share = f64::from(early) / 2_000.0;
    assert!(share <= 0.12, "{share} of slow learners were called secure too early");

    let mut needed: Vec<u32> = (0..500)
        .map(|_| answers_until_secure(&mut dice, |_| 2.5).map_or(60, |(answers, _)| answers))
        .collect();
    needed.sort_unstable();
    assert!(needed[250] <= 11, "{} answers where it was known", needed[250]);
}

#[test]
fn placement_orders_students_as_they_are_with_twelve_questions() {
    let mut dice = Dice(3);
    let mut pairs = Vec::new();
    for _ in 0..1_000 {
        let ability = dice.normal();
        let items = bank(36, 3.0, &mut dice);
        let candidates: Vec<Candidate> = items.iter().map(|item| item.candidate.clone()).collect();
        let open = Open { skills: vec!["add".to_owned()], due: Vec::new() };
        let (mut student, mut recent) = (Student::default(), Vec::new());
        for place in 0..12 {
            let next =
                choose(&student, &candidates, &open, Purpose::Placement, &recent, (place, place + 1))[0];
            let Candidate { name, skill, hard, guess } = &candidates[next];
            let score = f64::from(u8::from(dice.chance() < truth(ability, &items[next])));
            let seen = Observation { score, questions: 1.0, weight: 1.0, guess: *guess, feedback: false };
            student.take(skill, Some(name), &seen, *hard);
            recent.push(name.clone());
        }
        pairs.push((ability, student.level_of("add", SKILL)));
    }
    let correlation = rank_correlation(&pairs);
    assert!(correlation >= 0.8, "{correlation}");
}

/// Spearman's, without ties.
fn rank_correlation(pairs: &[(f64, f64)]) -> f64 {
    let ranks = |values: Vec<f64>| {
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by(|one, other| values[*one].total_cmp(&values[*other]));
        let mut ranks = vec![0.0; values.len()];
        for (rank, index) in (0_u32..).zip(order) {
            ranks[index] = f64::from(rank);
        }
        ranks
    };
    let (one, other) =
        (ranks(pairs.iter().map(|pair| pair.0).collect()), ranks(pairs.iter().map(|pair| pair.1).collect()));
    let count = f64::from(u32::try_from(pairs.len()).unwrap());
    let apart = one.iter().zip(&other).map(|(one, other)| (one - other).powi(2)).sum::<f64>();
    1.0 - 6.0 * apart / (count * (count * count - 1.0))
}

#[test]
fn who_answers_five_questions_right_without_help_is_secure_and_who_misses_one_is_not() {
    let mut dice = Dice(4);
    let items = bank(12, 1.5, &mut dice);
    let candidates: Vec<Candidate> = items.iter().map(|item| item.candidate.clone()).collect();
    let open = Open { skills: vec!["add".to_owned()], due: Vec::new() };
    let after = |scores: [f64; 5]| {
        let (mut student, mut recent) = (Student::default(), Vec::new());
        for (place, score) in (0..).zip(scores) {
            let next = choose(&student, &candidates, &open, Purpose::Show, &recent, (place, place + 1))[0];
            let Candidate { name, skill, hard, guess } = &candidates[next];
            let seen = Observation { score, questions: 1.0, weight: 1.0, guess: *guess, feedback: false };
            student.take(skill, Some(name), &seen, *hard);
            recent.push(name.clone());
        }
        (
            band(&student, "add", SKILL, Strictness::Standard),
            student.confidence_of("add", SKILL, Strictness::Standard),
        )
    };
    assert_eq!(after([1.0; 5]).0, Band::Secure, "{:?}", after([1.0; 5]));
    assert_ne!(after([1.0, 1.0, 0.0, 1.0, 1.0]).0, Band::Secure);
}

#[test]
fn every_fourth_question_is_a_review_and_a_list_for_later_has_no_question_twice() {
    let mut dice = Dice(5);
    let mut candidates: Vec<Candidate> =
        bank(15, 1.0, &mut dice).into_iter().map(|item| item.candidate).collect();
    for candidate in candidates.iter_mut().take(5) {
        candidate.skill = "count".to_owned();
    }
    let open = Open { skills: vec!["add".to_owned()], due: vec!["count".to_owned()] };
    let chosen = choose(&Student::default(), &candidates, &open, Purpose::Practice, &[], (0, 10));
    let reviews: Vec<bool> = chosen.iter().map(|index| candidates[*index].skill == "count").collect();
    assert_eq!(reviews, [false, false, false, true, false, false, false, true, false, false]);
    let different: std::collections::BTreeSet<_> = chosen.iter().collect();
    assert_eq!(different.len(), 10);
}
