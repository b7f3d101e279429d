-- What students showed in the room, as teachers wrote it down. Folds with its entry; of each id the newest word counts.
CREATE TABLE scored (
    id BLOB PRIMARY KEY,
    check_id BLOB NOT NULL,       -- scores that were written down together
    student BLOB NOT NULL,
    skill TEXT NOT NULL,          -- <pack>/<skill>
    way INTEGER NOT NULL,         -- 0 paper, 1 oral, 2 observed, 3 product, 4 cards
    score INTEGER NOT NULL,       -- in thousandths
    questions INTEGER NOT NULL,
    guess INTEGER NOT NULL,       -- in thousandths
    at INTEGER NOT NULL,          -- when it happened, in milliseconds since 1970
    written_by BLOB NOT NULL,     -- a member of the staff
    title TEXT NOT NULL,
    is_withdrawn INTEGER NOT NULL,
    hlc INTEGER NOT NULL,
    stream BLOB NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX scored_by_student ON scored (student);
CREATE INDEX scored_by_check ON scored (check_id);

-- The newest word of a teacher on the band of a student in a skill. Folds with its entry.
CREATE TABLE band_set (
    student BLOB NOT NULL,
    skill TEXT NOT NULL,          -- <pack>/<skill>
    band INTEGER,                 -- 1 to 4; NULL once the word was taken back
    said_by BLOB NOT NULL,        -- a member of the staff
    why TEXT NOT NULL,
    hlc INTEGER NOT NULL,
    stream BLOB NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL,
    PRIMARY KEY (student, skill)
) STRICT, WITHOUT ROWID;
