package tickets

import (
	"context"
	"errors"
	"time"

	"pulih/db"
)

// How often a comparison may be wrong: for an item, for a person in a day,
// for an agent in a day (impostor 22). A person's budget closes the remote
// way only: the counter stays open.
const (
	wrongPerItem   = 3
	wrongPerPerson = 10
	wrongPerAgent  = 30
)

// What ticket_counts counts.
const (
	countWrongPerson = "wrong.person"
	countWrongAgent  = "wrong.agent"
	countWrongFactor = "wrong.factor"
	countPasses      = "passes"
	countFraud       = "fraud"
)

// tried is a comparison that was counted before it is made.
type tried struct {
	wrong  int // of this item so far
	room   int // what the day's counts leave after this one
	counts []count
}

// count is a counter of a day, and where it stops.
type count struct {
	what, who string
	most      int
}

// try counts a comparison as wrong before it is made, so that two at once
// cannot share the last try. ErrSpent.
func (d *Desk) try(ctx context.Context, tx *db.Tx, p *passage, k ProofKind) (tried, error) {
	t := tried{room: wrongPerAgent, counts: []count{{countWrongAgent, p.actor.ID, wrongPerAgent}}}
	if p.Channel == Remote {
		t.counts = append(t.counts, count{countWrongPerson, p.Person, wrongPerPerson})
	}
	for _, c := range t.counts {
		n, err := d.take(ctx, tx, c)
		if err != nil {
			return t, err
		}
		t.room = min(t.room, c.most-n)
	}
	err := tx.Row(ctx, countWrongItem, p.ID, p.Cycle, k).Scan(&t.wrong)
	if err == nil && t.wrong >= wrongPerItem {
		err = ErrSpent
	}
	return t, err
}

// judge gives the counts back after a match.
func (d *Desk) judge(ctx context.Context, tx *db.Tx, t tried, match bool) (Result, error) {
	if !match {
		return NoMatch, nil
	}
	for _, c := range t.counts {
		if err := d.giveBack(ctx, tx, c); err != nil {
			return "", err
		}
	}
	return Match, nil
}

func (t tried) left(r Result) int {
	if r == NoMatch {
		t.wrong++
	}
	return min(wrongPerItem-t.wrong, t.room)
}

// spent tells whether a document of this kind may not be tried again in the
// ticket's cycle.
func spent(proofs []Proof, cycle int64, k ProofKind) bool {
	wrong := 0
	for _, p := range proofs {
		if p.Kind == k && p.cycle == cycle && p.Result == NoMatch {
			wrong++
		}
	}
	return wrong >= wrongPerItem
}

// take counts one more of c today. ErrSpent when enough are counted already.
func (d *Desk) take(ctx context.Context, tx *db.Tx, c count) (n int, err error) {
	err = tx.Row(ctx, takeCount, c.what, c.who, d.today(tx.Now), c.most).Scan(&n)
	if errors.Is(err, db.ErrNotFound) {
		return c.most, ErrSpent
	}
	return n, err
}

func (d *Desk) giveBack(ctx context.Context, tx *db.Tx, c count) error {
	return tx.One(ctx, giveBack, c.what, c.who, d.today(tx.Now))
}

// today is the day of the agency.
func (d *Desk) today(now db.Time) string { return now.Time().In(d.zone.Location).Format(time.DateOnly) }
