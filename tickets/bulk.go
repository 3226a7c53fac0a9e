package tickets

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"pulih/audit"
	"pulih/db"
)

// bulkAlone is to how many people an agent writes in bulk on a day; more of
// them take a second person (impostor 24).
const bulkAlone = 20

// What is refused of many tickets at once.
var (
	ErrBulk    = &Refusal{"nothing chosen, or too much", "Pilih 1 sampai 50 permohonan."}
	ErrNoBulk  = &Refusal{"no such bulk reply", "Balasan massal ini sudah dikirim atau dibuang."}
	ErrBulkOwn = &Refusal{"proposed by himself", "Balasan massal Anda dikonfirmasi rekan lain."}
)

// BulkDone is what became of an act on many tickets. Proposed says that it
// waits for a second person.
type BulkDone struct {
	Done     []string
	Not      []BulkRefused
	Proposed bool
}

// BulkRefused is a ticket to which it did not happen, and why.
type BulkRefused struct{ Number, Why string }

// ClaimMany takes many tickets. Each goes through the gate by itself. ErrBulk.
func (d *Desk) ClaimMany(ctx context.Context, by By, numbers []string) (BulkDone, error) {
	numbers, err := chosen(numbers)
	if err != nil {
		return BulkDone{}, err
	}
	return d.many(ctx, func(ctx context.Context, tx *db.Tx) (BulkDone, error) {
		return d.onEach(ctx, tx, by, numbers, VerbClaim, nothing)
	})
}

// ReplyMany asks the same of many people, as Ask does. What goes to more than
// twenty people of a day waits for a second person. ErrBulk, ErrMissing,
// ErrLink.
func (d *Desk) ReplyMany(ctx context.Context, by By, numbers []string, text string) (BulkDone, error) {
	numbers, err := chosen(numbers)
	if err != nil {
		return BulkDone{}, err
	}
	text = strings.TrimSpace(text)
	if err := d.sayable(FromStaff, text); err != nil {
		return BulkDone{}, err
	}
	return d.many(ctx, func(ctx context.Context, tx *db.Tx) (BulkDone, error) {
		b, err := d.proposeBulk(ctx, tx, by, numbers, text)
		if err != nil {
			return BulkDone{}, err
		}
		alone, err := d.mayAlone(ctx, tx, by, b.People)
		if err != nil || !alone {
			return BulkDone{Proposed: true}, err
		}
		return d.sendBulk(ctx, tx, by, by, b)
	})
}

// ConfirmBulk sends what a colleague proposed, in his name. ErrNoBulk,
// ErrBulkOwn.
func (d *Desk) ConfirmBulk(ctx context.Context, by By, id string) (BulkDone, error) {
	members, err := d.accounts.Members(ctx)
	if err != nil {
		return BulkDone{}, err
	}
	return d.many(ctx, func(ctx context.Context, tx *db.Tx) (BulkDone, error) {
		b, err := d.bulkReply(ctx, tx, by, id)
		if err != nil {
			return BulkDone{}, err
		}
		if b.by == by.Staff.ID {
			return BulkDone{}, ErrBulkOwn
		}
		author := by
		for _, m := range members {
			if m.ID == b.by && m.DisabledAt == 0 {
				author.Staff = m.Staff
			}
		}
		return d.sendBulk(ctx, tx, author, by, b)
	})
}

// DropBulk takes a proposal back. One person is enough. ErrNoBulk.
func (d *Desk) DropBulk(ctx context.Context, by By, id string) error {
	return d.write(ctx, func(tx *db.Tx) error {
		b, err := d.bulkReply(ctx, tx, by, id)
		if err != nil {
			return err
		}
		return d.endBulk(ctx, tx, by, b, "dropped")
	})
}

// BulkReplies are those of his agency that wait for a second person.
func (d *Desk) BulkReplies(ctx context.Context, by By) (all []BulkReply, err error) {
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		if all, err = db.All(ctx, tx, scanBulk, selectBulks, by.Staff.Agency); err != nil {
			return err
		}
		for i := range all {
			if all[i].Numbers, err = db.All(ctx, tx, scanText, selectBulkNumbers, all[i].ID); err != nil {
				return err
			}
			all[i].Own = all[i].by == by.Staff.ID
		}
		return nil
	})
	return all, err
}

// many runs an act on many tickets in one transaction.
func (d *Desk) many(ctx context.Context, do func(context.Context, *db.Tx) (BulkDone, error)) (done BulkDone, err error) {
	err = d.write(ctx, func(tx *db.Tx) error {
		done, err = do(ctx, tx)
		return err
	})
	return done, err
}

// onEach does a verb to each ticket whose gate lets it through.
func (d *Desk) onEach(ctx context.Context, tx *db.Tx, by By, numbers []string, verb Verb, do func(*db.Tx, *passage) error) (BulkDone, error) {
	var done BulkDone
	for _, number := range numbers {
		err := d.onOne(ctx, tx, by, number, verb, do)
		if why := Why(err); why != "" && !errors.Is(err, ErrChanged) {
			done.Not = append(done.Not, BulkRefused{number, why})
			continue
		}
		if err != nil {
			return done, err
		}
		done.Done = append(done.Done, number)
	}
	return done, nil
}

func (d *Desk) onOne(ctx context.Context, tx *db.Tx, by By, number string, verb Verb, do func(*db.Tx, *passage) error) error {
	r, err := one(tx.Row(ctx, selectOfAgency, number, by.Staff.Agency, by.units()))
	if err != nil {
		return err
	}
	p, err := d.gate(ctx, tx, &r, by.step(verb))
	if err != nil {
		return err
	}
	if err := do(tx, p); err != nil {
		return err
	}
	return d.move(ctx, tx, p)
}

// chosen are the numbers, each once.
func chosen(numbers []string) ([]string, error) {
	numbers = slices.Clone(numbers)
	slices.Sort(numbers)
	numbers = slices.Compact(numbers)
	if len(numbers) == 0 || len(numbers) > PageSize {
		return nil, ErrBulk
	}
	return numbers, nil
}

func (d *Desk) bulkAudit(ctx context.Context, tx *db.Tx, by By, what audit.Action, b BulkReply) error {
	return audit.Append(ctx, tx, audit.Event{Actor: by.step("").actor, Action: what, Object: b.ID,
		Detail: map[string]string{"text": b.Text, "people": strconv.Itoa(b.People), "numbers": strings.Join(b.Numbers, " ")}})
}
