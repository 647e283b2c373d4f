-- The log over the ledger: the hash of every full subtree of 256, 65,536, ... entries, the checkpoints that were signed, and
-- the public keys that signed them. Rows are only added.
--
-- Safe beside readers and writers: new tables only.
CREATE TABLE log_nodes (
    level INTEGER NOT NULL,
    nth INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (level, nth)
) WITHOUT ROWID;
CREATE TABLE log_checkpoints (
    size INTEGER NOT NULL PRIMARY KEY,
    signed_us INTEGER NOT NULL,
    note TEXT NOT NULL
);
CREATE TABLE log_keys (
    verifier TEXT NOT NULL PRIMARY KEY,
    first_size INTEGER NOT NULL
);
CREATE TRIGGER log_nodes_refuse_update BEFORE UPDATE ON log_nodes BEGIN
    SELECT raise(ABORT, 'UPDATE of log_nodes is refused: its rows are only added');
END;
CREATE TRIGGER log_nodes_refuse_delete BEFORE DELETE ON log_nodes BEGIN
    SELECT raise(ABORT, 'DELETE of log_nodes is refused: its rows are only added');
END;
CREATE TRIGGER log_checkpoints_refuse_update BEFORE UPDATE ON log_checkpoints BEGIN
    SELECT raise(ABORT, 'UPDATE of log_checkpoints is refused: its rows are only added');
END;
CREATE TRIGGER log_checkpoints_refuse_delete BEFORE DELETE ON log_checkpoints BEGIN
    SELECT raise(ABORT, 'DELETE of log_checkpoints is refused: its rows are only added');
END;
CREATE TRIGGER log_keys_refuse_update BEFORE UPDATE ON log_keys BEGIN
    SELECT raise(ABORT, 'UPDATE of log_keys is refused: its rows are only added');
END;
CREATE TRIGGER log_keys_refuse_delete BEFORE DELETE ON log_keys BEGIN
    SELECT raise(ABORT, 'DELETE of log_keys is refused: its rows are only added');
END;
