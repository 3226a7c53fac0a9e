-- +goose Up

-- Who has a ticket open, for a few minutes after he was last seen there.
CREATE TABLE ticket_presence (
	ticket TEXT NOT NULL,
	staff  TEXT NOT NULL,
	name   TEXT NOT NULL,
	since  BIGINT NOT NULL,
	seen   BIGINT NOT NULL,
	PRIMARY KEY (ticket, staff)
);
CREATE INDEX ticket_presence_old ON ticket_presence (seen);

-- Who has switched the keys off (WCAG 2.1.4).
CREATE TABLE staff_habits (
	staff   TEXT PRIMARY KEY,
	no_keys BOOLEAN NOT NULL
);

-- "<> 0" and not "> 0": SQLite would take that for where the walk begins.
DROP INDEX tickets_closed;
CREATE INDEX tickets_closed ON tickets (agency, closed_at, id, nip, unit, kind, level, channel, cause) WHERE closed_at <> 0;

-- The list of what is due soon, and its count, read the index alone.
CREATE INDEX tickets_soon ON tickets (agency, due_at, id, state, nip, unit, kind, level, channel, cause) WHERE closed_at = 0;
