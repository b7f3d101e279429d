-- The district's side: many schools, and of each the chains of its boxes. `school` leads every key, so that schools can be
-- spread over machines. Segments lie beside their marks: both are in one commit, so neither can be without the other.
CREATE TABLE school (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A code lets one box in. Only its hash is kept.
CREATE TABLE code (
    hash BLOB NOT NULL PRIMARY KEY,
    school BLOB NOT NULL,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE box (
    school BLOB NOT NULL,
    stream BLOB NOT NULL,
    key BLOB NOT NULL,
    name TEXT NOT NULL,
    since INTEGER NOT NULL,
    counter INTEGER NOT NULL DEFAULT 0,
    version TEXT NOT NULL DEFAULT '',
    free INTEGER NOT NULL DEFAULT 0,
    seen INTEGER,
    revoked INTEGER,
    PRIMARY KEY (school, stream)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX box_stream ON box (stream);

CREATE TABLE chain (
    school BLOB NOT NULL,
    stream BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    next_seq INTEGER NOT NULL,
    last_hash BLOB NOT NULL,
    PRIMARY KEY (school, stream, epoch)
) STRICT, WITHOUT ROWID;

CREATE TABLE segment (
    school BLOB NOT NULL,
    stream BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    first_seq INTEGER NOT NULL,
    next_seq INTEGER NOT NULL,
    hash BLOB NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (school, stream, epoch, first_seq)
) STRICT;

-- What could not be read: kept whole, so that a later version can, and counted.
CREATE TABLE quarantine (
    school BLOB NOT NULL,
    stream BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    first_seq INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (school, stream, epoch, first_seq)
) STRICT, WITHOUT ROWID;

-- Answers by course and day (days since 1970); students by their ids, which are no names.
CREATE TABLE course_day (
    school BLOB NOT NULL,
    course TEXT NOT NULL,
    day INTEGER NOT NULL,
    answers INTEGER NOT NULL,
    correct INTEGER NOT NULL,
    milliseconds INTEGER NOT NULL,
    PRIMARY KEY (school, course, day)
) STRICT, WITHOUT ROWID;
CREATE TABLE student_day (
    school BLOB NOT NULL,
    course TEXT NOT NULL,
    day INTEGER NOT NULL,
    student BLOB NOT NULL,
    PRIMARY KEY (school, course, day, student)
) STRICT, WITHOUT ROWID;
