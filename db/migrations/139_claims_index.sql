-- +goose Up

-- By state first: SQLite then finds the claims that have run out in it, and
-- does not read every open request each second.
DROP INDEX tickets_claims;
CREATE INDEX tickets_claims ON tickets (state, owned_at) WHERE owner <> '' AND state IN ('open', 'waiting');
