package accounts

import (
	"errors"
	"maps"
	"slices"

	"pulih/audit"
	"pulih/mail"
)

// settle freezes whom it must, and tells the operator of everybody.
func (r *restoring) settle() error {
	for _, id := range slices.Sorted(maps.Keys(r.people)) {
		if err := r.settlePerson(id, *r.people[id]); err != nil {
			return err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(r.staff)) {
		if err := r.settleStaff(id, *r.staff[id]); err != nil {
			return err
		}
	}
	return nil
}

// settlePerson leaves out who came after the backup: he has no account here.
func (r *restoring) settlePerson(id string, c change) error {
	p, err := r.Person(r.ctx, r.tx, id)
	if err != nil {
		return ignoreNobody(err)
	}
	if c.moved { // the mailbox on file was given up: it is no evidence
		if err := r.exec(youngEmail, id, r.tx.Now); err != nil {
			return err
		}
	}
	if !c.frozen {
		r.done.Told = append(r.done.Told, Touched{p.NIP, c.why})
		return nil
	}
	r.done.Frozen = append(r.done.Frozen, Touched{p.NIP, c.why})
	return r.freezePerson(p, slices.Contains(c.why, audit.Activated))
}

// freezePerson tells who has signed in before; of who never did there is
// nothing to tell.
func (r *restoring) freezePerson(p Person, activated bool) error {
	acc, err := r.Account(r.ctx, r.tx, p.ID)
	if err != nil {
		return err
	}
	if err := r.exec(freezeAccount, p.ID, r.tx.Now); err != nil {
		return err
	}
	if acc.ActivatedAt != 0 || activated {
		if _, err := r.Notify(r.ctx, r.tx, p, Notification{What: mail.AccountFrozen}); err != nil {
			return err
		}
	}
	return audit.Append(r.ctx, r.tx, audit.Event{Actor: r.by, Action: audit.Frozen, Person: p.ID,
		Detail: map[string]string{"because": string(audit.DataRestored)}})
}

// settleStaff takes password and authenticator of whoever has others since:
// the console gives him new ones (pulih staff reset-mfa).
func (r *restoring) settleStaff(id string, c change) error {
	m, err := r.staffMember(r.ctx, r.tx, selectStaffByID, id)
	if err != nil {
		return ignoreNobody(err)
	}
	r.done.Staff = append(r.done.Staff, Touched{m.NIP, c.why})
	if !c.frozen {
		return nil
	}
	if err := r.exec(lockOutStaff, id, []byte{}); err != nil {
		return err
	}
	return audit.Append(r.ctx, r.tx, audit.Event{Actor: r.by, Action: audit.StaffReset, Object: id,
		Detail: map[string]string{"because": string(audit.DataRestored), "roles": joinRoles(m.Roles)}})
}

// ignoreNobody is for events of who is not in the database that was restored.
func ignoreNobody(err error) error {
	if errors.Is(err, ErrNoPerson) || errors.Is(err, ErrNoStaff) {
		return nil
	}
	return err
}
