-- +goose Up

-- The number of the original that whoever wrote the request down has seen, as a
-- keyed hash: who hands the data over types it again, and it must be the same.
-- What was written down without one is written down anew.
ALTER TABLE access_requests ADD COLUMN number_hash BYTEA NOT NULL DEFAULT '';
UPDATE access_requests SET ended_at = asked_at WHERE handed_at = 0 AND ended_at = 0;
