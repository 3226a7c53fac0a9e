package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"pulih/cmd/rig"
	"pulih/db"
	"pulih/secret"
)

const (
	written = 10_000 // tickets that are written one by one
	agency  = "BKPSDM Kabupaten Contoh"
	agentID = "agent"
)

// archive is a database with as many tickets as a large agency has in years:
// two of a hundred are open. token is the session of an agent.
type archive struct {
	url   string
	count int // a multiple of written
	token secret.Token
}

func anArchive(ctx context.Context, url string, count int) (secret.Token, error) {
	return (&archive{url: url, count: count}).fill(ctx)
}

// fill makes the tickets, and an agent who is signed in.
func (a *archive) fill(ctx context.Context) (secret.Token, error) {
	d, err := db.Open(ctx, a.url, time.Now)
	if err != nil {
		return "", err
	}
	defer d.Close() //nolint:errcheck // all is committed
	if err := d.Migrate(ctx); err != nil {
		return "", err
	}
	for _, part := range []func(context.Context, *db.Tx) error{a.hire, a.write, a.copy, a.index} {
		if err := d.Write(ctx, func(tx *db.Tx) error { return part(ctx, tx) }); err != nil {
			return "", fmt.Errorf("fill %s: %w", a.url, err)
		}
	}
	if d.Engine == db.Postgres {
		err = rig.Admin(a.url, tidyPostgres) // which it does by itself, but not at once
	}
	return a.token, err
}

func (a *archive) hire(ctx context.Context, tx *db.Tx) error {
	a.token = secret.NewToken()
	if _, err := tx.Exec(ctx, insertAgent, agentID, agency, []byte{}, tx.Now); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, insertSession, "session", a.token.Hash(), agentID, tx.Now)
	return err
}

func (a *archive) write(ctx context.Context, tx *db.Tx) error {
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same tickets each time
	for n := range written {
		t := madeUp(r, n, tx.Now)
		_, err := tx.Exec(ctx, insertTicket, t.id, t.number, t.kind, t.state, t.rank, t.owner, rig.Someone(n, 1).NIP, t.name, t.unit, t.problem,
			t.cause, t.opened, t.due, t.closed, []byte{}, agency, t.owned)
		if err != nil {
			return err
		}
		for i := range int64(2) {
			if _, err := tx.Exec(ctx, insertMessage, fmt.Sprintf("m%d-%06d", i, n), t.id, t.opened, t.texts[i]); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, insertEvent, fmt.Sprintf("e%d-%06d", i, n), t.id, t.opened, i+1, agency); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, insertProof, fmt.Sprintf("p%d-%06d", i, n), t.id, []string{"ktp", "sk"}[i], t.opened); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(ctx, insertTimer, t.id, agency, t.kind, t.opened, t.due, t.closed); err != nil {
			return err
		}
	}
	return nil
}

// copy multiplies what was written; what is closed a week older each time.
func (a *archive) copy(ctx context.Context, tx *db.Tx) error {
	if a.count <= written {
		return nil
	}
	for _, statement := range []string{copyTickets, copyMessages, copyEvents, copyProofs, copyTimers} {
		if _, err := tx.Exec(ctx, statement, a.count/written-1); err != nil {
			return err
		}
	}
	return nil
}

func (a *archive) index(ctx context.Context, tx *db.Tx) error {
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

type madeUpTicket struct {
	id, number, kind, state, owner, name, unit, problem, cause string
	rank                                                       int64
	opened, due, closed, owned                                 db.Time
	texts                                                      [2]string
}

// madeUp is the n-th ticket. Every one says "kode", one of a thousand each
// word "langka0" to "langka999", and none of them both "utara" and "selatan".
func madeUp(r *rand.Rand, n int, now db.Time) madeUpTicket {
	t := madeUpTicket{id: fmt.Sprintf("t%06d", n), number: number(n), kind: pick(r, "mfa", "mfa", "other"), state: "done", rank: 2,
		name: "Orang Contoh " + word(r), unit: fmt.Sprintf("Dinas Contoh %d", n%200), cause: pick(r, "hilang", "rusak", "ganti"),
		problem: fmt.Sprintf("Kode ditolak di %s, langka%d.", []string{"utara", "selatan"}[n%2], n%1000)}
	t.opened = now.Add(-time.Duration(n%10_000) * time.Minute)
	t.due, t.closed = t.opened.Add(30*time.Hour), t.opened.Add(5*time.Hour)
	if n%50 == 0 {
		t.live(r, n, now)
	}
	for i := range t.texts {
		t.texts[i] = sentence(r, 18)
	}
	return t
}

// live makes it one of those that are worked at: filed within three days, so
// that the clock ends none of them, and its copies are as young.
func (t *madeUpTicket) live(r *rand.Rand, n int, now db.Time) {
	t.state, t.closed = pick(r, "open", "open", "open", "open", "waiting"), 0
	if t.kind == "mfa" && n%100 == 0 {
		t.state = pick(r, "checked", "ready")
	}
	t.opened = now.Add(-time.Duration(n%4000) * time.Minute)
	t.due = t.opened.Add(30 * time.Hour)
	if t.state == "open" && n%150 == 0 {
		t.rank = 3
	}
	if n%1000 == 50 {
		t.owner, t.owned = agentID, now
	}
}

// number is the n-th of a ticket, whose last four are those of its copy.
func number(n int) string {
	const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	var b strings.Builder
	for shift := 15; shift >= 0; shift -= 5 {
		b.WriteByte(letters[n>>shift&31])
	}
	return "PUL-" + b.String() + "-0000"
}

func pick(r *rand.Rand, all ...string) string { return all[r.IntN(len(all))] }

// word is one of five thousand, the first ones far more often.
func word(r *rand.Rand) string {
	f := r.Float64()
	return fmt.Sprintf("kata%d", int(f*f*f*5000))
}

func sentence(r *rand.Rand, n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = word(r)
	}
	return strings.Join(words, " ")
}
