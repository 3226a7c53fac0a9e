-- +goose Up
-- The unit of the subject in the roster when the request was filed, '' when
-- he is in none: it decides who of the staff sees the request, and is shown
-- to nobody (impostor 22).
ALTER TABLE tickets ADD COLUMN home_unit TEXT NOT NULL DEFAULT '';
UPDATE tickets SET home_unit = COALESCE((SELECT replace(unit, '|', '¦') FROM people WHERE people.id = tickets.person), '');
