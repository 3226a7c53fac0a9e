package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"

	"pulih/mail"
	"pulih/mail/mailbox"
)

// signpost tells a visitor where to look and whom to play. It is kept beside
// the demo's database, as phones and memories are kept by people.
type signpost struct {
	Base  string
	Parts []part
	More  []part // others with an account, not shown
}

// part is somebody a visitor can play.
type part struct {
	Name, Role, NIP, Email, Phone, Password, Unit string
	Secret                                        []byte
}

// prepare makes the demo's past once and reads it again later.
func (c *demoCmd) prepare(ctx context.Context, s *server) (signpost, error) {
	path := filepath.Join(c.Data, "people.json")
	var g signpost
	text, err := os.ReadFile(path)
	switch {
	case err == nil:
		err = json.Unmarshal(text, &g)
	case errors.Is(err, os.ErrNotExist):
		g, err = c.first(ctx, s, path)
	}
	g.Base = s.app.BaseURL.String()
	s.app.Phones = &phones{parts: g.Parts}
	return g, err
}

func (c *demoCmd) first(ctx context.Context, s *server, path string) (g signpost, err error) {
	fmt.Fprintf(c.out, "Making %d people and %d past requests …\n", demoPeople, storyTickets)
	past, err := mailbox.Start("127.0.0.1:0")
	if err != nil {
		return g, err
	}
	defer past.Close() //nolint:errcheck // the past is over
	relay, err := demoRelay(past)
	if err != nil {
		return g, err
	}
	defer quiet(s.outbox)()
	ours := &story{ctx: ctx, clock: c.clock, db: s.db, people: s.app.Accounts, desk: s.app.Desk, guide: s.app.Guide, catalogue: s.app.Catalogue,
		outbox: s.outbox, box: past, relay: relay, dice: rand.New(rand.NewPCG(7, 31)), roster: people()}
	played, err := ours.tell()
	if err != nil {
		return g, fmt.Errorf("demo: %w", err)
	}
	for _, m := range played.staff {
		g.Parts = append(g.Parts, part{Name: m.name, Role: string(m.role), NIP: m.nip, Password: m.password, Secret: m.secret})
	}
	for i, l := range played.lost {
		one := part{Name: l.name, Role: "ASN", NIP: l.nip, Email: l.email, Phone: l.phone, Password: l.password, Unit: l.unit, Secret: l.secret}
		if i < 2 {
			g.Parts = append(g.Parts, one)
		} else {
			g.More = append(g.More, one)
		}
	}
	for _, f := range played.fresh {
		g.Parts = append(g.Parts, part{Name: f.name, Role: roleFresh, NIP: f.nip, Email: f.email, Phone: f.phone, Unit: f.unit})
	}
	text, err := json.MarshalIndent(g, "", "\t")
	if err != nil {
		return g, err
	}
	return g, os.WriteFile(path, text, 0o600)
}

// quiet keeps the mails that were lost in the past out of today's log.
func quiet(o *mail.Outbox) (again func()) {
	log := o.Log
	o.Log = slog.New(slog.DiscardHandler)
	return func() { o.Log = log }
}

// roleFresh is who has never signed in, for /aktivasi.
const roleFresh = "ASN, belum pernah masuk"

func (p part) isStaff() bool { return p.Email == "" }

func (g signpost) print(out io.Writer) {
	fmt.Fprintf(out, `
Pulih, demo of a made-up agency. Everything here is invented.

  start page           %[1]s/
  one-time codes       %[1]s/demo/autentikator   (every account below, with its code of now)
  mailbox              %[1]s/demo/kotak-surat
  staff sign-in        %[1]s/petugas/masuk

`, g.Base)
	for _, p := range g.Parts {
		fmt.Fprintf(out, "  %-24s NIP %s  %s\n", p.Role, p.NIP, p.Name)
		if p.Email != "" {
			fmt.Fprintf(out, "  %-24s e-mail %s\n", "", p.Email)
		}
	}
	fmt.Fprintf(out, "\n  password of all who have one: %s\n  Ctrl-C ends the demo.\n\n", demoPassword)
}
