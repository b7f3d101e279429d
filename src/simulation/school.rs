//! The people of a simulated school, and how they came there.

use serde_json::{Value, json};

use super::board::{Board, Wifi};
use super::dice::Dice;
use super::student::Student;
use super::tablet::{Tablet, student_id, text};
use crate::error::{Error, Result};

/// What everybody of the staff types.
pub(super) const PASSWORD: &str = "a simulated school";
/// First names; with a number behind they are as many as are needed.
const NAMES: [&str; 12] = [
    "Amina", "Brian", "Chisomo", "Daudi", "Esnart", "Fatima", "Grace", "Hassan", "Ifeoma", "Joseph",
    "Khadija", "Limbani",
];

/// Somebody of the staff, signed in.
pub(super) struct Staff {
    pub(super) session: Option<String>,
}

/// A class with its teacher.
pub(super) struct Class {
    pub(super) id: String,
    pub(super) course: String,
    /// Skills of its course, `<pack>/<skill>`, in the author's order.
    pub(super) skills: Vec<String>,
    pub(super) teacher: Staff,
    pub(super) students: Vec<Student>,
    pub(super) tablets: Vec<Tablet>,
}

/// Everybody.
pub(super) struct School {
    pub(super) head: Staff,
    pub(super) classes: Vec<Class>,
}

impl School {
    /// Founds a school on a new box.
    pub(super) async fn found(
        board: &Board,
        classes: usize,
        students: usize,
        dice: &mut Dice,
    ) -> Result<Self> {
        let wifi = board.wifi();
        let mut head = Staff { session: None };
        let code = board.app.people.setup_code();
        let school = json!({ "code": code, "school": "Simulated School", "name": "The head", "password": PASSWORD, "language": "en" });
        ask(&wifi, "/api/v1/setup", &mut head, &school).await?;
        let courses = board.app.packs.courses();
        let courses: Vec<_> =
            courses.iter().filter(|course| course.is_for_students() && !course.skills.is_empty()).collect();
        if courses.is_empty() {
            return Err(Error::internal("No course on the box has skills."));
        }
        let mut found = Vec::new();
        for number in 0..classes {
            let course = courses[number % courses.len()];
            let skills = course.skills.iter().map(|skill| format!("{}/{}", course.id, skill.id)).collect();
            let share = students / classes + usize::from(number < students % classes);
            let mut class = Class {
                id: String::new(),
                course: course.id.clone(),
                skills,
                teacher: Staff { session: None },
                students: Vec::new(),
                tablets: Vec::new(),
            };
            class.fill(&wifi, &mut head, (number, share), dice).await?;
            found.push(class);
        }
        Ok(Self { head, classes: found })
    }
}

impl Class {
    async fn fill(
        &mut self,
        wifi: &Wifi,
        head: &mut Staff,
        (number, students): (usize, usize),
        dice: &mut Dice,
    ) -> Result<()> {
        let name = format!("Teacher {}", number + 1);
        let teacher = json!({ "name": name, "role": "teacher", "password": PASSWORD });
        ask(wifi, "/api/v1/staff", head, &teacher).await?;
        let who = json!({ "name": name, "password": PASSWORD });
        ask(wifi, "/api/v1/sign-in/staff", &mut self.teacher, &who).await?;
        let class = json!({ "name": format!("Class {}", number + 1) });
        self.id = text(&ask(wifi, "/api/v1/classes", &mut self.teacher, &class).await?["id"]);
        let rows: Vec<Value> = (0..students)
            .map(|place| json!({ "name": format!("{} {}-{}", NAMES[place % NAMES.len()], number + 1, place + 1) }))
            .collect();
        let way = format!("/api/v1/classes/{}/students", self.id);
        ask(wifi, &format!("{way}/import"), &mut self.teacher, &json!({ "rows": rows })).await?;
        let list = wifi.get(&way, &mut self.teacher.session).await.ok_or_else(no_power)?;
        for row in list.expect("the class list")?["students"].as_array().into_iter().flatten() {
            let student = student_id(&row["id"])?;
            let own = dice.of(self.students.len() as u64);
            self.students.push(Student::new(student, row["pictures"].clone(), self.course.clone(), own));
        }
        Ok(())
    }
}

/// Asks for what must be done before anything else can happen.
async fn ask(wifi: &Wifi, path: &str, who: &mut Staff, body: &Value) -> Result<Value> {
    wifi.post(path, &mut who.session, body).await.ok_or_else(no_power)?.expect(path)
}

pub(super) fn no_power() -> Error {
    Error::internal("The box had no power when it was needed.")
}
