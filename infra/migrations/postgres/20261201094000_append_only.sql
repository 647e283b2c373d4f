-- Who consulted what, and the bytes of adopted packs: rows that are only added, as the ledger's are.
--
-- Safe beside readers and writers: it adds a function and triggers and touches no row. Days of consultations that are
-- past their retention go by a migration of their own, once their roots are sealed into the ledger.
CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: its rows are only added', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER consultations_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON consultations
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER policy_packs_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON policy_packs
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
