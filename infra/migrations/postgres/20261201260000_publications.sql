-- What was published, under its digest, which the ledger's entry of the release names. Rows are only added: a release that
-- is withdrawn is withdrawn by an entry of its own, and what was shown stays provable.
--
-- Safe beside readers and writers: a new table only.
CREATE TABLE publications (
    digest TEXT NOT NULL PRIMARY KEY,
    document BYTEA NOT NULL
);
CREATE TRIGGER publications_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON publications
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
