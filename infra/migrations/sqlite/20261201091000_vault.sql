-- Keys per person and data class, wrapped; secrets of the register; the blind index by which a person is found; who
-- consulted what; the bytes of adopted packs.
--
-- Safe beside readers: new tables only.
CREATE TABLE vault_keys (
    key_id TEXT NOT NULL PRIMARY KEY,
    person TEXT NOT NULL,
    class TEXT NOT NULL,
    wrapped BLOB,
    created_us BIGINT NOT NULL,
    destroyed_us BIGINT,
    basis TEXT
);
CREATE INDEX vault_keys_person ON vault_keys (person, class);
CREATE TABLE vault_secrets (
    name TEXT NOT NULL PRIMARY KEY,
    wrapped BLOB NOT NULL
);
CREATE TABLE vault_index (
    token BLOB NOT NULL,
    person TEXT NOT NULL,
    class TEXT NOT NULL,
    PRIMARY KEY (token, person, class)
);
CREATE INDEX vault_index_person ON vault_index (person, class);
CREATE TABLE consultations (
    process TEXT NOT NULL,
    day TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    at_us BIGINT NOT NULL,
    entry TEXT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (process, day, sequence)
);
CREATE INDEX consultations_at ON consultations (at_us);
CREATE TABLE policy_packs (
    hash TEXT NOT NULL PRIMARY KEY,
    bytes BLOB NOT NULL
);
