//! A district: many made-up schools, each on its own box, and one hub. Some have a line that often fails, the others only a stick that
//! somebody carries on Fridays. At the end the hub must have what the schools have, and no name.

use std::path::Path;

use super::board::Board;
use super::day::{Days, Figures};
use super::dice::Dice;
use super::ledger::Ledger;
use super::school::School;
use super::tablet::Tablet;
use super::year::{DAY, FIRST_DAY, calendar_day};
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::hub::Hub;
use crate::journal::{self, EntryKind};
use crate::sync::Link;

/// Every so many schools have no line.
const ONE_IN: usize = 4;
/// How often a request, or its answer, is lost on the way.
const LOST: f64 = 0.15;
/// Of a class.
const TABLETS: usize = 5;

/// What kind of district, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct DistrictPlan {
    /// The same seed gives the same people, days and luck.
    pub seed: u64,
    /// How many schools there are.
    pub schools: usize,
    /// Students of each, in one class.
    pub students: usize,
    /// School days, five a week.
    pub days: usize,
    /// Questions that a student answers on a day.
    pub questions: usize,
}

/// What one school and the hub have at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    /// The school's name.
    pub school: String,
    /// Whether it has only a stick.
    pub by_stick: bool,
    /// Answers in its journal.
    pub here: u64,
    /// Answers that the hub counts.
    pub at_hub: u64,
}

/// How it ended.
#[derive(Clone, Debug)]
pub struct DistrictOutcome {
    /// Each school.
    pub totals: Vec<Totals>,
    /// Files of the hub, and of the sticks, that hold somebody's name.
    pub names_in: Vec<String>,
    /// Power cuts.
    pub cuts: usize,
}

impl DistrictOutcome {
    /// Whether everything is as it must be.
    pub fn is_sound(&self) -> bool {
        self.names_in.is_empty() && self.totals.iter().all(|one| one.here == one.at_hub && one.here > 0)
    }
}

/// Lets a district work in an empty directory, one school after the other. `tell` hears of each school that is done.
///
/// # Errors
/// When a box or the hub fails where it must not; what is merely wrong stands in the outcome.
pub async fn simulate_district(
    plan: DistrictPlan,
    directory: &Path,
    tell: impl Fn(usize),
) -> Result<DistrictOutcome> {
    let mut dice = Dice::new(plan.seed);
    let (clock, hands) = Clock::by_hand(FIRST_DAY);
    let hub_folder = directory.join("hub");
    std::fs::create_dir_all(&hub_folder)?;
    let hub = Hub::open(&hub_folder, clock)?;
    let mut outcome = DistrictOutcome { totals: Vec::new(), names_in: Vec::new(), cuts: 0 };
    let mut names = Vec::new();
    for number in 0..plan.schools {
        hands.set_wall(FIRST_DAY);
        let one = OneSchool {
            name: format!("School {}", number + 1),
            by_stick: number % ONE_IN == 0,
            hub: &hub,
            hands: &hands,
            folder: directory.join(format!("school-{}", number + 1)),
            dice: dice.of(number as u64),
        };
        let (totals, people, figures) = one.work(&plan).await?;
        outcome.totals.push(totals);
        outcome.cuts += figures.cuts;
        names.extend(people);
        tell(number + 1);
    }
    for school in hub.schools().await? {
        let of = outcome.totals.iter_mut().filter(|one| one.school == school.name);
        of.for_each(|one| one.at_hub = school.answers);
    }
    drop(hub);
    look_for(&names, &hub_folder, &mut outcome.names_in)?;
    for number in 0..plan.schools {
        look_for(&names, &directory.join(format!("school-{}/stick", number + 1)), &mut outcome.names_in)?;
    }
    Ok(outcome)
}

struct OneSchool<'a> {
    name: String,
    by_stick: bool,
    hub: &'a Hub,
    hands: &'a crate::clock::Hands,
    folder: std::path::PathBuf,
    dice: Dice,
}

