//! Classes and the students in them: made, named, filled from lists, taken apart.

pub(super) mod routes;
mod rules;

use super::directory::{Class, Directory, Student};
use super::school::language;
use super::{People, class_unknown, name, store};
use crate::db::Urgency;
use crate::error::{Error, Result};
use crate::ids::{ClassId, StaffId, StudentId};
use crate::journal::{Stage, Value};
use rules::{Checked, Known, Row, check_rows, clean_school_id, read_list};

/// A student to be added.
#[derive(Clone, Debug, Default)]
pub struct NewStudent {
    /// The name to show.
    pub name: String,
    /// The number that the school gave; empty for none.
    pub school_id: String,
    /// The language of their screens; empty for the school's.
    pub language: String,
    /// A student who is at the school already and joins the class.
    pub existing: Option<StudentId>,
}

/// What a teacher may change of a student.
#[derive(Default)]
struct StudentChanges {
    name: Option<String>,
    avatar: Option<String>,
    school_id: Option<String>,
    language: Option<String>,
}

impl People {
    /// Adds a class whose teacher is the maker.
    ///
    /// # Errors
    /// What is wrong with the name; `people.class-name-taken`.
    pub async fn add_class(&self, maker: StaffId, name_text: &str) -> Result<Class> {
        let name = name(name_text)?;
        self.refuse_class_name(&name, None)?;
        let class = Class { id: ClassId::random()?, name, students: Vec::new(), staff: vec![maker] };
        let new = class.clone();
        self.journal
            .write(Urgency::Now, move |stage| {
                stage.set("class", &new.id.0, &[("name", new.name.into())])?;
                set_staff(stage, new.id, maker, true)
            })
            .await?;
        Ok(class)
    }

    async fn change_class(
        &self,
        class: &Class,
        new_name: Option<&str>,
        new_staff: Option<Vec<StaffId>>,
    ) -> Result<()> {
        let id = class.id;
        let mut fields: Vec<(&str, Value)> = Vec::new();
        if let Some(text) = new_name {
            let name = name(text)?;
            self.refuse_class_name(&name, Some(id))?;
            fields.push(("name", name.into()));
        }
        let directory = self.directory();
        let unknown = |member: &StaffId| directory.staff_member(*member).is_none();
        if new_staff.iter().flatten().any(unknown) {
            return Err(Error::invalid("people.staff-unknown", "Somebody on this list is not on the staff."));
        }
        let former = class.staff.clone();
        self.journal
            .write(Urgency::Now, move |stage| {
                stage.set("class", &id.0, &fields)?;
                let Some(staff) = new_staff else { return Ok(()) };
                for member in former.iter().filter(|member| !staff.contains(member)) {
                    set_staff(stage, id, *member, false)?;
                }
                staff.iter().try_for_each(|member| set_staff(stage, id, *member, true))
            })
            .await
    }

    /// A class that is gone keeps its students' results; the students are free to join another one.
    async fn remove_class(&self, class: ClassId) -> Result<()> {
        self.journal
            .write(Urgency::Now, move |stage| stage.set("class", &class.0, &[("gone", true.into())]))
            .await
    }

    /// Adds one student to a class. Here two may have one name; whoever types a single student knows.
    async fn add_student(&self, class: &Class, new: NewStudent, avatar: Option<String>) -> Result<Student> {
        let school_id = school_id(&new.school_id)?;
        self.refuse_school_id(&school_id, None)?;
        let id = StudentId::random()?;
        let student = Student {
            id,
            name: name(&new.name)?,
            avatar: avatar
                .map_or_else(|| Ok(self.choose_avatar(class, id, &[])), |name| known_avatar(&name))?,
            school_id,
            language: language_or_none(&new.language)?,
            badge: 0,
        };
        let (class, put) = (class.id, student.clone());
        self.journal.write(Urgency::Now, move |stage| put_student(stage, class, &put)).await?;
        Ok(student)
    }

    /// Adds the students of a list to a class, all or none, in one entry after the other of one write.
    ///
    /// # Errors
    /// What is wrong with the first bad row, with its number (from 1) as `row`.
    pub async fn import_students(&self, class: ClassId, rows: Vec<NewStudent>) -> Result<usize> {
        let directory = self.directory();
        let class = directory.class(class).ok_or_else(class_unknown)?;
        refuse_long_list(rows.len())?;
        let chosen: Vec<Option<StudentId>> = rows.iter().map(|row| row.existing).collect();
        let checked = check_rows(
            (1..).zip(rows).map(|(line, row)| plain_row(line, row)).collect(),
            &known(&directory, class),
        );
        let mut new = Vec::new();
        let mut joining = Vec::new();
        for (Checked { row, problem, .. }, chosen) in checked.into_iter().zip(chosen) {
            if let Some(problem) = problem {
                return Err(Error::invalid(problem.code(), problem.sentence()).with("row", row.line));
            }
            if let Some(student) = chosen {
                directory.student(student).ok_or_else(super::student_unknown)?;
                joining.push(student);
                continue;
            }
            self.refuse_school_id(&row.school_id, None).map_err(|error| error.with("row", row.line))?;
            let id = StudentId::random()?;
            let avatar = self.choose_avatar(class, id, &new);
            let Row { name, school_id, language, .. } = row;
            new.push(Student { id, name, avatar, school_id, language, badge: 0 });
        }
        let (id, count) = (class.id, new.len() + joining.len());
        self.journal
            .write(Urgency::Now, move |stage| {
                new.iter().try_for_each(|student| put_student(stage, id, student))?;
                joining.iter().try_for_each(|student| set_member(stage, id, *student, true))
            })
            .await?;
        Ok(count)
    }

