// Reads a box's journal as it lies on the disk: the truth that no screen can embellish.
import { join } from "node:path";
import sqlite from "node-sqlite3-wasm";

const ANSWER = 1;

/**
 * What tablets sent, in the order of the journal, and the answers of one student among it: the tablet's name, its number
 * there, and which of `items` it is about. The box must have ended.
 */
export function answersInJournal(box, student, items) {
  const database = new sqlite.Database(join(box.data, "journal.db"));
  // The newest entries are in the write-ahead log; without shared memory SQLite reads it only so.
  database.exec("PRAGMA locking_mode = EXCLUSIVE");
  const entries = database
    .all("SELECT hex(client) AS client, n, kind, body FROM entry WHERE client IS NOT NULL ORDER BY key")
    .map((entry) => ({ ...entry, body: Buffer.from(entry.body) }));
  database.close();
  const own = Buffer.from(student.id, "hex");
  const answers = entries.filter(({ kind, body }) => kind === ANSWER && body.includes(own));
  return { entries, answers: answers.map((entry) => ({ ...entry, item: longestIn(entry.body, items) })) };
}

/** The item that an entry names; where one id is part of another, the longer. */
function longestIn(body, items) {
  return items.filter((item) => body.includes(item)).sort((a, b) => b.length - a.length)[0];
}
