-- +goose Up

-- A pack now tells of each check, item that did not match and pass that lapsed,
-- and by when a first answer was due: all are made anew.
DELETE FROM measures;
INSERT INTO measure_queue (event, ticket) SELECT id, id FROM tickets WHERE TRUE ON CONFLICT (event) DO NOTHING;
