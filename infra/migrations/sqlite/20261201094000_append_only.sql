-- Who consulted what, and the bytes of adopted packs: rows that are only added, as the ledger's are.
--
-- Safe beside readers and writers: it adds triggers and touches no row. Days of consultations that are past their
-- retention go by a migration of their own, once their roots are sealed into the ledger.
CREATE TRIGGER consultations_refuse_update BEFORE UPDATE ON consultations BEGIN
    SELECT raise(ABORT, 'UPDATE of consultations is refused: its rows are only added');
END;
CREATE TRIGGER consultations_refuse_delete BEFORE DELETE ON consultations BEGIN
    SELECT raise(ABORT, 'DELETE of consultations is refused: its rows are only added');
END;
CREATE TRIGGER policy_packs_refuse_update BEFORE UPDATE ON policy_packs BEGIN
    SELECT raise(ABORT, 'UPDATE of policy_packs is refused: its rows are only added');
END;
CREATE TRIGGER policy_packs_refuse_delete BEFORE DELETE ON policy_packs BEGIN
    SELECT raise(ABORT, 'DELETE of policy_packs is refused: its rows are only added');
END;
