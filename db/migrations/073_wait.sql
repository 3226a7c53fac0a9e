-- +goose Up

-- The wait of somebody who enrols a new authenticator alone, with a password
-- of seven days and a mailed code. Its id is that of the reset whose code
-- began it, so that "Bukan saya" on any of its mails finds both. until is 0
-- until the relay has accepted one of the notices in mails (impostor 3).
CREATE TABLE waits (
	id           TEXT PRIMARY KEY,
	person       TEXT NOT NULL REFERENCES people (id),
	state        TEXT NOT NULL CHECK (state IN ('waiting', 'ready', 'used', 'ended')),
	because      TEXT NOT NULL,
	browser_hash BYTEA NOT NULL UNIQUE,
	link_hash    BYTEA NOT NULL,
	mails        TEXT NOT NULL,
	password_at  BIGINT NOT NULL,
	begun_at     BIGINT NOT NULL,
	until        BIGINT NOT NULL,
	ready_at     BIGINT NOT NULL,
	ended_at     BIGINT NOT NULL
);
-- One at a time for each person.
CREATE UNIQUE INDEX waits_live ON waits (person) WHERE state IN ('waiting', 'ready');
CREATE INDEX waits_person ON waits (person, begun_at);
CREATE INDEX waits_link ON waits (link_hash) WHERE state = 'ready';
CREATE INDEX waits_ended ON waits (ended_at) WHERE ended_at > 0;
