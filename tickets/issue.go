package tickets

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/mail"
	"pulih/secret"
)

// Re-issues for each agent and day (impostor 23), and passes for each
// approval (impostor 18).
const (
	passesPerApproval = 3
	passesAlarm       = 20
	passesStop        = 40
)

// PassShown is a pass, shown once. Not OK means that the factor was wrong.
type PassShown struct {
	OK    bool
	Code  secret.Code // 12 characters
	Until db.Time
}

// Issue hands the pass out at the counter, on a slip; its code is shown once
// (ET-03). It spends a fresh OTP (impostor 17). ErrPasses, ErrAgentStop,
// accounts.ErrNoProof; ErrVoided when the account has changed meanwhile,
// which takes the approval back.
func (d *Desk) Issue(ctx context.Context, by By, number string, version int64) (PassShown, Ticket, error) {
	var shown PassShown
	var t Ticket
	err := d.bound(ctx, func(tx *db.Tx) (voided bool, err error) {
		r, err := d.find(ctx, tx, by, place{number, version})
		if err != nil {
			return false, err
		}
		p, err := d.gate(ctx, tx, &r, by.step(VerbIssue))
		if err != nil {
			return false, err
		}
		if voided, err = d.voided(ctx, tx, p.record); voided || err != nil {
			return voided, err
		}
		if err := d.accounts.SpendProof(ctx, tx, by.Staff.Session); err != nil {
			return false, err
		}
		shown, err = d.issue(ctx, tx, p, by.Staff.ID, d.waits.CounterPass)
		t = r.forStaff()
		return false, err
	})
	return shown, t, err
}

// issue makes the pass. It counts for agent: who hands it out, or, for the
// one that the person takes himself, who checked.
func (d *Desk) issue(ctx context.Context, tx *db.Tx, p *passage, agent string, life time.Duration) (PassShown, error) {
	n, err := d.take(ctx, tx, count{countPasses, agent, passesStop})
	if errors.Is(err, ErrSpent) {
		return PassShown{}, ErrAgentStop
	}
	if err != nil {
		return PassShown{}, err
	}
	until := tx.Now.Add(life)
	id, code, err := d.accounts.IssuePass(ctx, tx, accounts.NewPass{Person: p.Person, Ticket: p.ID, Basis: p.Basis,
		FactorAfter: p.OpenedAt, Until: until}, p.actor)
	if err != nil {
		return PassShown{}, err
	}
	p.pass, p.PassUntil, p.IssuedAt = id, until, tx.Now
	p.Passes++
	if err := d.alarm(ctx, tx, p, agent, n); err != nil {
		return PassShown{}, err
	}
	if err := d.tell(ctx, tx, p.record, mail.PassIssued); err != nil {
		return PassShown{}, err
	}
	return PassShown{true, code, until}, d.move(ctx, tx, p)
}

// alarm tells the audit log and the supervisors of an agent for whom
// unusually many are issued.
func (d *Desk) alarm(ctx context.Context, tx *db.Tx, p *passage, agent string, n int) error {
	if n != passesAlarm {
		return nil
	}
	err := audit.Append(ctx, tx, audit.Event{Actor: p.actor, Action: audit.LimitHit, Object: agent, Result: "alarm",
		Detail: map[string]string{"limit": "passes.agent.day"}})
	if err != nil {
		return err
	}
	name, err := d.accounts.StaffName(ctx, tx, agent)
	if err != nil {
		return err
	}
	return d.accounts.TellSupervisorsOf(ctx, tx, p.Agency, "Penerbitan kode luar biasa banyak",
		fmt.Sprintf("%d kode pendaftaran diterbitkan hari ini lewat %s.\nPada %d kode, penerbitan berhenti sampai besok.", n, name, passesStop))
}

// mayIssue is the guard of Issue and TakePass.
func (d *Desk) mayIssue(_ context.Context, tx *db.Tx, r *record, s step) error {
	switch {
	case (s.verb == VerbIssue) != (r.Channel == Counter):
		return ErrChannel
	case r.ReadyAt.Add(d.waits.Approval) <= tx.Now:
		return ErrVoided // the clock will say so within a second
	case r.Passes >= passesPerApproval:
		return ErrPasses
	}
	return nil
}
