package tickets

import (
	"bytes"
	"context"
	"slices"

	"pulih/accounts"
	"pulih/db"
)

// ProofForm is a document as the agent reads it. Typed holds the values of
// the kind's Fields.
type ProofForm struct {
	Kind  ProofKind
	How   How
	Typed map[string]string
	File  string // the attachment that he looks at, "" for none
}

// AddProof compares a document, on the server, with the record, and answers
// match or no match for the whole item (impostor 22). From checked to ready
// it voids the check. A wrong one is a result; ErrSpent when none is left.
func (d *Desk) AddProof(ctx context.Context, by By, number string, version int64, f ProofForm) (Proof, error) {
	var proof Proof
	_, err := d.byStaff(ctx, by, place{number, version}, VerbAddProof, func(tx *db.Tx, p *passage) (err error) {
		if err := f.check(p.Channel); err != nil {
			return err
		}
		if err := d.mayAdd(ctx, tx, p.record, f); err != nil {
			return err
		}
		proof, err = d.compare(ctx, tx, p, f)
		p.note = f.Kind.Label() + ": " + proof.Result.Label()
		return err
	})
	return proof, err
}

// check refuses a document that was seen where its ticket is not.
func (f ProofForm) check(c Channel) error {
	switch {
	case f.Kind.Class() != ClassDocument || !slices.Contains(Hows, f.How):
		return ErrProof
	case (f.How == Seen) != (c == Counter):
		return ErrChannel
	case !complete(f.Kind, f.Typed):
		return ErrMissing
	case !readable(f.Kind, f.Typed):
		return ErrUnreadable
	}
	return nil
}

// mayAdd lets an item be of a document that has not matched yet: a second
// number of it would give the second person two to agree with (impostor 6).
func (d *Desk) mayAdd(ctx context.Context, tx *db.Tx, r *record, f ProofForm) error {
	proofs, err := d.proofs(ctx, tx, r)
	if err == nil && slices.ContainsFunc(proofs, func(p Proof) bool { return p.Kind == f.Kind && p.counts(r) }) {
		err = ErrMatched
	}
	if err != nil || f.File == "" {
		return err
	}
	return d.mayName(ctx, tx, r, f)
}

// mayName lets an item name a file of its own request only, that shows the
// document that the item is of (impostor 8). It stands behind no other, because
// no other is of that document.
func (d *Desk) mayName(ctx context.Context, tx *db.Tx, r *record, f ProofForm) error {
	file, err := attachment(ctx, tx, r.ID, f.File)
	if err == nil && file.Kind.Document() != f.Kind {
		err = ErrNoFile
	}
	return err
}

func (d *Desk) compare(ctx context.Context, tx *db.Tx, p *passage, f ProofForm) (Proof, error) {
	subject, err := d.subject(ctx, tx, p.record)
	if err != nil {
		return Proof{}, err
	}
	t, err := d.try(ctx, tx, p, f.Kind)
	if err != nil {
		return Proof{}, err
	}
	proof := p.proof(f.Kind, stageCheck)
	proof.How, proof.Source, proof.File = f.How, "Daftar pegawai", f.File
	proof.numberHash = d.documentHash(subject.ID, f.Kind, f.Typed[fieldNumber])
	if proof.Twice, err = d.numberTwice(ctx, tx, p.record, f); err != nil {
		return Proof{}, err
	}
	proof.Result, err = d.judge(ctx, tx, t, !proof.Twice && agrees(f.Kind, f.Typed, subject))
	if err != nil {
		return Proof{}, err
	}
	if proof.Left = t.left(proof.Result); proof.Left == 0 && t.room > 0 {
		proof.Other, err = d.another(ctx, tx, p.record, f.Kind)
	}
	if err != nil {
		return Proof{}, err
	}
	return proof, insert(ctx, tx, p, proof)
}

// numberTwice tells whether the number is that of another document of the
// request: then one paper was typed as two (impostor 6). It costs a try like
// any other wrong item, so that nobody can ask it for the number at will.
func (d *Desk) numberTwice(ctx context.Context, tx *db.Tx, r *record, f ProofForm) (bool, error) {
	proofs, err := d.proofs(ctx, tx, r)
	return slices.ContainsFunc(proofs, func(p Proof) bool {
		return p.counts(r) && p.Kind != f.Kind && p.Class == ClassDocument &&
			bytes.Equal(p.numberHash, d.documentHash(r.Person, p.Kind, f.Typed[fieldNumber]))
	}), err
}

// another tells whether a different document may still do what k could not.
func (d *Desk) another(ctx context.Context, tx *db.Tx, r *record, k ProofKind) (bool, error) {
	proofs, err := d.proofs(ctx, tx, r)
	return slices.ContainsFunc(DocumentKinds, func(other ProofKind) bool {
		alike := r.Channel == Counter || r.Factor != accounts.NoFactor || other.isCard() == k.isCard()
		matched := slices.ContainsFunc(proofs, func(p Proof) bool { return p.Kind == other && p.counts(r) })
		return other != k && alike && !matched && !spent(proofs, r.Cycle, other)
	}), err
}

// documentHash is what is kept of a document's number: enough to see that
// two people read the same one.
func (d *Desk) documentHash(person string, k ProofKind, number string) []byte {
	return d.keys.Sum("document", person, string(k), documentNumber(number))
}

func (p *passage) proof(k ProofKind, stage string) Proof {
	return Proof{ID: db.NewID(), Kind: k, Class: k.Class(), By: p.actor.ID, ByName: p.name(),
		Second: stage == stageApproval, cycle: p.Cycle, numberHash: []byte{}, codeHash: []byte{}}
}

// subject is the person in the roster whom the ticket is about.
func (d *Desk) subject(ctx context.Context, tx *db.Tx, r *record) (accounts.Person, error) {
	if r.Person == "" {
		return accounts.Person{}, ErrSubject
	}
	p, err := d.accounts.Person(ctx, tx, r.Person)
	if err == nil && (!p.Active || p.Agency != r.Agency) {
		return p, ErrSubject
	}
	return p, err
}

// WithdrawProof voids an item. From checked to ready it voids the check too.
func (d *Desk) WithdrawProof(ctx context.Context, by By, number string, version int64, proof string) (Ticket, error) {
	return d.byStaff(ctx, by, place{number, version}, VerbWithdrawProof, func(tx *db.Tx, p *passage) error {
		n, err := tx.Exec(ctx, voidProof, proof, p.ID, tx.Now)
		if err == nil && n == 0 {
			return ErrProof
		}
		return err
	})
}

// mayProve keeps items where they belong.
func (d *Desk) mayProve(ctx context.Context, tx *db.Tx, r *record, s step) error {
	if s.verb == VerbWithdrawProof {
		return nil
	}
	if (s.verb == VerbCall || s.verb == VerbCallAgain) && r.Channel == Counter {
		return ErrChannel
	}
	if s.verb == VerbCallAgain {
		return d.newEyes(ctx, tx, r, s)
	}
	_, err := d.subject(ctx, tx, r)
	return err
}
