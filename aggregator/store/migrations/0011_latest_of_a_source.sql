-- A source's latest entries are read whenever it brings something: without going through all that it ever had.
CREATE INDEX entries_latest ON entries (source, published, title);
