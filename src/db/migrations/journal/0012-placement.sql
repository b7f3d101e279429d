-- Who was asked to find out where to start in a course. Folds with its entry; the greatest (hlc, stream) wins.
CREATE TABLE placement (
    student BLOB NOT NULL,
    course TEXT NOT NULL,
    strand TEXT NOT NULL,   -- one of the course's, or ~all
    is_asked INTEGER NOT NULL, -- 0 once it was taken back
    said_by BLOB,           -- a member of the staff
    hlc INTEGER NOT NULL,
    stream BLOB NOT NULL,   -- the box where it was said
    PRIMARY KEY (student, course)
) STRICT, WITHOUT ROWID;
