-- +goose Up

-- How far requests for a mailed code came, counted for ever by the agency of
-- the person and the day (its midnight in the installation's zone) on which
-- they began: the rows themselves go after a day.
CREATE TABLE code_days (
	agency TEXT NOT NULL,
	day    BIGINT NOT NULL,
	stage  TEXT NOT NULL,
	n      BIGINT NOT NULL,
	PRIMARY KEY (agency, day, stage)
);

ALTER TABLE resets ADD COLUMN counted BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX resets_uncounted ON resets (expires_at) WHERE NOT counted;
-- The mail that carried a code.
ALTER TABLE reset_codes ADD COLUMN mail TEXT NOT NULL DEFAULT '';

-- How long the relay took to accept codes, by groups of mail domains, in
-- milliseconds of two digits; -1 where it never did.
CREATE TABLE mail_days (
	day    BIGINT NOT NULL,
	domain TEXT NOT NULL,
	delay  BIGINT NOT NULL,
	n      BIGINT NOT NULL,
	PRIMARY KEY (day, domain, delay)
);
