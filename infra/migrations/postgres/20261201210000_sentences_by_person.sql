-- Whom a sentence is about is told by the sentence register, which has a row for each of them, and not by the timeline too.
--
-- Safe where no process of an older version runs beside it: that one would miss the sentences in a person's timeline.
DELETE FROM person_timeline WHERE stream_type = 'sentence';
-- Rows of the register stand in the order of the ledger, in which they come; they are looked for by one whole id or the
-- other, for which a hash is enough and quicker to keep.
ALTER TABLE sentence_register
    DROP CONSTRAINT sentence_register_pkey,
    ADD PRIMARY KEY (generation, first_index, from_index);
DROP INDEX sentence_register_list;
CREATE INDEX sentence_register_sentence ON sentence_register USING hash (sentence_id);
CREATE INDEX sentence_register_person ON sentence_register USING hash (person_id) WHERE from_index = first_index;
