-- The diary: every appointment under an order, and what came of it. An office asks it who is due on a day, and whose
-- outcome is missing.
--
-- Its rows, and those of the order ledger and the caseload, are found by office: what waits there is counted whole.
--
-- Safe beside readers: a new table, filled from the ledger like every read model, and two indexes.
CREATE TABLE diary (
    generation BIGINT NOT NULL,
    appointment_id TEXT NOT NULL,
    from_index BIGINT NOT NULL,
    to_index BIGINT NOT NULL,
    order_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    person_id TEXT NOT NULL,
    jurisdiction TEXT NOT NULL,
    office TEXT NOT NULL,
    kind TEXT NOT NULL,
    on_day TEXT NOT NULL,
    at_time TEXT,
    place TEXT,
    outcome TEXT,
    failed BIGINT NOT NULL,
    credited TEXT,
    waits BIGINT NOT NULL,
    PRIMARY KEY (generation, appointment_id, from_index)
);
CREATE INDEX diary_day ON diary (generation, office, on_day);
CREATE INDEX diary_order ON diary (generation, order_id);
CREATE INDEX order_ledger_office ON order_ledger (generation, office, to_index);
CREATE INDEX caseload_office ON caseload (generation, office, to_index);
