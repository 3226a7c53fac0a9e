package tickets

import (
	"context"
	"errors"

	"pulih/db"
)

// verbTell is a chore, not a verb: the notice of a filing is still to be sent.
const verbTell Verb = "tell"

// Tick does what time does: tells of filings, frees claims, matures, lapses,
// expires, and follows new calendars. It is run each second. Several processes
// may run it: each chore is a compare-and-swap in a write of its own, and who
// loses it has nothing left to do. One ticket that fails does not hold up the
// others.
func (d *Desk) Tick(ctx context.Context) error {
	todo, err := d.todo(ctx)
	for _, id := range todo {
		if e := d.tend(ctx, id); !errors.Is(e, ErrChanged) {
			err = errors.Join(err, e)
		}
	}
	return errors.Join(err, d.recountStale(ctx), d.indexOld(ctx), d.catchUp(ctx))
}

func (d *Desk) todo(ctx context.Context) (ids []string, failed error) {
	err := d.db.Read(ctx, func(tx *db.Tx) error {
		tickets, err := db.All(ctx, tx, scanTicket, selectWork, tx.Now.Add(-d.waits.Claim), tx.Now.Add(-d.waits.Approval),
			tx.Now.Add(-d.waits.Reply), tx.Now.Add(-d.waits.Unproven), tx.Now)
		if err != nil {
			return err
		}
		for _, r := range tickets {
			verb, err := d.chore(ctx, tx, &r)
			if failed = errors.Join(failed, err); verb != "" {
				ids = append(ids, r.ID)
			}
		}
		return nil
	})
	return ids, errors.Join(failed, err)
}

// tend does the chore of one ticket, if it is still to be done.
func (d *Desk) tend(ctx context.Context, id string) error {
	return d.write(ctx, func(tx *db.Tx) error {
		r, err := one(tx.Row(ctx, selectByID, id))
		if err != nil {
			return err
		}
		verb, err := d.chore(ctx, tx, &r)
		if err != nil {
			return err
		}
		return d.do(ctx, tx, &r, verb)
	})
}

func (d *Desk) do(ctx context.Context, tx *db.Tx, r *record, verb Verb) error {
	switch verb {
	case verbTell:
		return d.tellFiled(ctx, tx, *r)
	case VerbLetGo:
		return d.letGo(ctx, tx, r)
	case VerbMature:
		_, err := d.mature(ctx, tx, r)
		return err
	case VerbLapse:
		return d.lapse(ctx, tx, r)
	case VerbRemind:
		return d.remind(ctx, tx, r)
	case VerbExpire:
		return d.expire(ctx, tx, r)
	}
	return nil
}

// chore is what time has made due for a ticket, "" for nothing.
func (d *Desk) chore(ctx context.Context, tx *db.Tx, r *record) (Verb, error) {
	switch {
	case r.told == 0:
		return verbTell, nil
	case r.Owner != "" && !d.claimed(r, tx.Now) && (r.State == Open || r.State == Waiting):
		return VerbLetGo, nil
	case r.State == Escalated && r.RemindAt != 0 && r.RemindAt <= tx.Now:
		return VerbRemind, nil
	case r.State == Approved:
		w, err := d.waitOf(ctx, tx, r)
		if err == nil && w.over(tx.Now) {
			return VerbMature, nil
		}
		return d.expires(r, tx.Now), err
	case r.State == Issued:
		ends, err := d.accounts.PassEnds(ctx, tx, r.ID)
		if err == nil && ends <= tx.Now {
			return VerbLapse, nil
		}
		return "", err
	}
	return d.expires(r, tx.Now), nil
}

// expires tells whether a ticket's time is over.
func (d *Desk) expires(r *record, now db.Time) Verb {
	if ends := d.ends(r); ends != 0 && ends <= now {
		return VerbExpire
	}
	return ""
}

// ends is when time alone takes a ticket out of its state, 0 for never. It
// follows the last lines of design.md's table.
func (d *Desk) ends(r *record) db.Time {
	switch {
	case r.State == Open && r.rank == rankUnproven && r.Owner == "":
		return r.StateAt.Add(d.waits.Unproven)
	case r.State == Waiting:
		return r.StateAt.Add(d.waits.Reply)
	case r.State == Approved:
		return r.ApprovedAt.Add(d.waits.Approval)
	case r.State == Ready:
		return r.ReadyAt.Add(d.waits.Approval)
	}
	return 0
}

func (d *Desk) expire(ctx context.Context, tx *db.Tx, r *record) error {
	p, err := d.gate(ctx, tx, r, clockStep(VerbExpire))
	if err != nil {
		return err
	}
	p.Reason = "Waktunya habis."
	return d.move(ctx, tx, p)
}
