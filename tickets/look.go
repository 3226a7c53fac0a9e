package tickets

import (
	"context"
	"slices"

	"pulih/audit"
	"pulih/db"
	"pulih/guide"
)

// EventLine is a line of a ticket's history as staff see it.
type EventLine struct {
	At         db.Time
	Verb       Verb
	From, To   State
	Text       string // Indonesian
	Author     string // "" for the person and the clock
	AuthorKind audit.Kind
	Note       string

	author, browser string
	cycle           int64
}

// File is a ticket as staff see it. Until the check it holds nothing of the
// record: no address, no phone, no birth date, no whole NIP (impostor 22).
// Allowed holds the verbs that the table knows for its state and his role:
// "" when he may, else why not.
type File struct {
	Ticket
	Messages []Message
	Events   []EventLine
	Proofs   []Proof
	Files    []Attachment // ended ones too
	Allowed  map[Verb]string
	Missing  []string // what the evidence still lacks; Indonesian
	// Facts come from the troubleshooter and the person's own devices: advice,
	// and never evidence of who he is (clock.md §4.6).
	Facts guide.Learned
	Flags []string
	// Earlier are other requests with the same NIP, newest first.
	Earlier []Earlier
	Twins   []string // the numbers of those it can be merged into
	Promise Promise  // until when the person is told that it is done
	Zone    db.Zone  // of its agency's calendar
}

// Spent tells whether a document of this kind was wrong as often as it may be.
func (f File) Spent(k ProofKind) bool { return spent(f.Proofs, f.Cycle, k) }

// Look opens a ticket for staff of its agency; that he looked is audited
// (AU-03). Nobody looks at his own (ST-05). ErrNoTicket, ErrOneself.
func (d *Desk) Look(ctx context.Context, by By, number string) (File, error) {
	var f File
	err := d.db.Read(ctx, func(tx *db.Tx) error {
		r, err := d.visible(ctx, tx, by, number)
		if err == nil {
			f, err = d.read(ctx, tx, by, r)
		}
		return err
	})
	if err != nil {
		return File{}, err
	}
	return f, d.looked(ctx, by, f)
}

// Version is the version of a ticket of his agency, for telling whether a
// page is still true. It shows nothing else and is not audited. ErrNoTicket,
// ErrOneself.
func (d *Desk) Version(ctx context.Context, by By, number string) (version int64, err error) {
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		r, err := d.visible(ctx, tx, by, number)
		version = r.Version
		return err
	})
	return version, err
}

// visible is a ticket that he may see: of his agency (ST-04), and not about
// himself (ST-05).
func (d *Desk) visible(ctx context.Context, tx *db.Tx, by By, number string) (record, error) {
	r, err := one(tx.Row(ctx, selectOfAgency, number, by.Staff.Agency, by.units()))
	if err == nil && r.NIP == by.Staff.NIP {
		err = ErrOneself
	}
	return r, err
}

func (d *Desk) looked(ctx context.Context, by By, f File) error {
	return d.db.Write(ctx, func(tx *db.Tx) error {
		if err := present(ctx, tx, by, f.ID); err != nil {
			return err
		}
		s := by.step("")
		return audit.Append(ctx, tx, audit.Event{Actor: s.actor, Action: audit.TicketRead, Person: f.Person, Object: f.ID})
	})
}

func (d *Desk) read(ctx context.Context, tx *db.Tx, by By, r record) (f File, err error) {
	if err = d.showWait(ctx, tx, &r); err != nil {
		return f, err
	}
	f.Ticket = r.forStaff()
	if err = f.readTalk(ctx, tx, &r); err != nil {
		return f, err
	}
	if err = d.readFiles(ctx, tx, &r, &f); err != nil {
		return f, err
	}
	if err = d.readBeside(ctx, tx, by, &r, &f); err != nil {
		return f, err
	}
	if err = d.judgement(ctx, tx, by, &r, &f); err != nil {
		return f, err
	}
	f.Allowed, err = d.allowed(ctx, tx, by, r)
	return f, err
}

// readTalk reads what happened and what was said.
func (f *File) readTalk(ctx context.Context, tx *db.Tx, r *record) (err error) {
	if f.Messages, err = db.All(ctx, tx, scanMessage, selectMessages, r.ID); err != nil {
		return err
	}
	f.Events, err = db.All(ctx, tx, scanEvent, selectEvents, r.ID)
	return err
}

// readFiles reads what was sent and what was proven by it.
func (d *Desk) readFiles(ctx context.Context, tx *db.Tx, r *record, f *File) (err error) {
	if f.Files, err = db.All(ctx, tx, scanAttachment, selectAttachments, r.ID); err != nil {
		return err
	}
	f.Proofs, err = d.shownProofs(ctx, tx, r)
	return err
}

// readBeside reads what bears on the ticket from elsewhere.
func (d *Desk) readBeside(ctx context.Context, tx *db.Tx, by By, r *record, f *File) (err error) {
	if f.Facts, err = d.facts(ctx, tx, r.ID); err != nil {
		return err
	}
	if f.Earlier, err = d.earlier(ctx, tx, by, r); err != nil {
		return err
	}
	if f.Twins, err = d.twins(ctx, tx, by, r); err != nil {
		return err
	}
	if f.Promise, err = d.promise(ctx, tx, r); err != nil {
		return err
	}
	c, err := d.calendarOf(ctx, tx, r.Agency)
	f.Zone = zoneOf(c.Calendar, d.zone)
	return err
}

// judgement fills in flags and what the evidence lacks.
func (d *Desk) judgement(ctx context.Context, tx *db.Tx, by By, r *record, f *File) error {
	if !r.Kind.Changes() && r.Kind != Fraud {
		return nil
	}
	if r.Person == "" {
		f.Flags = []string{ErrSubject.Text}
		return nil
	}
	flags, err := d.flagsOf(ctx, tx, r)
	if err != nil {
		return err
	}
	f.Flags = flags.lines
	if r.Kind.Changes() && (r.State == Open || r.State == Waiting) {
		proofs, err := d.proofs(ctx, tx, r)
		if err != nil {
			return err
		}
		sets, err := d.evidenceSets(ctx, tx, r.Agency)
		f.Missing = weigh(r, proofs, flags.counterOnly, by.Staff.ID, sets).missing
		return err
	}
	return nil
}

// shownProofs leaves out what only counts tries.
func (d *Desk) shownProofs(ctx context.Context, tx *db.Tx, r *record) ([]Proof, error) {
	proofs, err := d.proofs(ctx, tx, r)
	return slices.DeleteFunc(proofs, func(p Proof) bool { return p.Kind.Label() == "" }), err
}

func (d *Desk) events(ctx context.Context, tx *db.Tx, r *record) ([]EventLine, error) {
	return db.All(ctx, tx, scanEvent, selectEvents, r.ID)
}

func scanEvent(row db.Scanner) (e EventLine, err error) {
	err = row.Scan(&e.At, &e.Verb, &e.From, &e.To, &e.cycle, &e.AuthorKind, &e.author, &e.Author, &e.Note, &e.browser)
	if e.Text = verbTexts[e.Verb]; e.Verb == VerbShowFactor {
		e.Text, e.Note = e.Text+": "+e.Note, ""
	}
	return e, err
}
