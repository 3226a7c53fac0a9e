-- +goose Up

-- Where a request was filed from, what it was merged into, its number at BKN
-- and when to ask there again (0: never), and the address that somebody wants
-- instead of the registered one.
ALTER TABLE tickets ADD COLUMN network TEXT NOT NULL DEFAULT '';
ALTER TABLE tickets ADD COLUMN merged_into TEXT NOT NULL DEFAULT '';
ALTER TABLE tickets ADD COLUMN bkn_number TEXT NOT NULL DEFAULT '';
ALTER TABLE tickets ADD COLUMN remind_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tickets ADD COLUMN new_email TEXT NOT NULL DEFAULT '';
CREATE INDEX tickets_network ON tickets (network, opened_at) WHERE network <> '';
CREATE INDEX tickets_remind ON tickets (remind_at) WHERE state = 'escalated' AND remind_at > 0;
-- The same person's other requests, newest first.
CREATE INDEX tickets_nip ON tickets (nip, agency, opened_at, id);
