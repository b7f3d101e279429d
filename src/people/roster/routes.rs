//! Classes and students, as their teachers keep them.

use std::sync::Arc;

use axum::extract::{FromRef, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules::Checked;
use super::{NewStudent, StudentChanges, preview};
use crate::error::{Error, Result};
use crate::ids::{ClassId, StaffId, StudentId};
use crate::people::{Class, People, Person, Student};
use crate::web::{Caller, Gate, Json, OpenApiRouter, Path, Problem, Role, routes};

pub(in crate::people) fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Gate: FromRef<S>,
    Arc<People>: FromRef<S>,
{
    OpenApiRouter::new()
        .routes(routes!(list_classes, add_class))
        .routes(routes!(change_class, remove_class))
        .routes(routes!(list_students, add_student))
        .routes(routes!(preview_students))
        .routes(routes!(import_students))
        .routes(routes!(take_out_of_class))
        .routes(routes!(list_badges))
        .routes(routes!(change_student))
        .routes(routes!(renew_badge))
}

/// A class, for its staff.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Class)]
struct ClassAnswer {
    id: ClassId,
    name: String,
    /// How many there are.
    students: usize,
    /// How many of them are signed in now.
    signed_in: usize,
    /// Who teaches or helps in it.
    staff: Vec<ClassStaff>,
}

/// Somebody who teaches or helps in a class.
#[derive(Serialize, ToSchema)]
struct ClassStaff {
    id: StaffId,
    name: String,
    role: Role,
}

impl ClassAnswer {
    fn of(people: &People, class: &Class) -> Self {
        let directory = people.directory();
        let staff = directory.staff_by_name().into_iter().filter(|member| class.staff.contains(&member.id));
        Self {
            id: class.id,
            name: class.name.clone(),
            students: class.students.len(),
            signed_in: people.signed_in(class.id).len(),
            staff: staff
                .map(|member| ClassStaff { id: member.id, name: member.name.clone(), role: member.role })
                .collect(),
        }
    }
}

/// Classes, by name.
#[derive(Serialize, ToSchema)]
struct ClassList {
    classes: Vec<ClassAnswer>,
}

/// A class to add.
#[derive(Deserialize, ToSchema)]
struct NewClass {
    name: String,
}

/// What to change of a class; what is left out stays.
#[derive(Deserialize, ToSchema)]
struct ClassChanges {
    name: Option<String>,
    /// All who teach or help in it from now on.
    staff: Option<Vec<StaffId>>,
}

/// A student, for the staff of their class.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Student)]
struct StudentAnswer {
    id: StudentId,
    name: String,
    avatar: String,
    /// The number that the school gave.
    #[schema(required)]
    school_id: Option<String>,
    /// The language of their screens; none for the school's.
    #[schema(required)]
    language: Option<String>,
    /// Their three pictures, in order.
    pictures: Vec<String>,
}

impl StudentAnswer {
    fn of(people: &People, student: &Student) -> Self {
        Self {
            id: student.id,
            name: student.name.clone(),
            avatar: student.avatar.clone(),
            school_id: unless_empty(&student.school_id),
            language: unless_empty(&student.language),
            pictures: people.pictures(student).map(str::to_owned).to_vec(),
        }
    }
}

fn unless_empty(text: &str) -> Option<String> {
    if text.is_empty() { None } else { Some(text.to_owned()) }
}

/// Students, by name.
#[derive(Serialize, ToSchema)]
struct StudentList {
    students: Vec<StudentAnswer>,
}

/// A student to add.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NewStudent)]
struct NewStudentBody {
    name: String,
    school_id: Option<String>,
    /// As `fox-2`; without one the box chooses one that nobody in the class has.
    avatar: Option<String>,
    language: Option<String>,
}

/// What to change of a student; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = StudentChanges)]
struct StudentChangesBody {
    name: Option<String>,
    avatar: Option<String>,
    /// Empty for none.
    school_id: Option<String>,
    /// Empty for the school's.
    language: Option<String>,
}

/// Names as somebody pasted them, one a line, or a spreadsheet's text.
#[derive(Deserialize, ToSchema)]
struct PastedList {
    text: String,
}

/// What a pasted list says, before anything is written.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportPreview)]
struct Preview {
    rows: Vec<PreviewRow>,
    good: usize,
    bad: usize,
}

/// One line of a pasted list.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ImportPreviewRow)]
struct PreviewRow {
    /// Where it stands in the text, from 1.
    line: u64,
    name: String,
    #[schema(required)]
    school_id: Option<String>,
    #[schema(required)]
    language: Option<String>,
    /// What is wrong with it, as a code.
    #[schema(required)]
    problem: Option<String>,
    /// The student at the school already whom it means.
    #[schema(required)]
    existing: Option<StudentId>,
}

impl From<Checked> for PreviewRow {
    fn from(Checked { row, problem, existing }: Checked) -> Self {
        Self {
            line: row.line,
            school_id: unless_empty(&row.school_id),
            language: unless_empty(&row.language),
            name: row.name,
            problem: problem.map(|problem| problem.code().to_owned()),
            existing,
        }
    }
}

/// Students to add, all or none.
#[derive(Deserialize, ToSchema)]
#[schema(as = StudentImport)]
struct Import {
    rows: Vec<ImportRow>,
}

/// One of them.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ImportRow {
    name: String,
    school_id: Option<String>,
    language: Option<String>,
    /// A student at the school already, who joins the class.
    existing: Option<StudentId>,
}

