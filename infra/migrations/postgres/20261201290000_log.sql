-- The log over the ledger: the hash of every full subtree of 256, 65,536, ... entries, the checkpoints that were signed, and
-- the public keys that signed them. Rows are only added.
--
-- Safe beside readers and writers: new tables only.
CREATE TABLE log_nodes (
    level BIGINT NOT NULL,
    nth BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    PRIMARY KEY (level, nth)
);
CREATE TABLE log_checkpoints (
    size BIGINT NOT NULL PRIMARY KEY,
    signed_us BIGINT NOT NULL,
    note TEXT NOT NULL
);
CREATE TABLE log_keys (
    verifier TEXT NOT NULL PRIMARY KEY,
    first_size BIGINT NOT NULL
);
CREATE TRIGGER log_nodes_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON log_nodes
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER log_checkpoints_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON log_checkpoints
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER log_keys_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON log_keys
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
