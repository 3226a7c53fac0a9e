-- +goose Up

-- Which mail was the last summary, so that it can be withdrawn while it waits
-- for the relay; '' before the first.
ALTER TABLE summaries ADD COLUMN mail TEXT NOT NULL DEFAULT '';

-- A pack now tells whether the same number had filed within the thirty days
-- before. Those that stand are read as they are until each was made anew.
INSERT INTO measure_queue (event, ticket) SELECT id, id FROM tickets WHERE TRUE ON CONFLICT (event) DO NOTHING;
