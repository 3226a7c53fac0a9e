-- +goose Up

-- Why an access request is no key for ever: it ends when the person disowns it,
-- or when nobody fetched it. One may be open for a person; of several that were,
-- the oldest stays.
ALTER TABLE access_requests ADD COLUMN ended_at BIGINT NOT NULL DEFAULT 0;
UPDATE access_requests SET ended_at = asked_at WHERE handed_at = 0 AND EXISTS (SELECT 1 FROM access_requests o
	WHERE o.person = access_requests.person AND o.handed_at = 0
	AND (o.asked_at < access_requests.asked_at OR o.asked_at = access_requests.asked_at AND o.id < access_requests.id));
CREATE UNIQUE INDEX access_requests_open ON access_requests (person) WHERE handed_at = 0 AND ended_at = 0;
