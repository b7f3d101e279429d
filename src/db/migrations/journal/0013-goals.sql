-- What the school wants to reach. Each row folds with its entry; of all that is said of one goal the greatest (hlc, stream) wins.
CREATE TABLE goal (
    id BLOB PRIMARY KEY,
    class BLOB NOT NULL,
    content BLOB,          -- CBOR, as in the entry; nothing once it is given up
    said_by BLOB,          -- a member of the staff
    hlc INTEGER NOT NULL,
    stream BLOB NOT NULL   -- the box where it was said
) STRICT, WITHOUT ROWID;
