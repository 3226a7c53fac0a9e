-- +goose Up

-- What the person said had happened, by the words of the form; '' where
-- nobody was asked. It sorts the queue and proves nothing.
ALTER TABLE tickets ADD COLUMN cause TEXT NOT NULL DEFAULT '';

-- The lists hold what they are narrowed by, so that a rare filter reads the
-- index and not the tickets. Those of live tickets stay small for ever.
DROP INDEX tickets_queue;
DROP INDEX tickets_owner;
CREATE INDEX tickets_queue ON tickets (agency, state, rank, opened_at, id, owner, nip, unit, kind, level, channel, cause) WHERE closed_at = 0;
CREATE INDEX tickets_owner ON tickets (owner, opened_at, id, agency, nip, unit, kind, level, channel, cause) WHERE owner <> '' AND closed_at = 0;
