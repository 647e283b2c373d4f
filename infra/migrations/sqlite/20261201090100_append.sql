-- The keys by which a repeated request is recognised.
--
-- Safe beside readers: it adds a table and touches no row. What PostgreSQL does in functions, the
-- one writing thread does here between BEGIN IMMEDIATE and COMMIT.
CREATE TABLE idempotency_keys (
    subject TEXT NOT NULL,
    key TEXT NOT NULL,
    request_hash BLOB NOT NULL CHECK (length(request_hash) = 32),
    first_index INTEGER NOT NULL,
    count INTEGER NOT NULL CHECK (count >= 1),
    stored_us INTEGER NOT NULL,
    PRIMARY KEY (subject, key)
) STRICT, WITHOUT ROWID;
