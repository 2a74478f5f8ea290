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
