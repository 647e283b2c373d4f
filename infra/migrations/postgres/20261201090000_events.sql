-- The ledger: every event of the register, once and for ever.
--
-- Safe on an empty database and on none other: it makes the first tables.
-- The columns up to metadata are those that postgres-es reads. Its own INSERT fails here, because an
-- event without ledger_index, instants and leaf is not an event of this register.
--
-- A service needs no more than this, under a role that owns nothing:
--   CREATE ROLE registry_service NOLOGIN;
--   GRANT SELECT ON events TO registry_service;              -- reading
--   GRANT INSERT ON events TO registry_service;              -- importing only
--   GRANT SELECT, INSERT, DELETE ON idempotency_keys TO registry_service;
--   GRANT EXECUTE ON FUNCTION ledger_append, ledger_reserve, ledger_index_as_of TO registry_service;
CREATE TABLE events (
    ledger_index bigint NOT NULL CHECK (ledger_index >= 0),
    aggregate_type text NOT NULL,
    aggregate_id text NOT NULL,
    sequence bigint NOT NULL CHECK (sequence >= 1),
    event_type text NOT NULL,
    event_version text NOT NULL,
    -- json and not jsonb: the text is kept as it was hashed.
    payload json NOT NULL,
    metadata json NOT NULL,
    recorded_us bigint NOT NULL,
    stored_us bigint NOT NULL,
    leaf bytea NOT NULL CHECK (octet_length(leaf) = 32),
    CONSTRAINT events_ledger PRIMARY KEY (ledger_index),
    CONSTRAINT events_stream UNIQUE (aggregate_type, aggregate_id, sequence)
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: the ledger only grows', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER events_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
