-- What each class was given by its teachers. Folds with its entry; the greatest (hlc, stream) about a gift wins.
CREATE TABLE given (
    class BLOB NOT NULL,
    course TEXT NOT NULL,
    lesson TEXT NOT NULL,      -- empty for the whole course
    is_given INTEGER NOT NULL, -- 0 once it was taken back
    given_by BLOB,             -- a member of the staff
    hlc INTEGER NOT NULL,
    stream BLOB NOT NULL,      -- the box where it was said
    PRIMARY KEY (class, course, lesson)
) STRICT, WITHOUT ROWID;
