-- +goose Up

-- Whom an event was about, when it happened: a ticket's person and kind may be
-- corrected later, and its refusals stay where they were (impostor 21).
ALTER TABLE ticket_events ADD COLUMN person TEXT NOT NULL DEFAULT '';
UPDATE ticket_events SET person = (SELECT person FROM tickets WHERE tickets.id = ticket_events.ticket)
	WHERE to_state IN ('done', 'refused', 'cancelled', 'expired', 'disowned');
CREATE INDEX ticket_events_endings ON ticket_events (person, at)
	WHERE to_state IN ('done', 'refused', 'cancelled', 'expired', 'disowned');

-- Who decided what another had checked, for the supervisor's figures.
CREATE INDEX ticket_events_decided ON ticket_events (agency, at) WHERE from_state = 'checked';
