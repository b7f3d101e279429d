// Made from docs/openapi.json by scripts/gen-types.mjs: change the server, then `npm run types`.

/** An activity, ready to be done without a network. */
export interface Activity {
  /** What a picture shows, in words. */
  alt?: string;
  /** What is said, to read along. */
  captions?: Captions[];
  /** The parts of a book, in order. */
  chapters?: Chapter[];
  /** The course's id. */
  course: string;
  /** The course's title. */
  courseTitle: string;
  /** Which way the course is written. */
  direction: Direction;
  /** What is shown or played, on the packs origin; of videos, sounds, documents, apps, pictures and pages in HTML. */
  file?: string;
  /** SHA-256 of the pack: where its files are on the packs origin. */
  hash: string;
  /** What is read; of pages and examples. */
  html?: string;
  /** The activity's id. */
  id: string;
  /** What is asked; of practices and checks. */
  items?: Question[];
  /** What is done in it. */
  kind: ActivityKind;
  /** The lesson's id. */
  lesson: string;
  /** The lesson's title. */
  lessonTitle: string;
  /** Pictures and sounds to fetch beforehand, on the packs origin. */
  media: string[];
  /** What follows in the course. */
  next: Next | null;
  /** Places in all; 0 for what is read. */
  of: number;
  /** Where the student stopped: a second of a video or a sound, a page of a document from 1, a chapter from 0. */
  position?: number;
  /** A picture to show before a video plays, on the packs origin. */
  poster?: string;
  /** Which time through it this is, from 1. */
  run: number;
  /** Its title. */
  title: string;
  /** What is heard and seen, in words, as HTML. */
  transcript?: string;
}

/** What is done in an activity. */
export type ActivityKind = "page" | "example" | "practice" | "check" | "video" | "audio" | "document" | "book" | "app" | "picture";

/** The teacher's word. */
export interface Allow {
  allow: boolean;
}

/** A student who asks to be let in. */
export interface Ask {
  /** Names the request. */
  ask: AskId;
  /** Milliseconds since 1970. */
  at: number;
  /** Their drawing. */
  avatar: string;
  /** Their name. */
  name: string;
  /** Who asks. */
  student: StudentId;
}

export type AskId = string;

/** A request to be let in, as it stands now. */
export interface AskNow {
  /** Told once, with the cookie, when allowed. */
  me?: Me;
  state: AskState;
}

/** How a request to be let in stands. */
export type AskState = "waiting" | "allowed" | "refused" | "gone";

/** The request that was made. */
export interface Asked {
  ask: AskId;
}

/** A class on one day. */
export interface Attendance {
  /** As `2026-11-25`, by the box's date. */
  day: string;
  /** By name. */
  students: AttendanceRow[];
}

/** A teacher's word on one student. */
export interface AttendanceMark {
  /** Null takes back what was said by hand. */
  state?: AttendanceState | null;
  /** Who. */
  student: StudentId;
}

/** What a teacher says of some students. */
export interface AttendanceMarks {
  /** Students who are left out stay as they are. */
  students: AttendanceMark[];
}

/** A student on one day. */
export interface AttendanceRow {
  /** Their drawing. */
  avatar: string;
  /** Whether a teacher said so. */
  byHand: boolean;
  /** Their name. */
  name: string;
  /** When they first signed in on that day, in milliseconds since 1970. */
  signedInAt: number | null;
  /** Null when nothing is known. */
  state: AttendanceState | null;
  /** Names them. */
  student: StudentId;
}

/** Whether a student was there. */
export type AttendanceState = "present" | "late" | "absent" | "excused";

/** Whom a pack is for. */
export type Audience = "students" | "teachers";

/** Everything that is written here. */
export interface Authoring {
  /** What was changed last stands first. */
  courses: OwnCourseLine[];
}

/** How it stands. */
export interface BackupStatus {
  /** What opens backups when the box is gone: 26 letters and digits. */
  code: string;
  /** The newest copy on the box itself that was looked over, in milliseconds since 1970. */
  copy: number | null;
  /** Whether the database was found damaged and the box must be started anew, which repairs it. */
  damaged: boolean;
  /** The last one on a stick. */
  stick: StickBackup | null;
}

/** How backups stand, and where one can be written. */
export interface BackupView {
  /** How it stands. */
  status: BackupStatus;
  /** The sticks that are plugged in. */
  sticks: WritableStick[];
}

/** A badge to print. */
export interface Badge {
  avatar: string;
  /** What the QR code says. */
  code: string;
  id: StudentId;
  name: string;
  pictures: string[];
  /** The QR code, as SVG. */
  qr: string;
}

/** A badge whose code the browser could read by itself. */
export interface BadgeCode {
  /** What the badge's QR code says. */
  code: string;
}

/** The badges of a class. */
export interface BadgeList {
  badges: Badge[];
  /** The name of the class. */
  class: string;
}

/** What is said of a student's skill, from least to most. */
export type Band = "notSeen" | "starting" | "gettingThere" | "nearly" | "secure" | "kept" | "reviewDue";

/** A teacher's word on a student's band in a skill. */
export interface BandWord {
  /** From 1 (starting) to 4 (secure); null takes the word back. */
  band: number | null;
  /** `<pack>/<skill>`. */
  skill: string;
  /** Why; may be empty. */
  why?: string;
}

/** The box, without any student's data. */
export interface Box {
  /** Where tablets reach the app. */
  addresses: string[];
  disk: Disk;
  /** Entries in the journal. */
  entries: number;
  /** Names it answers to on the network. */
  names: string[];
  packs: InstalledPack[];
  /** Milliseconds since 1970. */
  startedAt: number;
  version: string;
}

/** A code that lets one box in. */
export interface BoxCode {
  /** Nine digits; they hold for a quarter of an hour. */
  code: string;
}

/** The other boxes of the school, and those on the network that are none of it. */
export interface Boxes {
  found: FoundBox[];
  known: KnownBox[];
}

/** Captions of a video or a sound. */
export interface Captions {
  /** A `WebVTT` file on the packs origin. */
  file: string;
  /** BCP 47. */
  language: string;
}

/** A part of a book. */
export interface Chapter {
  /** On the packs origin. */
  file: string;
  /** A few words. */
  title: string;
}

export type CheckId = string;

/** What was written down of a class. */
export interface CheckList {
  /** The newest first. */
  checks: CheckRow[];
  /** The box's time, in milliseconds since 1970: today, for what is written down next. */
  now: number;
}

/** One check with the whole class, to go on with. */
export interface CheckPage {
  /** What is the same for all. */
  check: CheckRow;
  /** The students of the class, by name. */
  students: CheckStudent[];
}

/** One check of a list. */
export interface CheckRow {
  /** When it happened, in milliseconds since 1970. */
  at: number;
  /** The name of whoever wrote last in it; null when they are gone. */
  by: string | null;
  /** The check's id. */
  check: CheckId;
  /** What it is about. */
  skills: CheckSkill[];
  /** Of how many students something is written down. */
  students: number;
  /** What it is called; may be empty. */
  title: string;
  /** How it was seen. */
  way: Way;
  /** When that was, in milliseconds since 1970. */
  written: number;
}

/** One score. */
export interface CheckScore {
  /** The name of whoever wrote it; null when they are gone. */
  by: string | null;
  /** `<pack>/<skill>`. */
  skill: string;
  /** As it was sent. */
  value: number;
  /** When, in milliseconds since 1970. */
  written: number;
}

/** A check as a teacher writes it down, all of it or a part. */
export interface CheckSheet {
  /** When it happened, in milliseconds since 1970: in the past, or today. */
  at: number;
  /** The scores to write or to take back; all others stay. Of two for one student and skill the last counts. */
  scores?: SheetScore[];
  /** What it is about. */
  skills: SheetSkill[];
  /** What it is called; may be empty. */
  title?: string;
  /** How it was seen. Stays the same for a check. */
  way: Way;
}

/** A skill of a check. */
export interface CheckSkill {
  /** The chance to be right by guessing, in thousandths. */
  guess: number;
  /** Its name; null when its course is not on the box. */
  name: string | null;
  /** Of how many questions. */
  questions: number;
  /** `<pack>/<skill>`. */
  skill: string;
}

/** What a check says of one student. */
export interface CheckStudent {
  /** Their drawing. */
  avatar: string;
  /** Their name. */
  name: string;
  /** Their scores, at most one for each skill of the check. */
  scores: CheckScore[];
  /** Who. */
  student: StudentId;
}

/** Three ways to go on. */
export interface Choices {
  /** How many skills want to be seen again. */
  due: number;
  /** A course in which to find out where to start. */
  placement: PlacementOffer | null;
  /** What suits best; null when nothing is left to learn. */
  recommended: NextSkill | null;
  /** What was known longest ago and wants to be seen again. */
  review: NextSkill | null;
}

