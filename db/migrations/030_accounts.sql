-- +goose Up

-- The roster, as the personnel agency exports it.
CREATE TABLE people (
	id          TEXT PRIMARY KEY,
	nip         TEXT NOT NULL UNIQUE,
	name        TEXT NOT NULL,
	unit        TEXT NOT NULL,
	agency      TEXT NOT NULL,
	email       TEXT NOT NULL,
	email_since BIGINT NOT NULL,
	phone       TEXT NOT NULL,
	phone_since BIGINT NOT NULL,
	active      BOOLEAN NOT NULL,
	created_at  BIGINT NOT NULL,
	changed_at  BIGINT NOT NULL
);
CREATE INDEX people_agency ON people (agency, active);

-- Addresses a person had; notices go there too for 30 days (impostor 5).
CREATE TABLE former_emails (
	id     TEXT PRIMARY KEY,
	person TEXT NOT NULL REFERENCES people (id),
	email  TEXT NOT NULL,
	since  BIGINT NOT NULL,
	until  BIGINT NOT NULL
);
CREATE INDEX former_emails_person ON former_emails (person, until);

-- Contact data that an import may not change itself (impostor 7).
CREATE TABLE proposals (
	id         TEXT PRIMARY KEY,
	person     TEXT NOT NULL REFERENCES people (id),
	field      TEXT NOT NULL CHECK (field IN ('email', 'phone')),
	value      TEXT NOT NULL,
	state      TEXT NOT NULL CHECK (state IN ('open', 'applied', 'dropped')),
	created_at BIGINT NOT NULL,
	ended_at   BIGINT NOT NULL
);
CREATE UNIQUE INDEX proposals_open ON proposals (person, field, value) WHERE state = 'open';

-- What a person signs in with. One row for each person.
CREATE TABLE accounts (
	person         TEXT PRIMARY KEY REFERENCES people (id),
	password       TEXT NOT NULL,
	password_at    BIGINT NOT NULL,
	password_via   TEXT NOT NULL,
	activated_at   BIGINT NOT NULL,
	suspended_at   BIGINT NOT NULL,
	disabled_at    BIGINT NOT NULL,
	reset_needs_otp BOOLEAN NOT NULL,
	remote_blocked_until BIGINT NOT NULL,
	otp_failures   BIGINT NOT NULL,
	otp_wait_until BIGINT NOT NULL,
	version        BIGINT NOT NULL
);

CREATE TABLE devices (
	id          TEXT PRIMARY KEY,
	person      TEXT NOT NULL REFERENCES people (id),
	name        TEXT NOT NULL,
	secret      BYTEA NOT NULL,
	last_step   BIGINT NOT NULL,
	state       TEXT NOT NULL CHECK (state IN ('active', 'suspended', 'ended')),
	via         TEXT NOT NULL,
	enrolled_at BIGINT NOT NULL,
	used_at     BIGINT NOT NULL,
	ended_at    BIGINT NOT NULL
);
CREATE INDEX devices_person ON devices (person, state);

-- Sessions of people and of staff. The token is in the cookie only.
CREATE TABLE sessions (
	id         TEXT PRIMARY KEY,
	token_hash BYTEA NOT NULL UNIQUE,
	kind       TEXT NOT NULL CHECK (kind IN ('account', 'staff')),
	owner      TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	seen_at    BIGINT NOT NULL,
	proven_at  BIGINT NOT NULL,
	ended_at   BIGINT NOT NULL,
	network    TEXT NOT NULL,
	agent      TEXT NOT NULL
);
CREATE INDEX sessions_owner ON sessions (kind, owner, ended_at);
CREATE INDEX sessions_created ON sessions (created_at);

-- A reset of a password by mail: its steps are kept here, never by the
-- browser. The person is known only from the step where a code proved it.
CREATE TABLE resets (
	id           TEXT PRIMARY KEY,
	browser_hash BYTEA NOT NULL UNIQUE,
	nip          TEXT NOT NULL,
	person       TEXT NOT NULL,
	state        TEXT NOT NULL CHECK (state IN ('started', 'sent', 'proven', 'finished', 'ended')),
	typed_email  BYTEA NOT NULL,
	tries        BIGINT NOT NULL,
	sends        BIGINT NOT NULL,
	next_at      BIGINT NOT NULL,
	proven_via   TEXT NOT NULL,
	created_at   BIGINT NOT NULL,
	expires_at   BIGINT NOT NULL
);
CREATE INDEX resets_person ON resets (person, state);
CREATE INDEX resets_expiry ON resets (expires_at);
CREATE INDEX resets_nip ON resets (nip);

