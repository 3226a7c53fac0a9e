package accounts

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"pulih/db"
)

// ErrUnit says that nobody of the roster is in a unit: a slip would hide
// every request from whoever is bound to it.
var ErrUnit = errors.New("accounts: no such unit")

// joinUnits and splitUnits are how the column holds them.
func joinUnits(units []string) string { return strings.Join(units, "\n") }

func splitUnits(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}

func joinWords(words []string) string { return strings.Join(words, ", ") }

// tidyUnits drops what is empty or there twice.
func tidyUnits(units []string) (tidy []string) {
	for _, unit := range units {
		if unit = oneLine(unit); unit != "" && !slices.Contains(tidy, unit) {
			tidy = append(tidy, unit)
		}
	}
	return tidy
}

func knownUnits(ctx context.Context, tx *db.Tx, agency string, units []string) error {
	for _, unit := range units {
		var known bool
		if err := tx.Row(ctx, selectUnitKnown, agency, unit).Scan(&known); err != nil {
			return err
		}
		if !known {
			return fmt.Errorf("%w: %q", ErrUnit, unit)
		}
	}
	return nil
}

// Heads are how many people work in each unit of an agency: a large one files
// more requests than a small one.
func (a *Accounts) Heads(ctx context.Context, agency string) (map[string]int, error) {
	heads := map[string]int{}
	err := a.db.Read(ctx, func(tx *db.Tx) error {
		_, err := db.All(ctx, tx, func(row db.Scanner) (none struct{}, err error) {
			var unit string
			var n int
			err = row.Scan(&unit, &n)
			heads[unit] = n
			return none, err
		}, selectHeads, agency)
		return err
	})
	return heads, err
}
