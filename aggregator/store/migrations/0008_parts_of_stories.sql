-- Outputs that join less than grouping does give a story's further parts ids of their own: by their first entry.
CREATE TABLE parts (
    entry INTEGER PRIMARY KEY REFERENCES entries (id),
    guid TEXT NOT NULL UNIQUE
) STRICT;
-- An affair may have thousands of stories: each finds its neighbours in time without the others.
DROP INDEX stories_affair;
CREATE INDEX stories_affair ON stories (affair, published);