/** A class, for its staff. */
export interface Class {
  id: ClassId;
  name: string;
  /** How many of them are signed in now. */
  signedIn: number;
  /** Who teaches or helps in it. */
  staff: ClassStaff[];
  /** How many there are. */
  students: number;
}

/** What to change of a class; what is left out stays. */
export interface ClassChanges {
  name?: string | null;
  /** All who teach or help in it from now on. */
  staff?: StaffId[] | null;
}

/** The students of a class, by name. */
export interface ClassFaces {
  id: ClassId;
  name: string;
  students: Face[];
}

export type ClassId = string;

/** Classes, by name. */
export interface ClassList {
  classes: Class[];
}

/** A class by its name. */
export interface ClassName {
  id: ClassId;
  name: string;
}

/** Somebody who teaches or helps in a class. */
export interface ClassStaff {
  id: StaffId;
  name: string;
  role: Role;
}

/** How sure a skill must be before it counts as secure. */
export type ClassStrictness = "relaxed" | "standard" | "strict";

/** How a class works. */
export interface ClassWay {
  /** How sure a skill must be before it counts as secure. */
  strictness: ClassStrictness;
  /** Who chooses what is practised. */
  way: WayOfClass;
}

/** Something that a person must say yes to before a pack is put in its place, in the order in which it is asked. */
export type Consent = "unsigned" | "publisher" | "errors" | "older" | "incomplete";

/** What a person said yes to; what is left out is a no. */
export interface Consents {
  /** It has errors, and it shall be added all the same. */
  acceptErrors?: boolean;
  /** It shall stand without packs that it needs. */
  acceptIncomplete?: boolean;
  /** It shall take the place of a newer version. */
  acceptOlder?: boolean;
  /** It comes from somebody else than the version that is there. */
  acceptPublisher?: boolean;
  /** "I know where this is from." */
  acceptUnsigned?: boolean;
}

/** Where to go on. */
export interface Continue {
  /** The activity's id. */
  activity: string;
  /** The activity's title. */
  activityTitle: string;
  /** The course's id. */
  course: string;
  /** Answered places of its current run. */
  done: number;
  /** The lesson's id. */
  lesson: string;
  /** The lesson's title. */
  lessonTitle: string;
  /** Places in all; 0 for what is read. */
  of: number;
  /** The lesson's picture, on the packs origin. */
  picture: string | null;
  /** The course's title. */
  title: string;
}

/** A course with all its lessons. */
export interface Course {
  /** Whom it is for. */
  audience: Audience;
  /** Which way it is written. */
  direction: Direction;
  /** The pack's id. */
  id: string;
  /** The language of the lessons. */
  language: string;
  /** In the reader's language, where there is one. */
  title: string;
  /** In the order in which they are learned. */
  units: Unit[];
}

/** A course on the first screen. */
export interface CourseCard {
  /** A picture, on the packs origin. */
  cover: string | null;
  /** Which way it is written. */
  direction: Direction;
  /** The pack's id. */
  id: string;
  /** The language of the lessons. */
  language: string;
  /** How many lessons it has. */
  lessons: number;
  /** How many of them are done. */
  lessonsDone: number;
  /** In the reader's language, where there is one. */
  summary: string;
  /** In the reader's language, where there is one. */
  title: string;
}

/** A course to choose. */
export interface CourseName {
  /** The pack's id. */
  id: string;
  /** In the reader's language, where there is one. */
  title: string;
}

/** Which skills are taught, practised and assessed by the courses on the box. */
export interface Coverage {
  /** Whose checks in the room count. */
  class: ClassId;
  /** The courses that there are, by title. */
  courses: CoverageCourse[];
  /** The skills of the course that was asked for, or of all; gaps first. */
  skills: CoverageSkill[];
  /** Students of the class. */
  students: number;
}

/** What a course has for a skill. */
export interface CoverageBy {
  /** Checks in lessons that ask about it. */
  assessed: number;
  /** The course's id. */
  course: string;
  /** Items. */
  practised: number;
  /** Pages, films and other resources of lessons about it, and pages for the room. */
  taught: number;
}

/** A course for students. */
export interface CoverageCourse {
  /** The course's id. */
  id: string;
  /** Its items. */
  items: number;
  /** Skills of its map. */
  skills: number;
  /** Its title in the reader's language, where there is one. */
  title: string;
  /** Those of them that are about no skill of its map. */
  unaligned: number;
}

/** A skill, and who has what for it. */
export interface CoverageSkill {
  /** Courses that have something for it: its own, and those with a skill at the same place of a syllabus. */
  by: CoverageBy[];
  /** Checks in the room of this class that were about it. */
  checks: number;
  /** The course whose skill it is. */
  course: string;
  /** How many of the three are missing: taught, practised, assessed. */
  gaps: number;
  /** Students of the class of whom something was seen in it. */
  seen: number;
  /** The skill. */
  skill: SkillHead;
}

/** A student over some time; days of which nothing is known count for neither. */
export interface DaysOf {
  /** Days on which they were not. */
  away: number;
  /** Days on which they were there, late or not. */
  there: number;
}

/** Which way a language is written. */
export type Direction = "ltr" | "rtl";

/** Bytes of the disk that holds the data. */
export interface Disk {
  free: number;
  total: number;
}

/** A course that a teacher writes here, so far. */
export interface Draft {
  /** School years. */
  grades: number[];
  /** BCP 47. */
  language: string;
  /** In order. */
  lessons: DraftLesson[];
  /** What others may do with it. */
  licence: OwnLicence;
  /** What is learned; each question names one. */
  skills: DraftSkill[];
  /** One subject. */
  subject: string | null;
  /** A few sentences. */
  summary: string;
  /** What it is called. */
  title: string;
}

/** One lesson. */
export interface DraftLesson {
  /** What the teacher does with the class, away from the tablets; lines of plain text. */
  forTheRoom: string;
  /** As that of a skill. */
  id: string;
  /** A usual time. */
  minutes: number;
  /** In order. */
  parts: DraftPart[];
  /** A few words. */
  title: string;
}

/** One thing to do in a lesson. */
export type DraftPart = {
  /** From top to bottom. */
  blocks: PageBlock[];
  /** As that of a skill. */
  id: string;
  kind: "page";
  /** A few words. */
  title: string;
} | {
  /** What is seen, in words. */
  alt: string;
  /** Its captions, `media/NAME`. */
  captions: string | null;
  /** Which video, `media/NAME`. */
  file: string | null;
  /** As that of a skill. */
  id: string;
  kind: "video";
  /** A few words. */
  title: string;
  /** What is said, in words. */
  transcript: string;
} | {
  /** What it is, in words. */
  alt: string;
  /** Its captions, `media/NAME`. */
  captions: string | null;
  /** Which sound, `media/NAME`. */
  file: string | null;
  /** As that of a skill. */
  id: string;
  kind: "audio";
  /** A few words. */
  title: string;
  /** What is said, in words. */
  transcript: string;
} | {
  /** What is seen, in words. */
  alt: string;
  /** Which picture, `media/NAME`. */
  file: string | null;
  /** As that of a skill. */
  id: string;
  kind: "picture";
  /** A few words. */
  title: string;
} | {
  /** Whether it counts as a test, without help. */
  check: boolean;
  /** As that of a skill. */
  id: string;
  /** Each as `docs/pack-format.md` has it for authors. */
  items: unknown[];
  kind: "questions";
  /** A few words. */
  title: string;
};

/** Something that is learned. */
export interface DraftSkill {
  /** In the student's words: "I can …". */
  can: string;
  /** Made on the tablet: a letter and seven letters or digits. */
  id: string;
  /** A few words. */
  name: string;
}

/** A draft to keep. */
export interface DraftToSave {
  draft: Draft;
  /** The saving that the sender saw last. */
  revision: number;
}

/** What shall be put on the shelf. */
export interface EditionToShelve {
  /** The saving that the sender saw last. */
  revision: number;
}

/** As whom to walk in. */
export interface EnterSample {
  as: Visitor;
}

/** Some of what a browser holds, from its oldest entry on. */
export interface EvidenceBatch {
  /** The browser's name for itself: 16 hexadecimal digits. */
  client: string;
  /** In the order of their numbers. */
  entries: EvidenceEntry[];
}

/** One thing that a student did: the fields of all types; `answer`, `open` and `read` have more. */
export interface EvidenceEntry {
  /** Milliseconds between the deed and this request, by the tablet's clock. */
  ago: number;
  /** Counts from 1 without gaps over all students of that browser. */
  n: number;
  /** Whose it is. */
  ticket: string;
  /** `answer`, `open` or `read`; whatever else comes is kept as a note. */
  type: string;
  [other: string]: unknown;
}

/** What is on the box's disk now. */
export interface EvidenceReceived {
  /** Everything below may be forgotten. */
  next: number;
}

