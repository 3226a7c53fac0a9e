-- +goose Up

-- A name says which of a person's authenticators is meant (ET-13).
CREATE UNIQUE INDEX devices_name ON devices (person, name) WHERE state <> 'ended';

-- Further addresses of a person, for notices only: none of them resets
-- anything (impostor 14). 'void' is one that somebody disowned.
CREATE TABLE notice_emails (
	id         TEXT PRIMARY KEY,
	person     TEXT NOT NULL REFERENCES people (id),
	email      TEXT NOT NULL,
	state      TEXT NOT NULL CHECK (state IN ('asked', 'active', 'ended', 'void')),
	code_hash  BYTEA NOT NULL,
	tries      BIGINT NOT NULL,
	asked_at   BIGINT NOT NULL,
	code_until BIGINT NOT NULL,
	ended_at   BIGINT NOT NULL
);
CREATE INDEX notice_emails_person ON notice_emails (person, state);
CREATE UNIQUE INDEX notice_emails_asked ON notice_emails (person) WHERE state = 'asked';
