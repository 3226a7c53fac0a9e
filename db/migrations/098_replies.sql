-- +goose Up

-- Texts that an agency keeps for its replies. A text is changed in place; the
-- audit log keeps what it said before.
CREATE TABLE saved_replies (
	id           TEXT PRIMARY KEY,
	agency       TEXT NOT NULL,
	title        TEXT NOT NULL,
	text         TEXT NOT NULL,
	version      BIGINT NOT NULL,
	changed_at   BIGINT NOT NULL,
	changed_by   TEXT NOT NULL,
	changed_name TEXT NOT NULL,
	ended_at     BIGINT NOT NULL
);
CREATE UNIQUE INDEX saved_replies_title ON saved_replies (agency, title) WHERE ended_at = 0;

-- One reply to many people. Above twenty of them it waits for a second person
-- (impostor 24).
CREATE TABLE bulk_replies (
	id          TEXT PRIMARY KEY,
	agency      TEXT NOT NULL,
	text        TEXT NOT NULL,
	people      BIGINT NOT NULL,
	state       TEXT NOT NULL CHECK (state IN ('open', 'sent', 'dropped')),
	proposed_at BIGINT NOT NULL,
	proposed_by TEXT NOT NULL,
	proposed_name TEXT NOT NULL,
	ended_at    BIGINT NOT NULL,
	ended_by    TEXT NOT NULL,
	ended_name  TEXT NOT NULL,
	CHECK (state <> 'sent' OR people <= 20 OR ended_by <> proposed_by)
);
CREATE INDEX bulk_replies_open ON bulk_replies (agency, id) WHERE state = 'open';
CREATE TABLE bulk_reply_tickets (
	bulk   TEXT NOT NULL REFERENCES bulk_replies (id),
	number TEXT NOT NULL,
	PRIMARY KEY (bulk, number)
);
