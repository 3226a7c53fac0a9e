-- +goose Up

-- What staff search: one row of words for each ticket, in the order of
-- filing, written by the verb that changes them. words holds no text but
-- which words there are; the first of them stands for the agency.
CREATE TABLE ticket_texts (
	seq    INTEGER PRIMARY KEY,
	ticket TEXT NOT NULL UNIQUE REFERENCES tickets (id)
);
CREATE VIRTUAL TABLE ticket_words USING fts5 (words, content='', contentless_delete=1, detail=none, tokenize='unicode61 remove_diacritics 0');

INSERT INTO ticket_texts (ticket) SELECT id FROM tickets ORDER BY opened_at, id;
INSERT INTO ticket_words (rowid, words)
	SELECT x.seq, 'z' || lower(hex(t.agency)) || ' ' || replace(t.number, '-', '') || ' ' || t.nip || ' ' || t.name || ' ' || t.unit || ' ' ||
		t.claimed_name || ' ' || t.claimed_unit || ' ' || t.problem || ' ' ||
		coalesce((SELECT group_concat(m.text, ' ') FROM ticket_messages m WHERE m.ticket = t.id), '')
	FROM ticket_texts x JOIN tickets t ON t.id = x.ticket;
