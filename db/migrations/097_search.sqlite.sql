-- +goose Up

-- What staff search: one row of words for each ticket, in the order of
-- filing, written by the verb that changes them. words holds no text but
-- which words there are; one of them stands for the agency, one for the NIP
-- under a key that is not here. pending are tickets older than this index: the
-- desk indexes them.
CREATE TABLE ticket_texts (
	seq    INTEGER PRIMARY KEY,
	ticket TEXT NOT NULL UNIQUE REFERENCES tickets (id),
	pending BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE VIRTUAL TABLE ticket_words USING fts5 (words, content='', contentless_delete=1, detail=none, tokenize='unicode61 remove_diacritics 0');
CREATE INDEX ticket_texts_pending ON ticket_texts (seq) WHERE pending;

INSERT INTO ticket_texts (ticket, pending) SELECT id, TRUE FROM tickets ORDER BY opened_at, id;
