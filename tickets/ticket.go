package tickets

import (
	"slices"

	"pulih/accounts"
	"pulih/db"
	"pulih/secret"
)

// Kind is what a request is about.
type Kind string

// The kinds.
const (
	MFA        Kind = "mfa"        // the authenticator is lost or broken
	Email      Kind = "email"      // the registered address is dead
	Lock       Kind = "lock"       // too many wrong passwords
	Activation Kind = "activation" // never signed in, and the address is dead
	Other      Kind = "other"      // anything that a conversation settles
	Fraud      Kind = "fraud"      // opened by Pulih itself after "Bukan saya"
)

var kindNames = map[Kind]string{MFA: "Autentikator", Email: "Ganti email", Lock: "Akun terkunci",
	Activation: "Aktivasi", Other: "Lainnya", Fraud: "Dugaan penipuan"}

// Label names a kind on screen.
func (k Kind) Label() string { return kindNames[k] }

// Changes tells whether such a ticket ends in another credential, so that
// two people must agree on it.
func (k Kind) Changes() bool { return slices.Contains(changing, k) }

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
	L3 Level = "L3" // two originals at the counter
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
	Reason                       string       // why refused, sent back or voided; Indonesian
	Network                      string       // from which it was filed
	MergedInto                   string       // the number of the request that goes on
	BKN                          string       // its number at BKN, once escalated
	RemindAt                     db.Time      // when the desk is reminded to ask there; 0: it is not
	NewEmail                     secret.Email // to which the address is to change; a claim
	LastAt                       db.Time      // when the newest message that both sides see was written
	LastFrom                     Side         // by whom
}
