package guide

import (
	"context"
	"errors"
	"time"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
)

// The refusals of announcements.
var (
	// ErrNoIncident: not there, not of his agency, or already settled.
	ErrNoIncident = errors.New("guide: no such announcement")
	// ErrIncidentOwn: whoever proposed it may not confirm it (impostor 24).
	ErrIncidentOwn = errors.New("guide: proposed by himself")
	// ErrIncidentText: too short, too long, or with a link in it.
	ErrIncidentText = errors.New("guide: text of an announcement")
	// ErrIncidentTime: ends before it begins, is over, or runs too long.
	ErrIncidentTime = errors.New("guide: time of an announcement")
	// ErrIncidentAgency: the start page belongs to another agency.
	ErrIncidentAgency = errors.New("guide: not this agency's start page")
)

// The bounds of an announcement. One that never ends is never read.
const (
	incidentLeast = 10  // characters
	incidentMost  = 300 // characters
	incidentLong  = 7 * day
	incidentAhead = 14 * day
)

// Incident is trouble at the portal, announced so that nobody resets a
// working account.
type Incident struct {
	ID            string
	Text          string
	Starts, Ends  db.Time
	ProposedAt    db.Time
	ProposedBy    string // staff id
	ProposedName  string
	ConfirmedAt   db.Time // 0 until a second person did
	ConfirmedName string
	EndedAt       db.Time // 0 unless somebody ended it
	EndedName     string

	agency string
}

// Running tells whether it is shown at now.
func (i Incident) Running(now db.Time) bool {
	return i.ConfirmedAt > 0 && i.EndedAt == 0 && i.Starts <= now && now < i.Ends
}

// Over tells whether it can no longer be shown.
func (i Incident) Over(now db.Time) bool { return i.EndedAt > 0 || now >= i.Ends }

// Announcement is what is proposed.
type Announcement struct {
	Text         string
	Starts, Ends db.Time
}

// Propose writes an announcement down; nobody outside sees it until a second
// person confirms it. ErrIncidentText, ErrIncidentTime, ErrIncidentAgency.
func (g *Guide) Propose(ctx context.Context, by accounts.Staff, a Announcement, actor audit.Actor) error {
	if by.Agency != g.agency {
		return ErrIncidentAgency
	}
	if a.Text = tidyText(a.Text); !plainText(a.Text) {
		return ErrIncidentText
	}
	return g.db.Write(ctx, func(tx *db.Tx) error {
		if !a.timely(tx.Now) {
			return ErrIncidentTime
		}
		id := db.NewID()
		_, err := tx.Exec(ctx, insertIncident, id, by.Agency, a.Text, a.Starts, a.Ends, tx.Now, by.ID, by.Name)
		if err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.IncidentProposed, Object: id,
			Detail: map[string]string{"text": a.Text, "starts": a.Starts.Time().Format(time.RFC3339), "ends": a.Ends.Time().Format(time.RFC3339)}})
	})
}

func (a Announcement) timely(now db.Time) bool {
	return a.Starts < a.Ends && now < a.Ends && a.Ends.Sub(a.Starts) <= incidentLong && a.Starts.Sub(now) <= incidentAhead
}

// Confirm lets an announcement be shown from its start on; never to the
// person who proposed it. ErrNoIncident, ErrIncidentOwn.
func (g *Guide) Confirm(ctx context.Context, by accounts.Staff, id string, actor audit.Actor) error {
	return g.settle(ctx, by, id, audit.IncidentConfirmed, actor, func(tx *db.Tx, i Incident) error {
		if i.ProposedBy == by.ID {
			return ErrIncidentOwn
		}
		return tx.One(ctx, updateConfirmed, id, tx.Now, by.ID, by.Name)
	})
}

// End takes an announcement away, or a proposal back. One person is enough:
// it lowers nothing. ErrNoIncident.
func (g *Guide) End(ctx context.Context, by accounts.Staff, id string, actor audit.Actor) error {
	return g.settle(ctx, by, id, audit.IncidentEnded, actor, func(tx *db.Tx, _ Incident) error {
		return tx.One(ctx, updateEnded, id, tx.Now, by.ID, by.Name)
	})
}

func (g *Guide) settle(ctx context.Context, by accounts.Staff, id string, what audit.Action, actor audit.Actor, do func(*db.Tx, Incident) error) error {
	err := g.db.Write(ctx, func(tx *db.Tx) error {
		i, err := scanIncident(tx.Row(ctx, selectIncident, id, by.Agency))
		if err != nil {
			return err
		}
		if i.Over(tx.Now) {
			return ErrNoIncident
		}
		if err := do(tx, i); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: what, Object: id})
	})
	if errors.Is(err, db.ErrNotFound) || errors.Is(err, db.ErrConflict) {
		return ErrNoIncident // settled by somebody else meanwhile
	}
	return err
}

// Incidents lists the announcements of his agency that are not over, and the
// last ones that are, newest first.
func (g *Guide) Incidents(ctx context.Context, by accounts.Staff) (all []Incident, err error) {
	err = g.db.Read(ctx, func(tx *db.Tx) error {
		all, err = db.All(ctx, tx, scanIncident, selectIncidents, by.Agency)
		return err
	})
	return all, err
}

// Running lists what is announced now, for everybody.
func (g *Guide) Running(ctx context.Context) (all []Incident, err error) {
	err = g.db.Read(ctx, func(tx *db.Tx) error {
		all, err = db.All(ctx, tx, scanIncident, selectRunning, g.agency, tx.Now)
		return err
	})
	return all, err
}
