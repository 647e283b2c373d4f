-- For which offences each decision stands that is in force: after a change of the law it is asked whom that concerns.
--
-- Safe beside readers: a new table, filled from the ledger like every read model, and an index.
CREATE TABLE offences_served (
    generation BIGINT NOT NULL,
    sentence_id TEXT NOT NULL,
    from_index BIGINT NOT NULL,
    to_index BIGINT NOT NULL,
    jurisdiction TEXT NOT NULL,
    offences TEXT NOT NULL,
    in_force BIGINT NOT NULL,
    PRIMARY KEY (generation, sentence_id, from_index)
);
CREATE INDEX offences_served_now ON offences_served (generation, in_force, jurisdiction, sentence_id);
-- What was noticed of a record.
CREATE INDEX findings_record ON findings (generation, stream_id);
