package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"

	"pulih/app"
	"pulih/audit"
	"pulih/db"
)

// moveCmd carries an installation from one database to another, whichever
// engine each is: from SQLite to PostgreSQL when one machine is not enough,
// and back. The keys stay as they are: what is sealed is copied sealed.
type moveCmd struct {
	Database  string    `required:"" placeholder:"PATH|URL" help:"The database that is moved. Its schema is brought up to date, and then it is only read."`
	To        string    `required:"" env:"-" placeholder:"PATH|URL" help:"Where to: an empty database, or a file that is not there."`
	AuditCopy string    `placeholder:"PATH" help:"The audit log's copy, which both sides are verified against."`
	AuditKeep auditKeep `placeholder:"DAYS" help:"As for serve."`
	screen
}

var (
	errServed  = errors.New("a process serves this database: stop it first, or what it writes meanwhile stays behind")
	errMoved   = errors.New("the two sides differ; do not use the new one")
	errWritten = errors.New("something was written to the old database meanwhile; do not use the new one")
)

// Run copies everything, and compares both sides: how many rows each table has
// and what they hold, and the chain of the audit log.
func (c *moveCmd) Run(ctx context.Context) error {
	keep, err := c.AuditKeep.period()
	if err != nil {
		return err
	}
	from, err := undisturbed(ctx, c.Database)
	if err != nil {
		return err
	}
	defer from.Close() //nolint:errcheck // only read
	safe, err := app.Movable(ctx, from)
	if err != nil {
		return setting("database", err)
	}
	to, err := db.Open(ctx, c.To, from.Clock())
	if err != nil {
		return setting("to", err)
	}
	defer to.Close() //nolint:errcheck // all is committed
	sums, err := carry(ctx, from, to)
	if err != nil {
		return err
	}
	if err := c.compare(ctx, sums, to, from, audit.Terms{Copy: c.AuditCopy, Keep: keep}); err != nil {
		return err
	}
	if err := stood(ctx, from, to, sums); err != nil {
		return err
	}
	if err := noteMove(ctx, from, to, sums); err != nil {
		return fmt.Errorf("the audit log could not be told of the move; do not use the new one: %w", err)
	}
	if err := app.EndMove(ctx, from, to); err != nil {
		return err
	}
	return c.tell(safe)
}

// tell says what is next. What a restore has left unsafe is moved as it is.
func (c *moveCmd) tell(safe bool) error {
	next := "before you start serve"
	if !safe {
		next = "and run pulih restore --already-loaded before you start serve: these data were loaded from a backup, and are not safe yet"
	}
	return c.say("moved; set PULIH_DATABASE to the new address %s; keep the old database until tomorrow", next)
}

// undisturbed opens what is there, and brings its schema up to date once it is
// sure that nobody serves: not under an older program.
func undisturbed(ctx context.Context, where string) (*db.DB, error) {
	d, err := asItIs(ctx, where)
	if err != nil {
		return nil, err
	}
	if err = unserved(ctx, d); err == nil {
		err = d.Migrate(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// stood wants that nobody began to serve either side meanwhile, and that
// nothing was written to the old one.
func stood(ctx context.Context, from, to *db.DB, sums db.Sums) error {
	now, err := from.SumsOf(ctx)
	if err == nil && !maps.Equal(now, sums) {
		err = errWritten
	}
	return errors.Join(err, unserved(ctx, from), unserved(ctx, to))
}

// noteMove is in the new database alone: the old one stays as it is. Where
// each lies is nobody's business.
func noteMove(ctx context.Context, from, to *db.DB, sums db.Sums) error {
	return audit.Note(ctx, to, audit.Event{Actor: operator(), Action: audit.DataMoved, Detail: map[string]string{
		"from": string(from.Engine), "to": string(to.Engine), "rows": strconv.FormatInt(sums.Rows(), 10)}})
}

// unserved wants that nobody writes: whoever serves holds a lease.
func unserved(ctx context.Context, d *db.DB) error {
	served, err := d.Leased(ctx)
	if err == nil && served {
		err = errServed
	}
	return err
}

// carry has one side write what the other reads.
func carry(ctx context.Context, from, to *db.DB) (sums db.Sums, err error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	r, w := io.Pipe()
	written := make(chan error, 1)
	go func() {
		var err error
		sums, err = from.Archive(ctx, w)
		written <- errors.Join(err, w.CloseWithError(err))
	}()
	a, err := db.OpenArchive(r)
	if err == nil {
		err = receive(ctx, to, a)
	}
	stop() // for a writer whose reader has gone
	_ = r.CloseWithError(err)
	if wrote := <-written; err == nil {
		err = wrote
	}
	return sums, err
}

// receive fills the new side under a mark that keeps serve away until all is
// compared, whatever becomes of the move.
func receive(ctx context.Context, to *db.DB, a *db.ArchiveReader) error {
	err := to.Prepare(ctx, a)
	if err == nil {
		err = unserved(ctx, to)
	}
	if err == nil {
		err = app.BeginMove(ctx, to)
	}
	if err == nil {
		err = unserved(ctx, to)
	}
	if err != nil {
		return err
	}
	if err := to.Fill(ctx, a, app.MarkMoving); err != nil {
		return err
	}
	return to.Complete(ctx)
}

func (c *moveCmd) compare(ctx context.Context, sums db.Sums, to, from *db.DB, of audit.Terms) error {
	got, err := to.SumsOf(ctx)
	if err != nil {
		return err
	}
	differ := false
	for _, table := range slices.Sorted(maps.Keys(sums)) {
		found := comparison(table, got[table] == sums[table])
		differ = differ || found == theyDiffer
		if err := c.say("%-20s %9d rows %9d rows  %s", table, sums[table].Rows, got[table].Rows, found); err != nil {
			return err
		}
	}
	if differ || len(got) != len(sums) {
		return errMoved
	}
	for _, side := range []*db.DB{from, to} {
		f := verified(ctx, side, of)
		if err := errors.Join(c.say("%s\n%s", side.Engine, f), f.err); err != nil {
			return err
		}
	}
	return nil
}

const theyDiffer = "DIFFER"

// comparison is the word for a table. The mark of the new side is a move's until
// all is compared, and is then made from the old one's.
func comparison(table string, same bool) string {
	switch {
	case table == app.MarkedTable:
		return "marked"
	case same:
		return "agree"
	}
	return theyDiffer
}