/** One thing that was seen. */
export interface EvidenceRow {
  /** When, in milliseconds since 1970. */
  at: number;
  /** Who wrote it down; empty for tablets and for staff who have left. */
  by: string;
  /** How hard the question is said to be. */
  hard: HowHard | null;
  /** Of how many questions. */
  questions: number;
  /** The share that was right, from 0 to 1. */
  score: number;
  /** What the test or task is called; may be empty. */
  title: string;
  /** Whether it was answered together with another student. */
  together: boolean;
  /** How it was seen; null for an answer on a tablet. */
  way: Way | null;
}

/** A student who is chosen on a tablet. */
export interface Face {
  avatar: string;
  id: StudentId;
  name: string;
}

/** What a parent types in. */
export interface FamilyCode {
  /** Nine digits from the report card; spaces do not matter. */
  code: string;
}

/** One thing that was found. */
export interface Finding {
  /** Stable, such as `W-203`. */
  code: string;
  /** What is wrong and what to do, in one sentence. */
  message: string;
  /** The file, and the item or lesson in it where there is one. */
  place: string;
  /** How much it matters. */
  severity: Severity;
}

/** What a file or folder is, told from its content. */
export type Found = "pack" | "pack-folder" | "app" | "book" | "document" | "video" | "audio" | "picture" | "page" | "questions" | "sheet" | "folder" | "unknown";

/** A box that was found on the network. */
export interface FoundBox {
  /** The name of its stream. */
  box: string;
  /** What its school is called; empty before it is set up. */
  school: string;
  /** Where it answers, as `http://192.168.1.7:8080`. */
  url: string;
}

/** Students who share a gap. */
export interface GapGroup {
  /** The gap; null where they need nothing. */
  gap: SkillHead | null;
  /** Who. */
  students: NamedStudent[];
}

/** What can be given to a class. */
export interface Gift {
  /** The course's id. */
  course: string;
  /** The lesson's id; the whole course without it. */
  lesson?: string | null;
}

/** Something from the teacher, on a student's first screen. */
export interface GiftCard {
  /** The activity of the lesson with which to go on; null for the whole course. */
  activity: string | null;
  /** The course's id. */
  course: string;
  /** How many activities of the lesson, or lessons of the course, are done. */
  done: number;
  /** The language of the lessons. */
  language: string;
  /** The lesson's id; null for the whole course. */
  lesson: string | null;
  /** The lesson's title. */
  lessonTitle: string | null;
  /** How many there are. */
  of: number;
  /** The lesson's picture or the course's, on the packs origin. */
  picture: string | null;
  /** How far the student is. */
  state: WorkState;
  /** The course's title, in the reader's language where there is one. */
  title: string;
}

/** Something that a class was given, for its teachers. */
export interface GiftRow {
  /** Since when, in milliseconds since 1970. */
  at: number;
  /** How many of them began it, also long ago. */
  begun: number;
  /** The name of whoever gave it; null when they are gone. */
  by: string | null;
  /** The course's id. */
  course: string;
  /** How many of them finished it. */
  done: number;
  /** The language of the lessons. */
  language: string;
  /** The lesson's id; null for the whole course. */
  lesson: string | null;
  /** The lesson's title. */
  lessonTitle: string | null;
  /** The lesson's picture or the course's, on the packs origin. */
  picture: string | null;
  /** How many students the class has. */
  students: number;
  /** The course's title, in the school's language where there is one. */
  title: string;
}

/** What a class was given. */
export interface GivenList {
  /** The newest first. */
  given: GiftRow[];
}

/** A goal and how far it is. */
export interface Goal {
  /** The class. */
  class: ClassId;
  /** Its name. */
  className: string;
  /** The day on which it was set, as `2026-11-25`. */
  from: string;
  /** Names it. */
  id: GoalId;
  /** Percentage points that each week must bring; null without students, and when the last day has passed. */
  neededPerWeek: number | null;
  /** The share that is secure now; null without students. */
  now: number | null;
  /** Reached, or as far as a steady pace would be; null without students. */
  onTrack: boolean | null;
  /** The last day has passed. */
  over: boolean;
  /** The skills, of those that the box still has. */
  skills: SkillHead[];
  /** The share that was secure on the first day, in percent. */
  start: number;
  /** The share that is to be secure, in percent. */
  target: number;
  /** The last day. */
  until: string;
}

export type GoalId = string;

/** Goals, those that end first before the others. */
export interface GoalList {
  /** At most three that are not over. */
  goals: Goal[];
}

/** How good a pack is. */
export type Grade = "A" | "B" | "C" | "refused";

/** Students who work together. */
export interface GroupNow {
  /** The drawing that stands for it. */
  drawing: string;
  /** Empty where the drawing says it all. */
  name: string;
  /** Who is in it. */
  students: StudentId[];
}

/** What teachers read for themselves. */
export interface Guides {
  /** All courses for teachers. */
  guides: CourseCard[];
}

/** The activity on the screen. */
export interface HandPlace {
  /** The activity's id. */
  activity: string;
  /** The course's id. */
  course: string;
  /** The lesson's id. */
  lesson: string;
}

/** A hand, as the box knows it. */
export interface HandState {
  /** Since when it is up, in milliseconds since 1970; null when it is not. */
  since: number | null;
}

/** Words that begin something new. */
export interface HeadingBlock {
  /** A few words. */
  heading: string;
}

/** The first screen of a student. */
export interface Home {
  /** Where to go on; null before the first activity was opened and when all is done. */
  continue: Continue | null;
  /** All courses for students. */
  courses: CourseCard[];
  /** What the teachers of the student's classes gave them: what is not done first, of each the newest first. */
  given: GiftCard[];
}

/** How hard a question is, beside others of its skill. */
export type HowHard = "easy" | "usual" | "hard";

/** What a pasted list says, before anything is written. */
export interface ImportPreview {
  bad: number;
  good: number;
  rows: ImportPreviewRow[];
}

/** One line of a pasted list. */
export interface ImportPreviewRow {
  /** The student at the school already whom it means. */
  existing: StudentId | null;
  language: string | null;
  /** Where it stands in the text, from 1. */
  line: number;
  name: string;
  /** What is wrong with it, as a code. */
  problem: string | null;
  schoolId: string | null;
}

/** One of them. */
export interface ImportRow {
  /** A student at the school already, who joins the class. */
  existing?: StudentId | null;
  language?: string | null;
  name: string;
  schoolId?: string | null;
}

/** An installed pack. */
export interface InstalledPack {
  /** It came with the program. */
  builtIn: boolean;
  /** Its length. */
  bytes: number;
  /** SHA-256 of the pack's file. */
  hash: string;
  id: string;
  title: string;
  version: string;
}

/** How the questions of a course do, those that need a look first. */
export interface ItemAnalysis {
  /** The course's id. */
  course: string;
  /** Where its pictures are on the packs origin. */
  hash: string;
  /** Questions that somebody answered, worst first. */
  items: ItemFindings[];
  /** The language of the questions. */
  language: string;
  /** Its title. */
  title: string;
  /** Questions that nobody answered yet. */
  unanswered: number;
}

/** One answer that was given, and by how many. */
export interface ItemChoice {
  /** As a tablet sends it, in JSON. */
  response: string;
  /** Whether it is marked as right. */
  right: boolean;
  /** How many gave it. */
  students: number;
}

/** What the answers say of one question. */
export interface ItemFindings {
  /** Students who answered it, each once. */
  answers: number;
  /** The answers that were given, the commonest first; none where each student has other numbers. */
  choices: ItemChoice[];
  /** How closely right answers go with what students can do otherwise, from -100 to 100. */
  discrimination: number | null;
  /** The question's id in the pack. */
  id: string;
  /** The question as it is shown, with its key. */
  item: unknown;
  /** The answer that is likelier to be right than the key, in JSON. */
  likely: string | null;
  /** The share that was right, in hundredths. */
  right: number;
  /** What it is about, as the course calls its skills. */
  skills: string[];
  /** What is to be thought of it. */
  verdict: ItemVerdict;
}

/** What is to be thought of a question. */
export type ItemVerdict = "wrong-key" | "backwards" | "very-hard" | "very-easy" | "good" | "too-few";

/** What is done. */
export type JobKind = "install" | "export" | "remove";

/** How far it is. */
export type JobState = "waiting" | "copying" | "checking" | "asking" | "paused" | "done" | "failed" | "cancelled";

/** The district's address and the code that it gave out. */
export interface JoinHub {
  /** Nine digits; spaces do not matter. */
  code: string;
  /** Such as `https://hub.example.org`. */
  url: string;
}

/** The codes of both boxes. */
export interface JoinSchool {
  /** The nine digits that it shows. */
  code: string;
  /** The set-up code of this box. */
  setupCode: string;
  /** Where a box of the school answers, as `http://192.168.1.7:8080`. */
  url: string;
}