    async fn change_student(&self, student: StudentId, changes: StudentChanges) -> Result<()> {
        let mut fields: Vec<(&str, Value)> = Vec::new();
        if let Some(text) = changes.name {
            fields.push(("name", name(&text)?.into()));
        }
        if let Some(avatar) = changes.avatar {
            fields.push(("avatar", known_avatar(&avatar)?.into()));
        }
        if let Some(text) = changes.school_id {
            let school_id = school_id(&text)?;
            self.refuse_school_id(&school_id, Some(student))?;
            fields.push(("school-id", school_id.into()));
        }
        if let Some(code) = changes.language {
            fields.push(("language", language_or_none(&code)?.into()));
        }
        self.journal.write(Urgency::Now, move |stage| stage.set("student", &student.0, &fields)).await
    }

    async fn take_out_of_class(&self, class: ClassId, student: StudentId) -> Result<()> {
        self.journal.write(Urgency::Now, move |stage| set_member(stage, class, student, false)).await
    }

    /// Gives a student a new badge; the former one and the former pictures stop working.
    async fn renew_badge(&self, student: StudentId) -> Result<()> {
        self.journal
            .write(Urgency::Now, move |stage| {
                let next = store::badge(stage.connection(), student)?.saturating_add(1);
                stage.set("student", &student.0, &[("badge", next.cast_signed().into())])
            })
            .await
    }

    /// A drawing that nobody in the class has, nor anybody in `beside`.
    fn choose_avatar(&self, class: &Class, student: StudentId, beside: &[Student]) -> String {
        let directory = self.directory();
        let classmates = directory.students_of(class);
        super::rules::choose_avatar(student.0[0], |avatar| {
            classmates.iter().copied().chain(beside).any(|other| other.avatar == avatar)
        })
    }

    fn refuse_class_name(&self, name: &str, except: Option<ClassId>) -> Result<()> {
        let folded = super::rules::fold_name(name);
        let directory = self.directory();
        let mut others = directory.classes.values().filter(|class| Some(class.id) != except);
        if others.any(|class| super::rules::fold_name(&class.name) == folded) {
            return Err(Error::conflict("people.class-name-taken", "There is a class of this name already."));
        }
        Ok(())
    }

    fn refuse_school_id(&self, school_id: &str, except: Option<StudentId>) -> Result<()> {
        let folded = super::rules::fold_name(school_id);
        let directory = self.directory();
        let mut others = directory.students.values().filter(|student| Some(student.id) != except);
        if !folded.is_empty() && others.any(|other| super::rules::fold_name(&other.school_id) == folded) {
            let message = "Another student has this school number already.";
            return Err(Error::conflict("people.school-id-taken", message));
        }
        Ok(())
    }
}

/// Looks at a pasted list for a class before anything is written.
fn preview(directory: &Directory, class: &Class, text: &str) -> Result<Vec<Checked>> {
    let rows = read_list(text);
    refuse_long_list(rows.len())?;
    Ok(check_rows(rows, &known(directory, class)))
}

fn refuse_long_list(rows: usize) -> Result<()> {
    if rows > rules::MOST_ROWS {
        let message = format!("A list has at most {} students. Paste it in parts.", rules::MOST_ROWS);
        return Err(Error::invalid("people.list-long", message).with("most", rules::MOST_ROWS));
    }
    Ok(())
}

fn known(directory: &Directory, class: &Class) -> Vec<Known> {
    let known = |student: &Student| Known {
        id: student.id,
        name: student.name.clone(),
        school_id: student.school_id.clone(),
        in_this_class: class.students.contains(&student.id),
        in_some_class: !directory.classes_of_student(student.id).is_empty(),
    };
    directory.students.values().map(known).collect()
}

fn plain_row(line: u64, new: NewStudent) -> Row {
    Row { line, name: new.name, school_id: new.school_id, language: new.language }
}

fn put_student(stage: &mut Stage, class: ClassId, student: &Student) -> Result<()> {
    let mut fields: Vec<(&str, Value)> =
        vec![("name", student.name.clone().into()), ("avatar", student.avatar.clone().into())];
    for (field, text) in [("school-id", &student.school_id), ("language", &student.language)] {
        if !text.is_empty() {
            fields.push((field, text.clone().into()));
        }
    }
    stage.set("student", &student.id.0, &fields)?;
    set_member(stage, class, student.id, true)
}

fn set_member(stage: &mut Stage, class: ClassId, student: StudentId, is_in: bool) -> Result<()> {
    stage.set("member", &[class.0, student.0].concat(), &[("in", is_in.into())])
}

fn set_staff(stage: &mut Stage, class: ClassId, member: StaffId, is_in: bool) -> Result<()> {
    stage.set("teaches", &[class.0, member.0].concat(), &[("in", is_in.into())])
}

fn school_id(text: &str) -> Result<String> {
    clean_school_id(text).ok_or_else(|| {
        let problem = rules::RowProblem::SchoolIdWrong;
        Error::invalid(problem.code(), problem.sentence())
    })
}

fn language_or_none(code: &str) -> Result<String> {
    if code.is_empty() { Ok(String::new()) } else { language(code) }
}

fn known_avatar(name: &str) -> Result<String> {
    if super::rules::is_avatar(name) {
        return Ok(name.to_owned());
    }
    Err(Error::invalid("people.avatar-unknown", "There is no such drawing. Choose another one."))
}
