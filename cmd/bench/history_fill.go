package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"time"

	"pulih/cmd/rig"
	"pulih/db"
	"pulih/tickets"
)

// years is three years of a large agency: its requests with all that happened
// to them, its roster, the answers to its questions and the daily counts of
// what people solved alone. The measures are folded from the events.
type years struct {
	url   string
	count int
}

// threeYears makes them in a database, and a supervisor whose work they are.
func threeYears(ctx context.Context, url string, count int) error {
	return (&years{url, count}).fill(ctx)
}

func (y *years) fill(ctx context.Context) error {
	d, err := db.Open(ctx, y.url, time.Now)
	if err != nil {
		return err
	}
	defer d.Close() //nolint:errcheck // all is committed
	if err := d.Migrate(ctx); err != nil {
		return err
	}
	begun := time.Now()
	for _, part := range y.parts() {
		if err := d.Write(ctx, func(tx *db.Tx) error { return part(ctx, tx) }); err != nil {
			return fmt.Errorf("fill %s: %w", y.url, err)
		}
	}
	fmt.Fprintf(os.Stderr, "filled %d tickets in %s\n", y.count, time.Since(begun).Round(time.Second))
	if err := fold(ctx, d); err != nil {
		return err
	}
	if d.Engine == db.Postgres {
		err = rig.Admin(y.url, tidyPast) // which it does by itself, but not at once
	}
	return err
}

func (y *years) parts() []func(context.Context, *db.Tx) error {
	parts := []func(context.Context, *db.Tx) error{y.hire, y.write}
	for n := 1; n < y.count/written; n++ {
		parts = append(parts, func(ctx context.Context, tx *db.Tx) error { return y.copy(ctx, tx, n) })
	}
	return append(parts, y.index, y.around)
}

// fold derives all measures, in the order of filing: each pack is then
// rewritten few times.
func fold(ctx context.Context, d *db.DB) error {
	queued, begun := int64(0), time.Now()
	err := d.Write(ctx, func(tx *db.Tx) (err error) {
		queued, err = tx.Exec(ctx, queueAll)
		return err
	})
	if err != nil {
		return err
	}
	for done := false; !done; {
		if done, err = deskOn(d).Fold(ctx); err != nil {
			return err
		}
	}
	took := time.Since(begun)
	fmt.Fprintf(os.Stderr, "measures rebuilt from all events in %s, %.0f tickets a second\n", took.Round(time.Second), float64(queued)/took.Seconds())
	return nil
}

// deskOn measures as the desk does that is started later.
func deskOn(d *db.DB) *tickets.Desk {
	return tickets.New(tickets.Config{DB: d, Calendar: tickets.Office(db.WITA), Waits: tickets.Production(), Zone: db.WITA, Agency: agency})
}

func (y *years) hire(ctx context.Context, tx *db.Tx) error {
	key, err := sealed()
	if err == nil {
		_, err = tx.Exec(ctx, insertAgent, agentID, agency, key, tx.Now)
	}
	if err != nil {
		return err
	}
	for n := range agents + seconds {
		role := "petugas"
		if n >= agents {
			role = "verifikator"
		}
		id := fmt.Sprintf("p%02d", n)
		if _, err := tx.Exec(ctx, insertColleague, id, rig.Someone(n, 301).NIP, "Petugas Contoh "+id, id+"@example.go.id", agency, role, []byte{}, tx.Now); err != nil {
			return err
		}
	}
	return nil
}

func (y *years) write(ctx context.Context, tx *db.Tx) error {
	r := rand.New(rand.NewPCG(5, 6)) //nolint:gosec // the same histories each time
	for n := range min(y.count, written) {
		if err := pastOf(r, n, tx.Now).insert(ctx, tx); err != nil {
			return err
		}
	}
	return nil
}

func (p *past) insert(ctx context.Context, tx *db.Tx) error {
	t, filedBy := p.ticket, "p00"
	if p.self {
		filedBy = ""
	}
	_, err := tx.Exec(ctx, insertPast, t.id, t.number, t.kind, p.channel, t.state, t.rank, p.level, rig.Someone(p.n, 1).NIP, t.name, t.unit, t.problem,
		t.cause, t.opened, t.due, p.at, t.closed, []byte{}, agency, len(p.events), p.cycle, filedBy)
	if err != nil {
		return err
	}
	for i, e := range p.events {
		_, err := tx.Exec(ctx, insertPastEvent, e.id, t.id, e.at, e.verb, e.from, e.to, i+1, e.cycle, e.by, e.actor, "Petugas Contoh "+e.actor, agency, t.kind, p.channel, e.outcome)
		if err != nil {
			return err
		}
	}
	if _, err = tx.Exec(ctx, insertTimer, t.id, agency, t.kind, t.opened, t.due, t.closed); err != nil {
		return err
	}
	return p.around(ctx, tx)
}

// around are what was said of it, and what was shown.
func (p *past) around(ctx context.Context, tx *db.Tx) error {
	for i, text := range p.ticket.texts {
		if _, err := tx.Exec(ctx, insertMessage, fmt.Sprintf("m000-%06d-%d", p.n, i), p.ticket.id, p.ticket.opened, text); err != nil {
			return err
		}
	}
	for i, kind := range []string{"ktp", "sk"} {
		if _, err := tx.Exec(ctx, insertProof, fmt.Sprintf("p000-%06d-%d", p.n, i), p.ticket.id, kind, p.ticket.opened); err != nil {
			return err
		}
	}
	return nil
}

// others is how many people there are for each of the first copy.
const others = 10

// copy adds the n-th copy of what was written, so that all of them lie evenly
// over three years. Its requests are those of others than the copies before it;
// one in ten is of somebody who has just had one.
func (y *years) copy(ctx context.Context, tx *db.Tx, n int) error {
	aged := time.Duration(n*back/(y.count/written)*weeks) * 7 * 24 * time.Hour
	if _, err := tx.Exec(ctx, copyPastRows, fmt.Sprintf("%03d", n), aged.Microseconds(), n%others, n/2%others); err != nil {
		return err
	}
	for _, statement := range []string{copyPastEvents, copyPastTimers, copyMessages, copyProofs} {
		if _, err := tx.Exec(ctx, statement, fmt.Sprintf("%03d", n), aged.Microseconds()); err != nil {
			return err
		}
	}
	return nil
}

// index makes all of it to be found by its words.
func (y *years) index(ctx context.Context, tx *db.Tx) error {
	statements := []string{placeTextsSQLite, fillTextsSQLite}
	if tx.Engine == db.Postgres {
		statements = []string{dropWordsPostgres, fillTextsPostgres, makeWordsPostgres}
	}
	for _, statement := range statements {
		if _, err := tx.Exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// around is what the other sections of the page read.
func (y *years) around(ctx context.Context, tx *db.Tx) error {
	today := tx.Now.Midnight(db.WITA)
	first := today.Add(-3 * 365 * 24 * time.Hour)
	for _, f := range []struct {
		statement string
		args      []any
	}{
		{fillRoster, []any{agency, tx.Now}}, {fillRatings, nil}, {fillSurveys, nil}, {fillWalks, []any{today, first}},
		{fillClocks, []any{today, first}}, {fillCodes, []any{today, first, agency}}, {fillDelays, []any{today, first}},
	} {
		if _, err := tx.Exec(ctx, f.statement, f.args...); err != nil {
			return fmt.Errorf("%.40s: %w", f.statement, err)
		}
	}
	return nil
}
