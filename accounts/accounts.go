package accounts

import (
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
}

// New makes the directory of one agency.
func New(c Config) *Accounts {
	return &Accounts{db: c.DB, keys: c.Keys, outbox: c.Outbox, hasher: c.Hasher, breached: c.Breached, agency: c.Agency}
}

func (a *Accounts) site() mail.Site { return a.outbox.Site() }
