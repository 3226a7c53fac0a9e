-- +goose Up

-- Whose an event is stands under the hash of the chain from here on: a JSON
-- list of agencies, '' for what was sealed before.
ALTER TABLE audit_seals ADD COLUMN agencies TEXT NOT NULL DEFAULT '';

-- The event that tells of a check's end: a row without one proves nothing.
ALTER TABLE audit_checks ADD COLUMN event TEXT NOT NULL DEFAULT '';
-- +goose StatementBegin
CREATE FUNCTION audit_check_ended() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
	IF OLD.ended_at <> 0 THEN
		RAISE EXCEPTION 'audit_checks is append-only';
	END IF;
	RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER audit_checks_ended BEFORE UPDATE ON audit_checks FOR EACH ROW EXECUTE FUNCTION audit_check_ended();
CREATE TRIGGER audit_checks_append_only BEFORE DELETE OR TRUNCATE ON audit_checks
	FOR EACH STATEMENT EXECUTE FUNCTION append_only();

-- What seldom happens is found without walking the whole log.
CREATE INDEX audit_places_result ON audit_places (agency, result, at, event) WHERE result <> 'ok';
