-- What can be found in the packs that serve. Everything here is made from them, and made anew when it is lost.

CREATE TABLE pack (
    number INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice: a search may still hold the old one
    hash TEXT NOT NULL UNIQUE, -- SHA-256 of the pack
    shape INTEGER NOT NULL,    -- the way in which its resources were read
    whole INTEGER NOT NULL     -- 1 when all of it is there
) STRICT;

-- Where a resource is in its pack. The number tells whom it is for, its kind and its pack, see src/search/store.rs; so the
-- index can be asked for a part of them by ranges of numbers.
CREATE TABLE resource (
    id INTEGER PRIMARY KEY,
    lesson TEXT, activity TEXT, part TEXT -- NULL where it has none
) STRICT;

-- Its words, as src/search/words.rs folds them. The text itself is not kept: it lies in the pack.
CREATE VIRTUAL TABLE found USING fts5(
    title, body, content = '', contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* M* Co Cn'"
);
CREATE VIRTUAL TABLE term USING fts5vocab(found, 'row');

-- Every word of the index with a blank at both ends, and the words by their triples of letters: for words that were
-- typed with a slip.
CREATE TABLE word (id INTEGER PRIMARY KEY, spelling TEXT NOT NULL) STRICT;
CREATE VIRTUAL TABLE near USING fts5(
    spelling, content = 'word', content_rowid = 'id', detail = none, tokenize = 'trigram'
);
