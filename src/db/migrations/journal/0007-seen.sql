-- Which entries say something about what a student can do. Folds later; a function of the set of entries.
CREATE TABLE seen (
    student BLOB NOT NULL,
    stream BLOB NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL,
    PRIMARY KEY (student, stream, epoch, seq)
) STRICT, WITHOUT ROWID;

-- The views that fold later are joins: folding all entries into them once more changes nothing but this new one.
UPDATE stream SET folded = 0;
