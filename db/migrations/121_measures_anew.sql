-- +goose Up

-- A pack now tells who decided upon whose checks: all are made anew.
DELETE FROM measures;
INSERT INTO measure_queue (event, ticket) SELECT id, id FROM tickets WHERE TRUE ON CONFLICT (event) DO NOTHING;

-- How many people work in each unit, counted from the index alone.
DROP INDEX people_agency;
CREATE INDEX people_agency ON people (agency, active, unit);
