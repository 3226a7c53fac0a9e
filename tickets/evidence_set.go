package tickets

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"pulih/db"
)

// ErrEvidenceSet says that a set of evidence is weaker than the floor: an
// agency may only be stricter (impostor 8).
var ErrEvidenceSet = errors.New("tickets: evidence set weaker than the floor")

// EvidenceSet is what a check wants at a level. Knowledge is no part of it:
// NIP, dates, unit and name weigh nothing. At the counter documents are
// originals, seen there; there factor and call-back are not asked.
type EvidenceSet struct {
	Documents int  // different ones that agree
	Card      bool // KTP or Karpeg among them
	Decree    bool // and a decree of appointment
	Factor    bool // a remaining factor was shown
	Callback  bool // the checker's own, to a number on file
}

// EvidenceKinds are the kinds of ticket whose evidence an agency may set, and
// EvidenceLevels the levels: L1 remote with a remaining factor, L2 remote
// without, L3 at the counter.
var (
	EvidenceKinds  = []Kind{MFA, Email, Activation}
	EvidenceLevels = []Level{L1, L2, L3}
)

// mostDocuments is all that the form knows.
const mostDocuments = 4

// floor is coded: two independent classes, or two originals (impostor 8).
var floor = map[Level]EvidenceSet{
	L1: {Documents: 1, Factor: true},
	L2: {Documents: 2, Card: true, Decree: true, Callback: true},
	L3: {Documents: 2},
}

// Floor is the least that a level wants.
func Floor(l Level) EvidenceSet { return floor[l] }

// with is what both sets want together.
func (s EvidenceSet) with(o EvidenceSet) EvidenceSet {
	return EvidenceSet{max(s.Documents, o.Documents), s.Card || o.Card, s.Decree || o.Decree, s.Factor || o.Factor, s.Callback || o.Callback}
}

// beyond is the set without the number of documents that the floor wants
// anyway.
func (s EvidenceSet) beyond(l Level) EvidenceSet {
	if s.Documents <= floor[l].Documents {
		s.Documents = 0
	}
	return s
}

// lacking says what of the set the valid items of proof leave open, in
// Indonesian. hows are the ways of seeing a document that count; a call-back
// counts when checker made it.
func (s EvidenceSet) lacking(valid []Proof, checker string, hows ...How) (missing []string) {
	want := func(wanted, there bool, what string) {
		if wanted && !there {
			missing = append(missing, what)
		}
	}
	papers := documents(valid, hows...)
	want(s.Factor, has(valid, Factor), "Faktor yang masih ada, dibuktikan pemohon")
	want(s.Card, slices.ContainsFunc(papers, ProofKind.isCard), "KTP atau Karpeg yang cocok")
	want(s.Decree, slices.ContainsFunc(papers, func(k ProofKind) bool { return !k.isCard() }), "SK pengangkatan yang cocok")
	want(len(papers) < s.Documents, false, fmt.Sprintf("%d dokumen berbeda yang cocok", s.Documents))
	called := slices.ContainsFunc(valid, func(p Proof) bool { return p.Kind == Callback && p.By == checker })
	want(s.Callback, called, "Telepon balik oleh pemeriksa, dengan kode yang diketik pemohon")
	return missing
}

// EvidenceSets are an agency's, by EvidenceKey.
type EvidenceSets map[string]EvidenceSet

// EvidenceKey names the set of a kind and a level: "mfa/L1".
func EvidenceKey(k Kind, l Level) string { return string(k) + "/" + string(l) }

// check refuses what an agency may not set. ErrEvidenceSet.
func (sets EvidenceSets) check() error {
	known := 0
	for _, kind := range EvidenceKinds {
		for _, level := range EvidenceLevels {
			s, ok := sets[EvidenceKey(kind, level)]
			if ok && (s.with(floor[level]) != s || s.Documents > mostDocuments || level == L3 && (s.Factor || s.Callback)) {
				return fmt.Errorf("%w: %s", ErrEvidenceSet, EvidenceKey(kind, level))
			}
			if ok {
				known++
			}
		}
	}
	if known != len(sets) || known == 0 {
		return fmt.Errorf("%w: empty or unknown", ErrEvidenceSet)
	}
	return nil
}

// evidenceSets are what an agency wants beyond the floor, nothing where it
// has set nothing.
func (d *Desk) evidenceSets(ctx context.Context, tx *db.Tx, agency string) (sets EvidenceSets, err error) {
	s, err := d.setting(ctx, tx, agency, EvidenceSetting, tx.Now)
	if err != nil || s.Version == 0 {
		return nil, err
	}
	return sets, json.Unmarshal([]byte(s.Value), &sets)
}
