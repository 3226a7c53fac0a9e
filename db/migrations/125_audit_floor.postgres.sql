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
CREATE TRIGGER audit_floors_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_floors
	FOR EACH STATEMENT EXECUTE FUNCTION append_only();

DROP TRIGGER audit_events_append_only ON audit_events;
DROP TRIGGER audit_seals_append_only ON audit_seals;
CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR TRUNCATE ON audit_events
	FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER audit_seals_append_only BEFORE UPDATE OR TRUNCATE ON audit_seals
	FOR EACH STATEMENT EXECUTE FUNCTION append_only();
-- +goose StatementBegin
CREATE FUNCTION audit_event_above_floor() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
	IF OLD.at > COALESCE((SELECT until FROM audit_floors ORDER BY seq DESC LIMIT 1), -1)
		OR EXISTS (SELECT 1 FROM audit_seals WHERE event = OLD.id) OR EXISTS (SELECT 1 FROM audit_queue WHERE event = OLD.id) THEN
		RAISE EXCEPTION 'audit_events is append-only above its floor';
	END IF;
	RETURN OLD;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION audit_seal_above_floor() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
	IF OLD.seq > COALESCE((SELECT max(seq) FROM audit_floors), 0) THEN
		RAISE EXCEPTION 'audit_seals is append-only above its floor';
	END IF;
	RETURN OLD;
END $$;
-- +goose StatementEnd
CREATE TRIGGER audit_events_floor BEFORE DELETE ON audit_events FOR EACH ROW EXECUTE FUNCTION audit_event_above_floor();
CREATE TRIGGER audit_seals_floor BEFORE DELETE ON audit_seals FOR EACH ROW EXECUTE FUNCTION audit_seal_above_floor();
