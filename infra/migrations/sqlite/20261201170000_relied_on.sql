-- What a decision relied on beside its own stream is looked at again before it is stored: here by the program itself,
-- inside its transaction.
SELECT 1;
