package accounts

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"pulih/audit"
	"pulih/db"
	"pulih/mail"
)

// Summary is whether a supervisor wants the weekly summary by mail. WantedAt
// is since when, 0 while he does not. SentFor is the Monday of the last week
// that was sent, as "2026-11-16", "" before the first.
type Summary struct {
	WantedAt db.Time
	SentFor  string
}

// Subscriber is a member of staff who wants it.
type Subscriber struct {
	Member
	Summary
}

// SummaryOf is a member's choice, with the address to which it is sent.
// ErrNoStaff.
func (a *Accounts) SummaryOf(ctx context.Context, id string) (s Subscriber, err error) {
	err = a.db.Read(ctx, func(tx *db.Tx) error {
		if s.Member, err = a.staffMember(ctx, tx, selectStaffByID, id); err != nil {
			return err
		}
		s.Summary, err = scanSummary(tx.Row(ctx, selectSummary, id))
		if errors.Is(err, db.ErrNotFound) {
			return nil
		}
		return err
	})
	return s, err
}

// SwitchSummary begins or ends it, for oneself alone; doing so twice is
// nothing. ErrProposalRole: it is for supervisors.
func (a *Accounts) SwitchSummary(ctx context.Context, id string, on bool, by audit.Actor) error {
	err := a.db.Write(ctx, func(tx *db.Tx) error {
		m, err := a.staffMember(ctx, tx, selectStaffByID, id)
		if err == nil && !m.supervises() {
			err = ErrProposalRole
		}
		if err != nil {
			return err
		}
		return a.switchSummary(ctx, tx, id, on, by)
	})
	if err != nil {
		return fmt.Errorf("accounts: weekly summary: %w", err)
	}
	return nil
}

func (m Member) supervises() bool { return m.DisabledAt == 0 && m.Has(Supervisor) }

func (a *Accounts) switchSummary(ctx context.Context, tx *db.Tx, id string, on bool, by audit.Actor) error {
	result, change, args := "off", endSummary, []any{id}
	if on {
		result, change, args = "on", wantSummary, []any{id, tx.Now}
	}
	changed, err := tx.Exec(ctx, change, args...)
	if err == nil && !on {
		err = a.withdrawSummary(ctx, tx, id, by)
	}
	if err != nil || changed == 0 {
		return err
	}
	return audit.Append(ctx, tx, audit.Event{Actor: by, Action: audit.SummarySwitched, Object: id, Result: result})
}

// withdrawSummary keeps a summary that still waits for the relay, perhaps for
// days, from somebody who may not read it by now (ST-04, ST-07).
func (a *Accounts) withdrawSummary(ctx context.Context, tx *db.Tx, id string, by audit.Actor) error {
	var letter string
	err := tx.Row(ctx, selectSummaryMail, id).Scan(&letter)
	if errors.Is(err, db.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return a.outbox.Withdraw(ctx, tx, letter, by)
}

// Subscribers are the supervisors who want it and have not had that of a week.
func (a *Accounts) Subscribers(ctx context.Context, week string) (all []Subscriber, err error) {
	err = a.db.Read(ctx, func(tx *db.Tx) error {
		all, err = db.All(ctx, tx, scanSubscriber, selectSubscribers, week)
		return err
	})
	return slices.DeleteFunc(all, func(s Subscriber) bool { return !s.supervises() }), err
}

// SendSummary mails the summary of a week, once: of two who send it the second
// sends nothing. Nor does it when he has meanwhile left, stopped supervising
// or sees other units than those of which m tells (ST-04, ST-07).
func (a *Accounts) SendSummary(ctx context.Context, s Subscriber, week string, m mail.SummaryMail) (sent bool, err error) {
	err = a.db.Write(ctx, func(tx *db.Tx) error {
		now, err := a.staffMember(ctx, tx, selectStaffByID, s.ID)
		if sent = err == nil && now.sees(s.Member); !sent {
			return err
		}
		m.To = now.Email
		return a.sendSummary(ctx, tx, s.ID, week, m)
	})
	if errors.Is(err, db.ErrConflict) {
		return false, nil
	}
	return sent && err == nil, err
}

func (m Member) sees(what Member) bool {
	return m.supervises() && m.Agency == what.Agency && slices.Equal(m.Units, what.Units)
}

func (a *Accounts) sendSummary(ctx context.Context, tx *db.Tx, id, week string, m mail.SummaryMail) error {
	letter, err := a.outbox.Enqueue(ctx, tx, mail.Summary(a.site(), m))
	if err != nil {
		return err
	}
	if err := tx.One(ctx, markSummary, id, week, letter); err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Event{Actor: audit.Actor{Kind: audit.Clock}, Action: audit.SummarySent, Object: id,
		Detail: map[string]string{"week": week}})
}
