-- The journal and what belongs to it. Thin on purpose: an entry has no index but its key.

CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;

-- Every stream that this box holds, its own one first. Entries of stream `number` have keys from number << 40.
CREATE TABLE stream (
    number INTEGER PRIMARY KEY,
    stream BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    folded INTEGER NOT NULL DEFAULT 0, -- the highest sequence number in the views that fold later
    UNIQUE (stream, epoch)
) STRICT;

CREATE TABLE entry (
    key INTEGER PRIMARY KEY, -- stream number << 40 | sequence number
    boot INTEGER NOT NULL,
    mono INTEGER NOT NULL,   -- milliseconds since that boot
    hlc INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    client BLOB,             -- the tablet's stream, for what tablets send
    n INTEGER,               -- and its number there
    body BLOB NOT NULL
) STRICT;

-- What each tablet has sent: everything below next_n is in the journal. Folds later.
CREATE TABLE client (client BLOB PRIMARY KEY, next_n INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- Edits merged field by field: the greater (hlc, stream) wins.
CREATE TABLE register (
    entity TEXT NOT NULL, id BLOB NOT NULL, field TEXT NOT NULL,
    value BLOB NOT NULL, hlc INTEGER NOT NULL, stream BLOB NOT NULL,
    PRIMARY KEY (entity, id, field)
) STRICT, WITHOUT ROWID;

-- Every edit ever made, for history, undo and conflicts.
CREATE TABLE edit (
    entity TEXT NOT NULL, id BLOB NOT NULL, field TEXT NOT NULL,
    hlc INTEGER NOT NULL, stream BLOB NOT NULL,
    prev INTEGER NOT NULL, -- the stamp that the editor saw; two edits that saw the same one are a conflict
    value BLOB NOT NULL,
    PRIMARY KEY (entity, id, field, hlc, stream)
) STRICT, WITHOUT ROWID;

-- When the box learned the date: from these, dates of entries are worked out afterwards.
CREATE TABLE anchor (
    stream BLOB NOT NULL, boot INTEGER NOT NULL, mono INTEGER NOT NULL,
    wall INTEGER NOT NULL, error INTEGER NOT NULL, source INTEGER NOT NULL,
    PRIMARY KEY (stream, boot, mono)
) STRICT, WITHOUT ROWID;
