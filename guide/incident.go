package guide

import (
	"context"
	"errors"

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
	// ErrIncidentLength: too short or too long.
	ErrIncidentLength = errors.New("guide: length of an announcement")
	// ErrIncidentLetters: others than those of the keyboard.
	ErrIncidentLetters = errors.New("guide: letters of an announcement")
	// ErrIncidentLeads: names an address, a number to call or another service
	// (impostor 24).
	ErrIncidentLeads = errors.New("guide: an announcement leads somewhere")
	// ErrIncidentTime: ends before it begins, is over, or runs too long.
	ErrIncidentTime = errors.New("guide: time of an announcement")
	// ErrIncidentAgency: the start page belongs to another agency.
	ErrIncidentAgency = errors.New("guide: not this agency's start page")
	// ErrIncidentMany: he has proposed so many already that nobody would find
	// the others.
	ErrIncidentMany = errors.New("guide: too many proposals of one person")
	// ErrIncidentFull: so many run at that time already that one would hide
	// another.
	ErrIncidentFull = errors.New("guide: too many announcements at a time")
	// ErrIncidentNew: an approver confirms after his 72 hours (impostor 17).
	ErrIncidentNew = errors.New("guide: approver too new")
	// ErrIncidentBrowser: proposed on this very device (impostor 17).
	ErrIncidentBrowser = errors.New("guide: proposed in this browser")
)

// The bounds of an announcement. One that never ends is never read.
const (
	incidentLeast = 10  // characters
	incidentMost  = 300 // characters
	incidentLong  = 7 * day
	incidentAhead = 14 * day
	incidentsOpen = 5 // proposals of one person
	incidentsLive = 3 // at the same time
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
	EndedBy       string  // staff id
	EndedName     string

	agency, browser string
}

// Hand is the member of staff who acts, from which browser (the hash of its
// long-lived cookie).
type Hand struct {
	accounts.Staff
	Browser string
	Actor   audit.Actor
}

// Running tells whether it is shown at now.
func (i Incident) Running(now db.Time) bool {
	return i.ConfirmedAt > 0 && i.EndedAt == 0 && i.Starts <= now && now < i.Ends
}

// Over tells whether it can no longer be shown.
func (i Incident) Over(now db.Time) bool { return i.EndedAt > 0 || now >= i.Ends }

// TakenBack tells that its proposer ended it before anybody confirmed it.
func (i Incident) TakenBack() bool { return i.ConfirmedAt == 0 && i.EndedBy == i.ProposedBy }

// Announcement is what is proposed.
type Announcement struct {
	Text         string
	Starts, Ends db.Time
}

func (a Announcement) timely(now db.Time) bool {
	return a.Starts < a.Ends && now < a.Ends && a.Ends.Sub(a.Starts) <= incidentLong && a.Starts.Sub(now) <= incidentAhead
}

// Incidents lists the announcements of his agency: all that are not over,
// those that were confirmed first, so that nobody can bury one, and the last
// ones that are.
func (g *Guide) Incidents(ctx context.Context, by accounts.Staff) (all []Incident, err error) {
	err = g.db.Read(ctx, func(tx *db.Tx) error {
		open, err := db.All(ctx, tx, scanIncident, selectOpenIncidents, by.Agency, tx.Now)
		if err != nil {
			return err
		}
		past, err := db.All(ctx, tx, scanIncident, selectPastIncidents, by.Agency, tx.Now)
		all = append(open, past...)
		return err
	})
	return all, err
}

// Awaiting counts the proposals of others that somebody of his agency may
// confirm or refuse.
func (g *Guide) Awaiting(ctx context.Context, by accounts.Staff) (n int, err error) {
	err = g.db.ReadOne(ctx, func(tx *db.Tx) error {
		return tx.Row(ctx, countAwaiting, by.Agency, by.ID, tx.Now).Scan(&n)
	})
	return n, err
}

// Running lists what is announced now, for everybody. Every view of the start
// page asks, so that it is kept for a moment: one that begins by the clock
// shows up to two seconds late.
func (g *Guide) Running(ctx context.Context) ([]Incident, error) {
	kept, err := g.running.Read(ctx, g.db, "incidents", func(tx *db.Tx) ([]Incident, error) {
		return db.All(ctx, tx, scanIncident, selectRunning, g.agency, tx.Now)
	})
	now, running := g.db.Now(), []Incident(nil)
	for _, i := range kept {
		if i.Running(now) {
			running = append(running, i)
		}
	}
	return running, err
}
