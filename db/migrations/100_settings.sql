-- +goose Up
-- What an agency sets for itself, version by version: calendar, targets,
-- counter networks, evidence sets. value is JSON; a version holds from
-- from_at on, and none is ever changed.
CREATE TABLE settings (
	agency      TEXT NOT NULL,
	name        TEXT NOT NULL CHECK (name IN ('kalender', 'target', 'loket', 'bukti')),
	version     BIGINT NOT NULL,
	value       TEXT NOT NULL,
	from_at     BIGINT NOT NULL,
	made_at     BIGINT NOT NULL,
	made_by     TEXT NOT NULL,
	made_name   TEXT NOT NULL,
	second_by   TEXT NOT NULL,
	second_name TEXT NOT NULL,
	PRIMARY KEY (agency, name, version),
	CHECK (second_by = '' OR second_by <> made_by)
);
-- The clock of each ticket's target, in microseconds of working time; derived
-- from ticket_events by the version of the calendar that is named. At the end
-- of a ticket it is the snapshot that the reports read.
CREATE TABLE ticket_timers (
	ticket   TEXT PRIMARY KEY REFERENCES tickets (id),
	agency   TEXT NOT NULL,
	kind     TEXT NOT NULL,
	cycle    BIGINT NOT NULL,
	target   BIGINT NOT NULL,
	spent    BIGINT NOT NULL,
	since    BIGINT NOT NULL,
	due_at   BIGINT NOT NULL,
	ended_at BIGINT NOT NULL,
	calendar BIGINT NOT NULL
);
CREATE INDEX ticket_timers_stale ON ticket_timers (agency, calendar) WHERE ended_at = 0;
CREATE INDEX ticket_timers_old ON ticket_timers (ticket) WHERE calendar < 0;
INSERT INTO ticket_timers (ticket, agency, kind, cycle, target, spent, since, due_at, ended_at, calendar)
	SELECT id, agency, kind, cycle, 0, 0, 0, due_at, closed_at, -1 FROM tickets WHERE closed_at = 0;
