-- The court that decides in a child's case which another authority has.
--
-- Safe beside readers: a column without a value in the rows that are there; no case before it names such a court.
ALTER TABLE childs_cases ADD COLUMN heard_by TEXT;
