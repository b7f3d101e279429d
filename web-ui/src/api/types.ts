/**
 * The shapes of the API as the screens name them. What the box says lies in `schemas.ts`, which is made from
 * docs/openapi.json; here stands only what that description cannot tell. Times are milliseconds since 1970.
 */
import type { Values } from "../i18n";
import type { Response, Variant } from "../items/types";
import type * as box from "./schemas";

export type {
  ActivityKind,
  Ask,
  Attendance,
  AttendanceRow,
  Badge,
  Band,
  Box,
  Choices,
  CheckList,
  CheckPage,
  CheckRow,
  CheckScore,
  CheckSheet,
  ClassName,
  ClassWay,
  Consent,
  Continue as ContinueAt,
  Course,
  CourseCard,
  Coverage,
  CoverageSkill,
  EvidenceReceived as EvidenceReply,
  EvidenceRow,
  Face,
  Finding,
  GiftCard,
  GiftRow,
  GivenList,
  Goal,
  GoalList,
  Grade,
  Guides,
  GroupNow,
  HandState,
  Home,
  ImportPreview,
  ImportPreviewRow as ImportRow,
  Lesson,
  LessonActivity as ActivityRow,
  ItemAnalysis,
  ItemFindings,
  LessonNotes,
  LessonNow,
  LessonPlan,
  LessonState,
  Library,
  LibraryJob,
  LibraryOffer,
  LibraryPack,
  LibraryProblem,
  LibraryStick,
  LivePlace,
  LiveState,
  NamedStudent,
  OfferVerdict,
  Partner,
  PlacementList,
  PlacementRow,
  PlacementStart,
  Presence,
  PlanContent,
  PlanList,
  PrintedSheet,
  PlanMade,
  ReportCard,
  ResultKind,
  Role,
  SampleSchool,
  Station,
  School,
  SheetScore,
  SheetSkill,
  SkillList,
  SkillsOfCourse,
  SearchAnswer,
  SearchResult,
  SignInClass,
  SkillCell,
  SkillGrid,
  SkillHead,
  SkillMap,
  SkillOnMap,
  SkillStory,
  Student,
  TextPiece,
  StickReport,
  BoxCode,
  Boxes,
  BackupView,
  RepairView,
  StickBackup,
  KnownBox,
  SyncReport,
  SyncStatus,
  Tomorrow,
  Way,
  WorkState,
} from "./schemas";

/** Students have a ticket and perhaps a class; staff have classes. */
export type Me = StudentMe | StaffMe;

export interface StudentMe extends Omit<box.Me, "classes"> {
  role: "student";
  avatar: string;
  /** The right to append evidence for this student, and nothing else. */
  ticket: string;
}

export interface StaffMe extends Omit<box.Me, "class" | "ticket"> {
  role: StaffRole;
  classes: box.ClassName[];
}

type StaffRole = Exclude<box.Role, "student">;
export type Staff = box.Staff & { role: StaffRole };
export type SchoolClass = Omit<box.Class, "staff"> & { staff: Staff[] };

/** Who was let in is told with the cookie, once. */
export type AskState = { state: Exclude<box.AskState, "allowed"> } | { state: "allowed"; me: Me };

/** The items of packs have a description of their own: docs/pack-format.md. */
export type ActivityItem = box.Question & { item: Variant };
export type Activity = Omit<box.Activity, "items"> & { items?: ActivityItem[] };
export type ReviewItem = box.ReviewedQuestion & { item: Variant; response: Response };
export type Review = Omit<box.Review, "items"> & { items: ReviewItem[] };

/** What a student did, as it goes to `POST /api/v1/evidence`, before the queue adds `n` and `ago`. */
export type Evidence =
  | (EvidenceOf & { type: "open" })
  | (EvidenceOf & { type: "read"; milliseconds: number })
  | (EvidenceOf & {
      type: "answer";
      place: number;
      item: string;
      version: number;
      seed: number;
      response: Response;
      /** The tablet's mark; null in a check, where the tablet has no key. */
      score: number | null;
      milliseconds: number;
      hints: number;
      tries: number;
    });

interface EvidenceOf {
  ticket: string;
  /** The ticket of whoever answers on the same tablet. */
  partner?: string;
  course: string;
  lesson: string;
  activity: string;
  run: number;
}

/** Values for a sentence are open, so that a newer box may give one more. */
export type LiveStudent = Omit<box.LiveStudent, "signal"> & {
  signal: (Omit<NonNullable<box.LiveStudent["signal"]>, "params"> & { params: Values }) | null;
};
export type LiveSignal = NonNullable<LiveStudent["signal"]>;
export type Live = Omit<box.Live, "students"> & { students: LiveStudent[] };
