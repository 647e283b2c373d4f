-- Cases of every kind that has no list of its own, each with what has to happen in it by a day.
--
-- Safe beside readers: a new table, filled from the ledger like every read model.
CREATE TABLE cases (
    generation BIGINT NOT NULL,
    case_id TEXT NOT NULL,
    from_index BIGINT NOT NULL,
    to_index BIGINT NOT NULL,
    first_index BIGINT NOT NULL,
    kind TEXT NOT NULL,
    person_id TEXT,
    jurisdiction TEXT NOT NULL,
    what TEXT,
    place TEXT,
    state TEXT NOT NULL,
    goes_on BIGINT NOT NULL,
    since TEXT NOT NULL,
    next_due TEXT,
    clocks TEXT NOT NULL,
    findings BIGINT NOT NULL,
    PRIMARY KEY (generation, case_id, from_index)
);
CREATE INDEX cases_list ON cases (generation, kind, first_index);
CREATE INDEX cases_due ON cases (generation, to_index, next_due);
CREATE INDEX cases_person ON cases (generation, person_id);
