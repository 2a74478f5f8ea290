-- The trigger keeps what is done about search out of the way in which reports are edited.
CREATE VIRTUAL TABLE search USING fts5 (
    title, text, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TABLE searchable (
    row INTEGER PRIMARY KEY,
    entry INTEGER NOT NULL UNIQUE
) STRICT;
CREATE TABLE unsearchable (entry INTEGER PRIMARY KEY) STRICT;
CREATE TRIGGER entries_edited AFTER UPDATE OF title, summary, body ON entries BEGIN
    INSERT OR IGNORE INTO unsearchable (entry) SELECT entry FROM searchable WHERE entry = old.id; END;