/** Another box of the school. */
export interface KnownBox {
  /** The name of its stream. */
  box: string;
  /** When the two last told each other everything, in milliseconds since 1970; nothing since this box was started. */
  last: number | null;
  /** Why the last try after that did not end well; a code. */
  problem: string | null;
}

/** A lesson. */
export interface Lesson {
  /** In order. */
  activities: LessonActivity[];
  /** Unique in the course. */
  id: string;
  /** A usual time. */
  minutes: number;
  /** A picture, on the packs origin. */
  picture: string | null;
  /** Done when all its activities are. */
  state: WorkState;
  /** Its title. */
  title: string;
}

/** An activity in its lesson. */
export interface LessonActivity {
  /** Answered places of the last finished run, else of the current one. */
  done: number;
  /** Unique in the lesson. */
  id: string;
  /** What is done in it. */
  kind: ActivityKind;
  /** Places in all; 0 for what is read. */
  of: number;
  /** Places that are right, as `done`. */
  right: number;
  /** How far. */
  state: WorkState;
  /** Its title. */
  title: string;
}

/** One step of a lesson. */
export interface LessonDo {
  /** How much longer. */
  minutes?: number | null;
  /** The round that the teacher saw, from 0: two touches then do not go two rounds ahead. */
  round?: number | null;
  /** What to do. */
  step: LessonStep;
}

/** The seven blended models. */
export type LessonModel = "stationRotation" | "labRotation" | "individualRotation" | "flipped" | "flex" | "aLaCarte" | "enrichedVirtual";

/** What only teachers read of a lesson. */
export interface LessonNotes {
  /** What the class does without tablets, as HTML. */
  offTablet: string | null;
  /** The author's notes for the teacher, as HTML. */
  teacherNotes: string | null;
}

/** A lesson that runs. It goes on by its timetable, also on a tablet that does not hear from the box. */
export interface LessonNow {
  /** Of which class. */
  class: ClassId;
  /** Who works together. */
  groups: GroupNow[];
  /** The plan by which it runs. */
  plan: PlanId;
  /** The rounds that are not over, in their order. */
  rounds: RoundNow[];
  /** Where there is work. */
  stations: Station[];
  /** What is done on tablets. */
  tablet: TabletPart;
  /** A few words. */
  title: string;
}

/** A plan with what is to be known of it. */
export interface LessonPlan {
  /** When it was changed last, in milliseconds since 1970. */
  at: number;
  /** All of it. */
  content: PlanContent;
  /** Names it. */
  id: PlanId;
  /** The parts are about different things: neither about one skill, nor is one needed for the other. */
  partsApart: boolean;
  /** The fewest minutes of practice that a student has: with a tablet or with the teacher. */
  practice: number;
}

/** The lesson of a class, as of now. */
export interface LessonState {
  /** Null when none runs. */
  lesson: LessonNow | null;
  /** Names what was said of the lessons so far; whoever sends it along is answered when more was said. */
  mark: string;
}

/** What to do with a lesson. */
export type LessonStep = "start" | "next" | "extend" | "end";

/** Everything that the library's screen shows. */
export interface Library {
  /** How full the box is. */
  disk: LibraryDisk;
  /** What is being done, and what was done last, the oldest first. */
  jobs: LibraryJob[];
  /** What lies there and can be added, as people look through it. */
  offers: LibraryOffer[];
  /** The school's courses, in the order of their titles. */
  packs: LibraryPack[];
  /** What is plugged in, the folders of the configuration, and what was sent. */
  sticks: LibraryStick[];
  /** Files on their way from phones and laptops. */
  uploads: LibraryUpload[];
}

/** How full the box is, in bytes. */
export interface LibraryDisk {
  /** What is free. */
  free: number;
  /** What stays free for answers. */
  kept: number;
  /** What there is. */
  total: number;
}

/** What somebody asked for. */
export interface LibraryJob {
  /** What must be said yes to. */
  asks: Consent[];
  /** The pack's id, once it is known. */
  course: string | null;
  /** Bytes that are done. */
  done: number;
  /** Until the program is started again. */
  id: string;
  /** What is done. */
  kind: JobKind;
  /** Bytes of this step; 0 as long as they are not known. */
  of: number;
  /** Of what is added: the offer's id. */
  offer: string | null;
  /** Why it failed, or waits. */
  problem: LibraryProblem | null;
  /** The version that was added, or the file that was written. */
  result: string | null;
  /** How far it is. */
  state: JobState;
  /** Of what is copied to a stick: its name. */
  stick: string | null;
  /** What it is about, in the reader's language. */
  title: string;
  /** What was found on the way. */
  verdict: OfferVerdict | null;
}

/** A job that was begun. */
export interface LibraryJobBegun {
  /** Its id in `jobs`. */
  job: string;
}

/** Something that can be added. */
export interface LibraryOffer {
  /** What must be said yes to, as far as it is known. */
  asks: Consent[];
  /** Whom it is for. */
  audience: Audience | null;
  /** Bytes of it. */
  bytes: number;
  /** The pack's id. */
  course: string | null;
  /** Which way that language is written. */
  direction: Direction | null;
  /** School years. */
  grades: number[];
  /** The same for the same file, also after its stick was away. */
  id: string;
  /** The version that is installed. */
  installed: string | null;
  /** What it is. */
  kind: Found;
  /** Bytes of it that the box does not have yet: what an update reads. */
  lacking: number;
  /** Of the lessons; null as long as it is not known. */
  language: string | null;
  /** How many lessons it has. */
  lessons: number | null;
  /** SPDX name. */
  licence: string | null;
  /** What of the original can't be kept. */
  losses: Loss[];
  /** Packs that it needs and that are not there. */
  needs: PackNeeded[];
  /** Where on it. */
  path: string;
  /** Where its picture is, on this origin. */
  picture: string | null;
  /** Why it can't be added, whatever anybody says. */
  problem: LibraryProblem | null;
  /** Who stands for it, by its own word. */
  publisher: string | null;
  /** How it stands to what is installed. */
  relation: Relation;
  /** Who signed it; null until that was looked at. */
  signer: LibrarySigner | null;
  /** The stick's id. */
  stick: string;
  /** In the reader's language; null where nothing is known. */
  summary: string | null;
  /** In the reader's language, where there is one. */
  title: string;
  /** What the lint says; null until it was looked at closely. */
  verdict: OfferVerdict | null;
  /** Semver. */
  version: string | null;
}

/** A course of the school. */
export interface LibraryPack {
  /** Whom it is for. */
  audience: Audience;
  /** It came with the program. */
  builtIn: boolean;
  /** Who added it. */
  by: string | null;
  /** Bytes of its file. */
  bytes: number;
  /** A picture, on the packs origin. */
  cover: string | null;
  /** Students who ever did. */
  ever: number;
  /** What the lint said then. */
  grade: Grade | null;
  /** The pack's id. */
  id: string;
  /** Of the lessons. */
  language: string;
  /** How many lessons it has. */
  lessons: number;
  /** Titles of courses that need it. */
  neededBy: string[];
  /** Students who worked in it in the last four weeks. */
  recent: number;
  /** Who signed it. */
  signer: LibrarySigner;
  /** When it was added, in milliseconds since 1970; null where nobody wrote it down. */
  since: number | null;
  /** In the reader's language, where there is one. */
  summary: string;
  /** In the reader's language, where there is one. */
  title: string;
  /** Semver. */
  version: string;
}

/** Why something can't be done. */
export interface LibraryProblem {
  /** Stable; screens translate it. */
  code: string;
  /** In English. */
  detail: string;
  /** Values for the translated sentence. */
  params: Record<string, string>;
}

/** Who signed a pack. */
export interface LibrarySigner {
  /** The name of a signer whom the box knows. */
  name: string | null;
  /** How far that can be told. */
  state: SignedBy;
}

/** A place that is looked into. */
export interface LibraryStick {
  /** It holds more than is shown. */
  full: boolean;
  /** Until it is pulled out. */
  id: string;
  /** What kind of place. */
  kind: StickKind;
  /** It is still looked at. */
  looking: boolean;
  /** Its label; empty for uploads. */
  name: string;
  /** Files that can't be shown, the first fifty. */
  unknown: UnknownFile[];
  /** Whether packs can be copied to it. */
  writable: boolean;
}

/** A file on its way. */
export interface LibraryUpload {
  /** Bytes of it. */
  bytes: number;
  /** To go on with. */
  id: string;
  /** As its sender calls it. */
  name: string;
  /** How many of them are here. */
  received: number;
}

/** A list. */
export interface ListBlock {
  /** Its points. */
  list: string[];
}

/** A class at work. */
export interface Live {
  /** Students who ask to be let in. */
  asks: Ask[];
  /** Which class. */
  class: LiveClass;
  /** Milliseconds since 1970 by the box. */
  now: number;
  /** All students, by name. */
  students: LiveStudent[];
  /** Whom to visit first, at most five. */
  visits: StudentId[];
}

