package accounts

import (
	"context"
	"errors"
	"fmt"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// Errors of setting up operators.
var (
	// ErrOperatorForm says what is wrong with an operator's data.
	ErrOperatorForm = errors.New("accounts: operator data")
	// ErrOperatorExists says that the unit has this operator already.
	ErrOperatorExists = errors.New("accounts: the unit has this operator")
	// ErrNoOperator says that the unit has no such operator.
	ErrNoOperator = errors.New("accounts: no such operator")
)

// Operator is who at a unit hears of each first activation there, because he
// knows who is new (impostor 15). He has no account here. Agency may be ""
// for the one of the settings; the unit is spelled as in the roster.
type Operator struct {
	Agency string
	Unit   string
	Email  secret.Email
}

// Operators lists all, by agency and unit.
func (a *Accounts) Operators(ctx context.Context) (all []Operator, err error) {
	err = a.db.Read(ctx, func(tx *db.Tx) error {
		all, err = db.All(ctx, tx, scanOperator, selectOperators)
		return err
	})
	return all, err
}

// AddOperator is for the console; supervisors and the operator are mailed of
// it. ErrOperatorForm, ErrOperatorExists.
func (a *Accounts) AddOperator(ctx context.Context, o Operator, by audit.Actor) error {
	if err := o.complete(a.agency); err != nil {
		return err
	}
	return a.changeOperator(ctx, func(tx *db.Tx) error {
		if err := knownUnit(ctx, tx, o); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, insertOperator, o.Agency, o.Unit, o.Email, tx.Now)
		if err == nil && n == 0 {
			err = ErrOperatorExists
		}
		if err != nil {
			return err
		}
		return a.reportOperator(ctx, tx, audit.OperatorAdded, o, by, "Sekarang menerima kabar aktivasi unit ini.")
	})
}

// RemoveOperator ends what AddOperator began. ErrOperatorForm, ErrNoOperator.
func (a *Accounts) RemoveOperator(ctx context.Context, o Operator, by audit.Actor) error {
	if err := o.complete(a.agency); err != nil {
		return err
	}
	return a.changeOperator(ctx, func(tx *db.Tx) error {
		err := tx.One(ctx, deleteOperator, o.Agency, o.Unit, o.Email)
		if errors.Is(err, db.ErrConflict) {
			return ErrNoOperator
		}
		if err != nil {
			return err
		}
		return a.reportOperator(ctx, tx, audit.OperatorRemoved, o, by, "Tidak lagi menerima kabar aktivasi unit ini.")
	})
}

func (a *Accounts) changeOperator(ctx context.Context, change func(*db.Tx) error) error {
	if err := a.db.Write(ctx, change); err != nil {
		return fmt.Errorf("accounts: operator: %w", err)
	}
	return nil
}

func (o *Operator) complete(agency string) error {
	email, ok := ParseEmail(string(o.Email))
	if !ok {
		return fmt.Errorf("%w: the email is not an address", ErrOperatorForm)
	}
	o.Email, o.Agency, o.Unit = email, oneLine(o.Agency), oneLine(o.Unit)
	if o.Agency == "" {
		o.Agency = agency
	}
	if o.Agency == "" || o.Unit == "" {
		return fmt.Errorf("%w: agency and unit must not be empty", ErrOperatorForm)
	}
	return nil
}

// knownUnit refuses a unit that nobody of the roster is in: a slip there
// would go unseen until the day on which the notice is missed.
func knownUnit(ctx context.Context, tx *db.Tx, o Operator) error {
	var known bool
	err := tx.Row(ctx, selectUnitKnown, o.Agency, o.Unit).Scan(&known)
	if err == nil && !known {
		err = fmt.Errorf("%w: the roster has nobody in unit %q of %q", ErrOperatorForm, o.Unit, o.Agency)
	}
	return err
}