/// How many joined the class.
#[derive(Serialize, ToSchema)]
#[schema(as = StudentsImported)]
struct Imported {
    added: usize,
}

/// A badge to print.
#[derive(Serialize, ToSchema)]
#[schema(as = Badge)]
struct BadgeAnswer {
    id: StudentId,
    name: String,
    avatar: String,
    pictures: Vec<String>,
    /// What the QR code says.
    code: String,
    /// The QR code, as SVG.
    qr: String,
}

impl BadgeAnswer {
    fn of(people: &People, student: &Student) -> Result<Self> {
        let badge = people.print_badge(student)?;
        Ok(Self {
            id: student.id,
            name: student.name.clone(),
            avatar: student.avatar.clone(),
            pictures: badge.pictures.map(str::to_owned).to_vec(),
            code: badge.code,
            qr: badge.qr,
        })
    }
}

/// The badges of a class.
#[derive(Serialize, ToSchema)]
struct BadgeList {
    /// The name of the class.
    class: String,
    badges: Vec<BadgeAnswer>,
}

/// The caller's classes; all for the head.
#[utoipa::path(get, path = "/api/v1/classes", tag = "classes",
    responses((status = 200, body = ClassList), (status = "4XX", body = Problem)))]
async fn list_classes(State(people): State<Arc<People>>, caller: Caller) -> Result<Json<ClassList>> {
    let id = caller.staff(&[Role::Assistant, Role::Teacher, Role::Head])?;
    let directory = people.directory();
    let classes = directory.classes_of_staff(id, caller.role);
    Ok(Json(ClassList {
        classes: classes.into_iter().map(|class| ClassAnswer::of(&people, class)).collect(),
    }))
}

/// Adds a class; the maker is its teacher (teacher, head).
#[utoipa::path(post, path = "/api/v1/classes", tag = "classes", request_body = NewClass,
    responses((status = 200, body = ClassAnswer), (status = "4XX", body = Problem)))]
async fn add_class(
    State(people): State<Arc<People>>,
    caller: Caller,
    Json(new): Json<NewClass>,
) -> Result<Json<ClassAnswer>> {
    let maker = caller.staff(&[Role::Teacher, Role::Head])?;
    let class = people.add_class(maker, &new.name).await?;
    Ok(Json(ClassAnswer::of(&people, &class)))
}

/// Changes a class (its teacher, head).
#[utoipa::path(patch, path = "/api/v1/classes/{class}", tag = "classes", params(("class" = ClassId, Path)),
    request_body = ClassChanges,
    responses((status = 200, body = ClassAnswer), (status = "4XX", body = Problem)))]
async fn change_class(
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(class): Path<ClassId>,
    Json(changes): Json<ClassChanges>,
) -> Result<Json<ClassAnswer>> {
    let class = people.class_changed_by(Person::from(&caller), class)?;
    people.change_class(&class, changes.name.as_deref(), changes.staff).await?;
    let directory = people.directory();
    Ok(Json(ClassAnswer::of(&people, directory.class(class.id).unwrap_or(&class))))
}

/// Takes a class away (head); its students and their results stay.
#[utoipa::path(delete, path = "/api/v1/classes/{class}", tag = "classes", params(("class" = ClassId, Path)),
    responses((status = 204), (status = "4XX", body = Problem)))]
async fn remove_class(
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(class): Path<ClassId>,
) -> Result<StatusCode> {
    let class = people.class_seen_by(Person::from(&caller), class)?;
    caller.staff(&[Role::Head])?;
    people.remove_class(class.id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The students of a class, by name (its staff).
#[utoipa::path(get, path = "/api/v1/classes/{class}/students", tag = "classes", params(("class" = ClassId, Path)),
    responses((status = 200, body = StudentList), (status = "4XX", body = Problem)))]
async fn list_students(
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(class): Path<ClassId>,
) -> Result<Json<StudentList>> {
    let class = people.class_seen_by(Person::from(&caller), class)?;
    let directory = people.directory();
    let students = directory.students_of(&class).into_iter();
    Ok(Json(StudentList { students: students.map(|student| StudentAnswer::of(&people, student)).collect() }))
}

/// Adds a student to a class (its teacher).
#[utoipa::path(post, path = "/api/v1/classes/{class}/students", tag = "classes", params(("class" = ClassId, Path)),
    request_body = NewStudentBody,
    responses((status = 200, body = StudentAnswer), (status = "4XX", body = Problem)))]
