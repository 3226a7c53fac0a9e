-- +goose Up

-- What the troubleshooter learned before the request was filed, copied when it
-- was, and never changed. kind says which columns speak: "gejala" symptom,
-- "langkah" symptom, step and outcome, "merek" brand, "pendamping" nothing
-- more, "jam" the verdict on a clock with method and uncertainty.
CREATE TABLE ticket_facts (
	ticket   TEXT NOT NULL REFERENCES tickets (id),
	place    BIGINT NOT NULL,
	kind     TEXT NOT NULL CHECK (kind IN ('gejala', 'langkah', 'merek', 'pendamping', 'jam')),
	at       BIGINT NOT NULL,
	symptom  TEXT NOT NULL,
	step     TEXT NOT NULL,
	outcome  TEXT NOT NULL,
	brand    TEXT NOT NULL,
	method   TEXT NOT NULL,
	light    TEXT NOT NULL,
	cause    TEXT NOT NULL,
	drift_ms BIGINT NOT NULL,
	bound_ms BIGINT NOT NULL,
	has_system      BOOLEAN NOT NULL,
	system_ms       BIGINT NOT NULL,
	system_bound_ms BIGINT NOT NULL,
	PRIMARY KEY (ticket, place)
);
