package tickets

import (
	"context"
	"errors"
	"slices"
	"strings"

	"pulih/audit"
	"pulih/db"
)

// fate is what became of one request since the backup, by the log.
type fate struct {
	ticket string
	number string
	end    audit.Event // by which it ended last; none where it went on
	weaker bool        // what was proven at the backup is not any more, or has served
}

// weakens lists the verbs after which proof of before counts no more, or has
// to be looked at again.
var weakens = []Verb{VerbIdentify, VerbReclassify, VerbWithdrawProof, VerbDetach, VerbReopen, VerbVoid, VerbRevoke, VerbCheck}

// fates reads them out of the log, in the order in which requests come there.
func fates(since []audit.Event) (all []fate) {
	for _, e := range since {
		verb, of := strings.CutPrefix(string(e.Action), string(audit.Ticket))
		to := State(e.Detail["to"])
		if !of || to == None {
			continue
		}
		i := slices.IndexFunc(all, func(f fate) bool { return f.ticket == e.Object })
		if i < 0 {
			i, all = len(all), append(all, fate{ticket: e.Object, number: e.Detail["number"]})
		}
		all[i].weaker = all[i].weaker || !to.Live() || slices.Contains(weakens, Verb(verb))
		all[i].end = audit.Event{}
		if !to.Live() && to != Done {
			all[i].end = e
		}
	}
	return all
}

// overtake gives requests what has befallen them since: one that was stopped is
// stopped again, by the same verb, so that it counts (impostor 21); of another
// whose proof was taken away, or has served, nothing is proven. What is done
// without its credential is to be done again.
func (d *Desk) overtake(ctx context.Context, tx *db.Tx, since []audit.Event, done *Restored) error {
	for _, f := range fates(since) {
		r, err := one(tx.Row(ctx, selectByID, f.ticket))
		if errors.Is(err, ErrNoTicket) {
			continue // filed since
		}
		if err == nil && f.end.Action != "" {
			err = d.endAgain(ctx, tx, &r, f, done)
		} else if err == nil && f.weaker && r.State.Live() {
			err = d.doubt(ctx, tx, &r, done)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// endAgain repeats how a request ended. Where that cannot be from where the
// backup has it, because it was about something else or with BKN then, it is
// open with nothing proven, and the operator has its number.
func (d *Desk) endAgain(ctx context.Context, tx *db.Tx, r *record, f fate, done *Restored) error {
	verb := Verb(strings.TrimPrefix(string(f.end.Action), string(audit.Ticket)))
	p, err := d.gate(ctx, tx, r, clockStep(verb))
	if errors.Is(err, ErrState) || errors.Is(err, ErrKind) {
		if !r.State.Live() {
			return nil
		}
		return d.doubt(ctx, tx, r, done)
	}
	if err != nil {
		return err
	}
	p.Reason, p.note = f.end.Detail["reason"], f.end.Detail["note"]
	if into, ok := strings.CutPrefix(p.note, mergedInto); ok && verb == VerbMerge {
		p.MergedInto = into
	}
	done.Ended = append(done.Ended, f.number)
	return d.move(ctx, tx, p)
}

// doubt has everything proven anew.
func (d *Desk) doubt(ctx context.Context, tx *db.Tx, r *record, done *Restored) error {
	done.Doubted = append(done.Doubted, r.Number)
	if r.StateAt == tx.Now { // opened again a moment ago
		return nil
	}
	return d.restore(ctx, tx, r)
}

// endFiles deletes the files again that people took back since, and those whose
// time was over, with their keys.
func endFiles(ctx context.Context, tx *db.Tx, since []audit.Event) error {
	for _, e := range since {
		file := e.Detail["file"]
		if e.Action != audit.AttachmentEnded || file == "" {
			continue
		}
		n, err := tx.Exec(ctx, endAttachment, file, tx.Now, e.Result, []byte{})
		if err == nil && n == 1 {
			about := Ticket{ID: e.Object, Number: e.Detail["number"], Person: e.Person}
			err = erase(ctx, tx, ending{file: file, ticket: about, why: e.Result, actor: audit.Actor{Kind: audit.Clock}})
		}
		if err != nil {
			return err
		}
	}
	return nil
}
