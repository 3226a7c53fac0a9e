-- +goose Up

-- Files that people send as evidence, known by what they say a file is and by
-- no name of theirs. draft holds a file until the request is filed. key is the
-- file's own, sealed for "attachments|key|id"; when the file ends, its content
-- is deleted, key is emptied, and why says how it ended.
CREATE TABLE attachments (
	id       TEXT PRIMARY KEY,
	ticket   TEXT NOT NULL,
	draft    TEXT NOT NULL,
	kind     TEXT NOT NULL,
	type     TEXT NOT NULL CHECK (type IN ('image/jpeg', 'application/pdf')),
	size     BIGINT NOT NULL,
	key      BYTEA NOT NULL,
	added_at BIGINT NOT NULL,
	ended_at BIGINT NOT NULL,
	why      TEXT NOT NULL CHECK (why IN ('', 'ditarik', 'retensi')),
	CHECK ((ticket = '') <> (draft = ''))
);
CREATE INDEX attachments_ticket ON attachments (ticket, id) WHERE ticket <> '';
CREATE INDEX attachments_draft ON attachments (draft, id) WHERE draft <> '';
CREATE INDEX attachments_live ON attachments (id) WHERE ended_at = 0 AND ticket <> '';

-- The content stands apart, so that no list reads it.
CREATE TABLE attachment_contents (
	attachment TEXT PRIMARY KEY REFERENCES attachments (id),
	sealed     BYTEA NOT NULL
);

-- Which file an item of proof was compared with.
ALTER TABLE ticket_proofs ADD COLUMN attachment TEXT NOT NULL DEFAULT '';
