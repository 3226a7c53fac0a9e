package accounts

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"pulih/audit"
	"pulih/db"
)

// EachAffected hands over whom an incident concerns, of the incident's agency
// and, where units are named, of those (PR-05, ST-04).
func (a *Accounts) EachAffected(ctx context.Context, i audit.Incident, units []string, do func(Person, audit.Affected) error) error {
	err := i.Each(ctx, a.db, func(touched audit.Affected) error {
		var p Person
		err := a.db.Read(ctx, func(tx *db.Tx) (err error) {
			p, err = a.Person(ctx, tx, touched.Person)
			return err
		})
		switch {
		case errors.Is(err, ErrNoPerson):
			return nil
		case err != nil:
			return err
		case p.Agency != i.Agency || len(units) > 0 && !slices.Contains(units, p.Unit):
			return nil
		}
		return do(p, touched)
	})
	if err != nil {
		return fmt.Errorf("accounts: incident: %w", err)
	}
	return nil
}

// CountAffected is how many EachAffected would hand over.
func (a *Accounts) CountAffected(ctx context.Context, i audit.Incident, units []string) (n int, err error) {
	err = a.EachAffected(ctx, i, units, func(Person, audit.Affected) error { n++; return nil })
	return n, err
}

// NoteIncident writes down that a list of so many people leaves Pulih, before
// it does, and uses up the fresh OTP of a session (SE-07). ErrNoProof.
func (a *Accounts) NoteIncident(ctx context.Context, i audit.Incident, people int, session string, by audit.Actor) error {
	return a.db.Write(ctx, func(tx *db.Tx) error {
		if err := a.SpendProof(ctx, tx, session); err != nil {
			return err
		}
		return noteIncident(ctx, tx, i, people, by)
	})
}

// NoteIncidentOnConsole is the same for whoever is at the machine: the
// supervisors hear of it (impostor 17).
func (a *Accounts) NoteIncidentOnConsole(ctx context.Context, i audit.Incident, people int, by audit.Actor) error {
	return a.db.Write(ctx, func(tx *db.Tx) error {
		if err := noteIncident(ctx, tx, i, people, by); err != nil {
			return err
		}
		text := fmt.Sprintf("Daftar %d orang terdampak insiden dicetak di konsol (%s).\nPeriode: %s sampai %s.\n%s", people, i.Agency,
			i.From.Exact(a.site().Zone), i.Until.Exact(a.site().Zone), byWhom(by))
		return a.TellSupervisorsOf(ctx, tx, i.Agency, "Daftar insiden diekspor", text)
	})
}

func noteIncident(ctx context.Context, tx *db.Tx, i audit.Incident, people int, by audit.Actor) error {
	detail := map[string]string{"people": strconv.Itoa(people), "actor": i.Actor, "action": string(i.Action), "network": i.Network, "agency": i.Agency,
		"from": i.From.Time().Format(time.RFC3339), "until": i.Until.Time().Format(time.RFC3339)}
	return audit.Append(ctx, tx, audit.Event{Actor: by, Action: audit.IncidentExported, Detail: detail})
}
