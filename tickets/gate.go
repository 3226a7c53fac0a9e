package tickets

import (
	"context"
	"slices"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
)

// step is somebody about to do a verb.
type step struct {
	verb  Verb
	who   []who // what he may act as
	by    *By   // nil unless staff
	actor audit.Actor
}

func (b By) step(v Verb) step {
	s := step{verb: v, by: &b, actor: b.Actor}
	s.actor.Kind, s.actor.ID = audit.Staff, b.Staff.ID
	for _, role := range b.Staff.Roles {
		s.who = append(s.who, who(role))
	}
	return s
}

func personStep(v Verb, actor audit.Actor) step {
	return step{verb: v, who: by(person), actor: actor}
}

func clockStep(v Verb) step {
	return step{verb: v, who: by(clock), actor: audit.Actor{Kind: audit.Clock}}
}

// name is the name of the member of staff, "" for others.
func (s step) name() string {
	if s.by == nil {
		return ""
	}
	return s.by.Staff.Name
}

// passage is a verb that the gate let through. Only gate makes one, and move
// takes nothing else, so no door leads round the rules.
type passage struct {
	*record
	step
	rule rule
	note string // for the history; staff read it

	from    State
	version int64
	title   string // by which the ticket was found before, but for its messages
	said    bool   // a message was added
}

// gate asks the table and the rules of the verb whether s may happen to r.
func (d *Desk) gate(ctx context.Context, tx *db.Tx, r *record, s step) (*passage, error) {
	line, ok := find(r.State, s.verb)
	switch {
	case !ok:
		return nil, ErrState
	case !line.fits(r.Kind):
		return nil, ErrKind
	case !slices.ContainsFunc(line.Who, func(w who) bool { return slices.Contains(s.who, w) }):
		return nil, ErrRole
	}
	if s.by != nil {
		if err := d.staffGate(ctx, tx, r, s, line); err != nil {
			return nil, err
		}
	}
	if err := d.guard(ctx, tx, r, s); err != nil {
		return nil, err
	}
	p := &passage{record: r, step: s, rule: line, from: r.State, version: r.Version, title: r.title()}
	p.own(tx.Now)
	return p, nil
}

func (d *Desk) staffGate(ctx context.Context, tx *db.Tx, r *record, s step, line rule) error {
	switch {
	case s.by.Staff.NIP == r.NIP:
		return ErrOneself // ST-05
	case line.Owned && d.claimed(r, tx.Now) && r.Owner != s.by.Staff.ID:
		return ErrTaken
	case line.Desk && r.Channel == Counter:
		return d.counterGate(ctx, tx, *s.by)
	}
	return nil
}

// counterGate lets through who works at the counter, in office hours
// (impostor 6).
func (d *Desk) counterGate(ctx context.Context, tx *db.Tx, by By) error {
	c, err := d.calendarOf(ctx, tx, by.Staff.Agency)
	if err == nil && (!by.AtCounter || !c.Open(tx.Now)) {
		return ErrDesk
	}
	return err
}

// claimed tells whether somebody holds r. After a while without activity
// nobody does, whether or not the clock has tidied up yet.
func (d *Desk) claimed(r *record, now db.Time) bool {
	return r.Owner != "" && now.Sub(r.OwnedAt) < d.waits.Claim
}

// own makes the agent who works on a ticket its owner: a verb is never
// refused because a lock had lapsed (helpdesk.md, §2 no 9).
func (p *passage) own(now db.Time) {
	if p.by != nil && p.rule.Owned && p.by.Staff.Has(accounts.Agent) {
		p.Owner, p.OwnerName, p.OwnedAt = p.by.Staff.ID, p.by.Staff.Name, now
	}
}

// guard asks the rule of a verb that the table cannot tell.
func (d *Desk) guard(ctx context.Context, tx *db.Tx, r *record, s step) error {
	switch s.verb {
	case VerbShowHistory:
		return mayShowHistory(r)
	case VerbAsk:
		return mayAsk(r)
	case VerbRelease:
		return mayRelease(r, s)
	case VerbTakeOver:
		return mayTakeOver(r, s)
	case VerbAddProof, VerbCall, VerbCallAgain, VerbWithdrawProof:
		return d.mayProve(ctx, tx, r, s)
	case VerbCheck:
		return d.mayCheck(ctx, tx, r, s)
	case VerbApprove:
		return d.mayApprove(ctx, tx, r, s)
	case VerbNameEmail, VerbEmailCode, VerbChangeEmail:
		return d.mayChangeEmail(r, s, tx.Now)
	case VerbAskLift:
		return mayAskLift(s)
	case VerbLift:
		return d.mayLift(ctx, tx, r, s)
	case VerbReopen:
		return d.mayReopen(ctx, tx, r, s)
	case VerbIssue, VerbTakePass:
		return d.mayIssue(ctx, tx, r, s)
	}
	return nil
}
