package accounts

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"reflect"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// Errors of an import. A file that cannot be read is a *RosterError.
var (
	// ErrBrake says that the plan changes so much that somebody has to type
	// the number first.
	ErrBrake = errors.New("accounts: import stopped by a brake")
	// ErrPlanOld says that the roster changed since the plan was made.
	ErrPlanOld = errors.New("accounts: the roster changed since the dry run")
)

// EffectKind is what an import does to one person.
type EffectKind string

// The kinds of change, in the order of the report.
const (
	Added       EffectKind = "added"
	Changed     EffectKind = "changed"
	Proposed    EffectKind = "proposed"    // an activated account's address, which an import never changes (impostor 7)
	Deactivated EffectKind = "deactivated" // gone from the file, or no longer active in it
	Refused     EffectKind = "refused"     // the line is not imported
	Noted       EffectKind = "noted"       // imported, but worth a look
)

// Effect is one line of the report. Line is 0 for who is absent from the file.
// Why and Fix tell of a refusal, a note or a deactivation.
type Effect struct {
	Kind     EffectKind
	Line     int
	Person   string
	NIP      secret.NIP
	Name     string
	Fields   []FieldChange
	Why, Fix string

	to     entry
	agency string // whose brake counts it
}

// FieldChange is a column that changes. From and To are empty for addresses
// and phone numbers: what is on file is not printed.
type FieldChange struct {
	Column   Column
	From, To string

	value    string // of an address or number
	replaces bool   // there was one before
}

// Plan is what an import would do.
type Plan struct {
	Columns  map[Column]string // what is read from which column of the file
	Unused   []string          // columns of the file that are not read
	Agencies []AgencyPlan
	Changes  []Effect
	Brakes   []Brake
	Withheld bool // nobody is deactivated for absence: a line without a readable NIP may be his
	Same     int  // lines that change nothing
	Skipped  int  // lines of people who are not active, and whom we do not know

	sheet  sheet
	known  book
	digest string
}

// AgencyPlan is one agency that appears in the file. First means that nobody
// of it is known yet, so that what it says counts as long on file.
type AgencyPlan struct {
	Name   string
	First  bool
	Active int // people active before the import
}

// Count says how many changes of a kind there are.
func (p Plan) Count(kind EffectKind) int {
	n := 0
	for _, c := range p.Changes {
		if c.Kind == kind {
			n++
		}
	}
	return n
}

// Writes tells whether applying the plan would change a row.
func (p Plan) Writes() bool {
	return p.Count(Added)+p.Count(Changed)+p.Count(Proposed)+p.Count(Deactivated) > 0
}

// PlanImport reads a roster and says, line by line, what it would change. It
// writes nothing. A file that cannot be told for certain is a *RosterError.
func (a *Accounts) PlanImport(ctx context.Context, file io.Reader) (Plan, error) {
	raw, err := io.ReadAll(io.LimitReader(file, maxRoster+1))
	if err != nil {
		return Plan{}, fmt.Errorf("accounts: import: %w", err)
	}
	sheet, err := readSheet(raw)
	if err != nil {
		return Plan{}, err
	}
	sum := sha256.Sum256(raw)
	var plan Plan
	err = a.db.Read(ctx, func(tx *db.Tx) error {
		plan, err = a.plan(ctx, tx, sheet)
		return err
	})
	plan.digest = hex.EncodeToString(sum[:])
	return plan, err
}

// ApplyImport does what the plan says, all of it or nothing. released holds
// the number that somebody typed for each brake. The plan is made again
// inside the transaction; if that differs, it is ErrPlanOld, and the dry run
// that somebody read is not what would happen.
func (a *Accounts) ApplyImport(ctx context.Context, plan Plan, released map[BrakeName]int, by audit.Actor) error {
	if err := plan.held(released); err != nil {
		return err
	}
	if !plan.Writes() {
		return nil
	}
	return a.db.Write(ctx, func(tx *db.Tx) error {
		again, err := a.plan(ctx, tx, plan.sheet)
		if err != nil {
			return err
		}
		if !reflect.DeepEqual(again.Changes, plan.Changes) {
			return ErrPlanOld
		}
		return imports{a, tx, by}.apply(ctx, again, plan.digest)
	})
}
