-- +goose Up
-- What waits in a unit, counted for staff who are bound to some.
CREATE INDEX tickets_home ON tickets (agency, home_unit, state) WHERE closed_at = 0;
