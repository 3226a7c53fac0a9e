package mail

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"pulih/db"
)

// codeKind are the mails whose delay is counted: who waits for a code waits
// at a page.
const codeKind = "reset.code"

// The groups of mail domains, as the counts hold them: those that most people
// have, so that a group is about nobody.
const (
	Gmail      = "gmail"
	Yahoo      = "yahoo"
	Outlook    = "outlook"
	GoID       = "go.id"
	OtherMails = "lainnya"
)

// Domains lists the groups in the order of a page.
var Domains = []string{Gmail, Yahoo, Outlook, GoID, OtherMails}

// A government's domain comes first: yahoo.example.go.id is one.
var domainGroups = []struct {
	name  string
	holds *regexp.Regexp
}{
	{GoID, regexp.MustCompile(`(^|\.)go\.id$`)},
	{Gmail, regexp.MustCompile(`^(gmail|googlemail)\.com$`)},
	{Yahoo, regexp.MustCompile(`^(yahoo\.([a-z]{2}|com(\.[a-z]{2})?|co\.[a-z]{2})|(ymail|rocketmail)\.com)$`)},
	{Outlook, regexp.MustCompile(`^((outlook|hotmail|live)\.([a-z]{2}|com(\.[a-z]{2})?|co\.[a-z]{2})|msn\.com)$`)},
}

// domainGroup is the group of an address's domain.
func domainGroup(address string) string {
	domain := strings.ToLower(address[strings.LastIndex(address, "@")+1:])
	for _, g := range domainGroups {
		if g.holds.MatchString(domain) {
			return g.name
		}
	}
	return OtherMails
}

// groupOf opens what is sealed, while it is there.
func (o *Outbox) groupOf(e entry) string {
	content, err := o.open(e.ID, e.sealed)
	if err != nil {
		return OtherMails
	}
	return domainGroup(content.To)
}

// never is the delay of a code that the relay did not take: left out, a relay
// that is down for a day would look like a quick one (helpdesk.md §4.3).
const never = -1

// countDelay keeps how long the code of a mail that has ended took, in the day
// on which it was queued. Its end happens once, and so does this.
func (o *Outbox) countDelay(ctx context.Context, tx *db.Tx, e entry, s State, group string) error {
	if e.Kind != codeKind {
		return nil
	}
	delay := int64(never)
	if s == Accepted {
		delay = db.Coarse(max(0, tx.Now.Sub(e.created).Milliseconds()))
	}
	_, err := tx.Exec(ctx, addMailDay, e.created.Midnight(o.site.Zone), group, delay)
	return err
}

// DomainDelay is how long the relay took to accept codes to one group of
// domains, within 5 %. N is how many it accepted, Lost how many it never did.
type DomainDelay struct {
	Domain      string
	N, Lost     int
	Median, P90 time.Duration
}

// Delays tells of the codes queued from from until before until: midnights of
// the installation's zone. Groups without a code are left out.
func (o *Outbox) Delays(ctx context.Context, from, until db.Time) ([]DomainDelay, error) {
	var all []mailSum
	err := o.db.Read(ctx, func(tx *db.Tx) (err error) {
		all, err = db.All(ctx, tx, scanMailSum, selectMailDays, from, until)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("mail: delays: %w", err)
	}
	var delays []DomainDelay
	for _, domain := range Domains {
		if d := delayOf(domain, all); d.N+d.Lost > 0 {
			delays = append(delays, d)
		}
	}
	return delays, nil
}

type mailSum struct {
	domain string
	db.Counted
}

func scanMailSum(row db.Scanner) (s mailSum, err error) {
	err = row.Scan(&s.domain, &s.Size, &s.N)
	return s, err
}

func delayOf(domain string, all []mailSum) DomainDelay {
	d := DomainDelay{Domain: domain}
	var taken []db.Counted
	for _, s := range slices.DeleteFunc(slices.Clone(all), func(s mailSum) bool { return s.domain != domain }) {
		if s.Size == never {
			d.Lost += int(s.N)
			continue
		}
		taken = append(taken, s.Counted)
	}
	n, median, p90 := db.Spread(taken)
	d.N, d.Median, d.P90 = int(n), time.Duration(median)*time.Millisecond, time.Duration(p90)*time.Millisecond
	return d
}
