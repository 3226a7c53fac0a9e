package main

import (
	"context"

	"pulih/accounts"
	"pulih/secret"
)

// operatorCmd sets up who at a unit hears of first activations there. Every
// change is mailed to the supervisors and to the operator.
type operatorCmd struct {
	Add    operatorAddCmd    `cmd:"" help:"Let an address hear of each first activation in a unit."`
	List   operatorListCmd   `cmd:"" help:"List all operators."`
	Remove operatorRemoveCmd `cmd:"" help:"Let an address hear of them no more."`
}

type (
	operatorFlags struct {
		consoleFlags
		Unit   string `required:"" env:"-" help:"The unit, spelled as in the roster."`
		Email  string `required:"" env:"-" help:"Whose mailbox."`
		Office string `env:"-" placeholder:"NAME" help:"The unit's agency; the one of the settings when left out."`
		screen
	}
	operatorAddCmd    struct{ operatorFlags }
	operatorRemoveCmd struct{ operatorFlags }
	operatorListCmd   struct {
		consoleFlags
		screen
	}
)

func (f operatorFlags) operator() accounts.Operator {
	return accounts.Operator{Agency: f.Office, Unit: f.Unit, Email: secret.Email(f.Email)}
}

// Run enters an operator.
func (c *operatorAddCmd) Run(ctx context.Context) error {
	return c.within(ctx, func(d directory) error {
		if err := d.AddOperator(ctx, c.operator(), d.by); err != nil {
			return err
		}
		return c.say("Operator dicatat. Penyelia dan alamat itu dikabari.")
	})
}

// Run removes an operator.
func (c *operatorRemoveCmd) Run(ctx context.Context) error {
	return c.within(ctx, func(d directory) error {
		if err := d.RemoveOperator(ctx, c.operator(), d.by); err != nil {
			return err
		}
		return c.say("Operator dihapus. Penyelia dan alamat itu dikabari.")
	})
}

// Run lists all operators.
func (c *operatorListCmd) Run(ctx context.Context) error {
	return c.within(ctx, func(d directory) error {
		all, err := d.Operators(ctx)
		if err != nil {
			return err
		}
		for _, o := range all {
			if err := c.say("%-30s  %-30s  %s", o.Agency, o.Unit, string(o.Email)); err != nil {
				return err
			}
		}
		return nil
	})
}
