package guide

import (
	"context"
	"errors"
	"time"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
)

// Propose writes an announcement down; nobody outside sees it until a second
// person confirms it. ErrIncidentLength, ErrIncidentLetters, ErrIncidentLeads,
// ErrIncidentTime, ErrIncidentAgency, ErrIncidentMany.
func (g *Guide) Propose(ctx context.Context, by Hand, a Announcement) error {
	if by.Agency != g.agency {
		return ErrIncidentAgency
	}
	if by.Browser == "" { // it could not be told from the one that confirms
		return ErrIncidentBrowser
	}
	a.Text = tidyText(a.Text)
	if err := checkText(a.Text); err != nil {
		return err
	}
	return g.db.Write(ctx, func(tx *db.Tx) error {
		if !a.timely(tx.Now) {
			return ErrIncidentTime
		}
		if err := atMost(ctx, tx, incidentsOpen-1, ErrIncidentMany, countProposals, by.ID, tx.Now); err != nil {
			return err
		}
		id := db.NewID()
		_, err := tx.Exec(ctx, insertIncident, id, by.Agency, a.Text, a.Starts, a.Ends, tx.Now, by.ID, by.Name, by.Browser)
		if err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Event{Actor: by.Actor, Action: audit.IncidentProposed, Object: id,
			Detail: map[string]string{"text": a.Text, "starts": a.Starts.Time().Format(time.RFC3339), "ends": a.Ends.Time().Format(time.RFC3339)}})
	})
}

func atMost(ctx context.Context, tx *db.Tx, most int, otherwise error, count string, args ...any) error {
	var n int
	if err := tx.Row(ctx, count, args...).Scan(&n); err != nil {
		return err
	}
	if n > most {
		return otherwise
	}
	return nil
}

// Confirm lets an announcement be shown from its start on: a second person on
// a second device, an approver only after his 72 hours (impostor 17, 24).
// ErrNoIncident, ErrIncidentOwn, ErrIncidentBrowser, ErrIncidentNew,
// ErrIncidentFull.
func (g *Guide) Confirm(ctx context.Context, by Hand, id string) error {
	return g.settle(ctx, by, id, audit.IncidentConfirmed, func(tx *db.Tx, i Incident) error {
		if err := by.mayConfirm(i, tx.Now); err != nil {
			return err
		}
		if err := atMost(ctx, tx, incidentsLive-1, ErrIncidentFull, countOverlapping, g.agency, i.Starts, i.Ends); err != nil {
			return err
		}
		return tx.One(ctx, updateConfirmed, id, tx.Now, by.ID, by.Name)
	})
}

func (h Hand) mayConfirm(i Incident, now db.Time) error {
	switch {
	case i.ProposedBy == h.ID:
		return ErrIncidentOwn
	case h.Browser == "" || i.browser == h.Browser:
		return ErrIncidentBrowser
	case !h.Has(accounts.Supervisor) && (h.ApprovesFrom == 0 || h.ApprovesFrom > now):
		return ErrIncidentNew
	}
	return nil
}

// End takes an announcement away, a proposal back, or refuses another's. One person is enough:
// it lowers nothing. ErrNoIncident.
func (g *Guide) End(ctx context.Context, by Hand, id string) error {
	return g.settle(ctx, by, id, audit.IncidentEnded, func(tx *db.Tx, _ Incident) error {
		return tx.One(ctx, updateEnded, id, tx.Now, by.ID, by.Name)
	})
}

func (g *Guide) settle(ctx context.Context, by Hand, id string, what audit.Action, do func(*db.Tx, Incident) error) error {
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
		tx.Changed("incidents")
		return audit.Append(ctx, tx, audit.Event{Actor: by.Actor, Action: what, Object: id})
	})
	if errors.Is(err, db.ErrNotFound) || errors.Is(err, db.ErrConflict) {
		return ErrNoIncident // settled by somebody else meanwhile
	}
	return err
}
