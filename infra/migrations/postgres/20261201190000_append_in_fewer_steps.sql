-- The same as before in fewer steps: each is begun and ended for every group, however small.
--
-- Safe beside readers and writers: it touches no row, and whoever calls the function calls the new one from then on.
DROP FUNCTION ledger_append;

-- Stores the events of many commands, each judged alone: 0 stored, 1 the stream has moved, 2 the key
-- was used for the same request, 3 it was used for another, 4 a stream that it relied on has moved. READ COMMITTED only: after the lock each
-- statement must see what the last holder committed. The connection
-- that calls it keeps the planner from one bad plan (450 ms of compiling, or a scan of all events) that would hold everyone:
-- set by the function, the same settings would be made and undone for every group.
CREATE FUNCTION ledger_append(
    now_us bigint,
    stream_type text[], stream_id text[], expected bigint[], events bigint[],
    subject text[], key text[], request_hash bytea[],
    command bigint[], nth bigint[], event_type text[], event_version text[],
    payload text[], metadata text[], recorded_us bigint[], leaf bytea[],
    relying bigint[], relied_type text[], relied_id text[], relied_version bigint[]
) RETURNS TABLE (ord bigint, outcome bigint, actual bigint, first_index bigint, count bigint, stored_us bigint)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    free bigint;
    instant bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(4702111234474983745);
    SELECT e.ledger_index + 1, greatest(now_us, e.stored_us) INTO free, instant
        FROM events e ORDER BY e.ledger_index DESC LIMIT 1;
    IF free IS NULL THEN
        free := 0;
        instant := now_us;
    END IF;
    RETURN QUERY
    WITH asked AS MATERIALIZED (
        SELECT c.*, EXISTS (
                SELECT FROM unnest($17, $18, $19, $20) AS r (relying, stream_type, stream_id, version)
                WHERE r.relying = c.ord AND r.version <> coalesce((
                    SELECT e.sequence FROM events e
                    WHERE e.aggregate_type = r.stream_type AND e.aggregate_id = r.stream_id
                    ORDER BY e.sequence DESC LIMIT 1), 0)) AS is_overtaken,
            k.request_hash AS kept_hash, k.first_index AS kept_index,
            k.count AS kept_count, k.stored_us AS kept_us,
            coalesce((
                SELECT e.sequence FROM events e
                WHERE e.aggregate_type = c.stream_type AND e.aggregate_id = c.stream_id
                ORDER BY e.sequence DESC LIMIT 1), 0) AS actual
        FROM unnest($2, $3, $4, $5, $6, $7, $8) WITH ORDINALITY
            AS c (stream_type, stream_id, expected, events, subject, key, request_hash, ord)
        LEFT JOIN idempotency_keys k ON k.subject = c.subject AND k.key = c.key
    ), judged AS MATERIALIZED (
        SELECT a.*, a.kept_hash IS NULL AND a.actual = a.expected AND NOT a.is_overtaken AS accepted,
            free - a.events + sum(
                CASE WHEN a.kept_hash IS NULL AND a.actual = a.expected AND NOT a.is_overtaken THEN a.events::integer ELSE 0 END
            ) OVER (ORDER BY a.ord ROWS UNBOUNDED PRECEDING) AS first_index
        FROM asked a
    ), stored AS (
        INSERT INTO events (ledger_index, aggregate_type, aggregate_id, sequence, event_type,
            event_version, payload, metadata, recorded_us, stored_us, leaf)
        SELECT j.first_index + g.nth, j.stream_type, j.stream_id, j.expected + 1 + g.nth,
            g.event_type, g.event_version, g.payload::json, g.metadata::json, g.recorded_us,
            instant, g.leaf
        FROM unnest($9, $10, $11, $12, $13, $14, $15, $16)
            AS g (command, nth, event_type, event_version, payload, metadata, recorded_us, leaf)
        JOIN judged j ON j.ord = g.command AND j.accepted
    ), kept AS (
        INSERT INTO idempotency_keys (subject, key, request_hash, first_index, count, stored_us)
        SELECT j.subject, j.key, j.request_hash, j.first_index, j.events, instant
        FROM judged j WHERE j.accepted AND j.key IS NOT NULL
    )
    SELECT j.ord,
        CASE WHEN j.accepted THEN 0
            WHEN j.kept_hash IS NULL AND j.actual <> j.expected THEN 1
            WHEN j.kept_hash IS NULL THEN 4
            WHEN j.kept_hash = j.request_hash THEN 2
            ELSE 3 END::bigint,
        j.actual, coalesce(j.kept_index, j.first_index), coalesce(j.kept_count, j.events),
        coalesce(j.kept_us, instant)
    FROM judged j;
END $$;

REVOKE ALL ON FUNCTION ledger_append FROM PUBLIC;
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'registry_service') THEN
        GRANT EXECUTE ON FUNCTION ledger_append TO registry_service;
    END IF;
END $$;
