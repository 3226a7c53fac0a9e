-- +goose Up

-- Which mail was the last summary, so that it can be withdrawn while it waits
-- for the relay; '' before the first.
ALTER TABLE summaries ADD COLUMN mail TEXT NOT NULL DEFAULT '';

-- A pack now tells whether the same number had filed within the thirty days
-- before. Those that stand are read as they are until each was made anew, in
-- twenty minutes: a program of the version before, which still runs beside this
-- one while all are restarted, would make them anew without it.
INSERT INTO measure_queue (event, ticket, again_at) SELECT id, id, CAST(unixepoch() AS INTEGER) * 1000000 + 1200000000 FROM tickets WHERE TRUE ON CONFLICT (event) DO UPDATE SET again_at = excluded.again_at;
