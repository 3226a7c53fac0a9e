package guide

import (
	"pulih/db"
	"pulih/secret"
)

// Config is what a Guide works with.
type Config struct {
	DB   *db.DB
	Keys *secret.Keys
	// Agency is whose start page it is: announcements are its own.
	Agency string
	// Zone is the one whose days are counted.
	Zone db.Zone
}

// Guide carries out the troubleshooter's verbs.
type Guide struct {
	db     *db.DB
	keys   *secret.Keys
	agency string
	zone   db.Zone
	// A search computes for 1.5 to 8 ms, the widest for half a second; at most so many run at a time (clock.md §4.6).
	searching, far chan struct{}
	running        db.Kept[[]Incident]
}

// New makes a Guide.
func New(c Config) *Guide {
	const searches = 2
	return &Guide{db: c.DB, keys: c.Keys, agency: c.Agency, zone: c.Zone, searching: make(chan struct{}, searches), far: make(chan struct{}, 1)}
}
