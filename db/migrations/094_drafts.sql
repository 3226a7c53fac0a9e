-- +goose Up

-- A request that is being filled in. answers is JSON, sealed for
-- "drafts|answers|id": what somebody has not sent yet is nobody's to read.
-- copy_of is the one without a number that it was copied from. last_hash is
-- that of the token before, until the one of token_hash was used; gated says
-- that the gate was passed for this token. opened_at is when the number that
-- it is about was typed; tries counts wrong ones of who would go on with it
-- after a pause.
CREATE TABLE drafts (
	id         TEXT PRIMARY KEY,
	copy_of    TEXT NOT NULL,
	token_hash BYTEA NOT NULL UNIQUE,
	last_hash  BYTEA UNIQUE,
	answers    BYTEA NOT NULL,
	gated      BOOLEAN NOT NULL,
	tries      BIGINT NOT NULL,
	begun_at   BIGINT NOT NULL,
	opened_at  BIGINT NOT NULL,
	saved_at   BIGINT NOT NULL
);
CREATE INDEX drafts_begun ON drafts (begun_at);
