-- `traits`: by what a pruned entry is known again. A key is a hash of one of them, see store/pruned.py;
-- `moment`: of a title, the seconds of its publication; 0 otherwise.
CREATE TABLE pruned (
    number INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    traits BLOB NOT NULL
) STRICT;
CREATE TABLE pruned_keys (
    key INTEGER NOT NULL,
    moment INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (key, moment, number)
) STRICT, WITHOUT ROWID;
-- Up to this turn the past has gaps.
CREATE TABLE pruning (turn INTEGER NOT NULL) STRICT;
INSERT INTO pruning (turn) VALUES (0);
-- How many entries the source's last document had.
ALTER TABLE sources ADD COLUMN listed INTEGER NOT NULL DEFAULT 0;
-- An entry is removed, or its lead rewritten, without going through all stories.
CREATE INDEX stories_lead ON stories (lead);
