package accounts

import (
	"context"
	"fmt"
	"time"

	"pulih/db"
)

// Prune counts the flows that are over, and deletes what no rule asks for any
// more: those flows, counters
// whose window is over, links that expired, and what was proposed a quarter
// ago, with the names in it: the audit log keeps that it was. The app runs it now and then.
func (a *Accounts) Prune(ctx context.Context) error {
	const day = 24 * time.Hour
	if err := a.countFlows(ctx); err != nil {
		return fmt.Errorf("accounts: count flows: %w", err)
	}
	err := a.db.Write(ctx, func(tx *db.Tx) error {
		for _, old := range []struct {
			statement string
			after     time.Duration
		}{{pruneResets, day}, {pruneEnrolments, day}, {pruneCounters, 2 * day}, {pruneNotices, attemptsAdd}, {pruneWaits, attemptsAdd}, {pruneSessions, 180 * day}, {pruneProposals, 90 * day}} {
			if _, err := tx.Exec(ctx, old.statement, tx.Now.Add(-old.after)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("accounts: prune: %w", err)
	}
	return nil
}
