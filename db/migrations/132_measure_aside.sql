-- +goose Up

-- A request that cannot be measured, because its calendar or target cannot be
-- read, is tried again at again_at and holds up no other until then.
ALTER TABLE measure_queue ADD COLUMN again_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX measure_queue_ticket ON measure_queue (ticket);
