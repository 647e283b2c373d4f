-- Who was held where: a row for each place of a stay, from the day of arrival to the day of leaving, with the last day
-- that the order fixes. A place asks it how many it held on a day; whoever looks for those who could be released asks
-- it on which decisions people are held.
--
-- Whose term is being served by a mark on the decision itself: not every decision has its stay in the register.
--
-- Safe beside readers: two new tables, filled from the ledger like every read model.
CREATE TABLE stays (
    generation BIGINT NOT NULL,
    stay_id TEXT NOT NULL,
    from_index BIGINT NOT NULL,
    to_index BIGINT NOT NULL,
    custody_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    jurisdiction TEXT NOT NULL,
    facility TEXT NOT NULL,
    from_day TEXT,
    left_day TEXT,
    until_day TEXT,
    sentence_id TEXT,
    held_since TEXT,
    age BIGINT,
    goes_on BIGINT NOT NULL,
    PRIMARY KEY (generation, stay_id, from_index)
);
CREATE INDEX stays_facility ON stays (generation, facility);
CREATE INDEX stays_sentence ON stays (generation, sentence_id);
CREATE TABLE serving (
    generation BIGINT NOT NULL,
    sentence_id TEXT NOT NULL,
    from_index BIGINT NOT NULL,
    to_index BIGINT NOT NULL,
    person_id TEXT NOT NULL,
    jurisdiction TEXT NOT NULL,
    serves BIGINT NOT NULL,
    PRIMARY KEY (generation, sentence_id, from_index)
);
CREATE INDEX serving_now ON serving (generation, serves);
