-- Whom a sentence is about is told by the sentence register, which has a row for each of them, and not by the timeline too.
--
-- Safe where no process of an older version runs beside it: that one would miss the sentences in a person's timeline.
DELETE FROM person_timeline WHERE stream_type = 'sentence';
CREATE INDEX sentence_register_person ON sentence_register (person_id) WHERE from_index = first_index;
