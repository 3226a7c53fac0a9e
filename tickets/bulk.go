package tickets

import (
	"context"
	"errors"
	"slices"
	"strings"

	"pulih/db"
)

// ErrBulk is refused of many tickets at once.
var ErrBulk = &Refusal{"nothing chosen, or too much", "Pilih 1 sampai 50 permohonan."}

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

// ReplyMany asks the same of many people, as Ask does. What is too much for
// one person waits for a second one. ErrBulk, ErrMissing, ErrLink, ErrNoTicket,
// ErrOneself.
func (d *Desk) ReplyMany(ctx context.Context, by By, numbers []string, text string) (BulkDone, error) {
	numbers, err := chosen(numbers)
	if err != nil {
		return BulkDone{}, err
	}
	b := bulkText{Text: strings.TrimSpace(text), Numbers: numbers}
	if err := d.sayable(FromStaff, b.Text); err != nil {
		return BulkDone{}, err
	}
	done, err := d.many(ctx, func(ctx context.Context, tx *db.Tx) (BulkDone, error) { return d.sendAlone(ctx, tx, by, b) })
	if !errors.Is(err, errTwo) {
		return done, err
	}
	return d.many(ctx, func(ctx context.Context, tx *db.Tx) (BulkDone, error) { return d.proposeBulk(ctx, tx, by, b) })
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
