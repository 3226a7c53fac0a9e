-- SQLite compiles a statement anew at each use where a bound parameter might
-- make a partial index fit: no index of tickets is of one state. Nothing read
-- tickets_done any more.

-- +goose Up
DROP INDEX tickets_done;
DROP INDEX tickets_remind;
CREATE INDEX tickets_remind ON tickets (remind_at) WHERE remind_at > 0;
