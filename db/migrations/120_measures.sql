-- +goose Up

-- What solved a request or why it was refused, copied as it was: another cycle
-- of the request forgets it.
ALTER TABLE ticket_events ADD COLUMN outcome TEXT NOT NULL DEFAULT '';
UPDATE ticket_events SET outcome = COALESCE((SELECT CASE WHEN t.state = 'refused' THEN t.reason ELSE t.solved_by END FROM tickets t
	WHERE t.id = ticket_events.ticket AND t.cycle = ticket_events.cycle AND t.state = ticket_events.to_state), '')
	WHERE to_state IN ('done', 'refused') AND from_state <> to_state;

-- The reports read packs: what there is to measure in each cycle of the
-- requests that were filed within one hour, derived from ticket_events and
-- always to be computed from them again. last_at is the last moment of any of
-- them, the far future while one is open: a report reads the packs that touch
-- its period, and no ticket.
CREATE TABLE measures (
	agency  TEXT NOT NULL,
	slot    BIGINT NOT NULL,
	last_at BIGINT NOT NULL,
	version BIGINT NOT NULL,
	pack    BYTEA NOT NULL,
	PRIMARY KEY (agency, slot)
);
CREATE INDEX measures_last ON measures (agency, last_at, slot);

-- What has happened since the packs were made: one row an event.
CREATE TABLE measure_queue (
	event  TEXT PRIMARY KEY,
	ticket TEXT NOT NULL
);
INSERT INTO measure_queue (event, ticket) SELECT id, id FROM tickets;
