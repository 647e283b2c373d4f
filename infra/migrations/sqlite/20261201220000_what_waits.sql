-- What waits for a court, and what an office waits for: the day on which an appeal that goes on was lodged, the court that
-- made an order and the day on which the oldest breach that is not decided was alleged, and the last day for evidence of an
-- acceptable reason for an absence; who was referred to which programme, and how far that has come.
--
-- Safe to take again from the ledger, from which all four are filled anew. Until that is done no list is shown.
DELETE FROM projections WHERE name IN ('sentence_register', 'order_ledger', 'diary', 'caseload');
DELETE FROM sentence_register;
DELETE FROM order_ledger;
DELETE FROM diary;
DELETE FROM caseload;
ALTER TABLE sentence_register ADD COLUMN appealed TEXT;
ALTER TABLE order_ledger ADD COLUMN court TEXT NOT NULL DEFAULT '';
ALTER TABLE order_ledger ADD COLUMN alleged TEXT;
ALTER TABLE diary ADD COLUMN evidence_until TEXT;
ALTER TABLE caseload ADD COLUMN programmes TEXT NOT NULL DEFAULT '[]';
