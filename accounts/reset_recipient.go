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
	"pulih/secret"
)

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

// Codes to one mailbox, whatever they are for and whoever's number was typed:
// five an hour and ten a day (RL-03). Six of the ten may go to anybody; the
// rest, and any code beyond the hour's, is kept for networks that the account
// has signed in from, so that a stranger cannot spend them all (impostor 12).
// A code that finds nobody spends nothing. Notices are in no budget.
const (
	sendsAnHour = 5
	sendsADay   = 10
	sendsToAny  = 6
)

// Flows that begin with the right password have sends of their own, and so
// has what is told in place of a code: no stranger takes the first from the
// owner, nor spends the codes' budget on mails without a code (impostor 12).
const (
	provenADay  = 3
	insteadADay = 2
)

// sends are the budgets that a mail of this flow is counted in.
func sends(purpose ResetPurpose, code, known bool) []budget {
	const day = 24 * time.Hour
	switch {
	case !code:
		return []budget{{"mailbox.instead", insteadADay, day}}
	case purpose == ForMFA:
		return []budget{{"mailbox.proven", provenADay, day}}
	case known:
		return []budget{{"mailbox.day", sendsADay, day}}
	}
	return []budget{{"mailbox.day", sendsToAny, day}, {"mailbox.hour", sendsAnHour, time.Hour}}
}

// withinBudget takes one of the mailbox's sends and, for a code, a slot for a
// live one. The send comes first, because its row makes senders wait for one
// another; it is given back where there is no slot.
func (a *Accounts) withinBudget(ctx context.Context, tx *db.Tx, d due, p Person, code bool) (why string, err error) {
	var known bool
	if err := tx.Row(ctx, selectKnownNetwork, p.ID, d.network).Scan(&known); err != nil {
		return "", err
	}
	budgets, key := sends(d.purpose, code, known), mailboxKey(p.Email)
	if allowed, err := a.takeAll(ctx, tx, budgets, key); err != nil || !allowed {
		return overSpent, err
	}
	if !code || d.purpose == ForMFA { // whose budget is no more than its slots
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
