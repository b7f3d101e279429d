//! Everybody at the school, as of now, in memory: a few hundred rows that every request asks about.

use std::collections::{BTreeMap, HashMap};

use super::Role;
use super::rules::{self, Verdict, Wish};
use crate::ids::{ClassId, SchoolId, StaffId, StudentId};

/// The school.
#[derive(Clone, Debug)]
pub struct School {
    /// Names it.
    pub id: SchoolId,
    /// Its name.
    pub name: String,
    /// The language of its screens.
    pub language: String,
}

/// A teacher, assistant, head or technician.
#[derive(Clone)]
pub struct Staff {
    /// Names them.
    pub id: StaffId,
    /// How they sign in and are called.
    pub name: String,
    /// What they are; never a student.
    pub role: Role,
    /// Argon2id, as a PHC string.
    pub(super) password: String,
}

/// A class.
#[derive(Clone, Debug)]
pub struct Class {
    /// Names it.
    pub id: ClassId,
    /// Its name.
    pub name: String,
    /// Who is in it, in no order.
    pub students: Vec<StudentId>,
    /// Who teaches or helps in it, in no order.
    pub staff: Vec<StaffId>,
}

/// A student: all that is held about one.
#[derive(Clone)]
pub struct Student {
    /// Names them.
    pub id: StudentId,
    /// The name to show.
    pub name: String,
    /// The drawing that stands for them, as `fox-2`.
    pub avatar: String,
    /// The number that the school gave; may be empty.
    pub school_id: String,
    /// The language of their screens; empty for the school's.
    pub language: String,
    /// Counts the badges given out.
    pub badge: u64,
}

/// Everybody who is not gone.
#[derive(Default)]
pub struct Directory {
    pub(super) school: Option<School>,
    pub(super) staff: BTreeMap<StaffId, Staff>,
    pub(super) classes: BTreeMap<ClassId, Class>,
    pub(super) students: BTreeMap<StudentId, Student>,
    classes_of: HashMap<StudentId, Vec<ClassId>>,
}

impl Directory {
    /// The school, once it is set up.
    pub fn school(&self) -> Option<&School> {
        self.school.as_ref()
    }

    /// A class.
    pub fn class(&self, id: ClassId) -> Option<&Class> {
        self.classes.get(&id)
    }

    /// A student, also one who is in no class.
    pub fn student(&self, id: StudentId) -> Option<&Student> {
        self.students.get(&id)
    }

    /// A staff member.
    pub fn staff_member(&self, id: StaffId) -> Option<&Staff> {
        self.staff.get(&id)
    }

    /// All students, in no order that means anything.
    pub fn students(&self) -> impl Iterator<Item = &Student> {
        self.students.values()
    }

    /// All staff, by name.
    pub fn staff_by_name(&self) -> Vec<&Staff> {
        let mut staff: Vec<_> = self.staff.values().collect();
        staff.sort_by_cached_key(|member| (rules::fold_name(&member.name), member.id));
        staff
    }

    /// All classes, by name.
    pub fn classes_by_name(&self) -> Vec<&Class> {
        let mut classes: Vec<_> = self.classes.values().collect();
        classes.sort_by_cached_key(|class| (rules::class_order(&class.name), class.id));
        classes
    }

    /// The students of a class, by name.
    pub fn students_of(&self, class: &Class) -> Vec<&Student> {
        let mut students: Vec<_> = class.students.iter().filter_map(|id| self.students.get(id)).collect();
        students.sort_by_cached_key(|student| (rules::fold_name(&student.name), student.id));
        students
    }

    /// The classes that a student is in, by name.
    pub fn classes_of_student(&self, student: StudentId) -> Vec<&Class> {
        let ids = self.classes_of.get(&student).map_or(&[][..], Vec::as_slice);
        let mut classes: Vec<_> = ids.iter().filter_map(|id| self.classes.get(id)).collect();
        classes.sort_by_cached_key(|class| (rules::class_order(&class.name), class.id));
        classes
    }

    /// The classes that a staff member may see, by name: all for a head, none for a technician, else their own.
    pub fn classes_of_staff(&self, id: StaffId, role: Role) -> Vec<&Class> {
        let mut classes = self.classes_by_name();
        classes.retain(|class| rules::judge(role, class.staff.contains(&id), Wish::See) == Verdict::Granted);
        classes
    }

    pub(super) fn join_student(&mut self, class: ClassId, student: StudentId) {
        let Some(class) = self.classes.get_mut(&class) else { return };
        if self.students.contains_key(&student) {
            class.students.push(student);
            self.classes_of.entry(student).or_default().push(class.id);
        }
    }

    pub(super) fn join_staff(&mut self, class: ClassId, member: StaffId) {
        let Some(class) = self.classes.get_mut(&class) else { return };
        if self.staff.contains_key(&member) {
            class.staff.push(member);
        }
    }
}