impl OneSchool<'_> {
    async fn work(mut self, plan: &DistrictPlan) -> Result<(Totals, Vec<String>, Figures)> {
        let data = self.folder.join("box");
        let stick = self.folder.join("stick");
        std::fs::create_dir_all(&stick)?;
        let mut board = Board::wake(&data, FIRST_DAY)?;
        let mut school = School::found(&board, 1, plan.students, &mut self.dice).await?;
        for class in &mut school.classes {
            class.tablets = (0..TABLETS as u64).map(|place| Tablet::new(place, self.dice.of(1))).collect();
        }
        self.enrol(&board).await?;
        let mut days = Days {
            data: &data,
            tablets: TABLETS,
            questions: plan.questions,
            ledger: Ledger::default(),
            figures: Figures::default(),
            dice: self.dice.of(0),
        };
        for day in 0..plan.days {
            let midnight = FIRST_DAY + calendar_day(day) * DAY;
            board = days.pass(board, &mut school.classes, (day, midnight)).await?;
            self.hands.set_wall(midnight + DAY / 2);
            match (self.by_stick, day % 5) {
                (false, _) => self.try_line(&board, 3).await?,
                (true, 4) => self.carry(&board, &stick).await?,
                (true, _) => {}
            }
        }
        let evening = FIRST_DAY + calendar_day(plan.days) * DAY;
        board.hands.set_wall(evening);
        self.hands.set_wall(evening);
        for tablet in school.classes.iter_mut().flat_map(|class| &mut class.tablets) {
            tablet.deliver(&board.wifi(), &board.app).await?;
        }
        if self.by_stick {
            self.carry(&board, &stick).await?;
        } else {
            self.try_line(&board, 1_000).await?;
        }
        let people = names_of(&board);
        let here = board.app.journal.read(count_answers).await?;
        board.go_dark().await?;
        let totals = Totals { school: self.name, by_stick: self.by_stick, here, at_hub: 0 };
        Ok((totals, people, days.figures))
    }

    async fn enrol(&self, board: &Board) -> Result<()> {
        let code = self.hub.invite(&self.name).await?;
        let sync = &board.app.sync;
        let admission = self.hub.admit(&code, sync.key(), &self.name).await?;
        sync.set_link(&Link::new("http://hub", admission.school, &admission.name, &admission.hub)).await
    }

    /// Rounds over a line that loses some, until nothing is left to say or so many were tried.
    async fn try_line(&mut self, board: &Board, most: usize) -> Result<()> {
        let sync = &board.app.sync;
        let link = sync.link()?.ok_or_else(|| Error::internal("A school of the district has no hub."))?;
        for _ in 0..most {
            let request = sync.request(&link).await?;
            if self.dice.chance() < LOST {
                continue;
            }
            let answer = match self.hub.exchange(&request.body).await {
                Ok(answer) => answer,
                // A box that was switched off in the meantime asks what the hub counts from.
                Err(error) => {
                    sync.fail(&link, &error).await?;
                    continue;
                }
            };
            if self.dice.chance() < LOST {
                continue;
            }
            if !sync.take(&link, &request, &answer).await?.more {
                break;
            }
        }
        Ok(())
    }

    /// Somebody takes the stick to the district; it is back on Monday.
    async fn carry(&self, board: &Board, stick: &Path) -> Result<()> {
        board.app.sync.exchange_with_stick(stick).await?;
        self.hub.visit(stick).await?;
        Ok(())
    }
}

fn names_of(board: &Board) -> Vec<String> {
    let directory = board.app.people.directory();
    let students = directory.students().map(|student| student.name.clone());
    students.collect()
}

fn count_answers(connection: &rusqlite::Connection) -> Result<u64> {
    let mut count = 0;
    journal::each(connection, |entry| count += u64::from(entry.kind == EntryKind::ANSWER))?;
    Ok(count)
}

/// Files below a folder that hold one of the names.
fn look_for(names: &[String], folder: &Path, found: &mut Vec<String>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            look_for(names, &path, found)?;
            continue;
        }
        let bytes = std::fs::read(&path)?;
        let holds = |name: &&String| bytes.windows(name.len()).any(|part| part == name.as_bytes());
        if let Some(name) = names.iter().find(holds) {
            found.push(format!("{}: {name}", path.display()));
        }
    }
    Ok(())
}
