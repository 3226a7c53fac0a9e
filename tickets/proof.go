package tickets

import (
	"context"

	"pulih/db"
	"pulih/secret"
)

// ProofKind is what an item of proof is.
type ProofKind string

// The kinds of proof. Callback is recorded by Call, Factor by ShowFactor.
// Superior waits for a roster that records who somebody's superior is.
const (
	KTP      ProofKind = "ktp"
	Karpeg   ProofKind = "karpeg"
	SKCPNS   ProofKind = "sk_cpns"
	SKPNS    ProofKind = "sk_pns"
	SKPPPK   ProofKind = "sk_pppk"
	Callback ProofKind = "callback"
	Superior ProofKind = "superior"
	Factor   ProofKind = "factor"
)

// Class is what sort of proof a kind is; the floor wants two (impostor 8).
type Class string

// The classes. Knowledge is none.
const (
	Possession Class = "possession"
	Document   Class = "document"
	CallClass  Class = "callback"
	SuperClass Class = "superior"
)

// How says how the agent saw a document.
type How string

// The ways a document is seen.
const (
	Seen   How = "loket" // the original, at the counter
	Video  How = "video" // the original, in a video call
	Letter How = "surat" // with an official letter of the office
)

// Result is what came of an item.
type Result string

// The results.
const (
	Match   Result = "match"
	NoMatch Result = "no_match"
	Called  Result = "called" // the call was made, the code is not typed yet
	Spent   Result = "spent"  // the code of the call ran out of tries
)

// ProofField is one thing the agent types from a document. Key is both the
// form's field and the key of ProofForm.Typed.
type ProofField struct {
	Key, Label string
	Optional   bool
}

// DocumentKinds lists the documents in the order of the form.
var DocumentKinds = []ProofKind{KTP, Karpeg, SKCPNS, SKPNS, SKPPPK}

// ProofForm is an item as the agent types it. Typed holds the values of the
// kind's Fields.
type ProofForm struct {
	Kind  ProofKind
	How   How
	Typed map[string]string
}

// Proof is a recorded item. It never holds what was typed nor what it was
// compared with.
type Proof struct {
	ID     string
	Kind   ProofKind
	Class  Class
	How    How
	Source string // where the reference came from; Indonesian
	Result Result
	At     db.Time
	By     string
	ByName string
	Void   bool
	Second bool // the approver's, which is no contribution
	Left   int  // tries left for this item, after AddProof
}

// CallCode is what the agent reads out on the call. Code is empty without a
// match.
type CallCode struct {
	Match bool
	Code  secret.Code // 6 characters
	Until db.Time
	Left  int
}

// AddProof compares a document, on the server, with the record, and answers
// match or no match for the whole item (impostor 22). From checked to ready
// it voids the check.
func (d *Desk) AddProof(ctx context.Context, by By, number string, version int64, f ProofForm) (Proof, error) {
	return Proof{}, errNotYet
}

// WithdrawProof voids an item. From checked to ready it voids the check too.
func (d *Desk) WithdrawProof(ctx context.Context, by By, number string, version int64, proof string) (Ticket, error) {
	return Ticket{}, errNotYet
}

// CallCode records that the agent calls the person: phone is the number as he
// took it from SIASN, and only the one on file for 30 days matches. The code
// is read out on that call and typed by the person on his status page.
func (d *Desk) CallCode(ctx context.Context, by By, number string, version int64, phone string) (CallCode, error) {
	return CallCode{}, errNotYet
}

// Fields says what the agent types from a document of this kind.
func (k ProofKind) Fields() []ProofField { return nil }

// Label names a kind on screen.
func (k ProofKind) Label() string { return string(k) }

// Label names a way on screen.
func (h How) Label() string { return string(h) }
