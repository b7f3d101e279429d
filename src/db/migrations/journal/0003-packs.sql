-- Which box has which pack. Folds with its entry; the greater stamp of a box about a pack wins.
CREATE TABLE pack (
    stream BLOB NOT NULL, -- the box
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    sha256 BLOB NOT NULL, -- of the file, which also names it
    bytes INTEGER NOT NULL,
    built_in INTEGER NOT NULL,
    installed INTEGER NOT NULL,
    hlc INTEGER NOT NULL,
    PRIMARY KEY (stream, id)
) STRICT, WITHOUT ROWID;
