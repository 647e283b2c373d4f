-- What each row of a list became: the keyed token of its source, kind, key and step leads to the stream, and to the
-- number within it where the step gave one. So a later file finds what an earlier one recorded, and a step is recorded
-- once. It holds no cell.
--
-- Safe beside readers: a new table only.
CREATE TABLE import_rows (
    token BLOB NOT NULL PRIMARY KEY,
    stream TEXT NOT NULL,
    number BIGINT NOT NULL
);
