-- +goose Up

-- Which supervisors want the weekly summary by mail. wanted_at is 0 while one
-- does not; sent_for is the Monday of the last week that was sent, in his
-- agency's zone, '' before the first.
CREATE TABLE summaries (
	staff     TEXT PRIMARY KEY REFERENCES staff (id),
	wanted_at BIGINT NOT NULL,
	sent_for  TEXT NOT NULL
);
CREATE INDEX summaries_wanted ON summaries (sent_for) WHERE wanted_at > 0;
