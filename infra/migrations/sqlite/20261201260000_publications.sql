-- What was published, under its digest, which the ledger's entry of the release names. Rows are only added: a release that
-- is withdrawn is withdrawn by an entry of its own, and what was shown stays provable.
--
-- Safe beside readers and writers: a new table only.
CREATE TABLE publications (
    digest TEXT NOT NULL PRIMARY KEY,
    document BLOB NOT NULL
);
CREATE TRIGGER publications_refuse_update BEFORE UPDATE ON publications BEGIN
    SELECT raise(ABORT, 'UPDATE of publications is refused: its rows are only added');
END;
CREATE TRIGGER publications_refuse_delete BEFORE DELETE ON publications BEGIN
    SELECT raise(ABORT, 'DELETE of publications is refused: its rows are only added');
END;
