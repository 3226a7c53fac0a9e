-- +goose Up

-- Whose an event is, for reading the log: its agencies, and what it is looked
-- for by. Derived by the sealer, which the chain does not cover.
CREATE TABLE audit_places (
	agency TEXT NOT NULL,
	event  TEXT NOT NULL,
	at     BIGINT NOT NULL,
	actor  TEXT NOT NULL,
	action TEXT NOT NULL,
	person TEXT NOT NULL,
	object TEXT NOT NULL,
	result TEXT NOT NULL,
	PRIMARY KEY (event, agency)
);
CREATE INDEX audit_places_at ON audit_places (agency, at, event);
CREATE INDEX audit_places_actor ON audit_places (agency, actor, at, event);
CREATE INDEX audit_places_action ON audit_places (agency, action, at, event);
CREATE INDEX audit_places_person ON audit_places (agency, person, at, event) WHERE person <> '';
CREATE INDEX audit_places_object ON audit_places (agency, object, at, event) WHERE object <> '';

-- The lowest number in the chain that has its places: older ones get theirs
-- from the clock, newest first. 1: all have.
CREATE TABLE audit_placed (below BIGINT NOT NULL);
INSERT INTO audit_placed (below) SELECT COALESCE(max(seq), 0) + 1 FROM audit_seals;

-- Checks of the chain and its copy: who asked, when, what was found.
CREATE TABLE audit_checks (
	id       TEXT PRIMARY KEY,
	asked_at BIGINT NOT NULL,
	kind     TEXT NOT NULL CHECK (kind IN ('staff', 'clock')),
	asked_by TEXT NOT NULL,
	ended_at BIGINT NOT NULL,
	sealed   BIGINT NOT NULL,
	copied   BIGINT NOT NULL,
	findings TEXT NOT NULL,
	failed   BOOLEAN NOT NULL
);
CREATE INDEX audit_checks_asked ON audit_checks (asked_at, id);