async fn add_student(
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(class): Path<ClassId>,
    Json(body): Json<NewStudentBody>,
) -> Result<Json<StudentAnswer>> {
    let class = people.class_changed_by(Person::from(&caller), class)?;
    let new = NewStudent {
        name: body.name,
        school_id: body.school_id.unwrap_or_default(),
        language: body.language.unwrap_or_default(),
        existing: None,
    };
    let student = people.add_student(&class, new, body.avatar).await?;
    Ok(Json(StudentAnswer::of(&people, &student)))
}

/// Reads a pasted list or the text of a spreadsheet, and names each bad row; writes nothing (its teacher).
#[utoipa::path(post, path = "/api/v1/classes/{class}/students/preview", tag = "classes",
    params(("class" = ClassId, Path)), request_body = PastedList,
    responses((status = 200, body = Preview), (status = "4XX", body = Problem)))]
async fn preview_students(
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(class): Path<ClassId>,
    Json(list): Json<PastedList>,
) -> Result<Json<Preview>> {
    let class = people.class_changed_by(Person::from(&caller), class)?;
    let rows: Vec<PreviewRow> =
        preview(&people.directory(), &class, &list.text)?.into_iter().map(PreviewRow::from).collect();
    let bad = rows.iter().filter(|row| row.problem.is_some()).count();
    Ok(Json(Preview { good: rows.len() - bad, bad, rows }))
}

/// Adds the students of a list, all or none (its teacher).
#[utoipa::path(post, path = "/api/v1/classes/{class}/students/import", tag = "classes",
    params(("class" = ClassId, Path)), request_body = Import,
    responses((status = 200, body = Imported), (status = "4XX", body = Problem)))]
async fn import_students(
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(class): Path<ClassId>,
    Json(import): Json<Import>,
) -> Result<Json<Imported>> {
    let class = people.class_changed_by(Person::from(&caller), class)?;
    let rows = import.rows.into_iter().map(|row| NewStudent {
        name: row.name,
        school_id: row.school_id.unwrap_or_default(),
        language: row.language.unwrap_or_default(),
        existing: row.existing,
    });
    Ok(Json(Imported { added: people.import_students(class.id, rows.collect()).await? }))
}

/// Takes a student out of a class (its teacher); the results stay.
#[utoipa::path(delete, path = "/api/v1/classes/{class}/students/{student}", tag = "classes",
    params(("class" = ClassId, Path), ("student" = StudentId, Path)),
    responses((status = 204), (status = "4XX", body = Problem)))]
async fn take_out_of_class(
    State(people): State<Arc<People>>,
    caller: Caller,
    Path((class, student)): Path<(ClassId, StudentId)>,
) -> Result<StatusCode> {
    let class = people.class_changed_by(Person::from(&caller), class)?;
    if !class.students.contains(&student) {
        return Err(Error::not_found("people.student-unknown", "There is no such student in this class."));
    }
    people.take_out_of_class(class.id, student).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The badges of a class, to print (its staff).
#[utoipa::path(get, path = "/api/v1/classes/{class}/badges", tag = "classes", params(("class" = ClassId, Path)),
    responses((status = 200, body = BadgeList), (status = "4XX", body = Problem)))]
async fn list_badges(
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(class): Path<ClassId>,
) -> Result<Json<BadgeList>> {
    let class = people.class_seen_by(Person::from(&caller), class)?;
    let directory = people.directory();
    let badges = directory.students_of(&class).into_iter().map(|student| BadgeAnswer::of(&people, student));
    Ok(Json(BadgeList { badges: badges.collect::<Result<_>>()?, class: class.name }))
}

/// Changes a student (a teacher of theirs).
#[utoipa::path(patch, path = "/api/v1/students/{student}", tag = "classes", params(("student" = StudentId, Path)),
    request_body = StudentChangesBody,
    responses((status = 200, body = StudentAnswer), (status = "4XX", body = Problem)))]
async fn change_student(
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(student): Path<StudentId>,
    Json(body): Json<StudentChangesBody>,
) -> Result<Json<StudentAnswer>> {
    let student = people.student_changed_by(Person::from(&caller), student)?;
    let StudentChangesBody { name, avatar, school_id, language } = body;
    people.change_student(student.id, StudentChanges { name, avatar, school_id, language }).await?;
    let directory = people.directory();
    Ok(Json(StudentAnswer::of(&people, directory.student(student.id).unwrap_or(&student))))
}

/// Gives a student new pictures and a new badge; the old ones stop working (a teacher of theirs).
#[utoipa::path(post, path = "/api/v1/students/{student}/badge", tag = "classes", params(("student" = StudentId, Path)),
    responses((status = 200, body = BadgeAnswer), (status = "4XX", body = Problem)))]
async fn renew_badge(
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(student): Path<StudentId>,
) -> Result<Json<BadgeAnswer>> {
    let student = people.student_changed_by(Person::from(&caller), student)?;
    people.renew_badge(student.id).await?;
    let directory = people.directory();
    Ok(Json(BadgeAnswer::of(&people, directory.student(student.id).unwrap_or(&student))?))
}
