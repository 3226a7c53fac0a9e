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
