-- From when each decision that is being served allows which kind of release, and whether anybody has considered it: one
-- row for the decision itself and one for each kind, each with the entries of the ledger for which it holds. Who was never
-- considered is read from it, and how far it reaches.
--
-- Safe beside readers: new tables, filled from the ledger once somebody asks or the service follows it, and an index.
CREATE TABLE possible (
    possible_id TEXT NOT NULL,
    from_index BIGINT NOT NULL,
    to_index BIGINT NOT NULL,
    sentence_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    jurisdiction TEXT NOT NULL,
    custody_id TEXT,
    facility TEXT,
    nth BIGINT NOT NULL,
    kind TEXT,
    title TEXT,
    by_law BIGINT NOT NULL,
    eligible TEXT,
    considered BIGINT NOT NULL,
    release_id TEXT,
    why TEXT,
    why_title TEXT,
    PRIMARY KEY (possible_id, from_index)
);
CREATE INDEX possible_sentence ON possible (sentence_id, to_index);
CREATE INDEX possible_eligible ON possible (considered, eligible, sentence_id);
CREATE TABLE possible_follows (
    earlier_id TEXT NOT NULL,
    sentence_id TEXT NOT NULL,
    PRIMARY KEY (earlier_id, sentence_id)
);
CREATE TABLE possible_progress (
    filled BIGINT NOT NULL
);
INSERT INTO possible_progress (filled) VALUES (0);
-- On which decisions a stay rested.
CREATE INDEX stays_custody ON stays (generation, custody_id);
