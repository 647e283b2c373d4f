-- The rights that a service needs on PostgreSQL, for a role that owns nothing. The owner of the database runs this
-- after `assize migrate`, and the service connects as registry_service or as a role that is granted it.
--
-- Nobody but the owner can change or remove an event, and nobody but ledger_append adds one. Who imports needs
-- INSERT on events besides: GRANT INSERT ON events TO registry_import.
CREATE ROLE registry_service NOLOGIN;
GRANT SELECT ON migrations, events TO registry_service;
GRANT EXECUTE ON FUNCTION ledger_append, ledger_append_one, ledger_reserve, ledger_index_as_of TO registry_service;
GRANT SELECT, INSERT, DELETE ON idempotency_keys TO registry_service;
-- What is written down stays: who consulted what, and the bytes of adopted rules.
GRANT SELECT, INSERT ON consultations, policy_packs TO registry_service;
-- A key is destroyed by emptying it, never by removing its row.
GRANT SELECT, INSERT, UPDATE ON vault_keys TO registry_service;
GRANT SELECT, INSERT ON vault_secrets, import_persons, import_rows TO registry_service;
GRANT SELECT, INSERT, DELETE ON vault_index TO registry_service;
GRANT SELECT, INSERT, UPDATE ON import_progress, import_reports TO registry_service;
-- Read models are built from the ledger and can be built anew.
GRANT SELECT, INSERT, UPDATE, DELETE ON projections, projection_lease, sentence_register, order_ledger, diary, caseload, cases,
    childs_cases, persons, person_timeline, findings, stays, serving, fact_segments,
    possible, possible_follows, possible_progress TO registry_service;
