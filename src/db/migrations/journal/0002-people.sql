-- The people of the school: each row is made of the winning fields of one thing (src/people/store.rs).

CREATE TABLE school (
    id BLOB PRIMARY KEY, name TEXT NOT NULL DEFAULT '', language TEXT NOT NULL DEFAULT '',
    set_up INTEGER NOT NULL DEFAULT 0 -- milliseconds since 1970
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
    id BLOB PRIMARY KEY, name TEXT NOT NULL DEFAULT '', role TEXT NOT NULL DEFAULT '',
    password TEXT NOT NULL DEFAULT '', -- Argon2id, as a PHC string
    gone INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE class (
    id BLOB PRIMARY KEY, name TEXT NOT NULL DEFAULT '', gone INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- All that is held about a student; the list is short on purpose.
CREATE TABLE student (
    id BLOB PRIMARY KEY, name TEXT NOT NULL DEFAULT '', avatar TEXT NOT NULL DEFAULT '',
    school_id TEXT NOT NULL DEFAULT '', language TEXT NOT NULL DEFAULT '',
    badge INTEGER NOT NULL DEFAULT 0, -- counts the badges given out; older ones are void
    gone INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Ids of 32 bytes: the class, then the student or the staff member.
CREATE TABLE member (id BLOB PRIMARY KEY, is_in INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
CREATE TABLE teaches (id BLOB PRIMARY KEY, is_in INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
