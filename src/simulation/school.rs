//! The people of a simulated school, and how they came there.

use serde_json::{Value, json};

use super::board::{Board, Method, Wifi};
use super::dice::Dice;
use super::student::Student;
use super::tablet::{Tablet, student_id, text};
use crate::error::{Error, Result};

/// What everybody of the staff types.
const PASSWORD: &str = "a simulated school";
const HEAD: &str = "The head";
/// First names; with a number behind they are as many as are needed.
const NAMES: [&str; 12] = [
    "Amina", "Brian", "Chisomo", "Daudi", "Esnart", "Fatima", "Grace", "Hassan", "Ifeoma", "Joseph",
    "Khadija", "Limbani",
];

/// Somebody of the staff.
pub(super) struct Staff {
    name: String,
    pub(super) session: Option<String>,
}

impl Staff {
    pub(super) fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), session: None }
    }

    /// The head of every simulated school.
    pub(super) fn head() -> Self {
        Self::named(HEAD)
    }

    /// Asks for what must be had, and signs in before where the last sign-in has run out.
    pub(super) async fn ask(
        &mut self,
        wifi: &Wifi,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Value> {
        let answer = wifi.ask(method.clone(), path, &mut self.session, body).await.ok_or_else(no_power)?;
        if answer.status != 401 {
            return answer.expect(path);
        }
        let who = json!({ "name": self.name, "password": PASSWORD });
        let signed_in = wifi.post("/api/v1/sign-in/staff", &mut self.session, &who).await;
        signed_in.ok_or_else(no_power)?.expect("signing in")?;
        wifi.ask(method, path, &mut self.session, body).await.ok_or_else(no_power)?.expect(path)
    }

    /// As [`Staff::ask`], to look at something.
    pub(super) async fn see(&mut self, wifi: &Wifi, path: &str) -> Result<Value> {
        self.ask(wifi, Method::GET, path, None).await
    }

    async fn bring(&mut self, wifi: &Wifi, path: &str, body: &Value) -> Result<Value> {
        self.ask(wifi, Method::POST, path, Some(body)).await
    }
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
        let mut head = Staff::head();
        let code = board.app.people.setup_code();
        let school = json!({ "code": code, "school": "Simulated School", "name": HEAD, "password": PASSWORD, "language": "en" });
        head.bring(&wifi, "/api/v1/setup", &school).await?;
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
                teacher: Staff::named(format!("Teacher {}", number + 1)),
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
        let teacher = json!({ "name": self.teacher.name, "role": "teacher", "password": PASSWORD });
        head.bring(wifi, "/api/v1/staff", &teacher).await?;
        let class = json!({ "name": format!("Class {}", number + 1) });
        self.id = text(&self.teacher.bring(wifi, "/api/v1/classes", &class).await?["id"]);
        let rows: Vec<Value> = (0..students)
            .map(|place| json!({ "name": format!("{} {}-{}", NAMES[place % NAMES.len()], number + 1, place + 1) }))
            .collect();
        let way = format!("/api/v1/classes/{}/students", self.id);
        self.teacher.bring(wifi, &format!("{way}/import"), &json!({ "rows": rows })).await?;
        let list = self.teacher.see(wifi, &way).await?;
        for row in list["students"].as_array().into_iter().flatten() {
            let student = student_id(&row["id"])?;
            let own = dice.of(self.students.len() as u64);
            self.students.push(Student::new(student, row["pictures"].clone(), self.course.clone(), own));
        }
        Ok(())
    }
}

pub(super) fn no_power() -> Error {
    Error::internal("The box had no power when it was needed.")
}
