-- +goose Up

-- What happened in an hour in all, so that a flood is seen (RL-07): codes
-- asked for, codes tried, codes that were wrong.
CREATE TABLE hours (
	what TEXT NOT NULL,
	hour BIGINT NOT NULL,
	n    BIGINT NOT NULL,
	PRIMARY KEY (what, hour)
);
CREATE INDEX hours_hour ON hours (hour);
