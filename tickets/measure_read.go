package tickets

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	"pulih/db"
)

// damaged are the hours whose packs cannot be read.
type damaged []hour

func (d damaged) Error() string { return fmt.Sprintf("%v: %s, %d hours", errPack, d[0].agency, len(d)) }

func (d damaged) Unwrap() error { return errPack }

// readMeasures reads what is measured, of what has just happened too. Packs
// that are damaged are derived again first, once: figures without them would
// be wrong.
func (d *Desk) readMeasures(ctx context.Context, read func(*db.Tx) error) error {
	err := d.readFolded(ctx, read)
	var bad damaged
	if !errors.As(err, &bad) {
		return err
	}
	for _, at := range bad {
		if err := d.forget(ctx, at); err != nil {
			return err
		}
	}
	return d.readFolded(ctx, read)
}

// readFolded leaves it to the clock to tell of what is set aside. One reads at
// a time: each keeps a core busy, and the queue needs the others.
func (d *Desk) readFolded(ctx context.Context, read func(*db.Tx) error) error {
	select {
	case d.reports <- struct{}{}:
		defer func() { <-d.reports }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if err := d.catchUp(ctx); err != nil && !onlyAside(err) {
		return err
	}
	return d.db.Read(ctx, read)
}

// each reads every measure that touches a period or what came after it. After
// each pack it lets others go first: a page of the queue takes a millisecond of
// a core, and would wait ten for its turn.
func (d *Desk) each(ctx context.Context, tx *db.Tx, agency string, p Period, see func(*Measure)) error {
	var bad damaged
	var u unpacker
	turn := polite{asked: d.db.Statements() + 1} // with its own
	_, err := db.All(ctx, tx, func(row db.Scanner) (none struct{}, err error) {
		turn.letGo(ctx, d.db)
		at, packed := hour{agency: agency}, ""
		if err := row.Scan(&at.slot, &packed); err != nil {
			return none, err
		}
		if err = u.unpack(packed, see); errors.Is(err, errPack) {
			bad, err = append(bad, at), nil
		}
		return none, err
	}, selectPacks, agency, p.From, int64(p.Until/slotLength)+1)
	if err == nil && bad != nil {
		err = bad
	}
	return err
}

// restEvery is so many packs, a millisecond or two.
const restEvery = 32

// polite counts the packs that were read without a rest, and what the database
// was asked until then.
type polite struct {
	packs, rests int
	asked        int64
}

// letGo lets others go first: after each pack those who wait in this process,
// and after some of them, where anybody asked the database anything meanwhile,
// its server and their clients too. Alone, a report goes on at once.
func (p *polite) letGo(ctx context.Context, d *db.DB) {
	runtime.Gosched()
	if p.packs++; p.packs%restEvery != 0 {
		return
	}
	before := p.asked
	if p.asked = d.Statements(); p.asked == before {
		return
	}
	p.rests++
	rest := time.NewTimer(time.Millisecond)
	defer rest.Stop()
	select {
	case <-ctx.Done():
	case <-rest.C:
	}
}
