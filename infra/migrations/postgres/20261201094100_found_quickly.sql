-- What is looked for at each start, each hour and in each list is found without reading everything: erasures in the
-- ledger, idempotency keys past their time, persons whose record is guarded or was merged into another.
--
-- Safe beside readers; on a large register writers wait for as long as the ledger is read once.
CREATE INDEX events_erasures ON events (ledger_index) WHERE event_type = 'person.data_erased';
CREATE INDEX idempotency_keys_stored ON idempotency_keys (stored_us);
CREATE INDEX persons_guarded ON persons (generation, person_id)
    WHERE to_index = 9223372036854775807 AND (sealed = 1 OR state <> 'registered');
CREATE INDEX persons_merged ON persons (generation, surviving) WHERE surviving IS NOT NULL;
