-- Where students stopped in what they watch, hear or read.
CREATE TABLE position (
    student BLOB NOT NULL, course TEXT NOT NULL, lesson TEXT NOT NULL, activity TEXT NOT NULL,
    position INTEGER NOT NULL, -- a second, a page, a chapter
    at INTEGER NOT NULL,       -- milliseconds since 1970
    PRIMARY KEY (student, course, lesson, activity)
) STRICT, WITHOUT ROWID;
CREATE INDEX position_at ON position (at);
