-- By what a local file is known again that was renamed and edited at once.
ALTER TABLE files ADD COLUMN trace TEXT NOT NULL DEFAULT '';
