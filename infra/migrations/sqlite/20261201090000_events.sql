-- The ledger: every event of the register, once and for ever.
--
-- Safe on an empty database and on none other: it makes the first tables.
-- The columns are those of the PostgreSQL side. ledger_index is the row's own number, given by the
-- appender under the write lock; instants and leaf have no default, so no other INSERT passes.
CREATE TABLE events (
    ledger_index INTEGER PRIMARY KEY NOT NULL CHECK (ledger_index >= 0),
    aggregate_type TEXT NOT NULL,
    aggregate_id TEXT NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence >= 1),
    event_type TEXT NOT NULL,
    event_version TEXT NOT NULL,
    payload TEXT NOT NULL,
    metadata TEXT NOT NULL,
    recorded_us INTEGER NOT NULL,
    stored_us INTEGER NOT NULL,
    leaf BLOB NOT NULL CHECK (length(leaf) = 32),
    CONSTRAINT events_stream UNIQUE (aggregate_type, aggregate_id, sequence)
) STRICT;

CREATE TRIGGER events_refuse_update BEFORE UPDATE ON events BEGIN
    SELECT raise(ABORT, 'UPDATE of events is refused: the ledger only grows');
END;

-- SQLite has no TRUNCATE; a DELETE of everything meets this trigger row by row.
CREATE TRIGGER events_refuse_delete BEFORE DELETE ON events BEGIN
    SELECT raise(ABORT, 'DELETE of events is refused: the ledger only grows');
END;
