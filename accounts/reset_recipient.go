package accounts

import (
	"cmp"
	"context"
	"crypto/subtle"
	"errors"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"pulih/db"
	"pulih/mail"
	"pulih/secret"
)

// Why a code was not sent. The audit log says so, and a mail where insteadOf
// has one; an answer never does (EN-01).
const (
	noMatch       = "no_match"
	closed        = "closed"
	notActivated  = "not_activated"
	alreadyActive = "already_active"
	notFirst      = "not_first" // never activated, and no more to be (impostor 15)
	overSpent     = "budget"
	tooMany       = "too_many_live"
)

// insteadOf is what the owner is told in place of a code.
var insteadOf = map[string]mail.What{notActivated: mail.NotActivated, alreadyActive: mail.AlreadyActive}

// recipient finds who gets the code: the person of that number, when the
// typed address is the one on file, the account is one for this purpose, and
// the budgets hold. Otherwise it says why not.
func (a *Accounts) recipient(ctx context.Context, tx *db.Tx, d due) (p Person, why string, err error) {
	p, err = a.PersonByNIP(ctx, tx, d.nip)
	if errors.Is(err, ErrNoPerson) || err == nil && !a.typedRight(d, p) {
		return p, noMatch, nil
	}
	if err != nil {
		return p, "", err
	}
	acc, err := a.Account(ctx, tx, p.ID)
	if err != nil || !p.Active || acc.DisabledAt != 0 || d.state != ResetSent {
		return p, closed, err
	}
	if why, err = a.unfit(ctx, tx, d.purpose, acc); err != nil || why != "" && insteadOf[why] == "" {
		return p, why, err
	}
	spent, err := a.withinBudget(ctx, tx, d, p, why == "")
	return p, cmp.Or(spent, why), err
}

// unfit says why an account has no code of a purpose, "" where it may have
// one.
func (a *Accounts) unfit(ctx context.Context, tx *db.Tx, purpose ResetPurpose, acc Account) (string, error) {
	if purpose == ForActivation {
		return a.unfitForActivation(ctx, tx, acc)
	}
	return unfitForRecovery(acc), nil
}

func (a *Accounts) unfitForActivation(ctx context.Context, tx *db.Tx, acc Account) (string, error) {
	if acc.ActivatedAt != 0 {
		return alreadyActive, nil
	}
	first, err := a.firstTime(ctx, tx, acc.Person)
	if err != nil || first {
		return "", err
	}
	return notFirst, nil
}

func unfitForRecovery(acc Account) string {
	if acc.ActivatedAt == 0 {
		return notActivated
	}
	return ""
}

func (a *Accounts) typedRight(d due, p Person) bool {
	typed, err := a.keys.Open(typedEmailPlace(d.reset), d.typed)
	return err == nil && sameAddress(string(p.Email), string(typed))
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

// Codes to one mailbox, and what is told in their place, whatever they are for
// and whoever's number was typed: five an hour and ten a day (RL-03). Six of the ten may go to anybody; the
// rest, and any code beyond the hour's, is kept for networks that the account
// has signed in from, so that a stranger cannot spend them all (impostor 12).
// A code that finds nobody spends nothing. Notices are in no budget.
const (
	sendsAnHour = 5
	sendsADay   = 10
	sendsToAny  = 6
)

// withinBudget takes one of the mailbox's sends and, for a code, a slot for a
// live one. The send comes first, because its row makes senders wait for one
// another; it is given back where there is no slot.
func (a *Accounts) withinBudget(ctx context.Context, tx *db.Tx, d due, p Person, code bool) (why string, err error) {
	var known bool
	if err := tx.Row(ctx, selectKnownNetwork, p.ID, d.network).Scan(&known); err != nil {
		return "", err
	}
	budgets, key := []budget{{"mailbox.day", sendsToAny, 24 * time.Hour}, {"mailbox.hour", sendsAnHour, time.Hour}}, mailboxKey(p.Email)
	if known {
		budgets = []budget{{"mailbox.day", sendsADay, 24 * time.Hour}}
	}
	if allowed, err := a.takeAll(ctx, tx, budgets, key); err != nil || !allowed {
		return overSpent, err
	}
	if !code {
		return "", nil
	}
	if free, err := a.freeSlot(ctx, tx, d, p, known); err != nil || free {
		return "", err
	}
	return tooMany, a.giveAllBack(ctx, tx, budgets, key)
}

// mailboxKey is one for all spellings of an address (RL-02).
func mailboxKey(address secret.Email) string {
	return strings.ToLower(norm.NFC.String(strings.TrimSpace(string(address))))
}

// freeSlot keeps at most three codes of an account live. A further one of
// the same flow replaces that flow's oldest, and one from a known network the
// oldest from an unknown; a stranger's never replaces anybody's (impostor 12).
func (a *Accounts) freeSlot(ctx context.Context, tx *db.Tx, d due, p Person, known bool) (bool, error) {
	var live int
	if err := tx.Row(ctx, countLiveCodes, p.ID, tx.Now).Scan(&live); err != nil || live < liveCodes {
		return err == nil, err
	}
	n, err := tx.Exec(ctx, endOldestCode, d.reset, tx.Now)
	if err == nil && n == 0 && known {
		n, err = tx.Exec(ctx, endStrangersCode, p.ID, tx.Now)
	}
	return n == 1, err
}
