-- Findings with what became of them: who looks at each, since when it stands, and how it was closed.
--
-- Safe to take again from the ledger, from which the read model is filled anew. Until it has caught up it tells less.
DROP TABLE findings;
DELETE FROM projections WHERE name = 'findings';
CREATE TABLE findings (
    generation BIGINT NOT NULL,
    cause TEXT NOT NULL,
    from_index BIGINT NOT NULL,
    to_index BIGINT NOT NULL,
    place BIGINT NOT NULL,
    ledger_index BIGINT NOT NULL,
    nth BIGINT NOT NULL,
    stream_type TEXT NOT NULL,
    stream_id TEXT NOT NULL,
    event_type TEXT NOT NULL,
    code TEXT NOT NULL,
    safeguard TEXT,
    weight TEXT NOT NULL,
    said TEXT NOT NULL,
    since TEXT NOT NULL,
    state TEXT NOT NULL,
    finding_id TEXT,
    role TEXT,
    owner TEXT,
    office TEXT,
    disposition TEXT,
    PRIMARY KEY (generation, cause, from_index)
);
CREATE INDEX findings_list ON findings (generation, place);
