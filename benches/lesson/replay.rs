//! A million answers, rated again: as a table, and out of a journal.

use std::io::Write;
use std::path::Path;
use std::time::Instant;

use schoolhouse::app::{App, Start};
use schoolhouse::db::Urgency;
use schoolhouse::evidence::{Answer, SkillShare, Spot};
use schoolhouse::files::DataDir;
use schoolhouse::ids::StudentId;
use schoolhouse::journal::{Draft, EntryKind};
use schoolhouse::mastery::Replay;
use schoolhouse::web::Stop;

const ANSWERS: u64 = 1_000_000;
const STUDENTS: u64 = 300;
const SKILLS: u64 = 40;
const ITEMS: u64 = 1_500;

pub(crate) fn measure(data: &Path) {
    let mut table = b"student,skill,item,score\n".to_vec();
    for number in 0..ANSWERS {
        let (student, skill, item, right) = mixed(number);
        writeln!(table, "{student},s{skill},i{item},{right}").expect("memory");
    }
    let begun = Instant::now();
    let mut sum = 0.0;
    let taken = Replay::default().run(&*table, |expected| {
        sum += expected;
        Ok(())
    });
    taken.expect("the table");
    println!(
        "a table of a million answers, difficulties learned: {:.2} s (mean {:.3})",
        begun.elapsed().as_secs_f64(),
        sum / ANSWERS as f64
    );

    let app = fill(data);
    let students: Vec<StudentId> = (0..STUDENTS).map(student).collect();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let begun = Instant::now();
    let records = runtime.block_on(app.mastery.records(&students)).expect("the records");
    let seen: f64 =
        records.iter().map(|record| record.learner().student().skill("org.example/s0").seen).sum();
    println!(
        "a million answers of {STUDENTS} students out of the journal: {:.2} s ({seen} in one skill)",
        begun.elapsed().as_secs_f64()
    );
}

/// Numbers that look random (Knuth's multiplicative hash).
fn mixed(number: u64) -> (u64, u64, u64, u64) {
    let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((mixed >> 40) % STUDENTS, (mixed >> 30) % SKILLS, (mixed >> 20) % ITEMS, (mixed >> 50) % 2)
}

fn student(number: u64) -> StudentId {
    StudentId(u128::from(number).to_be_bytes())
}

fn fill(data: &Path) -> App {
    let (_stop, stopping) = Stop::new();
    let app = App::open(Start::offline(DataDir::open(data).expect("a directory"), stopping)).expect("an app");
    for from in (0..ANSWERS).step_by(10_000) {
        let write = move |stage: &mut schoolhouse::journal::Stage| {
            (from..from + 10_000)
                .try_for_each(|number| stage.append(Draft::new(EntryKind::ANSWER, &answer(number))).map(drop))
        };
        app.journal.write_blocking(Urgency::Now, write).expect("the disk");
    }
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(app.journal.fold(Urgency::Now)).expect("the views");
    app
}

fn answer(number: u64) -> Answer {
    let (of, skill, item, right) = mixed(number);
    Answer {
        student: student(of),
        spot: Spot {
            course: "org.example".to_owned(),
            lesson: "~practice".to_owned(),
            activity: "~all".to_owned(),
            run: 1,
        },
        place: u32::try_from(number).expect("a small number"),
        item: format!("i{item}"),
        item_version: 1,
        seed: number,
        response: b"7".to_vec(),
        score: if right == 1 { 1_000 } else { 0 },
        marked: true,
        tablet_score: None,
        guess: 0,
        skills: vec![SkillShare { id: format!("s{skill}"), weight: 1_000 }],
        check: false,
        milliseconds: 5_000,
        hints: 0,
        tries: 1,
        ago: 0,
        pack_version: "1.0.0".to_owned(),
        pack_hash: [0; 8],
        difficulty: None,
        partner: None,
    }
}
