-- For which offences a decision stands is told by the sentence register, and by no read model of its own. Of persons only
-- those are kept whose record is guarded: nobody asked for the others.
--
-- Safe to take again from the ledger, from which both are filled anew. Until that is done no list is shown.
DROP TABLE offences_served;
DELETE FROM projections WHERE name IN ('offences_served', 'sentence_register', 'persons');
DELETE FROM sentence_register;
ALTER TABLE sentence_register ADD COLUMN offences TEXT NOT NULL DEFAULT '';
DELETE FROM persons;
ALTER TABLE persons DROP COLUMN sex;
ALTER TABLE persons DROP COLUMN contested;
