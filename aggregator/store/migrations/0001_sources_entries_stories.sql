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
