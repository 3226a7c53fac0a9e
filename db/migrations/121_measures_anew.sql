-- +goose Up

-- A pack now tells who decided upon whose checks: all are made anew.
DELETE FROM measures;
INSERT INTO measure_queue (event, ticket) SELECT id, id FROM tickets WHERE TRUE ON CONFLICT (event) DO NOTHING;

-- How many of a unit's people file requests, and how many of those who could
-- have answered did: counted from the indexes alone.
DROP INDEX people_agency;
CREATE INDEX people_agency ON people (agency, active, unit);
CREATE INDEX ticket_events_ended ON ticket_events (agency, at, kind, channel, ticket)
	WHERE to_state IN ('done', 'refused', 'expired') AND from_state <> to_state;
