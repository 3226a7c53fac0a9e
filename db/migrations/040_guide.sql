-- +goose Up

-- Throw-away secrets to measure an authenticator's clock with. They belong to no person and no account.
CREATE TABLE practices (
	id           TEXT PRIMARY KEY,
	secret       BYTEA NOT NULL,
	handoff_hash BYTEA NOT NULL UNIQUE,
	taken_at     BIGINT NOT NULL,
	tries        BIGINT NOT NULL,
	code_at      BIGINT NOT NULL,
	offsets      TEXT NOT NULL,
	created_at   BIGINT NOT NULL,
	expires_at   BIGINT NOT NULL
);
CREATE INDEX practices_expires ON practices (expires_at);

-- Who may answer a practice: the browser that began it, and the phone it was handed to.
CREATE TABLE practice_browsers (
	token_hash BYTEA PRIMARY KEY,
	practice   TEXT NOT NULL REFERENCES practices (id) ON DELETE CASCADE
);
CREATE INDEX practice_browsers_practice ON practice_browsers (practice);

-- What clock checks found, about nobody in particular: how often the clock is the cause.
CREATE TABLE clock_checks (
	id       TEXT PRIMARY KEY,
	at       BIGINT NOT NULL,
	method   TEXT NOT NULL,
	light    TEXT NOT NULL,
	cause    TEXT NOT NULL,
	drift_ms BIGINT NOT NULL,
	bound_ms BIGINT NOT NULL
);
CREATE INDEX clock_checks_at ON clock_checks (at);
