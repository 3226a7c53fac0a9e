-- +goose Up

-- The second question at the end is now how much somebody was helped, 1 to 4
-- as in PermenPANRB 14/2017, in place of ease, 1 to 5. Old answers keep their
-- ease; 0 was not asked. The request's dimensions are copied as they were at
-- the answer, and ended_at is when the cycle ended of which it speaks.
CREATE TABLE ticket_ratings_wider (
	ticket    TEXT NOT NULL REFERENCES tickets (id),
	cycle     BIGINT NOT NULL,
	agency    TEXT NOT NULL,
	home_unit TEXT NOT NULL,
	unit      TEXT NOT NULL,
	kind      TEXT NOT NULL,
	level     TEXT NOT NULL,
	channel   TEXT NOT NULL,
	ended_at  BIGINT NOT NULL,
	solved    TEXT NOT NULL CHECK (solved IN ('ya', 'sebagian', 'tidak')),
	ease      BIGINT NOT NULL DEFAULT 0 CHECK (ease BETWEEN 0 AND 5),
	helped    BIGINT NOT NULL DEFAULT 0 CHECK (helped BETWEEN 0 AND 4),
	at        BIGINT NOT NULL,
	PRIMARY KEY (ticket, cycle)
);
INSERT INTO ticket_ratings_wider (ticket, cycle, agency, home_unit, unit, kind, level, channel, ended_at, solved, ease, at)
	SELECT r.ticket, r.cycle, r.agency, t.home_unit, t.unit, r.kind, t.level, t.channel,
		CASE WHEN t.cycle = r.cycle AND t.closed_at > 0 AND t.closed_at <= r.at THEN t.closed_at ELSE r.at END, r.solved, r.ease, r.at
	FROM ticket_ratings r JOIN tickets t ON t.id = r.ticket;
DROP TABLE ticket_ratings;
ALTER TABLE ticket_ratings_wider RENAME TO ticket_ratings;
-- A report reads a year of answers: these hold all that it asks of them.
CREATE INDEX ticket_ratings_at ON ticket_ratings (agency, at, ticket, home_unit, unit, kind, level, channel, solved, helped);
CREATE INDEX ticket_ratings_ended ON ticket_ratings (agency, ended_at, home_unit, unit, kind, level, channel);
CREATE INDEX ticket_events_served ON ticket_events (agency, at, kind, channel, ticket)
	WHERE to_state IN ('done', 'refused', 'expired') AND from_state <> to_state;

-- The nine elements of PermenPANRB 14/2017, 1 to 4, once for each cycle after
-- its rating; 0 was left out. Only a complete one enters the index.
CREATE TABLE ticket_surveys (
	ticket       TEXT NOT NULL REFERENCES tickets (id),
	cycle        BIGINT NOT NULL,
	agency       TEXT NOT NULL,
	home_unit    TEXT NOT NULL,
	unit         TEXT NOT NULL,
	kind         TEXT NOT NULL,
	level        TEXT NOT NULL,
	channel      TEXT NOT NULL,
	ended_at     BIGINT NOT NULL,
	requirements BIGINT NOT NULL CHECK (requirements BETWEEN 0 AND 4),
	procedures   BIGINT NOT NULL CHECK (procedures BETWEEN 0 AND 4),
	duration     BIGINT NOT NULL CHECK (duration BETWEEN 0 AND 4),
	cost         BIGINT NOT NULL CHECK (cost BETWEEN 0 AND 4),
	product      BIGINT NOT NULL CHECK (product BETWEEN 0 AND 4),
	competence   BIGINT NOT NULL CHECK (competence BETWEEN 0 AND 4),
	conduct      BIGINT NOT NULL CHECK (conduct BETWEEN 0 AND 4),
	complaints   BIGINT NOT NULL CHECK (complaints BETWEEN 0 AND 4),
	facilities   BIGINT NOT NULL CHECK (facilities BETWEEN 0 AND 4),
	complete     BOOLEAN NOT NULL,
	at           BIGINT NOT NULL,
	PRIMARY KEY (ticket, cycle)
);
CREATE INDEX ticket_surveys_at ON ticket_surveys (agency, at, ticket, home_unit, unit, kind, level, channel, complete,
	requirements, procedures, duration, cost, product, competence, conduct, complaints, facilities);
