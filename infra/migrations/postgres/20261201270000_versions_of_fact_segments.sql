-- How many versions of decisions a block holds, so that a start knows how much room the facts take. Blocks from before say
-- nothing of it.
ALTER TABLE fact_segments ADD COLUMN versions BIGINT NOT NULL DEFAULT 0;
