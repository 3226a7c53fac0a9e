-- +goose Up

-- What people solved alone, counted for ever by the day (its midnight in the
-- installation's zone) on which they began: the rows themselves go after 180
-- days. Nobody can be told from these counts.
CREATE TABLE walk_days (
	day    BIGINT NOT NULL,
	ending TEXT NOT NULL,
	cause  TEXT NOT NULL,
	n      BIGINT NOT NULL,
	PRIMARY KEY (day, ending, cause)
);

-- How far clocks were off, in seconds of two digits.
CREATE TABLE clock_days (
	day   BIGINT NOT NULL,
	drift BIGINT NOT NULL,
	n     BIGINT NOT NULL,
	PRIMARY KEY (day, drift)
);

-- A row is counted once, and deleted only after.
ALTER TABLE walks ADD COLUMN counted BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE clock_checks ADD COLUMN counted BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX walks_uncounted ON walks (last_at) WHERE NOT counted;
CREATE INDEX clock_checks_uncounted ON clock_checks (at) WHERE NOT counted;
DROP INDEX walks_begun;
