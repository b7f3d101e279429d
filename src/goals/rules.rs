//! What a goal may be, and how far a class is from it.

use std::collections::BTreeSet;

use super::body::Goal;
use crate::error::{Error, Result};

/// More than three things at once nobody can aim at.
pub(super) const MOST_GOALS: usize = 3;
const MOST_SKILLS: usize = 20;
/// A school year.
const LONGEST: i64 = 400;
const WEEK: f64 = 7.0;

/// Refuses a goal that nobody could reach or measure. `today` is the first day on which it may end.
///
/// # Errors
/// `goal.skills-wrong`, `goal.target-wrong`, `goal.day-wrong`.
pub(super) fn check(goal: &Goal, today: &str) -> Result<()> {
    let mut seen = BTreeSet::new();
    if !(1..=MOST_SKILLS).contains(&goal.skills.len()) || !goal.skills.iter().all(|skill| seen.insert(skill))
    {
        return Err(Error::invalid("goal.skills-wrong", "Choose between 1 and 20 skills."));
    }
    if !(1..=100).contains(&goal.target) {
        return Err(Error::invalid("goal.target-wrong", "Write a share between 1 and 100 percent."));
    }
    let days = day_number(&goal.until).zip(day_number(today));
    if !days.is_some_and(|(until, today)| (0..=LONGEST).contains(&(until - today))) {
        return Err(Error::invalid(
            "goal.day-wrong",
            "Choose a last day between today and a year from now, as in 2026-12-18.",
        ));
    }
    Ok(())
}

/// The share of what is true, from 0 to 1; nothing of nothing.
pub(super) fn share(secure: impl Iterator<Item = bool>) -> Option<f64> {
    let (mut all, mut those) = (0.0, 0.0);
    for one in secure {
        all += 1.0;
        those += f64::from(u8::from(one));
    }
    (all > 0.0).then(|| those / all)
}

/// Tenths of a percent, rounded down: what is not quite reached is not told as reached.
pub(super) fn tenths(share: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share is from 0 to 1")]
    let tenths = (share * 1_000.0 + 1e-9).floor() as u32;
    tenths
}

/// How far a class is from a goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Progress {
    /// What each week must bring until the last day, in tenths of a percentage point, rounded up; 0 once it is reached.
    /// Nothing without students, and when it is over.
    pub(super) needed_per_week: Option<u32>,
    /// Reached, or as far as a steady pace from the first day to the last would be. Nothing without students.
    pub(super) on_track: Option<bool>,
    /// The last day has passed.
    pub(super) over: bool,
}

/// How far a class is from a goal `today`, where `share` of it is secure. Today counts among the days that are left.
pub(super) fn progress(goal: &Goal, share: Option<f64>, today: &str) -> Progress {
    let day = |text: &str| day_number(text).unwrap_or(0);
    let (from, until, today) = (day(&goal.from), day(&goal.until), day(today));
    let over = today > until;
    let Some(share) = share else { return Progress { needed_per_week: None, on_track: None, over } };
    let now = f64::from(tenths(share)) / 10.0;
    let (start, target) = (f64::from(goal.start) / 10.0, f64::from(goal.target));
    let missing = (target - now).max(0.0);
    let gone = if over { 1.0 } else { days(today - from) / days((until - from).max(1)) };
    let expected = start + (target - start).max(0.0) * gone;
    let weeks = days(until - today + 1) / WEEK;
    Progress {
        needed_per_week: (!over).then(|| up_to_tenths(missing / weeks.max(1.0 / WEEK))),
        on_track: Some(now >= target || (!over && now >= expected)),
        over,
    }
}

fn days(count: i64) -> f64 {
    i32::try_from(count).map_or(0.0, f64::from)
}

fn up_to_tenths(points: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 700 points")]
    let tenths = (points * 10.0 - 1e-9).ceil() as u32;
    tenths
}

