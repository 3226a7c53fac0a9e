package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"pulih/db"
)

const (
	written = 10_000 // tickets that are written one by one; the database copies them
	agency  = "BKPSDM Kabupaten Contoh"
)

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
