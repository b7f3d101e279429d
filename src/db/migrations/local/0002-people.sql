-- Who is signed in where. The token itself is with the browser alone; this is its SHA-256.
CREATE TABLE session (
    hash BLOB PRIMARY KEY,
    student INTEGER NOT NULL, -- 1 for a student, 0 for staff
    person BLOB NOT NULL,
    client BLOB,              -- the tablet
    at INTEGER NOT NULL       -- milliseconds since 1970
) STRICT, WITHOUT ROWID;

-- Wrong tries, by the SHA-256 of what they were tried on.
CREATE TABLE throttle (
    name BLOB PRIMARY KEY, wrong INTEGER NOT NULL,
    at INTEGER NOT NULL -- the newest one, in milliseconds since 1970
) STRICT, WITHOUT ROWID;
