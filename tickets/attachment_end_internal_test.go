package tickets

import "context"

// PruneAround prunes while something happens between reading and deleting.
func PruneAround(ctx context.Context, d *Desk, meanwhile func()) error {
	overdue, err := d.overdue(ctx)
	meanwhile()
	for _, e := range overdue {
		if err := d.endOverdue(ctx, e); err != nil {
			return err
		}
	}
	return err
}
