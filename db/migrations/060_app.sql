-- +goose Up

-- What this installation is: 'demo' marks a database that serve refuses.
CREATE TABLE installation (
	name  TEXT PRIMARY KEY,
	value TEXT NOT NULL
);

-- Limits, as the theoretical arrival time of the generic cell rate algorithm.
CREATE TABLE limits (
	key  BYTEA PRIMARY KEY,
	tat  BIGINT NOT NULL
);
CREATE INDEX limits_tat ON limits (tat);

CREATE TABLE captchas (
	id         TEXT PRIMARY KEY,
	purpose    TEXT NOT NULL,
	browser    BYTEA NOT NULL,
	digits     BYTEA NOT NULL,
	shown      BIGINT NOT NULL,
	expires_at BIGINT NOT NULL
);
CREATE INDEX captchas_expires ON captchas (expires_at);

-- Proofs of work that were used, until their challenge expires.
CREATE TABLE spent_proofs (
	hash       BYTEA PRIMARY KEY,
	expires_at BIGINT NOT NULL
);
CREATE INDEX spent_proofs_expires ON spent_proofs (expires_at);