-- The codes of a reset. A row waits until it is due, and only then is it
-- found out whether there is anybody to send it to: 'void' when there is not.
CREATE TABLE reset_codes (
	id        TEXT PRIMARY KEY,
	reset     TEXT NOT NULL REFERENCES resets (id) ON DELETE CASCADE,
	person    TEXT NOT NULL,
	state     TEXT NOT NULL CHECK (state IN ('due', 'void', 'live', 'used', 'ended')),
	code_hash BYTEA NOT NULL,
	link_hash BYTEA NOT NULL,
	network   TEXT NOT NULL,
	due_at    BIGINT NOT NULL,
	until     BIGINT NOT NULL
);
CREATE INDEX reset_codes_due ON reset_codes (due_at) WHERE state = 'due';
CREATE INDEX reset_codes_reset ON reset_codes (reset, state);
CREATE INDEX reset_codes_person ON reset_codes (person, state);
CREATE INDEX reset_codes_link ON reset_codes (link_hash) WHERE state = 'live';

-- What is counted against a NIP, known or not: wrong codes, wrong passwords,
-- mails sent. The key is a peppered hash.
CREATE TABLE counters (
	key   BYTEA PRIMARY KEY,
	n     BIGINT NOT NULL,
	since BIGINT NOT NULL,
	until BIGINT NOT NULL
);
CREATE INDEX counters_since ON counters (since);

-- A pass lets a person enrol one authenticator (ET-01 to ET-16).
CREATE TABLE passes (
	id             TEXT PRIMARY KEY,
	person         TEXT NOT NULL REFERENCES people (id),
	ticket         TEXT NOT NULL,
	basis          TEXT NOT NULL CHECK (basis IN ('factor', 'callback', 'originals')),
	code_hash      BYTEA NOT NULL UNIQUE,
	state          TEXT NOT NULL CHECK (state IN ('issued', 'opened', 'used', 'ended')),
	factor_after   BIGINT NOT NULL,
	wrong          BIGINT NOT NULL,
	code_tries     BIGINT NOT NULL,
	browser_hash   BYTEA NOT NULL UNIQUE,
	pending_secret BYTEA NOT NULL,
	pending_password TEXT NOT NULL,
	pending_until  BIGINT NOT NULL,
	issued_at      BIGINT NOT NULL,
	expires_at     BIGINT NOT NULL,
	ended_at       BIGINT NOT NULL
);
CREATE INDEX passes_ticket ON passes (ticket, state);
CREATE INDEX passes_person ON passes (person, state);

-- A notice with a "Bukan saya" link (impostor 2).
CREATE TABLE notices (
	id         TEXT PRIMARY KEY,
	token_hash BYTEA NOT NULL UNIQUE,
	person     TEXT NOT NULL REFERENCES people (id),
	kind       TEXT NOT NULL CHECK (kind IN ('attempt', 'change')),
	what       TEXT NOT NULL,
	object     TEXT NOT NULL,
	number     TEXT NOT NULL,
	mail       TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL,
	disowned_at BIGINT NOT NULL
);
CREATE INDEX notices_person ON notices (person, created_at);
CREATE INDEX notices_expiry ON notices (expires_at);

-- Who works here. Their accounts are none of the people's (impostor 17).
-- approver_no tells the first two approvers, whom the console sets up, from
-- those who wait 72 hours; setup_* and pending_* belong to a set-up under way.
CREATE TABLE staff (
	id          TEXT PRIMARY KEY,
	nip         TEXT NOT NULL UNIQUE,
	name        TEXT NOT NULL,
	email       TEXT NOT NULL,
	agency      TEXT NOT NULL,
	roles       TEXT NOT NULL,
	approver_no BIGINT NOT NULL,
	approves_from BIGINT NOT NULL,
	password    TEXT NOT NULL,
	secret      BYTEA NOT NULL,
	last_step   BIGINT NOT NULL,
	otp_failures BIGINT NOT NULL,
	otp_wait_until BIGINT NOT NULL,
	setup_hash  BYTEA NOT NULL,
	setup_until BIGINT NOT NULL,
	setup_browser BYTEA NOT NULL,
	pending_password TEXT NOT NULL,
	pending_secret BYTEA NOT NULL,
	created_at  BIGINT NOT NULL,
	enrolled_at BIGINT NOT NULL,
	disabled_at BIGINT NOT NULL
);
CREATE INDEX staff_agency ON staff (agency);
CREATE UNIQUE INDEX staff_setup ON staff (setup_hash) WHERE setup_until > 0;
CREATE UNIQUE INDEX staff_approver ON staff (approver_no) WHERE approver_no > 0;
