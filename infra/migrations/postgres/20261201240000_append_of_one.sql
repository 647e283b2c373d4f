-- The same as `ledger_append` for a group of one command with one event, which is most of what a quiet register stores: its
-- steps are looked up one by one, and none is begun for the many that are not there.
--
-- Safe beside readers and writers: it touches no row, and whoever knows only `ledger_append` goes on calling that.
CREATE FUNCTION ledger_append_one(
    now_us bigint, stream_type text, stream_id text, expected bigint,
    subject text, key text, request_hash bytea,
    event_type text, event_version text, payload text, metadata text, recorded_us bigint, leaf bytea,
    relied_type text[], relied_id text[], relied_version bigint[]
) RETURNS TABLE (ord bigint, outcome bigint, actual bigint, first_index bigint, count bigint, stored_us bigint)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    kept record;
BEGIN
    PERFORM pg_advisory_xact_lock(4702111234474983745);
    ord := 1;
    count := 1;
    SELECT e.ledger_index + 1, greatest(now_us, e.stored_us) INTO first_index, stored_us
        FROM events e ORDER BY e.ledger_index DESC LIMIT 1;
    IF first_index IS NULL THEN
        first_index := 0;
        stored_us := now_us;
    END IF;
    actual := coalesce((
        SELECT e.sequence FROM events e
        WHERE e.aggregate_type = stream_type AND e.aggregate_id = stream_id
        ORDER BY e.sequence DESC LIMIT 1), 0);
    SELECT k.request_hash AS hash, k.first_index AS index, k.count AS events, k.stored_us AS at INTO kept
        FROM idempotency_keys k WHERE k.subject = ledger_append_one.subject AND k.key = ledger_append_one.key;
    IF FOUND THEN
        outcome := CASE WHEN kept.hash = request_hash THEN 2 ELSE 3 END;
        first_index := kept.index;
        count := kept.events;
        stored_us := kept.at;
    ELSIF actual <> expected THEN
        outcome := 1;
    ELSIF EXISTS (
        SELECT FROM unnest(relied_type, relied_id, relied_version) AS r (type, id, version)
        WHERE r.version <> coalesce((
            SELECT e.sequence FROM events e WHERE e.aggregate_type = r.type AND e.aggregate_id = r.id
            ORDER BY e.sequence DESC LIMIT 1), 0)
    ) THEN
        outcome := 4;
    ELSE
        outcome := 0;
        INSERT INTO events (ledger_index, aggregate_type, aggregate_id, sequence, event_type,
            event_version, payload, metadata, recorded_us, stored_us, leaf)
        VALUES (first_index, stream_type, stream_id, expected + 1, event_type,
            event_version, payload::json, metadata::json, recorded_us, stored_us, leaf);
        IF key IS NOT NULL THEN
            INSERT INTO idempotency_keys (subject, key, request_hash, first_index, count, stored_us)
            VALUES (subject, key, request_hash, first_index, 1, stored_us);
        END IF;
    END IF;
    RETURN NEXT;
END $$;

REVOKE ALL ON FUNCTION ledger_append_one FROM PUBLIC;
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'registry_service') THEN
        GRANT EXECUTE ON FUNCTION ledger_append_one TO registry_service;
    END IF;
END $$;
