package tickets

import (
	"context"
	"errors"
	"strings"

	"pulih/accounts"
	"pulih/db"
)

// units are the units whose requests he sees, as statements compare them with
// home_unit: "|Dinas A|Dinas B|", and "" for all of his agency (ST-04).
func (b By) units() string {
	if len(b.Staff.Units) == 0 {
		return ""
	}
	return "|" + strings.Join(parted(b.Staff.Units...), "|") + "|"
}

// parted are names of units without what parts them in a statement: somebody
// bound to "Dinas|RSUD" must not see what is RSUD's.
func parted(units ...string) []string {
	plain := make([]string, len(units))
	for i, unit := range units {
		plain[i] = strings.ReplaceAll(unit, "|", "¦")
	}
	return plain
}

// keepHome writes down the unit of a ticket's subject, again when the subject
// is another one. It belongs to move.
func (d *Desk) keepHome(ctx context.Context, tx *db.Tx, p *passage) error {
	if p.from != None && p.verb != VerbIdentify {
		return nil
	}
	who, err := d.accounts.Person(ctx, tx, p.Person) // asked for nobody too: equal work (EN-03)
	if err != nil && !errors.Is(err, accounts.ErrNoPerson) {
		return err
	}
	_, err = tx.Exec(ctx, updateHome, p.ID, parted(who.Unit)[0])
	return err
}
