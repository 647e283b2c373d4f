-- The read models: rows that carry the interval [from_index, to_index) of the ledger in which they held, so that a
-- list as of any index is the same question with one more comparison. They can be dropped and rebuilt at any time.
--
-- Safe beside readers: new tables only.
CREATE TABLE projections (
    name TEXT NOT NULL,
    generation BIGINT NOT NULL,
    checkpoint BIGINT NOT NULL,
    live BIGINT NOT NULL,
    poison TEXT,
    PRIMARY KEY (name, generation)
);
CREATE TABLE projection_lease (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    until_us BIGINT NOT NULL
);
CREATE TABLE sentence_register (
    generation BIGINT NOT NULL,
    sentence_id TEXT NOT NULL,
    from_index BIGINT NOT NULL,
    to_index BIGINT NOT NULL,
    first_index BIGINT NOT NULL,
    person_id TEXT NOT NULL,
    jurisdiction TEXT NOT NULL,
    court TEXT NOT NULL,
    decided TEXT,
    state TEXT NOT NULL,
    disposal TEXT NOT NULL,
    offence TEXT,
    category TEXT,
    summary TEXT NOT NULL,
    case_reference TEXT,
    findings BIGINT NOT NULL,
    PRIMARY KEY (generation, sentence_id, from_index)
);
CREATE INDEX sentence_register_list ON sentence_register (generation, first_index);
CREATE TABLE order_ledger (
    generation BIGINT NOT NULL,
    order_id TEXT NOT NULL,
    from_index BIGINT NOT NULL,
    to_index BIGINT NOT NULL,
    first_index BIGINT NOT NULL,
    person_id TEXT NOT NULL,
    sentence_id TEXT NOT NULL,
    jurisdiction TEXT NOT NULL,
    office TEXT NOT NULL,
    state TEXT NOT NULL,
    starts TEXT NOT NULL,
    ends TEXT,
    progress TEXT NOT NULL,
    failures BIGINT NOT NULL,
    warnings BIGINT NOT NULL,
    breaches BIGINT NOT NULL,
    next_on TEXT,
    findings BIGINT NOT NULL,
    PRIMARY KEY (generation, order_id, from_index)
);
CREATE INDEX order_ledger_list ON order_ledger (generation, first_index);
CREATE INDEX order_ledger_sentence ON order_ledger (sentence_id);
CREATE TABLE caseload (
    generation BIGINT NOT NULL,
    supervision_id TEXT NOT NULL,
    from_index BIGINT NOT NULL,
    to_index BIGINT NOT NULL,
    first_index BIGINT NOT NULL,
    person_id TEXT NOT NULL,
    cause TEXT NOT NULL,
    jurisdiction TEXT NOT NULL,
    office TEXT NOT NULL,
    officer TEXT,
    level TEXT,
    state TEXT NOT NULL,
    starts TEXT NOT NULL,
    ends TEXT,
    next_review TEXT,
    last_contact TEXT,
    recall_open BIGINT NOT NULL,
    findings BIGINT NOT NULL,
    PRIMARY KEY (generation, supervision_id, from_index)
);
CREATE INDEX caseload_list ON caseload (generation, first_index);
CREATE TABLE persons (
    generation BIGINT NOT NULL,
    person_id TEXT NOT NULL,
    from_index BIGINT NOT NULL,
    to_index BIGINT NOT NULL,
    state TEXT NOT NULL,
    sex TEXT NOT NULL,
    sealed BIGINT NOT NULL,
    contested BIGINT NOT NULL,
    surviving TEXT,
    PRIMARY KEY (generation, person_id, from_index)
);
CREATE TABLE person_timeline (
    generation BIGINT NOT NULL,
    person_id TEXT NOT NULL,
    stream_type TEXT NOT NULL,
    stream_id TEXT NOT NULL,
    from_index BIGINT NOT NULL,
    PRIMARY KEY (generation, person_id, from_index)
);
CREATE TABLE findings (
    generation BIGINT NOT NULL,
    ledger_index BIGINT NOT NULL,
    nth BIGINT NOT NULL,
    stream_type TEXT NOT NULL,
    stream_id TEXT NOT NULL,
    event_type TEXT NOT NULL,
    code TEXT NOT NULL,
    safeguard TEXT,
    weight TEXT NOT NULL,
    said TEXT NOT NULL,
    PRIMARY KEY (generation, ledger_index, nth)
);
CREATE TABLE fact_segments (
    generation BIGINT NOT NULL,
    next_index BIGINT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (generation, next_index)
);