/** One thing to do at a student's table. */
export type LiveAdvice = "go" | "together" | "stepBack" | "otherWay" | "beforeHints" | "slowDown" | "word" | "tablet" | "newWork";

/** An answer in a student's row. */
export interface LiveAnswer {
  /** Milliseconds since 1970. */
  at: number;
  /** The item's id. */
  item: string;
  /** Whether all of it is right. */
  right: boolean;
  /** From 0 to 1. */
  score: number;
  /** The skill's name. */
  skill: string;
}

/** A class by its name. */
export interface LiveClass {
  /** Names it. */
  id: ClassId;
  /** Its name. */
  name: string;
}

/** Where a student is. */
export interface LivePlace {
  /** The activity's id. */
  activity: string;
  /** The activity's title. */
  activityTitle: string;
  /** The course's id. */
  course: string;
  /** The course's title. */
  courseTitle: string;
  /** Answered places. */
  done: number;
  /** What is done in it. */
  kind: ActivityKind;
  /** The lesson's id. */
  lesson: string;
  /** The lesson's title. */
  lessonTitle: string;
  /** Places in all; 0 for what is read. */
  of: number;
}

/** Values for the sentence. */
export interface LiveReasonParams {
  /** How many in a row. */
  count?: number;
  /** For how many whole minutes nothing was touched when this began. */
  minutes?: number;
  /** On which skill, by name. */
  skill?: string;
}

/** Why a student needs somebody. */
export interface LiveSignal {
  /** What to do. */
  advice: LiveAdvice;
  /** Names the sentence that tells why, such as `live.wrong-in-a-row`. */
  code: string;
  /** Which signal. */
  kind: LiveSignalKind;
  /** Values for the sentence. */
  params: LiveReasonParams;
  /** Since when, in milliseconds since 1970. */
  since: number;
}

/** What a teacher would want to know of a student, the most urgent first. */
export type LiveSignalKind = "waiting" | "stuck" | "wheelSpinning" | "hintRun" | "rushing" | "idle" | "ready";

/** What a student is doing. */
export type LiveState = "away" | "working" | "idle" | "stuck" | "done";

/** A student at work. */
export interface LiveStudent {
  /** Not signed in and not heard of today, while a third of the class is signed in. */
  absent: boolean;
  /** Answers today. */
  answers: number;
  /** Their drawing. */
  avatar: string;
  /** Names them. */
  id: StudentId;
  /** The newest eight answers, oldest first. */
  last: LiveAnswer[];
  /** Their name. */
  name: string;
  /** The activity on the screen. */
  place: LivePlace | null;
  /** Those that are right in all their parts. */
  rightAnswers: number;
  /** Why they need somebody, the most urgent reason; nothing until something new happens when a teacher was there. */
  signal: LiveSignal | null;
  /** Whether on any tablet. */
  signedIn: boolean;
  /** When the state began, in milliseconds since 1970; null when nothing was heard today. */
  since: number | null;
  /** What they are doing. */
  state: LiveState;
  /** Entries that the tablet still holds. */
  waiting: number;
}

/** Something that could not be kept as it was. */
export interface Loss {
  /** Stable, such as `question-type`; `docs/imports.md` lists them. */
  code: string;
  /** What was lost, in one sentence. */
  message: string;
  /** Where in the file. */
  place: string;
}

/** Who is signed in. */
export interface Me {
  /** Students: their drawing. */
  avatar?: string;
  /** Students: their class, if they are in one. */
  class?: ClassName;
  /** Staff: the classes that they may see. */
  classes?: ClassName[];
  id: string;
  language: string;
  name: string;
  role: Role;
  /** Students: the right to append evidence for this student, also after signing out. */
  ticket?: string;
}

/** A hand, as its student moves it. */
export interface MoveHand {
  /** Where the student is; nothing where no activity is open. */
  place?: HandPlace | null;
  /** Up, or down again. */
  up: boolean;
}

/** A student on a page of paper. */
export interface NamedStudent {
  /** The drawing. */
  avatar: string;
  /** Who. */
  id: StudentId;
  /** The name to show. */
  name: string;
}

/** Who asks to be let in, on which tablet. */
export interface NewAsk {
  client: string;
  student: StudentId;
}

/** A class to add. */
export interface NewClass {
  name: string;
}

/** A goal as somebody wants it. */
export interface NewGoal {
  /** Each as `<pack>/<skill>`. */
  skills: string[];
  /** The share that is to be secure, in percent. */
  target: number;
  /** The last day, as `2026-12-18`. */
  until: string;
}

/** A course to begin. */
export interface NewOwnCourse {
  /** BCP 47. */
  language: string;
  /** What it begins as. */
  start: OwnCourseStart;
  /** What it is called. */
  title: string;
}

/** What a plan is made from. */
export interface NewPlan {
  /** From the first word to the last. */
  minutes: number;
  /** What kind of lesson it is. */
  model: LessonModel;
  /** Whether there is a projector. */
  projector: boolean;
  /** Places at a table. */
  seats: number;
  /** What is done on tablets. */
  tablet?: TabletPart;
  /** Tablets that work. */
  tablets: number;
  /** What the teacher does. */
  teacher?: TeacherPart;
  /** A few words. */
  title: string;
}

/** A member of the staff to add. */
export interface NewStaff {
  name: string;
  /** 8 to 200 characters. */
  password: string;
  role: Role;
}

/** A student to add. */
export interface NewStudent {
  /** As `fox-2`; without one the box chooses one that nobody in the class has. */
  avatar?: string | null;
  language?: string | null;
  name: string;
  schoolId?: string | null;
}

/** A file that shall come. */
export interface NewUpload {
  /** Its length. */
  bytes: number;
  /** As its sender calls it. */
  name: string;
}

/** Where to go from here. */
export interface Next {
  /** The activity's id. */
  activity: string;
  /** The lesson's id. */
  lesson: string;
}

/** What to learn next. */
export interface NextSkill {
  /** The course. */
  course: string;
  /** The skill. */
  skill: SkillHead;
  /** Why this one. */
  why: WhyNext;
}

/** Which of the pages for teachers a note is. */
export type NoteKind = "teacherNotes" | "offTablet";

/** What the lint says of a pack. */
export interface OfferVerdict {
  /** How many there are in all. */
  count: number;
  /** The gravest first; the first of many. */
  findings: Finding[];
  /** The worst of all findings decides. */
  grade: Grade;
}

/** Which stick somebody means. */
export interface OnStick {
  /** Its id, as the library names it. */
  stick: string;
}

/** An own course with its draft. */
export interface OwnCourse {
  /** Milliseconds since 1970. */
  changedAt: number;
  /** By name; null for somebody who is not at the school any more. */
  changedBy: string | null;
  draft: Draft;
  /** What there is to mend, the gravest first. */
  findings: OwnFinding[];
  /** What it would be on the shelf. */
  grade: Grade;
  id: string;
  /** Counts how often it was saved. */
  revision: number;
  /** Null as long as it is not on the shelf. */
  shelf: OwnShelf | null;
}

/** An own course, in one line. */
export interface OwnCourseLine {
  /** Milliseconds since 1970. */
  changedAt: number;
  /** By name; null for somebody who is not at the school any more. */
  changedBy: string | null;
  id: string;
  /** BCP 47. */
  language: string;
  /** How many. */
  lessons: number;
  /** How many. */
  questions: number;
  /** Null as long as it is not on the shelf. */
  shelf: OwnShelf | null;
  title: string;
}

/** What a course begins as. */
export type OwnCourseStart = "quiz" | "lesson";

/** Something to mend in a draft. */
export interface OwnFinding {
  /** One of the verdict's codes, such as `E-106`, or one of the draft's own, such as `title-missing`. */
  code: string;
  /** What is wrong and what to do, in English. */
  message: string;
  /** Where. */
  place: OwnPlace;
  /** Errors and worse keep it off the shelf. */
  severity: Severity;
}

/** The licences that a teacher can choose from, by their SPDX names. */
export type OwnLicence = "CC-BY-4.0" | "CC-BY-SA-4.0" | "CC-BY-NC-SA-4.0" | "CC0-1.0";

/** A file that was taken into an own course. */
export interface OwnMedia {
  /** Its length. */
  bytes: number;
  /** How the draft names it: `media/NAME`. */
  file: string;
  /** What it is. */
  kind: OwnMediaKind;
}

/** What a file is, told from its bytes. */
export type OwnMediaKind = "picture" | "audio" | "video" | "captions";

/** A place in a draft; null for what does not apply. */
export interface OwnPlace {
  /** The field's name in the draft. */
  field: string | null;
  /** The question's id. */
  item: string | null;
  /** The lesson's id. */
  lesson: string | null;
  /** The part's id. */
  part: string | null;
}

