-- +goose Up

-- One browser's way through the troubleshooter, about nobody in particular:
-- no number of a person, no network. 0 is "not".
CREATE TABLE walks (
	id         TEXT PRIMARY KEY,
	token_hash BYTEA NOT NULL UNIQUE,
	begun_at   BIGINT NOT NULL,
	last_at    BIGINT NOT NULL,
	brand      TEXT NOT NULL,
	helper     BOOLEAN NOT NULL,
	clock_from TEXT NOT NULL,
	solved_at  BIGINT NOT NULL,
	solved_by  TEXT NOT NULL CHECK (solved_by IN ('', 'langkah', 'reset', 'daftar', 'buka')),
	filed_at   BIGINT NOT NULL
);
CREATE INDEX walks_begun ON walks (begun_at);
CREATE INDEX walks_last ON walks (last_at);

-- What became of each step, as the person said; the newest word counts.
CREATE TABLE walk_outcomes (
	walk    TEXT NOT NULL REFERENCES walks (id) ON DELETE CASCADE,
	symptom TEXT NOT NULL,
	step    TEXT NOT NULL,
	outcome TEXT NOT NULL CHECK (outcome IN ('berhasil', 'belum', 'tidak-bisa', 'petugas')),
	at      BIGINT NOT NULL,
	PRIMARY KEY (walk, symptom, step)
);

-- Which walk a clock was measured for, and with which practice entry: a
-- verdict from the phone finds its way to the laptop's page.
ALTER TABLE practices ADD COLUMN walk TEXT NOT NULL DEFAULT '';
-- What all codes of the entry together say of the clock, in microseconds;
-- two zeros say nothing yet.
ALTER TABLE practices ADD COLUMN drift_low BIGINT NOT NULL DEFAULT 0;
ALTER TABLE practices ADD COLUMN drift_high BIGINT NOT NULL DEFAULT 0;
ALTER TABLE clock_checks ADD COLUMN walk TEXT NOT NULL DEFAULT '';
ALTER TABLE clock_checks ADD COLUMN practice TEXT NOT NULL DEFAULT '';
ALTER TABLE clock_checks ADD COLUMN computer BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE clock_checks ADD COLUMN has_system BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE clock_checks ADD COLUMN system_ms BIGINT NOT NULL DEFAULT 0;
ALTER TABLE clock_checks ADD COLUMN system_bound_ms BIGINT NOT NULL DEFAULT 0;
CREATE INDEX clock_checks_walk ON clock_checks (walk, at) WHERE walk <> '';
CREATE INDEX clock_checks_practice ON clock_checks (practice, at) WHERE practice <> '';

-- Trouble at the portal, announced on the start page: by one person proposed,
-- by another confirmed (impostor 24), ended by anybody.
CREATE TABLE incidents (
	id             TEXT PRIMARY KEY,
	agency         TEXT NOT NULL,
	text           TEXT NOT NULL,
	starts_at      BIGINT NOT NULL,
	ends_at        BIGINT NOT NULL,
	proposed_at    BIGINT NOT NULL,
	proposed_by    TEXT NOT NULL,
	proposed_name  TEXT NOT NULL,
	proposed_browser TEXT NOT NULL,
	confirmed_at   BIGINT NOT NULL,
	confirmed_by   TEXT NOT NULL,
	confirmed_name TEXT NOT NULL,
	ended_at       BIGINT NOT NULL,
	ended_by       TEXT NOT NULL,
	ended_name     TEXT NOT NULL,
	CHECK (ends_at > starts_at),
	CHECK (confirmed_by = '' OR confirmed_by <> proposed_by)
);
CREATE INDEX incidents_running ON incidents (agency, ends_at) WHERE ended_at = 0;
CREATE INDEX incidents_proposed ON incidents (agency, proposed_at);
