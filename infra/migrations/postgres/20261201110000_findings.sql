-- Findings with what became of them: who looks at each, since when it stands, and how it was closed.
--
-- Safe to take again from the ledger, from which the read model is filled anew. Until it has caught up it tells less.
-- The table stays, and with it the rights on it.
DELETE FROM findings;
DELETE FROM projections WHERE name = 'findings';
ALTER TABLE findings
    DROP CONSTRAINT findings_pkey,
    ADD COLUMN cause TEXT NOT NULL,
    ADD COLUMN from_index BIGINT NOT NULL,
    ADD COLUMN to_index BIGINT NOT NULL,
    ADD COLUMN place BIGINT NOT NULL,
    ADD COLUMN since TEXT NOT NULL,
    ADD COLUMN state TEXT NOT NULL,
    ADD COLUMN finding_id TEXT,
    ADD COLUMN role TEXT,
    ADD COLUMN owner TEXT,
    ADD COLUMN office TEXT,
    ADD COLUMN disposition TEXT,
    ADD PRIMARY KEY (generation, cause, from_index);
CREATE INDEX findings_list ON findings (generation, place);
