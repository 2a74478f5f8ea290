-- By title, the nearest in time first: how an item is known again whose id, address and text have changed.
DROP INDEX entries_moment;
CREATE INDEX entries_title ON entries (source, title, published);
