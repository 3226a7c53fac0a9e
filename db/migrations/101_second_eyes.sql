-- +goose Up
-- What one member of staff proposes and another confirms: a new member, more
-- roles, a new authenticator, a setting that protects (impostor 8, 17). value
-- is JSON; standing is what held when it was proposed.
CREATE TABLE staff_proposals (
	id             TEXT PRIMARY KEY,
	agency         TEXT NOT NULL,
	kind           TEXT NOT NULL,
	object         TEXT NOT NULL,
	value          TEXT NOT NULL,
	standing       TEXT NOT NULL,
	same           TEXT NOT NULL,
	proposed_at    BIGINT NOT NULL,
	proposed_by    TEXT NOT NULL,
	proposed_name  TEXT NOT NULL,
	browser        TEXT NOT NULL,
	confirmed_at   BIGINT NOT NULL,
	confirmed_by   TEXT NOT NULL,
	confirmed_name TEXT NOT NULL,
	ended_at       BIGINT NOT NULL,
	ended_by       TEXT NOT NULL,
	ended_name     TEXT NOT NULL,
	CHECK (confirmed_by = '' OR confirmed_by <> proposed_by),
	CHECK (confirmed_by = '' OR confirmed_by <> object)
);
CREATE INDEX staff_proposals_agency ON staff_proposals (agency, proposed_at);
-- A setting waits once at a time, and so does what is done to one member; of
-- several new members and replies only the same one twice is refused. One that
-- nobody confirmed in time has its own id in same.
CREATE UNIQUE INDEX staff_proposals_once ON staff_proposals (agency, kind, object, same) WHERE confirmed_at = 0 AND ended_at = 0;
-- The requests that a proposed bulk reply goes to: only whoever sees them all
-- has a hand in it (ST-04).
CREATE TABLE bulk_reply_tickets (
	proposal TEXT NOT NULL REFERENCES staff_proposals (id) ON DELETE CASCADE,
	number   TEXT NOT NULL,
	PRIMARY KEY (proposal, number)
);
-- The units whose requests a member of staff sees, one a line; empty is all
-- of his agency.
ALTER TABLE staff ADD COLUMN units TEXT NOT NULL DEFAULT '';
