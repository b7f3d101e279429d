-- How hard skills and items are, by the newest word of any box on each.
CREATE TABLE difficulty (
    is_item INTEGER NOT NULL,
    name TEXT NOT NULL,         -- <pack>/<skill>, or <pack>/<item>@<version>
    mean INTEGER NOT NULL,      -- thousandths of a logit
    variance INTEGER NOT NULL,  -- thousandths
    hlc INTEGER NOT NULL,
    stream BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (is_item, name)
) STRICT, WITHOUT ROWID;
