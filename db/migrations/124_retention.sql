-- +goose Up

-- When each rule of retention ran last, and what it removed last. pending is
-- what a run has removed that is not over: the audit log is told at its end.
CREATE TABLE retention_runs (
	rule       TEXT PRIMARY KEY,
	ran_at     BIGINT NOT NULL,
	pending    BIGINT NOT NULL,
	removed    BIGINT NOT NULL,
	removed_at BIGINT NOT NULL
);

-- What is due is found without reading what is not.
CREATE INDEX outbox_ended ON outbox (ended_at) WHERE ended_at > 0;
CREATE INDEX passes_ended ON passes (ended_at) WHERE ended_at > 0;
CREATE INDEX former_emails_until ON former_emails (until);
CREATE INDEX proposals_ended ON proposals (ended_at) WHERE ended_at > 0;
CREATE INDEX notice_emails_ended ON notice_emails (ended_at) WHERE ended_at > 0;
CREATE INDEX email_codes_until ON email_codes (until);
CREATE INDEX staff_proposals_proposed ON staff_proposals (proposed_at);
CREATE INDEX ticket_counts_day ON ticket_counts (day);
CREATE INDEX devices_dead ON devices (ended_at) WHERE state = 'ended' AND length(secret) > 0;
