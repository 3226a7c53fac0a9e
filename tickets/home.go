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
	return "|" + strings.Join(b.Staff.Units, "|") + "|"
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
	_, err = tx.Exec(ctx, updateHome, p.ID, who.Unit)
	return err
}
