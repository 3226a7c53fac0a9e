package tickets

import (
	"context"
	"slices"

	"pulih/db"
	"pulih/mail"
)

// RefusalReason is coarse: it is shown to whoever filed (impostor 21).
type RefusalReason string

// The reasons for refusing.
const (
	LacksProof RefusalReason = "bukti"
	NotHis     RefusalReason = "bukan-pemilik"
	NotOurs    RefusalReason = "bukan-wewenang"
	Repeated   RefusalReason = "ganda"
)

// RefusalReasons lists them in the order of the form.
var RefusalReasons = []RefusalReason{LacksProof, NotHis, NotOurs, Repeated}

var refusalLabels = map[RefusalReason]string{
	LacksProof: "Bukti belum cukup.",
	NotHis:     "Identitas tidak dapat dipastikan.",
	NotOurs:    "Bukan wewenang kami.",
	Repeated:   "Permohonan ganda.",
}

// Label is the reason on screen.
func (r RefusalReason) Label() string { return refusalLabels[r] }

// Solution is what solved a ticket that ends without another credential.
type Solution string

// The solutions.
const (
	ByClock  Solution = "jam"
	ByEntry  Solution = "entri"
	ByReset  Solution = "sandi"
	ByPortal Solution = "portal"
	ByAnswer Solution = "jawaban"

	Secured   Solution = "diamankan"   // of a fraud case: it was one
	Mistaken  Solution = "keliru"      // of a fraud case: it was none
	Uncertain Solution = "tidak-pasti" // of a fraud case

	// Nobody chooses these: a verb says what it has done.
	Reissued      Solution = "autentikator"
	EmailReplaced Solution = "email"
	Unlocked      Solution = "kunci"
)

// Solutions lists what an agent may choose for a kind, in the order of the
// form. A fraud case ends in what it turned out to be.
func Solutions(k Kind) []Solution {
	if k == Fraud {
		return []Solution{Secured, Mistaken, Uncertain}
	}
	return []Solution{ByClock, ByEntry, ByReset, ByPortal, ByAnswer}
}

var solutionLabels = map[Solution]string{
	ByClock:  "Jam HP dibetulkan",
	ByEntry:  "Memakai entri autentikator yang benar",
	ByReset:  "Kata sandi diganti sendiri lewat email",
	ByPortal: "Gangguan portal sudah selesai",
	ByAnswer: "Pertanyaan terjawab",

	Secured:   "Penyalahgunaan nyata, akun sudah diamankan",
	Mistaken:  "Bukan penyalahgunaan: pemilik keliru menekan",
	Uncertain: "Tidak dapat dipastikan",

	Reissued:      "Autentikator baru didaftarkan",
	EmailReplaced: "Email diganti",
	Unlocked:      "Kunci sementara dibuka",
}

// ByVerb tells whether a verb has solved it, so that what the kind asks for is
// done.
func (s Solution) ByVerb() bool { return s == Reissued || s == EmailReplaced || s == Unlocked }

// Label is the solution on screen.
func (s Solution) Label() string { return solutionLabels[s] }

// SendBack returns it to the queue with a reason that the checker reads.
func (d *Desk) SendBack(ctx context.Context, by By, number string, version int64, reason string) (Ticket, error) {
	return d.byStaff(ctx, by, place{number, version}, VerbSendBack, func(tx *db.Tx, p *passage) error {
		p.Reason = "Dikembalikan verifikator."
		return d.say(ctx, tx, p, NoteSide, reason)
	})
}

// Refuse ends it. Every refusal counts in the flags of the next request
// (impostor 21).
func (d *Desk) Refuse(ctx context.Context, by By, number string, version int64, reason RefusalReason) (Ticket, error) {
	return d.byStaff(ctx, by, place{number, version}, VerbRefuse, func(tx *db.Tx, p *passage) error {
		if reason.Label() == "" {
			return ErrMissing
		}
		p.Reason = reason.Label()
		if !p.Kind.Changes() {
			return nil
		}
		return d.tell(ctx, tx, p.record, mail.RequestRefused)
	})
}

// Resolve ends it without touching a credential: nothing of accounts changes
// here (impostor 16). text tells the person, and may be empty.
func (d *Desk) Resolve(ctx context.Context, by By, number string, version int64, s Solution, text string) (Ticket, error) {
	return d.byStaff(ctx, by, place{number, version}, VerbResolve, func(tx *db.Tx, p *passage) error {
		if !slices.Contains(Solutions(p.Kind), s) {
			return ErrMissing
		}
		p.SolvedBy = string(s)
		if text == "" || p.Kind == Fraud {
			return nil
		}
		if err := d.say(ctx, tx, p, FromStaff, text); err != nil {
			return err
		}
		return d.tell(ctx, tx, p.record, mail.ReplyArrived)
	})
}

// Revoke ends an issued pass and the approval with it.
func (d *Desk) Revoke(ctx context.Context, by By, number string, version int64, reason string) (Ticket, error) {
	return d.byStaff(ctx, by, place{number, version}, VerbRevoke, func(tx *db.Tx, p *passage) error {
		p.Reason = "Kode pendaftaran dicabut petugas."
		return d.say(ctx, tx, p, NoteSide, reason)
	})
}
