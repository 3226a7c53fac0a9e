package tickets

import (
	"context"
	"fmt"
	"slices"

	"pulih/db"
)

// allowed asks the gate about each verb that staff might do now.
func (d *Desk) allowed(ctx context.Context, tx *db.Tx, by By, r record) (map[Verb]string, error) {
	allowed := map[Verb]string{}
	for _, line := range table {
		s := by.step(line.Verb)
		possible := slices.Contains(line.From, r.State) && line.fits(r.Kind) &&
			slices.ContainsFunc(line.Who, func(w who) bool { return slices.Contains(s.who, w) })
		if !possible || r.State == None {
			continue
		}
		copied := r
		_, err := d.gate(ctx, tx, &copied, s)
		if err != nil && Why(err) == "" {
			return nil, fmt.Errorf("tickets: allowed: %w", err)
		}
		allowed[line.Verb] = Why(err)
	}
	return allowed, nil
}
