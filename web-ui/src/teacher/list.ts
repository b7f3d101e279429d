import type { ImportRow } from "../api/types";

/** What is wrong with a chosen file before its text is looked at. */
export type FileProblem = "excel" | "empty" | "big";

/** More is no list of a class. */
const MOST_BYTES = 1_000_000;

/** The text of a file as spreadsheet programs save it: UTF-8, UTF-16 with its mark, or the old code page of Windows. */
export function readText(bytes: Uint8Array, language: string): { text: string } | { problem: FileProblem } {
  if (bytes.length > MOST_BYTES) return { problem: "big" };
  // A workbook of Excel or LibreOffice is a zip file, an older one an OLE file.
  if ((bytes[0] === 0x50 && bytes[1] === 0x4b) || (bytes[0] === 0xd0 && bytes[1] === 0xcf)) return { problem: "excel" };
  const text = decode(bytes, language);
  return text.trim() ? { text } : { problem: "empty" };
}

function decode(bytes: Uint8Array, language: string): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(language === "ar" ? "windows-1256" : "windows-1252").decode(bytes);
  }
}

/** A row of the list while the teacher mends it. */
export interface Draft {
  /** Where it stood in what was pasted. */
  line: number;
  name: string;
  schoolId: string;
  language: string;
  problem: string | null;
  existing: string | null;
}

export function draftOf(row: ImportRow): Draft {
  return { ...row, schoolId: row.schoolId ?? "", language: row.language ?? "" };
}

function cell(text: string): string {
  const plain = text.replace(/[\t\r\n]+/g, " ");
  return `"${plain.replace(/"/g, '""')}"`;
}

/** The rows as a list that the box reads again, one row a line under a header. */
export function listText(drafts: Draft[]): string {
  const rows = drafts.map((draft) => [draft.name, draft.schoolId, draft.language].map(cell).join("\t"));
  return ["Name\tSchool ID\tLanguage", ...rows].join("\n");
}

/** Whether a row says nothing at all; the box would skip it. */
export function isBlank(draft: Draft): boolean {
  return !draft.name.trim() && !draft.schoolId.trim() && !draft.language.trim();
}

/** The drafts with what the box says of them now. What was typed stays as it was typed. */
export function withVerdicts(drafts: Draft[], rows: ImportRow[]): Draft[] {
  // The header is line 1.
  const byLine = new Map(rows.map((row) => [row.line - 2, row]));
  return drafts.map((draft, index) => {
    const row = byLine.get(index);
    if (!row) return { ...draft, problem: draft.problem ?? "people.name-missing", existing: null };
    return { ...draft, problem: row.problem, existing: row.existing };
  });
}
