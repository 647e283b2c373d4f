-- Which cases are a child's, what each hangs on, and which offices work on it.
--
-- Safe beside readers: a new table, filled from the ledger like every read model, and an index. Until the table is filled,
-- lists are not shown.
CREATE TABLE childs_cases (
    generation BIGINT NOT NULL,
    case_id TEXT NOT NULL,
    from_index BIGINT NOT NULL,
    to_index BIGINT NOT NULL,
    kind TEXT NOT NULL,
    person_id TEXT,
    jurisdiction TEXT NOT NULL,
    of_child BIGINT NOT NULL,
    hangs_on TEXT,
    had_by TEXT,
    begun_by TEXT,
    PRIMARY KEY (generation, case_id, from_index)
);
CREATE INDEX childs_cases_own ON childs_cases (generation, of_child, to_index);
CREATE INDEX childs_cases_hanging ON childs_cases (generation, hangs_on);
-- Whom an entry of the ledger concerns, by its stream.
CREATE INDEX person_timeline_stream ON person_timeline (generation, stream_id);
