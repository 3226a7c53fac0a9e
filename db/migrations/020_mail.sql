-- +goose Up
CREATE TABLE outbox (
	id          TEXT PRIMARY KEY,
	kind        TEXT NOT NULL,
	person      TEXT NOT NULL,
	message_id  TEXT NOT NULL UNIQUE,
	sealed      BYTEA NOT NULL,
	state       TEXT NOT NULL CHECK (state IN ('queued', 'accepted', 'refused', 'expired')),
	attempts    BIGINT NOT NULL,
	created_at  BIGINT NOT NULL,
	run_at      BIGINT NOT NULL,
	lease_until BIGINT NOT NULL,
	expires_at  BIGINT NOT NULL,
	ended_at    BIGINT NOT NULL,
	answer      TEXT NOT NULL
);
CREATE INDEX outbox_due ON outbox (run_at, id) WHERE state = 'queued';
CREATE INDEX outbox_person ON outbox (person, created_at);
