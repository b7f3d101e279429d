-- Lessons in the room. Each row folds with its entry; of all that is said of one thing the greatest (hlc, stream) wins.
CREATE TABLE plan (
    id BLOB PRIMARY KEY,
    class BLOB NOT NULL,
    content BLOB,          -- CBOR, as in the entry; nothing once it is thrown away
    said_by BLOB,          -- a member of the staff
    hlc INTEGER NOT NULL,
    stream BLOB NOT NULL   -- the box where it was said
) STRICT, WITHOUT ROWID;
CREATE INDEX plan_of_class ON plan (class, hlc);

-- Where a lesson stood at a moment; later is worked out from there.
CREATE TABLE lesson_run (
    plan BLOB PRIMARY KEY,
    class BLOB NOT NULL,
    round INTEGER NOT NULL,
    spent INTEGER NOT NULL,   -- milliseconds since the round began, below 0 until it begins
    length INTEGER NOT NULL,  -- milliseconds that it lasts
    began INTEGER NOT NULL,   -- when the lesson began, in milliseconds since 1970
    ended INTEGER NOT NULL,
    boot INTEGER NOT NULL, mono INTEGER NOT NULL, -- that moment, by the box where it was said
    hlc INTEGER NOT NULL,
    stream BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX lesson_run_of_class ON lesson_run (class, hlc);

-- How a class works.
CREATE TABLE class_way (
    class BLOB PRIMARY KEY,
    content BLOB NOT NULL, -- CBOR, as in the entry
    hlc INTEGER NOT NULL,
    stream BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Who was there on which day (UTC, as 2026-11-25), said by hand.
CREATE TABLE attendance (
    class BLOB NOT NULL,
    day TEXT NOT NULL,
    student BLOB NOT NULL,
    state TEXT NOT NULL,  -- empty once it was taken back
    said_by BLOB,
    hlc INTEGER NOT NULL,
    stream BLOB NOT NULL,
    PRIMARY KEY (class, day, student)
) STRICT, WITHOUT ROWID;

-- Who signed in on which day (UTC), and when first.
CREATE TABLE came (
    day TEXT NOT NULL,
    student BLOB NOT NULL,
    hlc INTEGER NOT NULL,
    PRIMARY KEY (day, student)
) STRICT, WITHOUT ROWID;
