package main

import (
	"context"
	"log/slog"
	"os"
	"slices"
	"time"

	"github.com/alecthomas/kong"

	"pulih/db"
)

// doctor is one examination.
type doctor struct {
	*checkCmd
	db   *db.DB
	keep time.Duration
	env  environment
}

// environment are the settings of serve as they stand around this command.
// none says that there are none; wrong is why serve would refuse them.
type environment struct {
	serve serveCmd
	parts parts
	none  bool
	wrong error
}

// readEnvironment reads what serve would. It opens nothing but files.
func readEnvironment() (e environment) {
	var c struct {
		Serve serveCmd `cmd:""`
	}
	parser, err := kong.New(&c, kong.Name("pulih"), kong.DefaultEnvars("PULIH"))
	if err == nil {
		_, err = parser.Parse([]string{"serve"})
	}
	e.serve, e.wrong = c.Serve, err
	e.none = !slices.ContainsFunc([]string{"PULIH_BASE_URL", "PULIH_SMTP_HOST", "PULIH_SENDER", "PULIH_AGENCY"}, func(name string) bool { return os.Getenv(name) != "" })
	if err == nil {
		e.parts, e.wrong = e.serve.parts(slog.New(slog.DiscardHandler))
	}
	return e
}

// why nothing of the settings can be looked at; "" where it can.
func (e environment) why() string {
	switch {
	case e.none:
		return "serve's settings are not in this environment"
	case e.wrong != nil:
		return "serve would refuse its settings"
	}
	return ""
}

// examine looks at each part. What hangs on the schema is left alone where this
// program does not know it.
func (d doctor) examine(ctx context.Context) []finding {
	all := []finding{d.settings(), d.secrets(), d.proxies()}
	schema := d.schema(ctx)
	all = append(all, d.database(ctx), schema)
	for _, part := range []struct {
		name string
		look func(context.Context) finding
	}{{"sealed", d.sealed}, {"audit", d.audit}, {"figures", d.figures}, {"outbox", d.outbox}, {"leases", d.leases}} {
		if schema.State == well {
			all = append(all, part.look(ctx))
		} else {
			all = append(all, skipped(part.name, "the schema is not this program's"))
		}
	}
	all = append(all, d.copyPlace())
	all = append(all, d.disks()...)
	if d.db.Engine == db.Postgres {
		all = append(all, d.postgres(ctx))
	}
	return append(all, d.clock(), d.relay(ctx), d.ownCertificate(), d.publicCertificate(ctx))
}
