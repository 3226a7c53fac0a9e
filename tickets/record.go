package tickets

import (
	"context"
	"errors"
	"strings"

	"pulih/db"
	"pulih/secret"
)

// record is a ticket as the database holds it.
type record struct {
	Ticket
	secretHash   []byte
	rank         int64
	factorDevice string
	approval     string // hash of what was approved (impostor 18)
	mails        string // ids of the approval's notices to old addresses
	pass, device string
	told         db.Time
	home         string // his unit in the roster: who may see it (ST-04)
}

// The ranks of the queue.
const (
	rankFraud int64 = iota
	rankCounter
	rankProven
	rankUnproven
)

func (r *record) insert(ctx context.Context, tx *db.Tx) error {
	_, err := tx.Exec(ctx, insertTicket, append(r.values(), r.ID, r.Number, r.Channel, r.Agency, r.ClaimedName, r.ClaimedUnit,
		r.Phone, r.Problem, r.secretHash, r.FiledBy, r.OpenedAt, r.DueAt, r.told, r.Network, r.Cause)...)
	return err
}

// save writes what may change, if the row is still what was read.
func (r *record) save(ctx context.Context, tx *db.Tx, from State, version int64) error {
	return tx.One(ctx, updateTicket, append(r.values(), r.ID, from, version)...)
}

func (r *record) values() []any {
	return []any{r.State, r.Version, r.Cycle, r.Name, r.Unit, r.rank, r.Factor, r.factorDevice, r.Level, r.Basis,
		r.Owner, r.OwnerName, r.OwnedAt, r.StateAt, r.CheckedAt, r.CheckedBy, r.CheckedByName,
		r.ApprovedAt, r.ApprovedBy, r.ApprovedByName, r.approval, r.mails, r.ReadyAt, r.IssuedAt,
		r.pass, r.PassUntil, r.Passes, r.device, r.ClosedAt, r.SolvedBy, r.Reason, r.LastAt, r.LastFrom,
		r.Person, r.NIP, r.Kind, r.MergedInto, r.BKN, r.RemindAt, r.NewEmail, r.home}
}

func scanTicket(row db.Scanner) (record, error) {
	var r record
	err := row.Scan(&r.State, &r.Version, &r.Cycle, &r.Name, &r.Unit, &r.rank, &r.Factor, &r.factorDevice, &r.Level, &r.Basis,
		&r.Owner, &r.OwnerName, &r.OwnedAt, &r.StateAt, &r.CheckedAt, &r.CheckedBy, &r.CheckedByName,
		&r.ApprovedAt, &r.ApprovedBy, &r.ApprovedByName, &r.approval, &r.mails, &r.ReadyAt, &r.IssuedAt,
		&r.pass, &r.PassUntil, &r.Passes, &r.device, &r.ClosedAt, &r.SolvedBy, &r.Reason, &r.LastAt, &r.LastFrom,
		&r.Person, &r.NIP, &r.Kind, &r.MergedInto, &r.BKN, &r.RemindAt, &r.NewEmail, &r.home,
		&r.ID, &r.Number, &r.Channel, &r.Agency, &r.ClaimedName, &r.ClaimedUnit,
		&r.Phone, &r.Problem, &r.secretHash, &r.FiledBy, &r.OpenedAt, &r.DueAt, &r.told, &r.Network, &r.Cause)
	r.Proven = r.rank < rankUnproven
	r.MaskedNIP = maskNIP(r.NIP)
	return r, err
}

// maskNIP keeps the last four: the first eight are the birth date.
func maskNIP(n secret.NIP) string {
	const shown = 4
	text := string(n)
	if len(text) <= shown {
		return text
	}
	return strings.Repeat("•", len(text)-shown) + text[len(text)-shown:]
}

// forStaff is the ticket without what staff may not see before the check
// (impostor 22).
func (r record) forStaff() Ticket {
	t := r.Ticket
	if t.CheckedAt == 0 {
		t.NIP = ""
	}
	return t
}

// forPerson is the ticket as its status page shows it: what was typed, and
// no names of staff.
func (r record) forPerson() Ticket {
	t := r.Ticket
	t.Name, t.Unit, t.NIP, t.Person, t.FiledBy = t.ClaimedName, t.ClaimedUnit, "", "", ""
	t.MergedInto, t.Network = "", "" // whose the other one is, nobody has said
	t.Agency, t.DueAt = "", 0        // nor where he works: see promise
	t.Owner, t.OwnerName, t.CheckedBy, t.CheckedByName, t.ApprovedBy, t.ApprovedByName = "", "", "", "", "", ""
	return t
}

func one(row db.Scanner) (record, error) {
	r, err := scanTicket(row)
	if errors.Is(err, db.ErrNotFound) {
		return r, ErrNoTicket
	}
	return r, err
}
