package tickets

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"pulih/audit"
	"pulih/db"
)

// move writes what passed the gate: the ticket, if it is still what the gate
// saw, the row of its history and the row of the audit log. Nothing else
// writes a state.
func (d *Desk) move(ctx context.Context, tx *db.Tx, p *passage) error {
	p.State = p.rule.end(p.from)
	p.Version++
	if p.State != p.from {
		p.StateAt = tx.Now
	}
	if err := d.leave(ctx, tx, p); err != nil {
		return err
	}
	if err := d.save(ctx, tx, p); err != nil {
		return fmt.Errorf("tickets: %s: %w", p.verb, err)
	}
	tx.Changed("tickets")
	if err := d.history(ctx, tx, p); err != nil {
		return fmt.Errorf("tickets: %s: %w", p.verb, err)
	}
	if err := d.keepTime(ctx, tx, p); err != nil {
		return fmt.Errorf("tickets: %s: %w", p.verb, err)
	}
	if err := d.keepFound(ctx, tx, p); err != nil {
		return fmt.Errorf("tickets: %s: %w", p.verb, err)
	}
	return audit.Append(ctx, tx, audit.Event{Actor: p.actor, Action: audit.Ticket + audit.Action(p.verb), Person: p.Person, Object: p.ID, Detail: p.detail()})
}

// detail is what the log tells of a verb. Why a request ended is for a restore,
// which ends it again.
func (p *passage) detail() map[string]string {
	d := map[string]string{"number": p.Number, "from": string(p.from), "to": string(p.State), "version": strconv.FormatInt(p.Version, 10), "note": p.note}
	if !p.State.Live() && p.State != p.from && p.Reason != "" {
		d["reason"] = p.Reason
	}
	return d
}

// leave undoes what the state left behind: an issued pass dies unless it was
// used, a check and an approval end where the ticket is open again.
func (d *Desk) leave(ctx context.Context, tx *db.Tx, p *passage) error {
	if p.from == Issued && p.State != Issued && p.State != Done {
		if err := d.accounts.EndPass(ctx, tx, p.ID, p.actor); err != nil {
			return err
		}
		p.pass, p.PassUntil, p.IssuedAt = "", 0, 0
	}
	if p.rule.Voids && p.State == Open {
		if _, err := tx.Exec(ctx, voidProofs, p.ID, tx.Now); err != nil {
			return err
		}
		p.Factor, p.factorDevice = "", ""
	}
	if p.State == Open && p.from != Open && p.from != Waiting {
		p.unchecked()
	}
	switch {
	case p.from.Live() && !p.State.Live():
		p.ClosedAt = tx.Now
	case p.from != None && !p.from.Live() && p.State.Live():
		p.again()
	}
	return nil
}

// again begins another cycle of a ticket that had ended: what was proven in
// the one before counts no more.
func (r *record) again() {
	r.Cycle++
	r.ClosedAt, r.SolvedBy, r.Reason, r.rank = 0, "", "", r.firstRank()
}

// unchecked takes the check and the approval back. Name and unit are again
// what was typed: the record's are nobody's business before a check.
func (r *record) unchecked() {
	r.CheckedAt, r.CheckedBy, r.CheckedByName, r.Level, r.Basis = 0, "", "", "", ""
	r.ApprovedAt, r.ApprovedBy, r.ApprovedByName, r.approval, r.mails = 0, "", "", "", ""
	r.ReadyAt, r.Passes = 0, 0
	r.Name, r.Unit = r.ClaimedName, r.ClaimedUnit
}

func (d *Desk) save(ctx context.Context, tx *db.Tx, p *passage) error {
	if p.from == None {
		return d.insert(ctx, tx, p)
	}
	return p.save(ctx, tx, p.from, p.version)
}

func (d *Desk) history(ctx context.Context, tx *db.Tx, p *passage) error {
	var browser string
	if p.by != nil {
		browser = p.by.Browser
	}
	event := db.NewID()
	_, err := tx.Exec(ctx, insertEvent, event, p.ID, tx.Now, p.verb, p.from, p.State, p.Version, p.Cycle,
		p.actor.Kind, p.actor.ID, p.name(), browser, p.Agency, p.Kind, p.Channel, p.note, p.Person, p.outcome())
	return errors.Join(err, d.toMeasure(ctx, tx, event, p))
}

// outcome is what solved the ticket, why it was refused, or how much evidence
// a check saw.
func (p *passage) outcome() string {
	switch {
	case p.verb == VerbCheck:
		return string(p.Level)
	case p.State == p.from:
		return ""
	case p.State == Refused:
		return p.Reason
	}
	return p.SolvedBy
}
