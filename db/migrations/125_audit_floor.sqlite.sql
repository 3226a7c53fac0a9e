-- +goose Up

-- Where the chain of the audit log begins: what is at or below the newest
-- floor may be deleted, once. until is when the youngest of it happened at the
-- latest. A floor is never changed or deleted.
CREATE TABLE audit_floors (
	seq   BIGINT PRIMARY KEY,
	hash  BYTEA NOT NULL,
	until BIGINT NOT NULL,
	at    BIGINT NOT NULL
);
-- +goose StatementBegin
CREATE TRIGGER audit_floors_no_update BEFORE UPDATE ON audit_floors
BEGIN SELECT RAISE(ABORT, 'audit_floors is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_floors_no_delete BEFORE DELETE ON audit_floors
BEGIN SELECT RAISE(ABORT, 'audit_floors is append-only'); END;
-- +goose StatementEnd

DROP TRIGGER audit_events_no_delete;
DROP TRIGGER audit_seals_no_delete;
-- +goose StatementBegin
CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events
WHEN OLD.at > COALESCE((SELECT until FROM audit_floors ORDER BY seq DESC LIMIT 1), -1)
	OR EXISTS (SELECT 1 FROM audit_seals WHERE event = OLD.id) OR EXISTS (SELECT 1 FROM audit_queue WHERE event = OLD.id)
BEGIN SELECT RAISE(ABORT, 'audit_events is append-only above its floor'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_seals_no_delete BEFORE DELETE ON audit_seals
WHEN OLD.seq > COALESCE((SELECT max(seq) FROM audit_floors), 0)
BEGIN SELECT RAISE(ABORT, 'audit_seals is append-only above its floor'); END;
-- +goose StatementEnd
