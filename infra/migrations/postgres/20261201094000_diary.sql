-- The diary: every appointment under an order, and what came of it. An office asks it who is due on a day, and whose
-- outcome is missing.
--
-- Safe beside readers: a new table only, filled from the ledger like every read model.
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
