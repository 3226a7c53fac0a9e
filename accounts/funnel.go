package accounts

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"pulih/db"
	"pulih/mail"
)

// CodeStage is how far a request for a mailed code came.
type CodeStage string

// The stages, as the counts hold them. Who came to one came to all before it.
const (
	CodeAsked    CodeStage = "minta"    // for an account that a code can be mailed to
	CodeSent     CodeStage = "terkirim" // the relay accepted one
	CodeTyped    CodeStage = "diketik"  // a code was typed, or the link's button pressed
	CodeRight    CodeStage = "benar"
	CodeFinished CodeStage = "selesai" // the new password is set
)

// CodeStages lists them in order.
var CodeStages = []CodeStage{CodeAsked, CodeSent, CodeTyped, CodeRight, CodeFinished}

// CodeFunnel counts the flows for a forgotten password that people of an
// agency began from from until before until, midnights of the installation's
// zone, by each stage they came to. A flow is counted when it is over, at most
// an hour after it last asked for a code. Whoever typed a number or an address
// that is not on file belongs to no agency and is not counted.
func (a *Accounts) CodeFunnel(ctx context.Context, agency string, from, until db.Time) (map[CodeStage]int, error) {
	funnel := map[CodeStage]int{}
	err := a.db.Read(ctx, func(tx *db.Tx) error {
		all, err := db.All(ctx, tx, scanStageSum, selectCodeDays, agency, from, until)
		for _, s := range all {
			funnel[s.stage] = s.n
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("accounts: code funnel: %w", err)
	}
	return funnel, nil
}

// flowBatch bounds how long one transaction keeps other writers waiting.
const flowBatch = 200

// CountFlows counts each flow that is over, once: the mark and the count are
// one transaction, so that a second process or a restart counts nothing twice.
// The app runs it each minute.
func (a *Accounts) CountFlows(ctx context.Context) error {
	for n := flowBatch; n == flowBatch; {
		err := a.db.Write(ctx, func(tx *db.Tx) (err error) {
			n, err = a.countSome(ctx, tx)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// overFlow is a flow whose hour is over. Its person is whose code was asked
// for, "" where nobody's was.
type overFlow struct {
	id, person, via string
	purpose         ResetPurpose
	state           ResetState
	tries           int64
	createdAt       db.Time
}

// codeDay is what a flow is counted under.
type codeDay struct {
	agency string
	day    db.Time
	stage  CodeStage
}

func (a *Accounts) countSome(ctx context.Context, tx *db.Tx) (int, error) {
	flows, err := db.All(ctx, tx, scanOverFlow, selectOverFlows, tx.Now, flowBatch)
	if err != nil {
		return 0, err
	}
	return len(flows), a.addFlows(ctx, tx, flows)
}

// addFlows counts those that no other process has counted meanwhile.
func (a *Accounts) addFlows(ctx context.Context, tx *db.Tx, flows []overFlow) error {
	counts := map[codeDay]int{}
	for _, f := range flows {
		n, err := tx.Exec(ctx, markFlow, f.id)
		if err == nil && n == 1 && f.purpose == ForPassword && f.person != "" {
			err = a.countFlow(ctx, tx, f, counts)
		}
		if err != nil {
			return err
		}
	}
	return addCodeDays(ctx, tx, counts)
}

func (a *Accounts) countFlow(ctx context.Context, tx *db.Tx, f overFlow, counts map[codeDay]int) error {
	p, err := a.Person(ctx, tx, f.person)
	if err != nil {
		return err
	}
	sent, err := a.codeAccepted(ctx, tx, f.id)
	if err != nil {
		return err
	}
	for _, stage := range CodeStages[:f.reached(sent)] {
		counts[codeDay{p.Agency, f.createdAt.Midnight(a.site().Zone), stage}]++
	}
	return nil
}

// reached is how many of CodeStages a flow came to. A right code was sent,
// whatever the relay said of it.
func (f overFlow) reached(sent bool) int {
	switch {
	case f.state == ResetFinished:
		return 5
	case f.via != "":
		return 4
	case sent && f.tries > 0:
		return 3
	case sent:
		return 2
	}
	return 1
}

func (a *Accounts) codeAccepted(ctx context.Context, tx *db.Tx, reset string) (bool, error) {
	mails, err := db.All(ctx, tx, scanText, selectCodeMails, reset)
	if err != nil {
		return false, err
	}
	for _, id := range mails {
		out, err := a.outbox.Outcome(ctx, tx, id)
		if err != nil || out.State == mail.Accepted {
			return err == nil, err
		}
	}
	return false, nil
}

// addCodeDays goes through the days in one order, so that two processes never
// wait for each other.
func addCodeDays(ctx context.Context, tx *db.Tx, counts map[codeDay]int) error {
	days := slices.SortedFunc(maps.Keys(counts), func(a, b codeDay) int {
		return cmp.Or(cmp.Compare(a.agency, b.agency), cmp.Compare(a.day, b.day), cmp.Compare(a.stage, b.stage))
	})
	for _, d := range days {
		if _, err := tx.Exec(ctx, addCodeDay, d.agency, d.day, d.stage, counts[d]); err != nil {
			return err
		}
	}
	return nil
}
