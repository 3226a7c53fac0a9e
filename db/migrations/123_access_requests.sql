-- +goose Up

-- Who asked for his own data, and when it was handed over: within 3 x 24 hours
-- (UU 27/2022, article 32).
CREATE TABLE access_requests (
	id        TEXT PRIMARY KEY,
	agency    TEXT NOT NULL,
	person    TEXT NOT NULL REFERENCES people (id),
	unit      TEXT NOT NULL,
	reason    TEXT NOT NULL,
	asked_at  BIGINT NOT NULL,
	asked_by  TEXT NOT NULL,
	handed_at BIGINT NOT NULL,
	handed_by TEXT NOT NULL
);
CREATE INDEX access_requests_agency ON access_requests (agency, handed_at, asked_at, id);
