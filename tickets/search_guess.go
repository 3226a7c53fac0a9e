package tickets

import (
	"context"
	"errors"
	"fmt"

	"pulih/audit"
	"pulih/db"
)

// wrongAlarm is at how many wrong comparisons of a day, by his searches, the
// supervisors are told of an agent.
const wrongAlarm = 20

const countWrongAlarm = "wrong.alarm"

// ErrGuesses is refused of searches by NIP after thirty wrong comparisons of
// a day: a ticket's page shows four digits of it, and a search would tell the
// rest (impostor 22).
var ErrGuesses = &Refusal{"too many numbers searched in vain", "Pencarian dengan NIP sudah habis untuk hari ini. Cari dengan nomor permohonan atau nama."}

// guessed is a search by NIP that was counted as wrong before it was made, so
// that two at once cannot share the last one.
type guessed struct {
	count
	n int // of today
}

func (d *Desk) guess(ctx context.Context, by By, text string) (g guessed, err error) {
	if !NamesNIP(text) {
		return g, nil
	}
	g.count = count{countWrongAgent, by.Staff.ID, wrongPerAgent}
	err = d.db.Write(ctx, func(tx *db.Tx) error {
		g.n, err = d.take(ctx, tx, g.count)
		return err
	})
	if errors.Is(err, ErrSpent) {
		err = ErrGuesses
	}
	return g, err
}

// settle gives a guess back that found something, and tells of too many that
// did not, once a day.
func (d *Desk) settle(ctx context.Context, tx *db.Tx, by By, g guessed, found bool) error {
	switch {
	case g.n == 0:
		return nil
	case found:
		return d.giveBack(ctx, tx, g.count)
	case g.n < wrongAlarm:
		return nil
	}
	first, err := tx.Exec(ctx, countOnce, countWrongAlarm, by.Staff.ID, d.today(tx.Now))
	if err != nil || first == 0 {
		return err
	}
	err = audit.Append(ctx, tx, audit.Event{Actor: by.step("").actor, Action: audit.LimitHit, Object: by.Staff.ID, Result: "alarm",
		Detail: map[string]string{"limit": "wrong.agent.day"}})
	if err != nil {
		return err
	}
	return d.accounts.TellSupervisorsOf(ctx, tx, by.Staff.Agency, "Banyak NIP dicoba dalam pencarian",
		fmt.Sprintf("%s mencocokkan %d data yang keliru hari ini, terakhir lewat pencarian NIP.\nPada %d, pencarian NIP berhenti sampai besok.",
			by.Staff.Name, g.n, wrongPerAgent))
}
