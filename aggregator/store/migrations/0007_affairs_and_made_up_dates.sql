-- `affair`: the first story of the affair that a story belongs to. `dated`: 0 when we or a build made the date up.
ALTER TABLE stories ADD COLUMN affair INTEGER NOT NULL DEFAULT 0;
UPDATE stories SET affair = id;
-- The affair that the story was of when the entry came.
ALTER TABLE members ADD COLUMN affair INTEGER;
UPDATE members SET affair = placed;
-- The newest entry there was when this one was placed: by what its source had said until then it was read.
ALTER TABLE members ADD COLUMN horizon INTEGER NOT NULL DEFAULT 0;
UPDATE members SET horizon = entry;
CREATE INDEX stories_affair ON stories (affair);
ALTER TABLE entries ADD COLUMN dated INTEGER NOT NULL DEFAULT 1;
UPDATE entries SET dated = 0 WHERE published = substr(seen, 1, 20) || '000000Z';
