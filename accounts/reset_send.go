package accounts

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"strings"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/mail"
	"pulih/secret"
)

// due is a code that was asked for.
type due struct {
	id, reset, network string
	state              ResetState
	nip                secret.NIP
	typed              []byte
}

// SendCodes sends the codes that are due, each in a transaction of its own.
// The app runs it each second; two processes at once do no harm.
func (a *Accounts) SendCodes(ctx context.Context) error {
	const batch = 100
	var all []due
	err := a.db.Read(ctx, func(tx *db.Tx) (err error) {
		all, err = db.All(ctx, tx, scanDue, selectDueCodes, tx.Now, batch)
		return err
	})
	for _, d := range all {
		if err == nil {
			err = a.db.Write(ctx, func(tx *db.Tx) error { return a.sendCode(ctx, tx, d) })
		}
		if errors.Is(err, db.ErrConflict) { // another process was faster
			err = nil
		}
	}
	if err != nil {
		return fmt.Errorf("accounts: send codes: %w", err)
	}
	return nil
}

// sendCode decides whether there is anybody to send a code to.
func (a *Accounts) sendCode(ctx context.Context, tx *db.Tx, d due) error {
	typed, err := a.keys.Open(typedEmailPlace(d.reset), d.typed)
	if err != nil {
		return err
	}
	p, why, err := a.recipient(ctx, tx, d, string(typed))
	if err != nil {
		return err
	}
	e := audit.Event{Actor: audit.Actor{Kind: audit.Anonymous, Network: d.network}, Action: audit.ResetAsked,
		Person: p.ID, Object: d.reset, Result: why}
	if why != "" {
		if err := tx.One(ctx, voidCode, d.id); err != nil {
			return err
		}
		return audit.Append(ctx, tx, e)
	}
	if err := a.mailCode(ctx, tx, d, p); err != nil {
		return err
	}
	return audit.Append(ctx, tx, e)
}

// Why a code was not sent. Only the audit log ever says so.
const (
	noMatch   = "no_match"
	closed    = "closed"
	overSpent = "budget"
	tooMany   = "too_many_live"
)

// recipient finds who gets the code: the person of that number, when the
// typed address is the one on file, the account may be reset, and the budgets
// hold. Otherwise it says why not.
func (a *Accounts) recipient(ctx context.Context, tx *db.Tx, d due, typed string) (p Person, why string, err error) {
	p, err = a.PersonByNIP(ctx, tx, d.nip)
	if errors.Is(err, ErrNoPerson) || err == nil && !sameAddress(string(p.Email), typed) {
		return p, noMatch, nil
	}
	if err != nil {
		return p, "", err
	}
	acc, err := a.Account(ctx, tx, p.ID)
	if err != nil || !p.Active || acc.DisabledAt != 0 || d.state != ResetSent {
		return p, closed, err
	}
	allowed, err := a.mayMail(ctx, tx, d, p)
	if err != nil || !allowed {
		return p, overSpent, err
	}
	free, err := a.freeSlot(ctx, tx, d, p)
	if err != nil || !free {
		return p, tooMany, err
	}
	return p, "", nil
}

// sameAddress compares what was typed with what is on file. Only ASCII case
// is folded: Unicode folding once made another's address match
// (CVE-2019-19844), and the mail goes to the record's address anyway.
func sameAddress(recorded, typed string) bool {
	r, t := foldASCII(recorded), foldASCII(typed)
	return r != "" && subtle.ConstantTimeCompare([]byte(r), []byte(t)) == 1
}

func foldASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, strings.Trim(s, " \t\r\n"))
}

// Ten codes a day to one NIP and address. Six of them may go to anybody; the
// rest is kept for networks that the account has signed in from, so that a
// stranger cannot spend them all (impostor 12).
const (
	sendsADay   = 10
	sendsToAny  = 6
	sendsWindow = 24 * time.Hour
)

func (a *Accounts) mayMail(ctx context.Context, tx *db.Tx, d due, p Person) (bool, error) {
	var known bool
	if err := tx.Row(ctx, selectKnownNetwork, p.ID, d.network).Scan(&known); err != nil {
		return false, err
	}
	b := budget{"reset.send", sendsToAny, sendsWindow}
	if known {
		b.most = sendsADay
	}
	return a.take(ctx, tx, b, string(p.NIP), foldASCII(string(p.Email)))
}

// freeSlot keeps at most three codes of an account live. A further one of
// the same flow replaces that flow's oldest; a stranger's never replaces
// anybody's (impostor 12).
func (a *Accounts) freeSlot(ctx context.Context, tx *db.Tx, d due, p Person) (bool, error) {
	var live int
	if err := tx.Row(ctx, countLiveCodes, p.ID, tx.Now).Scan(&live); err != nil || live < liveCodes {
		return err == nil, err
	}
	n, err := tx.Exec(ctx, endOldestCode, d.reset, tx.Now)
	return n == 1, err
}

func (a *Accounts) mailCode(ctx context.Context, tx *db.Tx, d due, p Person) error {
	code, link, disown := secret.NewCode(codeLength), secret.NewToken(), secret.NewToken()
	until := tx.Now.Add(codeLife)
	err := tx.One(ctx, goLive, d.id, p.ID, a.codeHash(d.reset, code), a.linkHash(link), until)
	if err != nil {
		return err
	}
	asked := Notification{What: mail.ResetAsked, Object: d.reset}
	id, err := a.outbox.Enqueue(ctx, tx, mail.ResetCode(a.site(), mail.ResetCodeMail{To: p.Email, Person: p.ID, Code: code,
		Link: a.site().Link("/pulihkan/kode/" + string(link)), Disown: a.disownLink(disown), Until: until}))
	if err == nil {
		err = a.addNotice(ctx, tx, disown, p.ID, id, asked)
	}
	if err != nil {
		return err
	}
	former, err := a.formerMailboxes(ctx, tx, p.ID)
	if err == nil {
		_, err = a.tell(ctx, tx, p, former, asked)
	}
	return err
}

// A code is worth nothing outside its flow, nor for another purpose (RC-03,
// RC-08).
func (a *Accounts) codeHash(reset string, c secret.Code) []byte {
	return a.keys.Sum("reset.code", reset, string(c))
}

func (a *Accounts) linkHash(t secret.Token) []byte { return a.keys.Sum("reset.link", string(t)) }
