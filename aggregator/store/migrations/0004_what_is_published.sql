-- `revision` moves with every change that an output may show. `witnesses`: how many publishers were told last;
-- `joined`, `revised`: see model/story.py.
ALTER TABLE sources ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
ALTER TABLE stories ADD COLUMN witnesses INTEGER;
ALTER TABLE stories ADD COLUMN joined TEXT;
ALTER TABLE stories ADD COLUMN revised TEXT;
CREATE TABLE published (
    folder TEXT NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime INTEGER NOT NULL,
    mark TEXT NOT NULL,
    PRIMARY KEY (folder, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE problems (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL REFERENCES sources (name),
    began TEXT NOT NULL,
    ended TEXT,
    fault TEXT NOT NULL,
    note TEXT NOT NULL,
    UNIQUE (source, began)
) STRICT;
CREATE TABLE editions (folder TEXT PRIMARY KEY, mark TEXT NOT NULL) STRICT;
CREATE TABLE revision (number INTEGER NOT NULL) STRICT;
INSERT INTO revision (number) VALUES (1);
CREATE TRIGGER story_added AFTER INSERT ON stories BEGIN UPDATE revision SET number = number + 1; END;
CREATE TRIGGER story_changed AFTER UPDATE ON stories BEGIN UPDATE revision SET number = number + 1; END;
CREATE TRIGGER story_folded AFTER INSERT ON aliases BEGIN UPDATE revision SET number = number + 1; END;
CREATE TRIGGER problem_began AFTER INSERT ON problems BEGIN UPDATE revision SET number = number + 1; END;
CREATE TRIGGER problem_ended AFTER UPDATE ON problems BEGIN UPDATE revision SET number = number + 1; END;
CREATE TRIGGER source_changed AFTER UPDATE OF title, url, address, tags ON sources
WHEN old.title <> new.title OR old.url <> new.url OR old.address <> new.address OR old.tags <> new.tags
BEGIN UPDATE revision SET number = number + 1; END;
