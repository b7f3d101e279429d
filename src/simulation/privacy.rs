//! What nobody may see who has no business with it, asked for by those who have none.

use serde_json::{Value, json};

use super::board::Wifi;
use super::school::{School, no_power};
use super::tablet::text;
use crate::error::Result;

/// What was asked for and refused, and what was not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// How many were refused.
    pub refused: usize,
    /// What was shown that should not be.
    pub shown: Vec<String>,
}

impl Asked {
    async fn try_to_see(
        &mut self,
        wifi: &Wifi,
        who: &str,
        session: &mut Option<String>,
        path: &str,
    ) -> Result<()> {
        let answer = wifi.get(path, session).await.ok_or_else(no_power)?;
        if [401, 403, 404].contains(&answer.status) {
            self.refused += 1;
        } else {
            self.shown.push(format!("{who} got {} for {path}", answer.status));
        }
        Ok(())
    }
}

/// Tries of a student, of another class's teacher, and of a stranger, in every class; and what a family's code shows.
pub(super) async fn look_around(
    wifi: &Wifi,
    school: &mut School,
    names: &[(String, String)],
) -> Result<Asked> {
    let mut asked = Asked::default();
    for number in 0..school.classes.len() {
        let class = &school.classes[number];
        let Some((first, other)) = class.students.first().zip(class.students.last()) else { continue };
        let of_other = of_student(&other.id.to_string(), &class.skills[0]);
        let of_class = of_class(&class.id);
        let (first, me, pictures) = (first.id.to_string(), first.id, first.pictures.clone());
        let mut student = None;
        let who = json!({ "student": me, "pictures": pictures, "client": "fedcba9876543210" });
        let signed_in = wifi.post("/api/v1/sign-in/pictures", &mut student, &who).await;
        signed_in.ok_or_else(no_power)?.expect("signing in to look around")?;
        for path in of_other.iter().chain(&of_class) {
            asked.try_to_see(wifi, "a student", &mut student, path).await?;
            asked.try_to_see(wifi, "a stranger", &mut None, path).await?;
        }
        let strangers = (number + 1) % school.classes.len();
        if strangers != number {
            let teacher = &mut school.classes[strangers].teacher;
            // Signed in, or a refusal would say nothing.
            teacher.see(wifi, "/api/v1/me").await?;
            let teacher = &mut teacher.session;
            for path in of_other.iter().chain(&of_class) {
                asked.try_to_see(wifi, "another class's teacher", teacher, path).await?;
            }
        }
        look_with_code(wifi, school, number, &first, names, &mut asked).await?;
    }
    Ok(asked)
}

/// A family's code shows one child and no other.
async fn look_with_code(
    wifi: &Wifi,
    school: &mut School,
    class: usize,
    child: &str,
    names: &[(String, String)],
    asked: &mut Asked,
) -> Result<()> {
    let teacher = &mut school.classes[class].teacher;
    let code = text(&teacher.see(wifi, &format!("/api/v1/students/{child}/report")).await?["code"]);
    let card = wifi.post("/api/v1/family", &mut None, &json!({ "code": code })).await.ok_or_else(no_power)?;
    let card: Value = card.expect("a family's page")?;
    let told = card.to_string();
    let others = names
        .iter()
        .filter(|(id, name)| id != child && (told.contains(id) || told.contains(&format!("\"{name}\""))));
    let others = others.count();
    if others == 0 {
        asked.refused += 1;
    } else {
        asked.shown.push(format!("a family's page names {others} other children"));
    }
    Ok(())
}

fn of_student(student: &str, skill: &str) -> Vec<String> {
    let (course, skill) = skill.rsplit_once('/').unwrap_or_default();
    vec![
        format!("/api/v1/students/{student}/skills/{course}/{skill}"),
        format!("/api/v1/students/{student}/report"),
    ]
}

fn of_class(class: &str) -> Vec<String> {
    [
        "students",
        "badges",
        "skills",
        "checks",
        "attendance",
        "plans",
        "goals",
        "tomorrow",
        "coverage",
        "gradebook.csv",
        "checks.csv",
        "sheet?course=org.schoolhouse.numbers&skills=tens-and-ones&count=5&number=1",
        "live",
    ]
    .map(|page| format!("/api/v1/classes/{class}/{page}"))
    .to_vec()
}
