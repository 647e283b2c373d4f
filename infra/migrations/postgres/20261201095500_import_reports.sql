-- What became of each import: who brought which source in under which mapping, and what every rule met. Written with
-- each batch, so that an import that is killed has a report too. It holds counts, rules and lines, and no cell.
--
-- Safe beside readers: a new table only.
CREATE TABLE import_reports (
    id TEXT NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    file_sha256 TEXT NOT NULL,
    mapping_sha256 TEXT NOT NULL,
    begun_us BIGINT NOT NULL,
    updated_us BIGINT NOT NULL,
    done BIGINT NOT NULL,
    entry TEXT NOT NULL
);
