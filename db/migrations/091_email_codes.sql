-- +goose Up

-- Codes that were mailed to the address to which a request wants to change.
-- The newest one counts.
CREATE TABLE email_codes (
	id        TEXT PRIMARY KEY,
	ticket    TEXT NOT NULL REFERENCES tickets (id),
	email     TEXT NOT NULL,
	code_hash BYTEA NOT NULL,
	tries     BIGINT NOT NULL,
	until     BIGINT NOT NULL,
	state     TEXT NOT NULL CHECK (state IN ('live', 'used', 'ended'))
);
CREATE INDEX email_codes_ticket ON email_codes (ticket, state);
