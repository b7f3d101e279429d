-- What students did. Both tables fold later and are functions of the set of entries.

-- The first answer to each place: of several, the one with the least (hlc, stream, epoch, seq) counts.
CREATE TABLE progress (
    student BLOB NOT NULL, course TEXT NOT NULL, lesson TEXT NOT NULL, activity TEXT NOT NULL,
    run INTEGER NOT NULL, place INTEGER NOT NULL,
    score INTEGER NOT NULL, -- thousandths
    hlc INTEGER NOT NULL, stream BLOB NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL,
    PRIMARY KEY (student, course, lesson, activity, run, place)
) STRICT, WITHOUT ROWID;

-- When each run of an activity was opened and read.
CREATE TABLE reading (
    student BLOB NOT NULL, course TEXT NOT NULL, lesson TEXT NOT NULL, activity TEXT NOT NULL,
    run INTEGER NOT NULL,
    opened INTEGER, -- the stamp of the last opening
    read INTEGER,   -- the stamp of the last reading to the end
    PRIMARY KEY (student, course, lesson, activity, run)
) STRICT, WITHOUT ROWID;
