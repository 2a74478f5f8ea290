-- `placed`: the story that took the entry when it came, whatever became of both since. The acts of grouping
-- and of people upon stories, each done after the entry of its turn was placed.
ALTER TABLE members ADD COLUMN placed INTEGER;
UPDATE members SET placed = story;
CREATE TABLE acts (
    id INTEGER PRIMARY KEY,
    turn INTEGER NOT NULL,
    act TEXT NOT NULL,
    one INTEGER NOT NULL,
    two INTEGER NOT NULL
) STRICT;
INSERT INTO acts (turn, act, one, two)
SELECT rulings.turn, 'part', a.story, b.story FROM rulings
JOIN members AS a ON a.entry = rulings.one
JOIN members AS b ON b.entry = rulings.two
WHERE kind <> 'merge' AND a.story <> b.story
ORDER BY rulings.id;
CREATE INDEX entries_moment ON entries (source, published, title);
