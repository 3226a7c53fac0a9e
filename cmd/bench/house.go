package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"pulih/accounts"
	"pulih/cmd/rig"
	"pulih/db"
	"pulih/secret"
	"pulih/tickets"
)

// house is production and the bare program over one database, each in a
// process of its own.
type house struct {
	engine      string
	size        int
	data        filled
	place       rig.Place
	pulih, bare *rig.Process
	staff       secret.Token // of who is signed in
	sessions    sessions     // of its database

	db       *db.DB // for what is prepared between two slices
	accounts *accounts.Accounts
	desk     *tickets.Desk
	next     int // of the people whose turn it is
}

// open starts them over a copy of a filled database.
func (b *bench) open(ctx context.Context, engine string, size int) (h *house, err error) {
	source, err := b.fill(ctx, engine, size)
	if err != nil {
		return nil, err
	}
	h = &house{engine: engine, size: size, sessions: sessions{}, place: rig.Place{Binary: b.binary, Folder: filepath.Join(b.folder, fmt.Sprint(engine, size)), Box: b.box}}
	if err := os.MkdirAll(h.place.Folder, 0o700); err != nil {
		return nil, err
	}
	if h.data, err = b.copy(source, h.place.Folder); err == nil {
		h.place.Database = h.data.URL
		err = h.start(ctx)
	}
	if err != nil {
		h.close()
	}
	return h, err
}

func (h *house) start(ctx context.Context) (err error) {
	if h.pulih, err = h.place.Serve(ctx); err != nil {
		return err
	}
	if h.bare, err = startBare(ctx, h.data.URL, filepath.Join(h.place.Folder, "bare.db")); err != nil {
		return err
	}
	if h.db, err = db.Open(ctx, h.data.URL, time.Now); err != nil {
		return err
	}
	k, err := keys()
	if err != nil {
		return err
	}
	h.accounts = accounts.New(accounts.Config{DB: h.db, Keys: k, Agency: agency})
	h.desk = tickets.New(tickets.Config{DB: h.db, Keys: k, Accounts: h.accounts, Calendar: tickets.Office(db.WITA),
		Waits: tickets.Production(), Zone: db.WITA, Agency: agency})
	h.staff, err = begin(ctx, h.db)
	return err
}

// startBare starts this program again as the bare one.
func startBare(ctx context.Context, database, own string) (*rig.Process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := exec.CommandContext(ctx, self, "limit", "--database", database, "--own", own)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.Start(); err != nil {
		return nil, err
	}
	url, err := bufio.NewReader(out).ReadString('\n')
	return &rig.Process{Cmd: c, URL: strings.TrimSpace(url)}, err
}

// close ends them and forgets the copy.
func (h *house) close() {
	for _, p := range []*rig.Process{h.pulih, h.bare} {
		if p != nil {
			p.Kill()
		}
	}
	var failed error
	if h.db != nil {
		failed = h.db.Close()
	}
	if err := errors.Join(failed, h.data.drop(), os.RemoveAll(h.place.Folder)); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
	}
}

func (h *house) cookie() string { return staffCookie + "=" + string(h.staff) }

// visitor is a browser in which the supervisor is signed in.
func (h *house) visitor() *rig.Visitor {
	v := rig.NewVisitor(h.pulih.URL)
	v.Cookies[staffCookie] = string(h.staff)
	return v
}

func hostOf(p *rig.Process) string { return strings.TrimPrefix(p.URL, "http://") }
