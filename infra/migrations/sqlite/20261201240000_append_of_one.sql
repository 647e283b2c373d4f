-- Nothing on SQLite, where no function stores events.
SELECT 1;
