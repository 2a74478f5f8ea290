"""The tables, as a list of migrations that only ever grows.

Times are UTC texts of one width ("2026-11-22T20:15:00.000000Z"), so text order is time order in any tool.
"""

from collections.abc import Callable

from sqlite_utils import Database, Migrations

FIRST = """
CREATE TABLE sources (
    name TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    address TEXT NOT NULL,
    active INTEGER NOT NULL DEFAULT 1,
    title TEXT NOT NULL DEFAULT '',
    url TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT '',
    tags TEXT NOT NULL DEFAULT '[]',
    every REAL NOT NULL DEFAULT 0,
    due TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT 'never visited',
    lease TEXT NOT NULL DEFAULT '',
    succeeded TEXT,
    memory TEXT NOT NULL DEFAULT '{}',
    etag TEXT NOT NULL DEFAULT '',
    modified TEXT NOT NULL DEFAULT '',
    answerer TEXT NOT NULL DEFAULT '',
    digest TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX sources_due ON sources (due) WHERE active;

CREATE TABLE visits (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL REFERENCES sources (name),
    at TEXT NOT NULL,
    seconds REAL NOT NULL,
    result TEXT NOT NULL,
    status INTEGER NOT NULL,
    size INTEGER NOT NULL,
    added INTEGER NOT NULL,
    edited INTEGER NOT NULL,
    fault TEXT NOT NULL,
    notes TEXT NOT NULL
) STRICT;
CREATE INDEX visits_source ON visits (source, id);

CREATE TABLE files (
    source TEXT NOT NULL REFERENCES sources (name),
    path TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime INTEGER NOT NULL,
    digest TEXT NOT NULL,
    uid TEXT NOT NULL,
    PRIMARY KEY (source, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE entries (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL REFERENCES sources (name),
    uid TEXT NOT NULL,
    digest TEXT NOT NULL,
    seen TEXT NOT NULL,
    changed TEXT NOT NULL,
    published TEXT NOT NULL,
    updated TEXT,
    title TEXT NOT NULL,
    url TEXT NOT NULL,
    page TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    lede TEXT NOT NULL,
    summary TEXT NOT NULL,
    body TEXT NOT NULL,
    language TEXT NOT NULL,
    authors TEXT NOT NULL,
    tags TEXT NOT NULL,
    more TEXT NOT NULL,
    UNIQUE (source, uid)
) STRICT;
CREATE INDEX entries_page ON entries (page) WHERE page <> '';
CREATE INDEX entries_fingerprint ON entries (fingerprint) WHERE fingerprint <> '';

CREATE TABLE stories (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guid TEXT NOT NULL UNIQUE,
    lead INTEGER NOT NULL REFERENCES entries (id),
    published TEXT NOT NULL,
    updated TEXT NOT NULL,
    changed TEXT NOT NULL
) STRICT;
CREATE INDEX stories_published ON stories (published);

CREATE TABLE members (
    entry INTEGER PRIMARY KEY REFERENCES entries (id),
    turn INTEGER NOT NULL UNIQUE,
    story INTEGER NOT NULL REFERENCES stories (id),
    level TEXT NOT NULL,
    score REAL NOT NULL,
    threshold REAL NOT NULL,
    other INTEGER,
    terms TEXT NOT NULL,
    gap REAL NOT NULL,
    veto TEXT NOT NULL
) STRICT;
CREATE INDEX members_story ON members (story);

CREATE TABLE aliases (
    story INTEGER PRIMARY KEY REFERENCES stories (id),
    into_story INTEGER NOT NULL REFERENCES stories (id),
    at TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX aliases_into ON aliases (into_story);

CREATE TABLE rulings (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    one INTEGER NOT NULL REFERENCES entries (id),
    two INTEGER NOT NULL REFERENCES entries (id),
    turn INTEGER NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE TABLE window (
    id INTEGER PRIMARY KEY,
    state BLOB NOT NULL
) STRICT;
"""

# `placed`: the story that took the entry when it came, whatever became of both since. The acts of grouping
# and of people upon stories, each done after the entry of its turn was placed.
PAST = """
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
"""

KNOWN = "ALTER TABLE sources ADD COLUMN known BLOB NOT NULL DEFAULT x''"

# `revision` moves with every change that an output may show. `witnesses`: how many publishers were told last;
# `joined`, `revised`: see model/story.py.
OUTPUTS = """
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
"""

PUSH = """
CREATE TABLE subscriptions (
    key TEXT PRIMARY KEY,
    source TEXT NOT NULL REFERENCES sources (name),
    hub TEXT NOT NULL,
    topic TEXT NOT NULL,
    secret TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'wanted',
    asked TEXT,
    lease TEXT,
    due TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    misses INTEGER NOT NULL DEFAULT 0,
    offences INTEGER NOT NULL DEFAULT 0,
    base TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    seen TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE INDEX subscriptions_source ON subscriptions (source);
CREATE INDEX subscriptions_due ON subscriptions (due);

CREATE TABLE pings (
    hub TEXT NOT NULL,
    topic TEXT NOT NULL,
    digest TEXT NOT NULL,
    told TEXT NOT NULL DEFAULT '',
    due TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    note TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (hub, topic)
) STRICT, WITHOUT ROWID;
"""

# The trigger keeps what is done about search out of the way in which reports are edited.
SEARCH = """
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
"""

STEPS = {
    "0001 sources, visits, files, entries, stories": FIRST,
    "0002 what was done to stories": PAST,
    "0004 what the last document said": KNOWN,
    "0005 what is published": OUTPUTS,
    "0006 search": SEARCH,
    "0007 subscriptions, pings": PUSH,
}
NAMES = set(STEPS)
"""All migrations this version knows: a database that has others is of a newer one."""


def step(script: str) -> Callable[[Database], None]:
    """Not executescript(), which would end the transaction."""

    def take(db: Database) -> None:
        for statement in script.split(";\n"):
            if statement.strip():
                db.execute(statement)

    return take


MIGRATIONS = Migrations("aggregator")
for name, script in STEPS.items():
    MIGRATIONS(name=name)(step(script))
