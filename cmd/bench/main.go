// Command bench measures Pulih on this machine against bare programs that do
// only the unavoidable, in one run, and reports ratios: a figure alone says
// more about the machine than about the program. docs/bench.md says what each
// line means.
package main

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/alecthomas/kong"
)

// commands are what it can be told to do; measuring goes without a word.
type commands struct {
	Run   options   `cmd:"" default:"withargs" help:"Measure, and write the report."`
	Seed  seedFlags `cmd:"" help:"Fill a database with three years of tickets, leave it, and print the cookie of a supervisor."`
	Limit bare      `cmd:"" hidden:"" help:"Be the bare program. The harness starts it."`
}

// options say what is measured, and how long.
type options struct {
	Sizes    []int         `default:"10000,1000000" help:"Tickets in the database, in ten thousands."`
	Clients  []int         `default:"1,16,64" help:"Clients at once."`
	Engines  []string      `default:"sqlite,postgres" enum:"sqlite,postgres" help:"PULIH_TEST_POSTGRES names the PostgreSQL server; its role may create databases."`
	Rows     []string      `placeholder:"NAME" help:"Only these rows; \"none\" for none."`
	Sections []string      `placeholder:"NAME" help:"Only these of cold, sizes, desk, reports, practice, passwords, alike; \"none\" for none."`
	Slice    time.Duration `default:"2s" help:"How long one measurement takes."`
	Rounds   int           `default:"3" help:"How often each side is measured."`
	Out      string        `default:"docs/bench-report" help:"Where the report goes, without .md and .json."`
	Cache    string        `type:"path" placeholder:"FOLDER" help:"Keep filled databases here for four hours."`
	Binary   string        `type:"path" placeholder:"FILE" help:"Measure this build of pulih instead of building one."`
	Peer     []string      `sep:"none" placeholder:"NAME=URL,cookie=…" help:"Send the same load to a page of another program on loopback."`
	Short    bool          `help:"10,000 tickets, 16 clients, one round: proves that the harness works, measures nothing."`

	peers []peer
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var c commands
	k := kong.Parse(&c, kong.Name("bench"), kong.Description("Measures Pulih against bare programs, as ratios in one run."), kong.BindTo(ctx, (*context.Context)(nil)))
	k.FatalIfErrorf(k.Run())
}

// AfterApply checks what kong cannot.
func (o *options) AfterApply() error {
	if o.Short {
		o.Sizes, o.Clients, o.Slice, o.Rounds, o.Sections = []int{written}, []int{16}, time.Second, 1, []string{"none"}
	}
	for _, n := range o.Sizes {
		if n < written || n%written != 0 {
			return fmt.Errorf("--sizes: %d is no multiple of %d", n, written)
		}
	}
	for _, named := range o.Rows {
		if named != "none" && !slices.ContainsFunc(rows, func(r row) bool { return r.name == named }) {
			return fmt.Errorf("--rows: there is no %q", named)
		}
	}
	for _, text := range o.Peer {
		p, err := peerOf(text)
		if err != nil {
			return err
		}
		o.peers = append(o.peers, p)
	}
	return nil
}

// wants tells whether something was asked for by name, or nothing was.
func wants(asked []string, name string) bool { return len(asked) == 0 || slices.Contains(asked, name) }

// peer is a page of a program that a user would pick instead.
type peer struct {
	name, cookie string
	page         *url.URL
}

// peerOf reads "name=http://127.0.0.1:8000/path,cookie=a=b". Only loopback is
// ever put under load.
func peerOf(text string) (p peer, err error) {
	name, rest, _ := strings.Cut(text, "=")
	address, cookie, _ := strings.Cut(rest, ",cookie=")
	if p.page, err = url.Parse(address); err != nil || name == "" || p.page.Scheme != "http" {
		return p, fmt.Errorf("--peer: want name=http://127.0.0.1:port/path,cookie=…, not %q", text)
	}
	if ip := net.ParseIP(p.page.Hostname()); p.page.Hostname() != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return p, fmt.Errorf("--peer: %s is not this machine", p.page.Host)
	}
	p.name, p.cookie = name, cookie
	return p, nil
}
