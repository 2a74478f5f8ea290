-- Summary and body of an entry, compressed; then both columns are empty. See store/compressed.py.
ALTER TABLE entries ADD COLUMN compressed BLOB NOT NULL DEFAULT x'';
DROP TRIGGER entries_edited;
CREATE TRIGGER entries_edited AFTER UPDATE OF title, summary, body, compressed ON entries BEGIN
    INSERT OR IGNORE INTO unsearchable (entry) SELECT entry FROM searchable WHERE entry = old.id; END;
