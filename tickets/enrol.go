package tickets

import (
	"context"
	"fmt"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// EnrolForm is what is typed at /daftar-mfa. Password is the remaining
// factor, or the new password where two people checked without one; only the
// pass knows which.
type EnrolForm struct {
	NIP      secret.NIP
	Pass     secret.Code
	Password secret.Password
	OTP      string
	Backup   string
}

// Enrolment is the answer. Token goes into the cookie of the browser that
// may finish it; Problem is the sentence to show where there is none.
type Enrolment struct {
	Result  accounts.PassResult
	Token   secret.Token
	Until   db.Time
	Problem string
	Reasons []string // why the new password does not do
}

// OpenEnrolment begins an enrolment: number, pass and, as its basis wants,
// the remaining factor or a new password. What is wrong is a result; the
// fifth wrong factor kills the pass. accounts.ErrBusy.
func (d *Desk) OpenEnrolment(ctx context.Context, f EnrolForm, actor audit.Actor) (Enrolment, error) {
	prepared, err := d.accounts.PreparePass(ctx, accounts.PassForm(f))
	if err != nil {
		return Enrolment{}, err
	}
	var e Enrolment
	err = d.write(ctx, func(tx *db.Tx) error {
		o, err := d.accounts.OpenPass(ctx, tx, prepared, actor)
		if err != nil {
			return err
		}
		e = Enrolment{Result: o.Result, Token: o.Token, Until: o.Until, Reasons: o.Reasons, Problem: problem(o)}
		return d.afterOpen(ctx, tx, o, &e)
	})
	return e, err
}

func problem(o accounts.OpenedPass) string {
	switch o.Result {
	case accounts.PassOpened:
		return ""
	case accounts.PassFactorWrong:
		return fmt.Sprintf("Bukti tidak cocok. Sisa percobaan: %d.", o.Left)
	case accounts.PassDead:
		return "Kode pendaftaran dimatikan setelah lima kali salah. Ambil kode baru di halaman status."
	case accounts.PassPassword:
		return "Kata sandi baru belum memenuhi aturan."
	}
	return "NIP dan kode pendaftaran tidak cocok, atau waktunya habis."
}

// afterOpen keeps the ticket in step with its pass: a pass that died lapses,
// and one whose approval is no longer true opens nothing (impostor 18).
func (d *Desk) afterOpen(ctx context.Context, tx *db.Tx, o accounts.OpenedPass, e *Enrolment) error {
	if o.Result != accounts.PassOpened && o.Result != accounts.PassDead {
		return nil
	}
	r, err := one(tx.Row(ctx, selectByID, o.Ticket))
	if err != nil || r.State != Issued {
		return err
	}
	if o.Result == accounts.PassDead {
		return d.lapse(ctx, tx, &r)
	}
	voided, err := d.voided(ctx, tx, &r)
	if voided {
		*e = Enrolment{Result: accounts.PassDead, Problem: ErrVoided.Text}
	}
	return err
}

func (d *Desk) lapse(ctx context.Context, tx *db.Tx, r *record) error {
	p, err := d.gate(ctx, tx, r, clockStep(VerbLapse))
	if err != nil {
		return err
	}
	return d.move(ctx, tx, p)
}
