-- How events enter the ledger, and the keys by which a repeated request is recognised.
--
-- Safe beside readers: it adds a table and functions and touches no row.
-- The lock is this number in every function: two numbers would be two ledgers in one table.
CREATE TABLE idempotency_keys (
    subject text NOT NULL,
    key text NOT NULL,
    request_hash bytea NOT NULL CHECK (octet_length(request_hash) = 32),
    first_index bigint NOT NULL,
    count bigint NOT NULL CHECK (count >= 1),
    stored_us bigint NOT NULL,
    CONSTRAINT idempotency_keys_key PRIMARY KEY (subject, key)
);

-- Takes the ledger's lock until the transaction ends, and tells the next index and the instant of
-- storing, which never goes backwards. One row more for each stream that is not at the version
-- expected of it.
CREATE FUNCTION ledger_reserve(
    now_us bigint, stream_type text[], stream_id text[], expected bigint[]
) RETURNS TABLE (next_index bigint, moment bigint, ord bigint, actual bigint)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
#variable_conflict use_column
DECLARE
    free bigint;
    instant bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(4702111234474983745);
    SELECT e.ledger_index + 1, greatest(now_us, e.stored_us) INTO free, instant
        FROM events e ORDER BY e.ledger_index DESC LIMIT 1;
    RETURN QUERY SELECT coalesce(free, 0), coalesce(instant, now_us), NULL::bigint, NULL::bigint;
    RETURN QUERY
        SELECT NULL::bigint, NULL::bigint, s.ord, s.actual
        FROM (
            SELECT u.ord, u.expected, coalesce((
                SELECT e.sequence FROM events e
                WHERE e.aggregate_type = u.stream_type AND e.aggregate_id = u.stream_id
                ORDER BY e.sequence DESC LIMIT 1), 0) AS actual
            FROM unnest($2, $3, $4) WITH ORDINALITY AS u (stream_type, stream_id, expected, ord)
        ) s
        WHERE s.actual <> s.expected;
END $$;

-- Stores the events of many commands, each judged alone: 0 stored, 1 the stream has moved, 2 the key
-- was used for the same request, 3 it was used for another. READ COMMITTED only: after the lock each
-- statement must see what the last holder committed. The planner settings keep one bad plan (450 ms
-- of compiling, or a scan of all events) from holding everyone.
CREATE FUNCTION ledger_append(
    now_us bigint,
    stream_type text[], stream_id text[], expected bigint[], events bigint[],
    subject text[], key text[], request_hash bytea[],
    command bigint[], nth bigint[], event_type text[], event_version text[],
    payload text[], metadata text[], recorded_us bigint[], leaf bytea[]
) RETURNS TABLE (ord bigint, outcome bigint, actual bigint, first_index bigint, count bigint, stored_us bigint)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
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
        SELECT c.*, k.request_hash AS kept_hash, k.first_index AS kept_index,
            k.count AS kept_count, k.stored_us AS kept_us,
            coalesce((
                SELECT e.sequence FROM events e
                WHERE e.aggregate_type = c.stream_type AND e.aggregate_id = c.stream_id
                ORDER BY e.sequence DESC LIMIT 1), 0) AS actual
        FROM unnest($2, $3, $4, $5, $6, $7, $8) WITH ORDINALITY
            AS c (stream_type, stream_id, expected, events, subject, key, request_hash, ord)
        LEFT JOIN idempotency_keys k ON k.subject = c.subject AND k.key = c.key
    ), judged AS MATERIALIZED (
        SELECT a.*, a.kept_hash IS NULL AND a.actual = a.expected AS accepted,
            free - a.events + sum(
                CASE WHEN a.kept_hash IS NULL AND a.actual = a.expected THEN a.events::integer ELSE 0 END
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
            WHEN j.kept_hash IS NULL THEN 1
            WHEN j.kept_hash = j.request_hash THEN 2
            ELSE 3 END::bigint,
        j.actual, coalesce(j.kept_index, j.first_index), coalesce(j.kept_count, j.events),
        coalesce(j.kept_us, instant)
    FROM judged j;
END $$;

-- The last index stored at or before an instant, or null: a search by halves, since instants of
-- storing never go backwards along the ledger.
CREATE FUNCTION ledger_index_as_of(instant bigint) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    low bigint := -1;
    high bigint;
    middle bigint;
    moment bigint;
BEGIN
    SELECT max(ledger_index) INTO high FROM events;
    IF high IS NULL THEN
        RETURN NULL;
    END IF;
    WHILE low < high LOOP
        middle := low + (high - low + 1) / 2;
        SELECT e.stored_us INTO moment FROM events e WHERE e.ledger_index = middle;
        IF moment IS NULL THEN
            RAISE EXCEPTION 'ledger index % is missing', middle USING ERRCODE = 'data_corrupted';
        END IF;
        IF moment <= instant THEN
            low := middle;
        ELSE
            high := middle - 1;
        END IF;
    END LOOP;
    RETURN nullif(low, -1);
END $$;

REVOKE ALL ON FUNCTION ledger_append, ledger_reserve, ledger_index_as_of FROM PUBLIC;