/** What is on the shelf of an own course. */
export interface OwnShelf {
  /** The course's id. */
  course: string;
  /** Whether it is what the draft says. */
  current: boolean;
  /** Semver. */
  version: string;
}

/** A question as a student would meet it. */
export interface OwnTry {
  /** What is missing. */
  findings: OwnFinding[];
  /** What a tablet gets, with the key; null as long as something is missing. */
  variant: unknown;
}

/** A pack that another one needs. */
export interface PackNeeded {
  /** The pack's id. */
  course: string;
  /** The oldest version that will do. */
  from: string;
  /** The offer that would help. */
  offer: string | null;
}

/** A piece of a page. */
export type PageBlock = HeadingBlock | TextBlock | ListBlock | PhotoBlock;

/** Who works on the tablet beside the student who is signed in there. */
export interface Partner {
  avatar: string;
  id: StudentId;
  name: string;
  /** The right to append evidence for this student, and nothing else. */
  ticket: string;
}

/** The caller's old and new password. */
export interface PasswordChange {
  new: string;
  old: string;
}

/** Names as somebody pasted them, one a line, or a spreadsheet's text. */
export interface PastedList {
  text: string;
}

/** A photo, a drawing. */
export interface PhotoBlock {
  /** What is seen, in words. */
  alt: string;
  /** Which, `media/NAME`. */
  photo: string;
}

/** A student with their three pictures. */
export interface PicturesSignIn {
  /** The name that the browser keeps for itself. */
  client: string;
  /** Three of the twelve, in order. */
  pictures: string[];
  student: StudentId;
}

/** How far a class is with finding out where to start in a course. */
export interface PlacementList {
  /** The course's strands, in the author's order. */
  strands: string[];
  /** Those who were asked, by name. */
  students: PlacementRow[];
}

/** Finding out where to start, on a student's first page. */
export interface PlacementOffer {
  /** Whether a teacher asks for it; else it is only proposed. */
  asked: boolean;
  /** The course's id. */
  course: string;
  /** The strand; `~all` for the whole course. */
  strand: string;
  /** Its title, in the reader's language where there is one. */
  title: string;
}

/** One student who was asked. */
export interface PlacementRow {
  /** The drawing. */
  avatar: string;
  /** Answers since they were asked; 12 in all. */
  done: number;
  /** Who. */
  id: StudentId;
  /** The name to show. */
  name: string;
  /** Whether it is done. */
  over: boolean;
  /** Where to start, once it is done; null also for who knows all of it. */
  start: SkillHead | null;
  /** The strand; null for the whole course. */
  strand: string | null;
}

/** Where a student starts in a course. */
export interface PlacementStart {
  /** The first skill that is not taken for known; null where all are. */
  skill: SkillHead | null;
}

/** Who is asked to find out where to start. */
export interface PlacementWish {
  /** Whether they are asked from now on, or no more. */
  asked: boolean;
  /** The course's id. */
  course: string;
  /** One of its strands; all of it without one. */
  strand?: string | null;
  /** Students of the class; all of them without any. */
  students?: StudentId[] | null;
}

/** A plan of a lesson, without its names. */
export interface PlanContent {
  /** Seconds from one round to the next. */
  change: number;
  /** Who works together. */
  groups: PlanGroup[];
  /** What kind of lesson it is. */
  model: LessonModel;
  /** Who is where, and for how long. */
  rounds: PlanRound[];
  /** Where there is work. */
  stations: Station[];
  /** What is done on tablets. */
  tablet: TabletPart;
  /** What the teacher does. */
  teacher: TeacherPart;
  /** A few words. */
  title: string;
}

/** Students who work together. */
export interface PlanGroup {
  /** The drawing that stands for it, one of those that students sign in with, as `sun`. */
  drawing: string;
  /** What they all still need, by its id in the course of the tablet part. */
  gap?: string | null;
  /** Empty where the drawing says it all. */
  name: string;
  /** Who is in it. */
  students: StudentId[];
}

export type PlanId = string;

/** The plans of a class. */
export interface PlanList {
  /** The newest first. */
  plans: PlanRow[];
  /** The plan by which a lesson runs now. */
  running: PlanId | null;
}

/** The plan, or why there is none. */
export interface PlanMade {
  /** The plan; null when it is not possible. */
  plan: LessonPlan | null;
  /** Why it is not possible, with what would be enough. */
  reasons: PlanReason[];
}

/** Values for the sentence that says why a plan is not possible. */
export interface PlanNumbers {
  /** Minutes there are. */
  minutes?: number;
  /** How much of it would be enough. */
  needed?: number;
  /** Places there are at a table. */
  seats?: number;
  /** Students of the class. */
  students?: number;
  /** Tablets there are. */
  tablets?: number;
}

/** Why a plan is not possible. */
export interface PlanReason {
  /** `plan.no-students`, `plan.few-tablets`, `plan.few-seats` or `plan.short`. */
  code: string;
  /** Values for the sentence. */
  params: PlanNumbers;
}

/** One time at the stations. */
export interface PlanRound {
  /** How long it lasts. */
  minutes: number;
  /** For each group the number of its station, from 0. */
  places: number[];
}

/** A plan, in a list. */
export interface PlanRow {
  /** When it was changed last, in milliseconds since 1970. */
  at: number;
  /** The name of whoever changed it last; null when they are gone. */
  by: string | null;
  /** How many groups it has. */
  groups: number;
  /** Names it. */
  id: PlanId;
  /** How long it is in all, changes included. */
  minutes: number;
  /** What kind of lesson it is. */
  model: LessonModel;
  /** A few words. */
  title: string;
}

/** Where a student stopped. */
export interface Position {
  /** A second of a video or a sound, a page of a document from 1, a chapter from 0. */
  position: number;
}

/** What a tablet tells of itself while an activity is on its screen. */
export interface Presence {
  /** The activity's id. */
  activity: string;
  /** The course's id. */
  course: string;
  /** Seconds without a touch. */
  idle: number;
  /** The lesson's id. */
  lesson: string;
  /** Entries that are not sent yet. */
  waiting: number;
}

/** Questions on paper, with their key. */
export interface PrintedSheet {
  /** The course's id. */
  course: string;
  /** Which way that language is written. */
  direction: Direction;
  /** One, or A and B. */
  forms: SheetForm[];
  /** Where its pictures are on the packs origin. */
  hash: string;
  /** The language of the questions. */
  language: string;
  /** Questions of these skills that can't be asked on paper. */
  leftOut: number;
  /** Paths of pictures on the packs origin. */
  media: string[];
  /** Printed on it; gives the same sheet again. */
  number: number;
  /** What it is about. */
  skills: SkillHead[];
  /** Its title. */
  title: string;
}

/** What a client gets instead of an answer. */
export interface Problem {
  /** Stable; screens translate it. */
  code: string;
  /** What happened and what to do next, in English, for clients without a sentence of their own for `code`. */
  detail: string;
  /** Values for the translated sentence. */
  params?: Record<string, string>;
  /** The HTTP status. */
  status: number;
  /** The kind of trouble, as HTTP calls it. */
  title: string;
  /** A name for this kind of problem, for ever. */
  type: string;
}

/** One question of a run. */
export interface Question {
  /** Whether it is answered. */
  answered: boolean;
  /** A variant, as docs/pack-format.md shows it; in a running check without its key. */
  item: unknown;
  /** From 0. */
  place: number;
  /** From 0 to 1; null until answered. */
  score: number | null;
  /** Goes back with the answer. */
  seed: number;
}

/** A question to try. */
export interface QuestionToTry {
  /** As it stands in the draft. */
  item: unknown;
  /** What the numbers and the order are drawn from; below 2^53. */
  seed: number;
}

/** A skill to teach again. */
export interface ReTeach {
  /** The skill. */
  skill: SkillHead;
  /** How many students need it. */
  students: number;
}

/** How an offer stands to what is installed. */
export type Relation = "new" | "update" | "installed" | "changed" | "older";

/** What was found and done at a start. */
export interface Repair {
  /** When, in milliseconds since 1970 by the box's best guess. */
  at: number;
  /** Entries that were brought back from beside the database. */
  broughtBack: number;
  /** The date of the copy that it went on from; nothing where there was none. */
  copy: number | null;
  /** Entries that are known to be missing. */
  lost: number;
}

/** What was repaired at a start; nothing to tell answers null. */
export interface RepairView {
  repair: Repair | null;
}

/** What a student can do, for the student's parents: by skill, in words, with growth and without any rank. */
export interface ReportCard {
  /** When it was made. */
  at: number;
  /** The drawing. */
  avatar: string;
  /** The classes. */
  classes: string[];
  /** For the parents' page; null where the reader may not hand it out. */
  code: string | null;
  /** Courses in which something was seen. */
  courses: ReportCourse[];
  /** On how many days the student was there since the first day, as far as it is known. */
  days: DaysOf;
  /** From when growth is told, in milliseconds since 1970. */
  from: number;
  /** What the student's classes are to reach, and how far they are; without classes of fewer than five students. */
  goals: Goal[];
  /** The name to show. */
  name: string;
  /** Of them, those that were not on the first day. */
  newlySecure: number;
  /** The next steps, at most three. */
  next: SkillHead[];
  /** The school's name. */
  school: string;
  /** Skills that are secure or kept, in all. */
  secure: number;
}

