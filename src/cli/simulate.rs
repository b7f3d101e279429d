//! `schoolhouse simulate`: a school year in minutes, held against a ledger.

use std::path::{Path, PathBuf};

use super::{print, runtime};
use crate::error::{Error, Result};
use crate::ids::{random_bytes, to_hex};
use crate::sample;
use crate::simulation::{
    DistrictOutcome, DistrictPlan, Figures, Lost, Outcome, Plan, Totals, simulate, simulate_district,
};

/// The made-up school. Without settings, the year of 300 students.
#[derive(clap::Args)]
pub(super) struct Simulate {
    /// The same seed gives the same people, days and luck
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Students of the school
    #[arg(long, default_value_t = 300)]
    students: usize,
    /// Classes, each with a teacher
    #[arg(long, default_value_t = 8)]
    classes: usize,
    /// School days, five a week
    #[arg(long, default_value_t = 190)]
    days: usize,
    /// Tablets of each class, which its students use one after the other
    #[arg(long, default_value_t = 10)]
    tablets: usize,
    /// Questions that a student answers on a day
    #[arg(long, default_value_t = 6)]
    questions: usize,
    /// A district of so many schools and a hub, instead of one school; the numbers of students are then of each
    #[arg(long)]
    schools: Option<usize>,
    /// Keep the box in this new directory; without it nothing stays
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
}

/// Lets the year pass and says how it ended.
///
/// # Errors
/// When something was lost, differs, or was shown to somebody who may not see it.
pub(super) fn run(wanted: &Simulate) -> Result<()> {
    let Simulate { seed, students, classes, days, tablets, questions, schools, .. } = *wanted;
    if let Some(schools) = schools {
        return run_district(DistrictPlan { seed, schools, students, days, questions }, wanted);
    }
    let plan = Plan { seed, students, classes, days, tablets, questions };
    let directory = directory_of(wanted)?;
    let bar = indicatif::ProgressBar::new(days as u64);
    let outcome = runtime()?.block_on(simulate(plan, &directory, |day| bar.set_position(day as u64)));
    bar.finish_and_clear();
    if wanted.keep.is_none() {
        sample::throw_away(&directory);
    }
    let outcome = outcome?;
    print(&told(&plan, &outcome));
    if outcome.is_sound() {
        return Ok(());
    }
    let sentence =
        format!("The year is not as it must be. Run it again with --seed {seed} --keep DIR and look there.");
    Err(Error::internal(sentence))
}

fn run_district(plan: DistrictPlan, wanted: &Simulate) -> Result<()> {
    let directory = directory_of(wanted)?;
    let bar = indicatif::ProgressBar::new(plan.schools as u64);
    let outcome =
        runtime()?.block_on(simulate_district(plan, &directory, |done| bar.set_position(done as u64)));
    bar.finish_and_clear();
    if wanted.keep.is_none() {
        sample::throw_away(&directory);
    }
    let outcome = outcome?;
    print(&told_of_district(&plan, &outcome));
    if outcome.is_sound() {
        return Ok(());
    }
    let sentence = format!(
        "The hub has not what the schools have. Run it again with --seed {} --keep DIR and look there.",
        plan.seed
    );
    Err(Error::internal(sentence))
}

fn told_of_district(plan: &DistrictPlan, outcome: &DistrictOutcome) -> String {
    let DistrictPlan { seed, schools, students, days, .. } = plan;
    let by_stick = outcome.totals.iter().filter(|one| one.by_stick).count();
    let sum = |of: fn(&Totals) -> u64| outcome.totals.iter().map(of).sum::<u64>();
    let (here, at_hub) = (sum(|one| one.here), sum(|one| one.at_hub));
    let differing = outcome.totals.iter().filter(|one| one.here != one.at_hub);
    let mut lines = vec![
        format!(
            "{schools} schools of {students} students, {by_stick} of them with a stick alone, {days} school days, {} power cuts; seed {seed}",
            outcome.cuts
        ),
        format!("answers at the schools {here}, at the hub {at_hub}"),
        format!("names at the hub and on sticks: {}", outcome.names_in.len()),
    ];
    lines.extend(
        differing.map(|one| format!("  {}: {} there, {} at the hub", one.school, one.here, one.at_hub)),
    );
    lines.extend(outcome.names_in.iter().map(|found| format!("  {found}")));
    lines.join("\n")
}

fn directory_of(wanted: &Simulate) -> Result<PathBuf> {
    match &wanted.keep {
        Some(directory) => new_directory(directory),
        None => Ok(std::env::temp_dir().join(format!("schoolhouse-year-{}", to_hex(&random_bytes::<8>()?)))),
    }
}

fn new_directory(directory: &Path) -> Result<PathBuf> {
    if directory.exists() {
        let sentence = format!("{} is there already. Name a directory that is not.", directory.display());
        return Err(Error::invalid("simulation.not-new", sentence));
    }
    Ok(directory.to_owned())
}

fn told(plan: &Plan, outcome: &Outcome) -> String {
    let Lost { missing, doubled, changed } = outcome.lost;
    let (asked, chances) = outcome.figures.asked;
    let (secure, wrong) = outcome.secure;
    let share = |part: f64, of: f64| if of > 0.0 { 100.0 * part / of } else { 0.0 };
    #[expect(clippy::cast_precision_loss, reason = "counts for a person to read")]
    let wrong_share = share(wrong as f64, secure as f64);
    let same = |is: bool| if is { "the same" } else { "NOT THE SAME" };
    let Figures { days, cuts, absences, .. } = outcome.figures;
    let Plan { students, classes, tablets, seed, .. } = *plan;
    let privacy = (outcome.privacy.refused, outcome.privacy.shown.len());
    let rows = [
        (
            "answers on tablets",
            format!("{}: {missing} lost, {doubled} twice, {changed} changed", outcome.given),
        ),
        ("scores by teachers", format!("{}: {} lost", outcome.written, outcome.scores_lost)),
        ("views made anew", same(outcome.same_anew).to_owned()),
        ("on another box", same(outcome.same_elsewhere).to_owned()),
        ("nobody's business", format!("{} refused, {} shown", privacy.0, privacy.1)),
        ("questions chosen", format!("{:.0} % right on skill level", share(chances, f64::from(asked)))),
        ("called secure", format!("{secure}: {wrong_share:.1} % are not")),
    ];
    let mut lines = vec![format!(
        "{students} students, {classes} classes with {tablets} tablets each, {days} school days, {cuts} power cuts, {absences} days away; seed {seed}"
    )];
    lines.extend(rows.iter().map(|(what, told)| format!("{what:<20}{told}")));
    lines.extend(outcome.privacy.shown.iter().map(|shown| format!("  {shown}")));
    lines.join("\n")
}
