-- +goose Up

-- What a person says at the end, once for each cycle of his request. The
-- reports read it; agency and kind are copied as they were.
CREATE TABLE ticket_ratings (
	ticket TEXT NOT NULL REFERENCES tickets (id),
	cycle  BIGINT NOT NULL,
	agency TEXT NOT NULL,
	kind   TEXT NOT NULL,
	solved TEXT NOT NULL CHECK (solved IN ('ya', 'sebagian', 'tidak')),
	ease   BIGINT NOT NULL CHECK (ease BETWEEN 1 AND 5),
	at     BIGINT NOT NULL,
	PRIMARY KEY (ticket, cycle)
);
CREATE INDEX ticket_ratings_agency ON ticket_ratings (agency, at);
