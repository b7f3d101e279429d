//! The shape of lessons and skills: something for the room, a check at the end, more than one way to learn.

use std::collections::BTreeSet;

use super::findings::Findings;
use super::pack::Pack;
use super::questions::Asked;
use crate::packs::{ActivityKind, Lesson, Skill};

const HERE: &str = "outline.json";
/// Minutes of the longest lesson: what a school hour leaves, and about as long as a child of ten stays with one thing.
const LONGEST_LESSON: u32 = 40;
/// Questions that a skill needs, so that a second try is not the first one again.
const FEWEST_QUESTIONS: usize = 12;
/// A template gives other numbers each time; three of them make a bank.
const QUESTIONS_OF_TEMPLATE: usize = 4;
/// Of a hundred questions so many may be single choice: the rest asks for more than knowing an answer by sight.
const MOST_SINGLE: usize = 60;
/// Ways to learn that a skill should offer, so that a child can choose.
const FEWEST_WAYS: usize = 2;

/// Looks at lessons, and at the questions of each skill. A wrapped file has no skills, and none of this is asked of it.
pub(super) fn look(pack: &Pack, asked: &[Asked], findings: &mut Findings) {
    if pack.skills.is_empty() {
        return;
    }
    if pack.is_for_students() {
        for lesson in pack.lessons() {
            shape(pack, lesson, findings);
        }
    }
    let in_lessons: BTreeSet<&str> = pack
        .activities()
        .flat_map(|(_, activity)| activity.items.iter().map(|reference| reference.item.as_str()))
        .collect();
    for skill in &pack.skills {
        let own: Vec<&Asked> = asked.iter().filter(|asked| asked.skills.contains(&skill.id)).collect();
        practice(skill, &own, &in_lessons, findings);
        ways(pack, skill, findings);
    }
    let single = asked.iter().filter(|asked| asked.kind == "single").count();
    if single * 100 > asked.len() * MOST_SINGLE {
        let message = format!(
            "{single} of {} questions are single choice; ask more of them in other ways.",
            asked.len()
        );
        findings.say("W-203", "items", message);
    }
}

fn shape(pack: &Pack, lesson: &Lesson, findings: &mut Findings) {
    let id = &lesson.id;
    let of_skill = pack.skills.iter().filter(|skill| lesson.skills.contains(&skill.id));
    let has_part =
        lesson.off_tablet.is_some() || of_skill.into_iter().any(|skill| skill.off_tablet.is_some());
    if !has_part {
        findings.say(
            "W-210",
            HERE,
            format!("the lesson {id} has no part without a tablet; add `offTablet`."),
        );
    }
    if lesson.minutes > LONGEST_LESSON {
        let message = format!(
            "the lesson {id} takes {} minutes; split it into lessons of at most {LONGEST_LESSON}.",
            lesson.minutes
        );
        findings.say("W-210", HERE, message);
    }
    if !lesson.activities.iter().any(|activity| activity.kind == ActivityKind::Check) {
        findings.say(
            "W-210",
            HERE,
            format!("the lesson {id} does not end with a `check`; add three to six questions."),
        );
    }
}

fn practice(skill: &Skill, own: &[&Asked], in_lessons: &BTreeSet<&str>, findings: &mut Findings) {
    let id = &skill.id;
    if !own.iter().any(|asked| in_lessons.contains(asked.id.as_str())) {
        let message = format!("the skill {id} is never practised; ask a question about it in a lesson.");
        findings.say("E-103", "skills.json", message);
        return;
    }
    let templates = own.iter().filter(|asked| asked.is_template).count();
    let plain = own.len() - templates;
    if plain + templates * QUESTIONS_OF_TEMPLATE < FEWEST_QUESTIONS {
        let message = format!(
            "the skill {id} has {plain} questions and {templates} templates; write at least {FEWEST_QUESTIONS}, a template counts for {QUESTIONS_OF_TEMPLATE}."
        );
        findings.say("W-203", "skills.json", message);
    }
    if !own.iter().any(|asked| asked.mean < 0.0) {
        let message =
            format!("the skill {id} has no question easier than medium; write some that give courage.");
        findings.say("W-203", "skills.json", message);
    }
}

/// Reading, watching, listening, an example, something to do on the tablet or in the room.
fn ways(pack: &Pack, skill: &Skill, findings: &mut Findings) {
    use ActivityKind::{App, Audio, Book, Check, Document, Example, Page, Picture, Practice, Video};
    let lessons = || pack.lessons().filter(|lesson| lesson.skills.contains(&skill.id));
    let of_activities =
        lessons().flat_map(|lesson| &lesson.activities).filter_map(|activity| match activity.kind {
            Page | Book | Document => Some("read"),
            Video | Picture => Some("watch"),
            Audio => Some("listen"),
            Example => Some("example"),
            App => Some("use"),
            Practice | Check => None,
        });
    let in_room = skill.off_tablet.is_some() || lessons().any(|lesson| lesson.off_tablet.is_some());
    let ways: BTreeSet<&str> = of_activities.chain(in_room.then_some("room")).collect();
    if ways.len() < FEWEST_WAYS {
        let message = format!(
            "the skill {} can be learned in one way only; add an example, a sound, or something to do.",
            skill.id
        );
        findings.say("W-204", "skills.json", message);
    }
}
