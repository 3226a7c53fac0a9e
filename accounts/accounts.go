package accounts

import (
	"time"

	"pulih/db"
	"pulih/mail"
	"pulih/secret"
)

// Config is what Accounts is made of. Agency is the one that people and staff
// entered by hand belong to. Breached may be nil.
type Config struct {
	DB       *db.DB
	Keys     *secret.Keys
	Outbox   *mail.Outbox
	Hasher   *Hasher
	Breached *Breached
	Agency   string
	Wait     time.Duration // before somebody enrols alone; 0 is a Day
}

// Accounts is the directory of people and staff, and all that proves who
// somebody is.
type Accounts struct {
	db       *db.DB
	keys     *secret.Keys
	outbox   *mail.Outbox
	hasher   *Hasher
	breached *Breached
	agency   string
	wait     time.Duration
}

// New makes the directory of one agency.
func New(c Config) *Accounts {
	if c.Wait == 0 {
		c.Wait = Day
	}
	return &Accounts{db: c.DB, keys: c.Keys, outbox: c.Outbox, hasher: c.Hasher, breached: c.Breached, agency: c.Agency, wait: c.Wait}
}

func (a *Accounts) site() mail.Site { return a.outbox.Site() }
