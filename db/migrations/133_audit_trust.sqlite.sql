-- +goose Up

-- Whose an event is stands under the hash of the chain from here on: a JSON
-- list of agencies, '' for what was sealed before.
ALTER TABLE audit_seals ADD COLUMN agencies TEXT NOT NULL DEFAULT '';

-- The event that tells of a check's end: a row without one proves nothing.
ALTER TABLE audit_checks ADD COLUMN event TEXT NOT NULL DEFAULT '';
-- +goose StatementBegin
CREATE TRIGGER audit_checks_no_update BEFORE UPDATE ON audit_checks WHEN OLD.ended_at <> 0
BEGIN SELECT RAISE(ABORT, 'audit_checks is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_checks_no_delete BEFORE DELETE ON audit_checks
BEGIN SELECT RAISE(ABORT, 'audit_checks is append-only'); END;
-- +goose StatementEnd

-- What seldom happens is found without walking the whole log.
CREATE INDEX audit_places_result ON audit_places (agency, result, at, event) WHERE result <> 'ok';
