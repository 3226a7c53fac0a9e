package app

import (
	"context"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"pulih/audit"
	"pulih/db"
	"pulih/mail"
	"pulih/tickets"
)

const (
	// sharedFor is how long one look at the database serves: however many
	// scrape, it is asked four times a minute.
	sharedFor = 15 * time.Second
	// failedFor is how long a look in vain serves: a scrape has ten metrics, and
	// must not wait for a database that hangs at each.
	failedFor = 5 * time.Second
	// mostCounted bounds each count; a metric that stands there means "or more".
	mostCounted = 10_000
	sharedWait  = 5 * time.Second
)

// shared is what stands in the database, as it was at a moment. up is false
// when it could not be read, and then the rest is nothing.
type shared struct {
	up      bool
	at      db.Time
	mails   []mail.Queue
	live    []tickets.LiveCount
	audit   audit.Backlog
	folding int64
	schema  int64
}

// sharedLook keeps the last look. Its zero value is ready.
type sharedLook struct {
	mu   sync.Mutex
	last shared
}

// shared looks at the database, unless it did a moment ago.
func (a *App) shared() shared {
	l := &a.look
	l.mu.Lock()
	defer l.mu.Unlock()
	if now := a.DB.Now(); l.last.at == 0 || now < l.last.at || now >= l.last.at.Add(l.last.serves()) {
		l.last = a.lookShared()
	}
	return l.last
}

func (s shared) serves() time.Duration {
	if s.up {
		return sharedFor
	}
	return failedFor
}

func (a *App) lookShared() (s shared) {
	ctx, cancel := context.WithTimeout(a.stop, sharedWait)
	defer cancel()
	version, err := a.DB.Version(ctx)
	if err == nil {
		err = a.DB.Read(ctx, func(tx *db.Tx) error { s, err = a.readShared(ctx, tx); return err })
	}
	if err != nil {
		s = shared{at: a.DB.Now()}
		if a.stop.Err() == nil {
			a.Log.Error("metrics", "err", err)
		}
	}
	s.up, s.schema = err == nil, version
	return s
}

func (a *App) readShared(ctx context.Context, tx *db.Tx) (s shared, err error) {
	s.at = tx.Now
	if s.mails, err = mail.Queues(ctx, tx, mostCounted); err != nil {
		return s, err
	}
	if s.live, err = a.Desk.CountLive(ctx, tx, mostCounted); err != nil {
		return s, err
	}
	if s.audit, err = audit.Behind(ctx, tx, mostCounted); err != nil {
		return s, err
	}
	s.folding, err = a.Desk.Unfolded(ctx, tx, mostCounted)
	return s, err
}

const ofDatabase = " Of the database: the same in every process, so take the largest and no sum."

// metricsShared are of the database.
func (a *App) metricsShared() []metric {
	all := []metric{
		a.when("pulih_schema_version", "Version of the schema.", func(s shared) float64 { return float64(s.schema) }),
		a.when("pulih_audit_unsealed", "Audit rows that wait to be sealed, 10000 or more at most.", func(s shared) float64 { return float64(s.audit.Waiting) }),
		a.when("pulih_audit_unsealed_seconds", "How long the oldest of them has waited.", func(s shared) float64 { return age(s.at, s.audit.Oldest) }),
		a.when("pulih_audit_sealed_timestamp_seconds", "When the newest sealed event happened.", func(s shared) float64 { return seconds(s.audit.Sealed) }),
		a.when("pulih_measures_waiting", "Events that the reports do not count yet, 10000 or more at most.", func(s shared) float64 { return float64(s.folding) }),
		by("kind", "pulih_outbox_waiting", "Mails that the relay has not taken, of the first 10000 that are due."+ofDatabase, shows, a.mails(func(_ db.Time, q mail.Queue) float64 { return float64(q.N) })),
		by("kind", "pulih_outbox_oldest_seconds", "How long the oldest of them has waited."+ofDatabase, shows, a.mails(func(now db.Time, q mail.Queue) float64 { return age(now, q.Since) })),
		by("state", "pulih_tickets_live", "Requests that are not over, 10000 or more of a state at most."+ofDatabase, shows, a.liveTickets),
	}
	return append(all, one("pulih_database_up", "1 while this process can read the database.", prometheus.GaugeValue, func() float64 { return truth(a.shared().up) }))
}

// when is one metric, left out while the database cannot be read.
func (a *App) when(name, help string, read func(shared) float64) metric {
	return metric{name, help + ofDatabase, shows, "", func(g give) {
		if s := a.shared(); s.up {
			g(read(s))
		}
	}}
}

func (a *App) mails(of func(now db.Time, q mail.Queue) float64) func(give) {
	return func(g give) {
		s := a.shared()
		for _, q := range s.mails {
			g(of(s.at, q), q.Kind)
		}
	}
}

func (a *App) liveTickets(g give) {
	for _, c := range a.shared().live {
		g(float64(c.N), string(c.State))
	}
}

// uncopied is 0 where the console keeps no copy.
func (a *App) uncopied(s shared) float64 {
	if a.Checks.Copier == nil {
		return 0
	}
	return float64(max(0, s.audit.Seq-a.copied().Seq))
}

// age is 0 for what is not there.
func age(now, since db.Time) float64 {
	if since == 0 {
		return 0
	}
	return max(0, now.Sub(since).Seconds())
}