/** A course on a report card. */
export interface ReportCourse {
  /** Skills in which something was seen. */
  skills: ReportSkill[];
  /** In the reader's language, where there is one. */
  title: string;
}

/** A skill on a report card. */
export interface ReportSkill {
  /** Now. */
  band: Band;
  /** On the first day. */
  before: Band;
  /** The skill. */
  skill: SkillHead;
  /** Steps up since then; below zero for steps back. */
  steps: number;
}

/** What a result is. The numbers stand in the index; they also say what is shown first among equals. */
export type ResultKind = "course" | "lesson" | "skill" | "page" | "book" | "video" | "audio" | "document" | "app" | "picture" | "practice" | "question" | "note";

/** A finished run, to look back at. */
export interface Review {
  /** By place. */
  items: ReviewedQuestion[];
  /** Which one. */
  run: number;
}

/** One answered question. */
export interface ReviewedQuestion {
  /** The author's words to this very answer. */
  feedback: string | null;
  /** The variant, with its key. */
  item: unknown;
  /** From 0. */
  place: number;
  /** What the student answered. */
  response: unknown;
  /** Whether it is right in all its parts. */
  right: boolean;
  /** From 0 to 1. */
  score: number;
}

/** What a person is in the school. */
export type Role = "student" | "assistant" | "teacher" | "head" | "technician";

/** A round that is not over. */
export interface RoundNow {
  /** Milliseconds until it begins; below 0 when it began. */
  beginsIn: number;
  /** Milliseconds until it ends. */
  endsIn: number;
  /** For each group the number of its station, from 0. */
  places: number[];
  /** Which of all, from 0. */
  round: number;
  /** The groups at the tablets, by their numbers from 0. */
  tablets: number[];
}

/** A teacher's word on a skill. */
export interface SaidBand {
  /** When, in milliseconds since 1970. */
  at: number;
  /** What the teacher says. */
  band: Band;
  /** Who. */
  by: StaffId;
  /** Their name; empty when they have left. */
  name: string;
  /** Why; may be empty. */
  why: string;
}

/** Where the sample school is. */
export interface SampleSchool {
  /** Its port on the same host. */
  port: number;
  /** The class to look at. */
  students: string;
  /** Whom a visitor enters as. */
  teacher: string;
}

/** The school, as anybody on its Wi-Fi may see it. */
export interface School {
  /** The name of this box's stream. */
  box: string;
  language: string;
  /** The languages of the screens. */
  languages: string[];
  name: string;
  /** The port of the packs origin on the same host. */
  packsPort: number;
  /** Whether this is a throw-away sample school. */
  sample: boolean;
  /** Whether the school was set up. Until then `name` and `language` are what the first page offers. */
  setUp: boolean;
  version: string;
}

/** What to change of the school; what is left out stays. */
export interface SchoolChanges {
  language?: string | null;
  name?: string | null;
}

/** What was found. */
export interface SearchAnswer {
  /** What there is to choose from. */
  choices: SearchChoices;
  /** How many there are in all, as far as they were counted. */
  count: number;
  /** Whether there are more than were counted. */
  more: boolean;
  /** Whether all courses were read; what is found while one is not may lack something. */
  ready: boolean;
  /** The nearest first. */
  results: SearchResult[];
}

/** What there is to choose from, over all courses that the caller may see. */
export interface SearchChoices {
  /** School years for which there are courses, each once. */
  grades: number[];
  /** Kinds of which there is something, each once. */
  kinds: ResultKind[];
  /** Languages of courses, each once. */
  languages: string[];
}

/** Something that was found. */
export interface SearchResult {
  /** The activity to open: of a lesson or a skill the first one of the lesson; null of a course and of what has none. */
  activity: string | null;
  /** Whom the course is for. */
  audience: Audience;
  /** The number of the chapter, from 0; null of everything else. */
  chapter: number | null;
  /** The course's id. */
  course: string;
  /** The course's title, in the reader's language where there is one. */
  courseTitle: string;
  /** Which way it is written. */
  direction: Direction;
  /** What it is. */
  kind: ResultKind;
  /** The language of the course. */
  language: string;
  /** The lesson's id; null of a course. */
  lesson: string | null;
  /** The lesson's title; null of a course. */
  lessonTitle: string | null;
  /** Where a note stands; null of everything else. */
  note: NoteKind | null;
  /** A picture of the lesson or the course, on the packs origin. */
  picture: string | null;
  /** The part of its text around the hits; empty when it has none. */
  snippet: TextPiece[];
  /** What it is called; a question and a note are called by what they belong to. */
  title: TextPiece[];
}

/** What it takes to set the school up. */
export interface SetUp {
  /** From the screen of the box. */
  code: string;
  language: string;
  /** The head's own name; they sign in with it from now on. */
  name: string;
  password: string;
  school: string;
}

/** How much something matters. */
export type Severity = "info" | "warning" | "error" | "fatal";

/** One form of a sheet. */
export interface SheetForm {
  /** `A` or `B`. */
  name: string;
  /** In their order, the easy ones first. */
  questions: SheetQuestion[];
}

/** A question on a sheet. */
export interface SheetQuestion {
  /** The chance to be right by guessing, in thousandths. */
  guess: number;
  /** A variant with its key, as docs/pack-format.md shows it. */
  item: unknown;
  /** The answer that the box marks as right. */
  key: unknown;
  /** What its numbers were drawn from. */
  seed: number;
  /** The id of its skill, as the course calls it. */
  skill: string;
}

/** One score, as it is sent. */
export interface SheetScore {
  /** One of the check's skills. */
  skill: string;
  /** Who, of the class. */
  student: StudentId;
  /**
   * Right answers on paper; a level from 1 to 4 when asked or observed; a level from 0 to 4 for a product; 0 or 1 with
   * cards. Null takes the score back.
   */
  value: number | null;
}

/** A skill of a check, as it is sent. */
export interface SheetSkill {
  /** On paper and with cards: the chance to be right by guessing, in thousandths. */
  guess?: number;
  /** On paper: of how many questions, from 1 to 100. The other ways count as a number of their own. */
  questions?: number | null;
  /** `<pack>/<skill>`. */
  skill: string;
}

/** A job of the library that was begun. */
export interface ShelvingBegun {
  /** Its id in the library's `jobs`. */
  job: string;
}

/** A class that students choose on a tablet. */
export interface SignInClass {
  id: ClassId;
  name: string;
  /** How many there are. */
  students: number;
}

/** The classes, by name. */
export interface SignInClasses {
  classes: SignInClass[];
  /** The students of the only class, where there is one alone: a fresh tablet then needs no second call. */
  only?: ClassFaces;
}

/** How far it can be told who signed a pack. */
export type SignedBy = "known" | "unknown" | "nobody" | "wrong";

/** How far a student is with a skill. What is left out is nothing, no, or not yet seen: a grid has thousands of these. */
export interface SkillCell {
  /** By what was seen. */
  band?: Band;
  /** By a teacher's word; it stands beside the other and replaces nothing. */
  said?: Band;
  /** The chance to be right, in hundredths, day by day of work; the newest last. */
  spark?: number[];
  /** Many answers and no way forward: it wants another way. */
  spinning?: boolean;
}

/** A class and a course: how far each student is with each skill. */
export interface SkillGrid {
  /** The class. */
  class: ClassId;
  /** The one that is shown; null where no course has skills. */
  course: string | null;
  /** Courses with skills, by title. */
  courses: CourseName[];
  /** In the author's order. */
  skills: SkillHead[];
  /** By name. */
  students: SkillGridRow[];
}

/** One student's row. */
export interface SkillGridRow {
  /** The drawing. */
  avatar: string;
  /** One for each skill, in the order of the skills. */
  cells: SkillCell[];
  /** Who. */
  id: StudentId;
  /** The name to show. */
  name: string;
}

/** A skill. */
export interface SkillHead {
  /** In the student's words: "I can …". */
  can: string;
  /** `<pack>/<skill>`. */
  id: string;
  /** A few words. */
  name: string;
  /** The thread that it belongs to; may be empty. */
  strand: string;
}

/** The skills that there are, by course. */
export interface SkillList {
  /** The courses for students that have skills. */
  courses: SkillsOfCourse[];
}

/** A student's own picture. */
export interface SkillMap {
  /** Courses in which something was seen, or that the student's class was given. */
  courses: SkillMapCourse[];
  /** What to learn next, and why. */
  next: NextSkill | null;
}

