-- +goose Up

-- A mailed code serves four purposes, and is worth nothing for another (RC-08).
ALTER TABLE resets ADD COLUMN purpose TEXT NOT NULL DEFAULT 'password'
	CHECK (purpose IN ('password', 'activation', 'mfa', 'unlock'));

-- A new authenticator before its first code, whatever allowed it. The secret
-- stays here and belongs to one browser (ET-08).
CREATE TABLE enrolments (
	id           TEXT PRIMARY KEY,
	person       TEXT NOT NULL REFERENCES people (id),
	via          TEXT NOT NULL CHECK (via IN ('pass', 'self', 'activation', 'owner')),
	source       TEXT NOT NULL,
	browser_hash BYTEA NOT NULL UNIQUE,
	secret       BYTEA NOT NULL,
	password     TEXT NOT NULL,
	code_tries   BIGINT NOT NULL,
	state        TEXT NOT NULL CHECK (state IN ('open', 'used', 'ended')),
	begun_at     BIGINT NOT NULL,
	until        BIGINT NOT NULL
);
CREATE INDEX enrolments_person ON enrolments (person, state);
CREATE INDEX enrolments_source ON enrolments (source, state);
CREATE INDEX enrolments_until ON enrolments (until);

-- A pass keeps what is its own. An enrolment that was under way is opened
-- once more with the same pass.
CREATE TABLE passes_now (
	id             TEXT PRIMARY KEY,
	person         TEXT NOT NULL REFERENCES people (id),
	ticket         TEXT NOT NULL,
	basis          TEXT NOT NULL CHECK (basis IN ('factor', 'callback', 'originals')),
	code_hash      BYTEA NOT NULL UNIQUE,
	state          TEXT NOT NULL CHECK (state IN ('issued', 'opened', 'used', 'ended')),
	factor_after   BIGINT NOT NULL,
	wrong          BIGINT NOT NULL,
	opened_until   BIGINT NOT NULL,
	issued_at      BIGINT NOT NULL,
	expires_at     BIGINT NOT NULL,
	ended_at       BIGINT NOT NULL
);
INSERT INTO passes_now (id, person, ticket, basis, code_hash, state, factor_after, wrong, opened_until, issued_at, expires_at, ended_at)
	SELECT id, person, ticket, basis, code_hash, CASE WHEN state = 'opened' THEN 'issued' ELSE state END,
		factor_after, wrong, 0, issued_at, expires_at, ended_at FROM passes;
DROP TABLE passes;
ALTER TABLE passes_now RENAME TO passes;
CREATE INDEX passes_ticket ON passes (ticket, state);
CREATE INDEX passes_person ON passes (person, state);
