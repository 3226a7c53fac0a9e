package tickets_test

import (
	"pulih/audit"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// purge does what the clock does.
func purge(w *ticketstest.World) error {
	return audit.Purge(w.Context(), w.DB, tickets.Rules(), audit.Actor{Kind: audit.Clock})
}
