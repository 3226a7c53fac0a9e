package tickets

import (
	"pulih/accounts"
	"pulih/db"
	"pulih/secret"
)

// Kind is what a request is about.
type Kind string

// The kinds. Those without a door yet are in the schema already.
const (
	MFA        Kind = "mfa"   // the authenticator is lost or broken
	Other      Kind = "other" // anything that a conversation settles
	Fraud      Kind = "fraud" // opened by Pulih itself after "Bukan saya"
	Email      Kind = "email"
	Lock       Kind = "lock"
	Activation Kind = "activation"
)

// Changes tells whether such a ticket ends in another credential, so that
// two people must agree on it.
func (k Kind) Changes() bool { return k == MFA || k == Email || k == Activation }

// Channel is how the person and the desk meet. It is fixed at Open
// (impostor 6).
type Channel string

// The channels.
const (
	Remote  Channel = "remote"
	Counter Channel = "counter"
)

// Level is how much evidence the check needs (design.md, "Evidence levels").
type Level string

// The levels. L3 is served at the counter only.
const (
	L1 Level = "L1" // a remaining factor and one document
	L2 Level = "L2" // no factor: two sorts of document and a call-back
	L3 Level = "L3" // flagged: two originals at the counter
)

// Ticket is a request as its readers see it. Name and Unit are what was
// typed until the check, and the record's from then on. NIP is empty for
// staff until then too (impostor 22): MaskedNIP is what they see.
type Ticket struct {
	ID, Number                   string
	Kind                         Kind
	Channel                      Channel
	State                        State
	Version, Cycle               int64
	Person                       string // id in the roster, "" when the NIP is not in it
	Name, Unit                   string
	ClaimedName, ClaimedUnit     string
	NIP                          secret.NIP
	MaskedNIP                    string // "••••••••••••••1001"
	Agency, Phone, Problem       string
	Cause                        string // what the form says had happened; "" where nobody was asked
	Proven                       bool   // a remaining factor was shown, or somebody came to the counter
	Factor                       accounts.Factor
	Level                        Level // empty until checked
	Basis                        accounts.Basis
	FiledBy                      string // staff id, "" when the person filed it himself
	Owner, OwnerName             string
	OwnedAt                      db.Time
	OpenedAt, DueAt              db.Time
	StateAt                      db.Time // when it entered State
	CheckedAt                    db.Time
	CheckedBy, CheckedByName     string
	ApprovedAt                   db.Time
	ApprovedBy, ApprovedByName   string
	MatureAt                     db.Time // 0 while the wait has not begun
	WaitBecause                  string  // Indonesian, empty when nothing is awaited
	ReadyAt, IssuedAt, PassUntil db.Time
	Passes                       int64 // issued under this approval
	ClosedAt                     db.Time
	SolvedBy                     string
	Reason                       string  // why refused, sent back or voided; Indonesian
	LastAt                       db.Time // when the newest message that both sides see was written
	LastFrom                     Side    // by whom
}
