-- +goose Up
CREATE TABLE audit_events (
	id         TEXT PRIMARY KEY,
	at         BIGINT NOT NULL,
	actor_kind TEXT NOT NULL CHECK (actor_kind IN ('anonymous', 'person', 'staff', 'console', 'clock')),
	actor      TEXT NOT NULL,
	action     TEXT NOT NULL,
	person     TEXT NOT NULL,
	object     TEXT NOT NULL,
	result     TEXT NOT NULL,
	detail     TEXT NOT NULL,
	request    TEXT NOT NULL,
	network    TEXT NOT NULL
);
CREATE INDEX audit_events_person ON audit_events (person, id);

CREATE TABLE audit_queue (event TEXT PRIMARY KEY);

CREATE TABLE audit_seals (
	seq   BIGINT PRIMARY KEY,
	event TEXT NOT NULL UNIQUE REFERENCES audit_events (id),
	hash  BYTEA NOT NULL
);
