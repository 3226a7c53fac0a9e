package tickets

import (
	"context"
	"slices"

	"pulih/accounts"
	"pulih/db"
	"pulih/secret"
)

// Moment is a line of the timeline.
type Moment struct {
	At   db.Time
	Text string
}

// Need is what the person has to do next.
type Need string

// The needs.
const (
	NeedFactor   Need = "factor"   // show the password or another device's code
	NeedCallCode Need = "callcode" // type the code heard on the call
	NeedReply    Need = "reply"
	NeedPass     Need = "pass"    // take the pass
	NeedEnrol    Need = "enrol"   // a pass is out: go on at /daftar-mfa
	NeedEmail    Need = "email"   // name the address to which it is to change
	NeedChange   Need = "change"  // type the code that was mailed there
	NeedCounter  Need = "counter" // come to the counter with the originals
)

// Status is what the person sees of his ticket.
type Status struct {
	Ticket
	Timeline    []Moment
	Messages    []Message
	Files       []Attachment // still kept
	CanWrite    bool
	CanRate     bool
	CanSurvey   bool
	CanAttach   bool
	CanDetach   bool
	DetachVoids bool // taking a file back takes the check back too
	Needs       []Need
	PassFactor  bool // taking the pass asks for the remaining factor
	CanWithdraw bool
	CanReopen   bool
	Promise     Promise // until when it is to be done, as far as he may know
	Ends        db.Time // when time alone ends this state; 0: it does not
}

// Follow shows a ticket to who holds its receipt. ErrNoTicket for every
// wrong pair.
func (d *Desk) Follow(ctx context.Context, number string, s secret.Code) (Status, error) {
	var status Status
	err := d.db.Read(ctx, func(tx *db.Tx) error {
		r, err := d.byReceipt(ctx, tx, number, s)
		if err != nil {
			return err
		}
		status, err = d.status(ctx, tx, &r)
		return err
	})
	return status, err
}

func (d *Desk) status(ctx context.Context, tx *db.Tx, r *record) (s Status, err error) {
	if err = d.showWait(ctx, tx, r); err != nil {
		return s, err
	}
	s = Status{Ticket: r.forPerson(), CanWithdraw: r.State.Live(), PassFactor: r.Basis == accounts.ByFactor, Ends: d.ends(r)}
	if s.Promise, err = d.promise(ctx, tx, r); err != nil {
		return s, err
	}
	if err := s.showTalk(ctx, tx, r); err != nil {
		return s, err
	}
	if err := s.showFiles(ctx, tx, r); err != nil {
		return s, err
	}
	if err := s.opinion(ctx, tx, r); err != nil {
		return s, err
	}
	proofs, err := d.proofs(ctx, tx, r)
	if err != nil {
		return s, err
	}
	s.Needs = needs(r, proofs, tx.Now)
	s.CanReopen, err = d.canReopen(ctx, tx, r)
	return s, err
}

// showTalk tells what happened, and what both sides wrote.
func (s *Status) showTalk(ctx context.Context, tx *db.Tx, r *record) error {
	events, err := db.All(ctx, tx, scanEvent, selectEvents, r.ID)
	if err != nil {
		return err
	}
	messages, err := db.All(ctx, tx, scanMessage, selectMessages, r.ID)
	if err != nil {
		return err
	}
	s.Timeline, s.Messages = timeline(events), forPerson(messages)
	n, err := writtenInARow(ctx, tx, r)
	_, open := find(r.State, VerbReply)
	s.CanWrite = open && n < inARow
	return err
}

// showFiles lists what the person sent and what he may do with it.
func (s *Status) showFiles(ctx context.Context, tx *db.Tx, r *record) error {
	files, err := db.All(ctx, tx, scanAttachment, selectAttachments, r.ID)
	s.Files = slices.DeleteFunc(files, func(a Attachment) bool { return a.Ended != 0 })
	_, s.CanAttach = find(r.State, VerbAttach)
	s.CanAttach = s.CanAttach && len(s.Files) < maxAttachments
	detach, known := find(r.State, VerbDetach)
	s.CanDetach, s.DetachVoids = known, detach.To == Open
	return err
}

// forPerson leaves notes out, and the names of staff: they are what the next
// caller would use.
func forPerson(all []Message) []Message {
	var shown []Message
	for _, m := range all {
		if m.From != NoteSide {
			m.Author = ""
			shown = append(shown, m)
		}
	}
	return shown
}

func timeline(events []EventLine) []Moment {
	var moments []Moment
	for _, e := range events {
		text := personTexts[e.Verb]
		if e.Verb == VerbExpire && e.To == Open {
			text = "Persetujuan kedaluwarsa. Pemeriksaan diulang."
		}
		if text != "" {
			moments = append(moments, Moment{e.At, text})
		}
	}
	return moments
}

func needs(r *record, proofs []Proof, now db.Time) []Need {
	var n []Need
	add := func(yes bool, need Need) {
		if yes {
			n = append(n, need)
		}
	}
	early := r.State == Open || r.State == Waiting
	add(r.State == Waiting, NeedReply)
	add(early && r.Kind == Email && r.Channel == Remote && r.NewEmail == "", NeedEmail)
	add(early && r.Kind.Changes() && r.Kind != Activation && // who was never in has no factor left
		r.Channel == Remote && r.Factor == accounts.NoFactor, NeedFactor)
	add(slices.ContainsFunc(proofs, func(p Proof) bool { return p.awaitsCode(r, now) }), NeedCallCode)
	add(early && r.Kind.Changes() && r.Channel == Counter && r.FiledBy == "", NeedCounter)
	add(r.State == Ready && r.Channel == Remote && r.Kind == Email, NeedChange)
	add(r.State == Ready && r.Channel == Remote && r.Kind != Email, NeedPass)
	add(r.State == Issued, NeedEnrol)
	return n
}
