package accounts

import (
	"errors"
	"slices"
	"strings"

	"pulih/audit"
	"pulih/db"
	"pulih/mail"
)

// change is what happened to one account since the backup.
type change struct {
	frozen bool // it cannot be brought to where it was
	moved  bool // another address is on file since
	why    []audit.Action
}

// note remembers that something happened to somebody, once.
func note(all map[string]*change, id string, what audit.Action) *change {
	c := all[id]
	if c == nil {
		c = &change{}
		all[id] = c
	}
	if !slices.Contains(c.why, what) {
		c.why = append(c.why, what)
	}
	return c
}

// replay takes away again what was taken away since.
func (r *restoring) replay(events []audit.Event) error {
	for _, e := range events {
		if err := r.again(e); err != nil {
			return err
		}
	}
	return nil
}

// again does one of them. What brought a new secret is not in the log, so the
// old one dies with the account's sign-in.
func (r *restoring) again(e audit.Event) error {
	switch e.Action {
	case audit.DeviceEnded:
		return r.endDevice(e)
	case audit.AddressRemoved:
		note(r.people, e.Person, e.Action)
		return r.exec(voidNoticeEmail, e.Object, e.Person, r.tx.Now)
	case audit.BackupMade, audit.BackupUsed:
		note(r.people, e.Person, e.Action)
		return r.exec(endBackupBatch, e.Person)
	case audit.PasswordChanged, audit.ResetFinished, audit.Activated, audit.DeviceAdded, audit.Frozen, audit.EmailChanged:
		c := note(r.people, e.Person, e.Action)
		c.frozen, c.moved = true, c.moved || e.Action == audit.EmailChanged
	case audit.Blocked:
		return r.block(e)
	case audit.Disowned:
		return r.disown(e, e.Detail["what"] == string(mail.EmailChanged))
	case audit.PersonChanged:
		return r.left(e)
	}
	return r.againStaff(e)
}

// block freezes whose remote requests were stopped. What was suspended with
// that stands here and not in the row of "Bukan saya" where an attempt was
// disowned that had come to its end.
func (r *restoring) block(e audit.Event) error {
	undone := strings.Fields(e.Detail[undoneDetail])
	note(r.people, e.Person, e.Action).frozen = true
	return errors.Join(r.exec(blockRemote, e.Person, e.At.Add(remoteBlock)), r.disown(e, slices.Contains(undone, undoneEmail)))
}

// disown stops what "Bukan saya" stopped. Of an address only the one that it
// spoke of: where that came after the backup, the one before is on file.
func (r *restoring) disown(e audit.Event, onFile bool) error {
	c := note(r.people, e.Person, e.Action)
	if onFile && !c.moved {
		if err := r.exec(forgetEmail, e.Person, r.tx.Now); err != nil {
			return err
		}
	}
	return errors.Join(r.exec(suspendDevice, e.Object, e.Person), r.exec(endBackupOf, e.Person, e.Object),
		r.exec(voidNoticeEmail, e.Object, e.Person, r.tx.Now))
}

// endDevice ends one authenticator; where none is named, a hundred wrong codes
// had stopped them all.
func (r *restoring) endDevice(e audit.Event) error {
	note(r.people, e.Person, e.Action)
	if e.Object == "" {
		return r.exec(suspendDevices, e.Person)
	}
	return r.exec(endDeviceOf, e.Object, e.Person, r.tx.Now)
}

// left takes out of the roster whom an import took out.
func (r *restoring) left(e audit.Event) error {
	note(r.people, e.Person, e.Action)
	if e.Detail["active"] != "false" {
		return nil
	}
	return r.exec(leaveRoster, e.Person, r.tx.Now)
}

// againStaff does the same for staff, whom an event has as its object.
func (r *restoring) againStaff(e audit.Event) error {
	if slices.Contains([]audit.Action{audit.StaffDisabled, audit.StaffRoles, audit.StaffUnits}, e.Action) {
		if err := r.withdrawSummary(r.ctx, r.tx, e.Object, r.by); err != nil {
			return err
		}
	}
	switch e.Action {
	case audit.StaffDisabled:
		note(r.staff, e.Object, e.Action)
		return r.exec(disableStaff, e.Object, r.tx.Now, []byte{})
	case audit.StaffRoles:
		note(r.staff, e.Object, e.Action)
		return r.narrow(e)
	case audit.StaffReset, audit.StaffUnits:
		note(r.staff, e.Object, e.Action).frozen = true
	case audit.StaffEnrolled:
		if e.Result == audit.OK {
			note(r.staff, e.Object, e.Action).frozen = true
		}
	case audit.StaffAdded:
		note(r.staff, e.Object, e.Action)
	}
	return nil
}

// narrow leaves a member of staff those of his roles that he has kept. What he
// was given since two people give him again.
func (r *restoring) narrow(e audit.Event) error {
	m, err := r.staffMember(r.ctx, r.tx, selectStaffByID, e.Object)
	if err != nil {
		return ignoreNobody(err)
	}
	kept := splitRoles(e.Detail["roles"])
	m.Roles = slices.DeleteFunc(m.Roles, func(one Role) bool { return !slices.Contains(kept, one) })
	return r.exec(narrowRoles, m.ID, joinRoles(m.Roles))
}

func (r *restoring) exec(query string, args ...any) error {
	_, err := r.tx.Exec(r.ctx, query, args...)
	return err
}

// doubtAll is for who has no copy of the audit log: any account may have been
// taken over and saved since, so none signs in by what it had.
func (r *restoring) doubtAll() error {
	everyone, err := db.All(r.ctx, r.tx, scanText, selectEveryone)
	for _, person := range everyone {
		note(r.people, person, "").frozen = true
		if err := r.exec(suspendDevices, person); err != nil {
			return err
		}
		if err := r.exec(endBackupBatch, person); err != nil {
			return err
		}
	}
	if err != nil {
		return err
	}
	members, err := db.All(r.ctx, r.tx, scanMember, selectAllStaff)
	for _, m := range members {
		if m.DisabledAt == 0 {
			note(r.staff, m.ID, "").frozen = true
		}
	}
	return err
}

// Line is what the operator's list says of him: his number in full, and what
// happened.
func (t Touched) Line() string {
	line := string(t.NIP)
	for _, a := range t.Why {
		line += "\t" + string(a)
	}
	return line
}
