package accounts

import (
	"context"
	"errors"
	"slices"

	"pulih/db"
)

// Stays tells whether a member of staff is still who he was when something
// long began for him: signed in, and with the same roles and units (ST-07).
// ErrNoSession.
func (a *Accounts) Stays(ctx context.Context, tx *db.Tx, s Staff) error {
	m, err := scanMember(tx.Row(ctx, selectStaffOfSession, s.ID, s.Session))
	if errors.Is(err, db.ErrNotFound) || err == nil && !m.same(s) {
		return ErrNoSession
	}
	return err
}

func (m Member) same(s Staff) bool {
	return m.Agency == s.Agency && slices.Equal(m.Roles, s.Roles) && slices.Equal(m.Units, s.Units)
}
