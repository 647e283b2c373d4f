-- From which official a case is kept whom it is about.
--
-- Safe beside readers: the read model is filled again from the ledger like every read model; until it is, lists are not
-- shown.
ALTER TABLE childs_cases ADD COLUMN kept_from TEXT;
CREATE INDEX childs_cases_kept ON childs_cases (generation, kept_from);
DELETE FROM childs_cases;
DELETE FROM projections WHERE name = 'childs_cases';
