package mail

import "context"

// Deliver tries what is due now and returns, for whoever has no use for a
// worker that runs on: the demo, while it makes its past.
func (o *Outbox) Deliver(ctx context.Context, relay Relay) error {
	return (&worker{Outbox: o, relay: relay}).deliver(ctx)
}
