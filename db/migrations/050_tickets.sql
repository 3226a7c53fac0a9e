-- +goose Up

-- One request for help. name and unit are what was typed until the identity
-- is checked, and the record's from then on; claimed_name and claimed_unit
-- stay what was typed. last_at and last_from copy the newest message that both
-- sides see. rank orders the queue: 0 fraud, 1 somebody at the
-- counter, 2 a remaining factor shown, 3 nothing proven.
CREATE TABLE tickets (
	id              TEXT PRIMARY KEY,
	number          TEXT NOT NULL UNIQUE,
	kind            TEXT NOT NULL CHECK (kind IN ('mfa', 'email', 'lock', 'activation', 'fraud', 'other')),
	channel         TEXT NOT NULL CHECK (channel IN ('remote', 'counter')),
	state           TEXT NOT NULL CHECK (state IN ('open', 'waiting', 'escalated', 'checked', 'approved', 'ready', 'issued',
		'done', 'refused', 'cancelled', 'expired', 'disowned', 'merged')),
	version         BIGINT NOT NULL,
	cycle           BIGINT NOT NULL,
	agency          TEXT NOT NULL,
	person          TEXT NOT NULL,
	nip             TEXT NOT NULL,
	name            TEXT NOT NULL,
	unit            TEXT NOT NULL,
	claimed_name    TEXT NOT NULL,
	claimed_unit    TEXT NOT NULL,
	phone           TEXT NOT NULL,
	problem         TEXT NOT NULL,
	secret_hash     BYTEA NOT NULL,
	filed_by        TEXT NOT NULL,
	rank            BIGINT NOT NULL,
	factor          TEXT NOT NULL,
	factor_device   TEXT NOT NULL,
	level           TEXT NOT NULL,
	basis           TEXT NOT NULL CHECK (basis IN ('', 'factor', 'callback', 'originals')),
	owner           TEXT NOT NULL,
	owner_name      TEXT NOT NULL,
	owned_at        BIGINT NOT NULL,
	opened_at       BIGINT NOT NULL,
	due_at          BIGINT NOT NULL,
	state_at        BIGINT NOT NULL,
	told_at         BIGINT NOT NULL,
	checked_at      BIGINT NOT NULL,
	checked_by      TEXT NOT NULL,
	checked_by_name TEXT NOT NULL,
	approved_at     BIGINT NOT NULL,
	approved_by     TEXT NOT NULL,
	approved_by_name TEXT NOT NULL,
	approval        TEXT NOT NULL,
	mails           TEXT NOT NULL,
	ready_at        BIGINT NOT NULL,
	issued_at       BIGINT NOT NULL,
	pass            TEXT NOT NULL,
	pass_until      BIGINT NOT NULL,
	passes          BIGINT NOT NULL,
	device          TEXT NOT NULL,
	closed_at       BIGINT NOT NULL,
	solved_by       TEXT NOT NULL,
	reason          TEXT NOT NULL,
	last_at         BIGINT NOT NULL,
	last_from       TEXT NOT NULL,
	CHECK (approved_by = '' OR approved_by <> checked_by)
);

-- A request proves nothing and holds no slot: one change ticket for each
-- person and kind only from "checked" on (impostor 4).
CREATE UNIQUE INDEX tickets_slot ON tickets (person, kind)
	WHERE person <> '' AND kind IN ('mfa', 'email', 'activation') AND state IN ('checked', 'approved', 'ready', 'issued');
CREATE INDEX tickets_queue ON tickets (agency, state, rank, opened_at, id);
CREATE INDEX tickets_owner ON tickets (owner, state, opened_at, id) WHERE owner <> '';
CREATE INDEX tickets_claims ON tickets (owned_at) WHERE owner <> '' AND state IN ('open', 'waiting');
CREATE INDEX tickets_closed ON tickets (agency, closed_at, id) WHERE closed_at > 0;
CREATE INDEX tickets_done ON tickets (agency, closed_at, id) WHERE state = 'done';
CREATE INDEX tickets_opened ON tickets (agency, opened_at, id);
CREATE INDEX tickets_person ON tickets (person, kind, state);
CREATE INDEX tickets_clock ON tickets (state, state_at);
CREATE INDEX tickets_untold ON tickets (id) WHERE told_at = 0;

-- What happened, one row for each verb, in the verb's transaction. Agency,
-- kind and channel are copied as they were.
CREATE TABLE ticket_events (
	id         TEXT PRIMARY KEY,
	ticket     TEXT NOT NULL REFERENCES tickets (id),
	at         BIGINT NOT NULL,
	verb       TEXT NOT NULL,
	from_state TEXT NOT NULL,
	to_state   TEXT NOT NULL,
	version    BIGINT NOT NULL,
	cycle      BIGINT NOT NULL,
	actor_kind TEXT NOT NULL,
	actor      TEXT NOT NULL,
	actor_name TEXT NOT NULL,
	browser    TEXT NOT NULL,
	agency     TEXT NOT NULL,
	kind       TEXT NOT NULL,
	channel    TEXT NOT NULL,
	note       TEXT NOT NULL
);
CREATE UNIQUE INDEX ticket_events_version ON ticket_events (ticket, version);
CREATE INDEX ticket_events_browser ON ticket_events (browser, verb, at) WHERE browser <> '';
CREATE INDEX ticket_events_closed ON ticket_events (agency, to_state, at);

CREATE TABLE ticket_messages (
	id          TEXT PRIMARY KEY,
	ticket      TEXT NOT NULL REFERENCES tickets (id),
	at          BIGINT NOT NULL,
	side        TEXT NOT NULL CHECK (side IN ('pemohon', 'petugas', 'catatan')),
	author      TEXT NOT NULL,
	author_name TEXT NOT NULL,
	text        TEXT NOT NULL
);
CREATE INDEX ticket_messages_ticket ON ticket_messages (ticket, id);

-- Typed items of proof, wrong ones too: they are counted. stage tells the
-- checker's items from those of the approver, which are no contribution.
CREATE TABLE ticket_proofs (
	id          TEXT PRIMARY KEY,
	ticket      TEXT NOT NULL REFERENCES tickets (id),
	cycle       BIGINT NOT NULL,
	person      TEXT NOT NULL,
	stage       TEXT NOT NULL CHECK (stage IN ('check', 'approval')),
	class       TEXT NOT NULL,
	kind        TEXT NOT NULL,
	source      TEXT NOT NULL,
	how         TEXT NOT NULL,
	result      TEXT NOT NULL CHECK (result IN ('match', 'no_match', 'called', 'spent')),
	number_hash BYTEA NOT NULL,
	code_hash   BYTEA NOT NULL,
	code_until  BIGINT NOT NULL,
	code_tries  BIGINT NOT NULL,
	at          BIGINT NOT NULL,
	by_id       TEXT NOT NULL,
	by_name     TEXT NOT NULL,
	voided_at   BIGINT NOT NULL
);
CREATE INDEX ticket_proofs_ticket ON ticket_proofs (ticket, id);

-- Counters by day: wrong comparisons of a person and of an agent, passes of
-- an agent (impostor 22, 23).
CREATE TABLE ticket_counts (
	what TEXT NOT NULL,
	who  TEXT NOT NULL,
	day  TEXT NOT NULL,
	n    BIGINT NOT NULL,
	PRIMARY KEY (what, who, day)
);
