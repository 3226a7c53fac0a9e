-- +goose Up

-- Whether somebody had proven something before a notice's attempt: only such
-- attempts add up to a block of remote requests when they are disowned.
ALTER TABLE notices ADD COLUMN proven BOOLEAN NOT NULL DEFAULT FALSE;
