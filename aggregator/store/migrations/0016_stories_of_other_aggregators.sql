ALTER TABLE entries ADD COLUMN upstream TEXT NOT NULL DEFAULT '';
CREATE INDEX entries_upstream ON entries (upstream) WHERE upstream <> '';
