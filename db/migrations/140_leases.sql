-- +goose Up

-- Which process does what only one does at a time: a clock's jobs, sealing.
CREATE TABLE leases (
	name   TEXT PRIMARY KEY,
	holder TEXT NOT NULL,
	until  BIGINT NOT NULL
);
