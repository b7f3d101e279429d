-- Packs that the district offers, the newest of each; and which schools get them. No school: all of them.
CREATE TABLE pack (
    id TEXT NOT NULL PRIMARY KEY,
    version TEXT NOT NULL,
    title TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    bytes INTEGER NOT NULL,
    since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE subscription (
    pack TEXT NOT NULL,
    school BLOB NOT NULL, -- empty: every school
    PRIMARY KEY (pack, school)
) STRICT, WITHOUT ROWID;

-- The number of the catalogue: greater after each change, so that nobody takes an old one for a new one.
CREATE TABLE catalogue (version INTEGER NOT NULL) STRICT;
INSERT INTO catalogue (version) VALUES (0);
