-- The boxes of the school, by their keys: whose segments are taken in.
CREATE TABLE box (
    stream BLOB NOT NULL PRIMARY KEY,
    key BLOB NOT NULL,
    removed INTEGER NOT NULL,
    hlc INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
