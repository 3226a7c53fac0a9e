-- +goose Up

-- Codes in a row that were not recognised: after each pair the search goes
-- further (clock.md §4.3).
ALTER TABLE practices ADD COLUMN misses BIGINT NOT NULL DEFAULT 0;
