-- How far each file was imported, so that an interrupted import goes on and a repeated one adds nothing; and the keyed
-- tokens by which a mapping's identity columns recognise a person in several rows.
--
-- Safe beside readers: new tables only.
CREATE TABLE import_progress (
    source TEXT NOT NULL,
    file_sha256 TEXT NOT NULL,
    mapping_sha256 TEXT NOT NULL,
    last_row BIGINT NOT NULL,
    decisions BIGINT NOT NULL,
    rejected BIGINT NOT NULL,
    done BIGINT NOT NULL,
    updated_us BIGINT NOT NULL,
    PRIMARY KEY (source, file_sha256, mapping_sha256)
);
CREATE TABLE import_persons (
    token BLOB NOT NULL PRIMARY KEY,
    person TEXT NOT NULL
);
