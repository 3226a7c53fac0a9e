-- +goose Up

-- Backup codes (ET-14 to ET-16). A person has one batch at most; argon is the
-- PHC form of the salt that its ten codes share, without a key.
CREATE TABLE backup_batches (
	id      TEXT PRIMARY KEY,
	person  TEXT NOT NULL UNIQUE REFERENCES people (id),
	argon   TEXT NOT NULL,
	made_at BIGINT NOT NULL
);

CREATE TABLE backup_codes (
	batch   TEXT NOT NULL REFERENCES backup_batches (id) ON DELETE CASCADE,
	person  TEXT NOT NULL REFERENCES people (id),
	hash    BYTEA NOT NULL,
	used_at BIGINT NOT NULL,
	PRIMARY KEY (batch, hash)
);
CREATE INDEX backup_codes_person ON backup_codes (person);