/** A course on a student's map. */
export interface SkillMapCourse {
  /** The pack's id. */
  id: string;
  /** In the author's order. */
  skills: SkillOnMap[];
  /** In the reader's language, where there is one. */
  title: string;
}

/** A skill, for choosing it. */
export interface SkillName {
  /** In the student's words. */
  can: string;
  /** A few words. */
  name: string;
  /** `<pack>/<skill>`. */
  skill: string;
  /** The thread that it belongs to; may be empty. */
  strand: string;
}

/** A skill with how far a student is. */
export interface SkillOfStudent {
  /** By what was seen, or by a teacher's word. */
  band: Band;
  /** The skill. */
  skill: SkillHead;
}

/** A skill on a student's map. */
export interface SkillOnMap {
  /** By what was seen, or by a teacher's word. */
  band: Band;
  /** Whether what comes first is not there yet; it may be opened all the same. */
  early: boolean;
  /** Whether it has grown since the first day of work on it. */
  grown: boolean;
  /** Whether a teacher said so. */
  said: boolean;
  /** The skill. */
  skill: SkillHead;
}

/** All that is known of a student's skill, and why it is called so. */
export interface SkillStory {
  /** By what was seen. */
  band: Band;
  /** Skills that come first, and how far the student is with them. */
  before: SkillOfStudent[];
  /** What was seen, the newest first; the newest thirty. */
  evidence: EvidenceRow[];
  /** It goes down. */
  falling: boolean;
  /** The chance to be right in a question of usual difficulty, in hundredths. */
  level: number;
  /** So many more right answers make it secure; null where even twenty would not. */
  moreRight: number | null;
  /** When it wants a review, in milliseconds since 1970. */
  reviewDue: number | null;
  /** A teacher's word, where there is one. */
  said: SaidBand | null;
  /** The skill. */
  skill: SkillHead;
  /** The chance to be right, in hundredths, day by day of work. */
  spark: number[];
  /** Many answers and no way forward. */
  spinning: boolean;
  /** Who. */
  student: StudentId;
  /** How sure that is. */
  sureness: Sureness;
}

/** The skills of one course. */
export interface SkillsOfCourse {
  /** The course's id. */
  course: string;
  /** The language of the lessons. */
  language: string;
  /** In the order in which they are learned. */
  skills: SkillName[];
  /** The course's title, in the school's language where there is one. */
  title: string;
}

/** A member of the staff. */
export interface Staff {
  id: StaffId;
  name: string;
  role: Role;
}

/** What to change of a member of the staff; what is left out stays. */
export interface StaffChanges {
  /** True for somebody who leaves; there is no way back. */
  gone?: boolean;
  name?: string | null;
  password?: string | null;
  role?: Role | null;
}

export type StaffId = string;

/** The staff, by name. */
export interface StaffList {
  staff: Staff[];
}

/** A member of the staff with their password. */
export interface StaffSignIn {
  /** The name that the browser keeps for itself, if it has one: wrong tries are counted on it. */
  client?: string | null;
  name: string;
  password: string;
}

/** A place in the room where there is work. */
export interface Station {
  /** What is done there. */
  kind: StationKind;
  /** Students who find a place. */
  seats: number;
  /** What is on its card besides; may be empty. */
  text: string;
}

/** What is done at a station. */
export type StationKind = "tablets" | "teacher" | "paper";

/** A backup on a stick. */
export interface StickBackup {
  /** When, in milliseconds since 1970. */
  at: number;
  /** Bytes of the file. */
  bytes: number;
  /** What people know the stick by. */
  stick: string;
}

/** What kind of place it is. */
export type StickKind = "stick" | "folder" | "uploads";

/** What a visit of a stick changed. */
export interface StickReport {
  /** Answers of the hub that the stick brought. */
  answers: number;
  /** Bytes of them. */
  bytes: number;
  /** Entries of other boxes that it brought. */
  entries: number;
  /** Entries that lie on the stick now for the hub. */
  written: number;
}

/** A student, for the staff of their class. */
export interface Student {
  avatar: string;
  id: StudentId;
  /** The language of their screens; none for the school's. */
  language: string | null;
  name: string;
  /** Their three pictures, in order. */
  pictures: string[];
  /** The number that the school gave. */
  schoolId: string | null;
}

/** What to change of a student; what is left out stays. */
export interface StudentChanges {
  avatar?: string | null;
  /** Empty for the school's. */
  language?: string | null;
  name?: string | null;
  /** Empty for none. */
  schoolId?: string | null;
}

export type StudentId = string;

/** Students to add, all or none. */
export interface StudentImport {
  rows: ImportRow[];
}

/** Students, by name. */
export interface StudentList {
  students: Student[];
}

/** How many joined the class. */
export interface StudentsImported {
  added: number;
}

/** How sure a band is. */
export type Sureness = "unsure" | "likely" | "quiteSure";

/** What one sync did. */
export interface SyncReport {
  /** Milliseconds since 1970 when it ended. */
  at: number;
  /** Entries of other boxes that came. */
  entries: number;
  /** How long it took, in milliseconds. */
  milliseconds: number;
  /** Why it did not end well; a code. */
  problem?: string | null;
  /** Bytes of bodies that came in. */
  received: number;
  /** Whether this box began a new life, because it or its copy had written under the same numbers. */
  renewed: boolean;
  /** Requests that were made. */
  requests: number;
  /** Bytes of bodies that went out. */
  sent: number;
}

/** How it stands. */
export interface SyncStatus {
  /** The last one, where it did not end well. */
  failed: SyncReport | null;
  /** The hub's address; nothing before the box was added to one. */
  hub: string | null;
  /** The last one that ended well. */
  last: SyncReport | null;
  /** Whether one is under way. */
  running: boolean;
  /** What the school is called there. */
  school: string | null;
  /** Entries of this box that the hub has not acknowledged, as far as it was asked since the start. */
  waiting: number;
}

/** What is done on tablets. */
export interface TabletPart {
  /** The course's id; given to the class when the lesson begins. */
  course?: string | null;
  /** The lesson's id; the whole course without it. */
  lesson?: string | null;
  /** The skill's id in that course. */
  skill?: string | null;
}

/** What the teacher does with a group. */
export interface TeacherPart {
  /** The skill's id in the course of the tablet part. */
  skill?: string | null;
  /** In the teacher's words; may be empty. */
  text: string;
}

/** Words. */
export interface TextBlock {
  /** Plain; an empty line begins a new paragraph. */
  text: string;
}

/** A part of a text. */
export interface TextPiece {
  /** Whether it is what was looked for. */
  hit: boolean;
  /** Never empty. */
  text: string;
}

/** One page for the next lesson of a class. */
export interface Tomorrow {
  /** When it was made, in milliseconds since 1970. */
  at: number;
  /** The class. */
  class: ClassId;
  /** What the class is to reach, and how far it is; without those that are over. */
  goals: Goal[];
  /** Groups who share a gap. */
  groups: GapGroup[];
  /** Who is ready for something new. */
  ready: NamedStudent[];
  /** The skill that most of the class still needs and is ready for; null when there is none. */
  reteach: ReTeach | null;
  /** Of whom nothing was seen in the last seven days. */
  unseen: NamedStudent[];
  /** Whom to sit down with: much practice and no way forward. At most five, those who know least first. */
  visit: TomorrowVisit[];
}

/** Whom to sit down with. */
export interface TomorrowVisit {
  /** Which skill does not go forward. */
  skill: SkillHead;
  /** Who. */
  student: NamedStudent;
}

/** Lessons that belong together. */
export interface Unit {
  /** Unique in the course. */
  id: string;
  /** In order. */
  lessons: Lesson[];
  /** Its title. */
  title: string;
}

/** A file that can't be shown. */
export interface UnknownFile {
  /** From the stick's first folder on. */
  path: string;
  /** What it is and why, in English. */
  why: string;
}

/** How much of a file is here. */
export interface UploadReceived {
  id: string;
  /** Go on with this byte; at the file's length it is whole, and is offered. */
  received: number;
}

/** A file that was sent before. */
export interface UploadToAdd {
  /** The upload's id. */
  upload: string;
}

/** What a visitor wants to be. */
export type Visitor = "teacher" | "student";

/** How a teacher found out what a student can do, without a tablet. What each kind counts for is in `docs/mastery.md`. */
export type Way = "paper" | "oral" | "observed" | "product" | "cards";

/** Who chooses what is practised. */
export type WayOfClass = "whole" | "groups" | "ownPlaylist" | "freeChoice";

/** Why a skill comes next. */
export type WhyNext = "nearly" | "begun" | "ready" | "review" | "class" | "group";

/** Whether something was begun and finished. */
export type WorkState = "new" | "started" | "done";

/** A stick that can be written to. */
export interface WritableStick {
  /** Its id, as screens name it. */
  id: string;
  /** What people know it by. */
  name: string;
}
