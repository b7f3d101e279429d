//! Where somebody begins in a course, from a few answers all over it.

use std::collections::BTreeSet;

/// Of the skills up to one that went well, so many in `OF` must have gone well for the others to be taken for known.
const WELL: usize = 3;
const OF: usize = 4;

/// A skill, as placement looks at it; in the author's order.
#[derive(Clone, Debug)]
pub(in crate::mastery) struct Shown<'a> {
    /// Its id in its course.
    pub(in crate::mastery) id: &'a str,
    /// What comes first.
    pub(in crate::mastery) before: &'a [String],
    /// Whether it went better than the course in all; nothing where nothing was seen of it.
    pub(in crate::mastery) well: Option<bool>,
}

/// Which skills are taken for known: those that went well, what they build on, and those that nobody asked about on the way
/// to the last one up to which nearly all went well. Twelve answers all over a course are too few to call a skill secure,
/// and enough not to begin before it. What did not go well is never among them.
pub(in crate::mastery) fn presumed<'a>(skills: &[Shown<'a>]) -> BTreeSet<&'a str> {
    let mut known: BTreeSet<&str> = BTreeSet::new();
    let mut open: Vec<&str> =
        skills.iter().filter(|skill| skill.well == Some(true)).map(|skill| skill.id).collect();
    open.extend(skills[..reach(skills)].iter().map(|skill| skill.id));
    while let Some(id) = open.pop() {
        let Some(skill) = skills.iter().find(|skill| skill.id == id) else { continue };
        if skill.well != Some(false) && known.insert(skill.id) {
            open.extend(skill.before.iter().map(String::as_str));
        }
    }
    known
}

/// Behind the last skill that went well, as nearly all did up to there.
fn reach(skills: &[Shown]) -> usize {
    let (mut seen, mut well, mut reach) = (0, 0, 0);
    for (at, skill) in skills.iter().enumerate() {
        seen += usize::from(skill.well.is_some());
        if skill.well == Some(true) {
            well += 1;
            if well * OF >= seen * WELL {
                reach = at + 1;
            }
        }
    }
    reach
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_well_and_what_lies_on_the_way_to_it_is_taken_for_known() {
        let (none, on_a, on_b) = (Vec::new(), vec!["a".to_owned()], vec!["b".to_owned()]);
        let (yes, no) = (Some(true), Some(false));
        for (went, known) in [
            ([None; 5], vec![]),
            ([no; 5], vec![]),
            ([yes; 5], vec!["a", "b", "c", "d", "e"]),
            ([yes, None, None, None, None], vec!["a"]),
            ([None, None, yes, None, no], vec!["a", "b", "c"]),
            ([None, None, None, yes, no], vec!["a", "b", "c", "d"]),
            ([no, None, yes, None, None], vec!["b", "c"]),
            // One lucky guess at the end says nothing of what was not asked.
            ([no, no, None, None, yes], vec!["e"]),
            ([yes, yes, no, yes, None], vec!["a", "b", "d"]),
        ] {
            let before = [&none, &on_a, &on_b, &none, &none];
            let skills: Vec<Shown> = ["a", "b", "c", "d", "e"]
                .into_iter()
                .zip(before)
                .zip(went)
                .map(|((id, before), well)| Shown { id, before, well })
                .collect();
            let found: Vec<&str> = presumed(&skills).into_iter().collect();
            assert_eq!(found, known, "{went:?}");
        }
    }
}