/// The days from 1970 to a day such as `2026-11-25`; nothing for what is no day. The calendar arithmetic is that of Howard
/// Hinnant, "chrono-compatible low-level date algorithms", `days_from_civil`.
fn day_number(day: &str) -> Option<i64> {
    let number = |text: &str, digits: usize| -> Option<i64> {
        (text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
    };
    let mut parts = day.split('-');
    let (year, month, day) =
        (number(parts.next()?, 4)?, number(parts.next()?, 2)?, number(parts.next()?, 2)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if parts.next().is_some() || !(1..=length).contains(&day) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    Some(era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 80 % by 18 December, set on 20 November, when 20 % were secure: four weeks.
    fn goal() -> Goal {
        Goal {
            skills: vec!["numbers/tens".into()],
            target: 80,
            from: "2026-11-20".into(),
            until: "2026-12-18".into(),
            start: 200,
        }
    }

    #[test]
    fn progress_is_the_one_that_was_worked_out_by_hand() {
        // A class of 40; in tenths. 4 weeks and a day from the first day to the end of the last.
        for (secure, today, needed, on_track, over) in [
            (8, "2026-11-20", Some(145), true, false), // 60 points in 29 days: 14.48 a week
            (16, "2026-12-04", Some(187), false, false), // half the time, 40 of 50 %: 40 points in 15 days
            (20, "2026-12-04", Some(140), true, false), // 30 points in 15 days
            (31, "2026-12-18", Some(175), false, false), // 77.5 %: 2.5 points on the last day
            (32, "2026-12-10", Some(0), true, false),
            (32, "2026-12-19", None, true, true),
            (31, "2026-12-19", None, false, true),
        ] {
            let share = f64::from(secure) / 40.0;
            let progress = progress(&goal(), Some(share), today);
            assert_eq!(
                (progress.needed_per_week, progress.on_track, progress.over),
                (needed, Some(on_track), over),
                "{secure} on {today}"
            );
        }
        let empty = progress(&goal(), None, "2026-12-01");
        assert_eq!((empty.needed_per_week, empty.on_track), (None, None));
        // Already past it when it was set: it is on its way all the time.
        let high = Goal { start: 900, ..goal() };
        assert_eq!(progress(&high, Some(0.85), "2026-12-01").on_track, Some(true));
    }

    #[test]
    fn shares_are_counted_over_students_and_skills_and_rounded_down() {
        assert_eq!(share([true, false, true].into_iter()).map(tenths), Some(666));
        assert_eq!(share([true; 7].into_iter()).map(tenths), Some(1_000));
        assert_eq!(share(std::iter::empty()), None);
    }

    #[test]
    fn what_nobody_could_reach_is_refused() {
        type Spoil = fn(&mut Goal);
        assert!(check(&goal(), "2026-12-18").is_ok());
        let table: [(Spoil, &str); 8] = [
            (|goal| goal.skills.clear(), "goal.skills-wrong"),
            (|goal| goal.skills.push("numbers/tens".into()), "goal.skills-wrong"),
            (|goal| goal.target = 0, "goal.target-wrong"),
            (|goal| goal.target = 101, "goal.target-wrong"),
            (|goal| goal.until = "2026-11-19".into(), "goal.day-wrong"),
            (|goal| goal.until = "2026-02-29".into(), "goal.day-wrong"),
            (|goal| goal.until = "2028-01-01".into(), "goal.day-wrong"),
            (|goal| goal.until = "soon".into(), "goal.day-wrong"),
        ];
        for (spoil, code) in table {
            let mut spoiled = goal();
            spoil(&mut spoiled);
            assert_eq!(check(&spoiled, "2026-11-20").unwrap_err().code, code);
        }
    }

    #[test]
    fn days_are_counted_as_the_calendar_does() {
        for (day, number) in
            [("1970-01-01", 0), ("2000-02-29", 11_016), ("2000-03-01", 11_017), ("2026-11-25", 20_782)]
        {
            assert_eq!(day_number(day), Some(number), "{day}");
            assert_eq!(crate::clock::date(u64::try_from(number).unwrap() * 86_400_000), day);
        }
    }
}
