package tickets

import (
	"context"
	"time"

	"pulih/accounts"
	"pulih/db"
	"pulih/secret"
)

// A code that is read out on a call: 30 bit, five tries, a quarter of an hour.
const (
	callCodeLength = 6
	callCodeTries  = 5
	callCodeTime   = 15 * time.Minute
)

// CallCode is what the agent reads out on the call. Code is empty without a
// match.
type CallCode struct {
	Match bool
	Code  secret.Code // 6 characters
	Until db.Time
	Left  int // tries left for the number
}

// CallCode records that the agent calls the person back: typed is the number
// as he took it from SIASN, and only the one that is on file for 30 days
// matches (impostor 1). The item is proven when the person types the code
// that he hears (impostor 22). The approver calls too where no address can
// be told (impostor 3).
func (d *Desk) CallCode(ctx context.Context, by By, number string, version int64, typed string) (CallCode, error) {
	verb, err := d.callVerb(ctx, by, number)
	if err != nil {
		return CallCode{}, err
	}
	var call CallCode
	_, err = d.byStaff(ctx, by, place{number, version}, verb, func(tx *db.Tx, p *passage) (err error) {
		call, err = d.call(ctx, tx, p, typed)
		return err
	})
	return call, err
}

// callVerb is the checker's verb while the ticket is open, and then the
// approver's.
func (d *Desk) callVerb(ctx context.Context, by By, number string) (verb Verb, err error) {
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		r, err := one(tx.Row(ctx, selectOfAgency, number, by.Staff.Agency, by.units()))
		verb = VerbCall
		if r.State == Checked || r.State == Approved {
			verb = VerbCallAgain
		}
		return err
	})
	return verb, err
}

func (d *Desk) call(ctx context.Context, tx *db.Tx, p *passage, typed string) (CallCode, error) {
	subject, err := d.subject(ctx, tx, p.record)
	if err != nil {
		return CallCode{}, err
	}
	t, err := d.try(ctx, tx, p, Callback)
	if err != nil {
		return CallCode{}, err
	}
	result, err := d.judge(ctx, tx, t, onFile(subject, typed, tx.Now))
	if err != nil {
		return CallCode{}, err
	}
	p.note = "Telepon balik: " + result.Label()
	stage := p.callStage()
	if _, err := tx.Exec(ctx, voidCalls, p.ID, stage, tx.Now); err != nil {
		return CallCode{}, err
	}
	call := CallCode{Match: result == Match, Left: t.left(result)}
	proof := p.proof(Callback, stage)
	proof.Result, proof.Source = result, "Nomor telepon di daftar pegawai"
	if call.Match {
		call.Code, call.Until = secret.NewCode(callCodeLength), tx.Now.Add(callCodeTime)
		proof.Result, proof.codeUntil, proof.codeHash = Called, call.Until, d.callHash(proof.ID, call.Code)
	}
	return call, insert(ctx, tx, p, proof)
}

func (p *passage) callStage() string {
	if p.verb == VerbCallAgain {
		return stageApproval
	}
	return stageCheck
}

// onFile tells whether typed is the number that has been on file for 30 days.
func onFile(p accounts.Person, typed string, now db.Time) bool {
	phone := localPhone(string(p.Phone))
	return len(phone) > 6 && phone == localPhone(typed) && p.PhoneSince <= now.Add(-accounts.Old)
}

func (d *Desk) proofs(ctx context.Context, tx *db.Tx, r *record) ([]Proof, error) {
	return db.All(ctx, tx, scanProof, selectProofs, r.ID)
}
