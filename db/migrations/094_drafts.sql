-- +goose Up

-- A request that is being filled in. answers is JSON, sealed for
-- "drafts|answers|id": what somebody has not sent yet is nobody's to read.
-- tries counts wrong numbers of who would go on with it after a pause.
CREATE TABLE drafts (
	id         TEXT PRIMARY KEY,
	token_hash BYTEA NOT NULL UNIQUE,
	answers    BYTEA NOT NULL,
	gated      BOOLEAN NOT NULL,
	tries      BIGINT NOT NULL,
	begun_at   BIGINT NOT NULL,
	saved_at   BIGINT NOT NULL
);
CREATE INDEX drafts_saved ON drafts (saved_at);
