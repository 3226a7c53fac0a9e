package accounts

import (
	"context"
	"fmt"
	"strings"

	"pulih/audit"
	"pulih/db"
	"pulih/mail"
	"pulih/secret"
)

// TellStaff mails one member of staff; who has left is not told, and the
// supervisors of the agency are in his place: what is told is of its requests
// (ST-04).
func (a *Accounts) TellStaff(ctx context.Context, tx *db.Tx, agency, id, subject, text string) error {
	to, err := db.All(ctx, tx, scanEmail, selectStaffEmail, id)
	if err != nil {
		return err
	}
	if len(to) == 0 {
		return a.TellSupervisorsOf(ctx, tx, agency, subject, text)
	}
	_, err = a.outbox.Enqueue(ctx, tx, mail.StaffNotice(a.site(), to[0], subject, text))
	return err
}

// tellSupervisors mails every supervisor, and whoever else it concerns: what
// is done to staff, operators and the roster is for all of them to see, a new
// agency has none of its own (impostor 17).
func (a *Accounts) tellSupervisors(ctx context.Context, tx *db.Tx, subject, text string, others ...secret.Email) error {
	supervisors, err := db.All(ctx, tx, scanEmail, selectSupervisors)
	if err != nil {
		return err
	}
	return a.tellAll(ctx, tx, append(supervisors, others...), subject, text)
}

// TellSupervisors mails every supervisor of the installation: what happened to
// all of it.
func (a *Accounts) TellSupervisors(ctx context.Context, tx *db.Tx, subject, text string) error {
	return a.tellSupervisors(ctx, tx, subject, text)
}

// TellSupervisorsOf mails the supervisors of one agency.
func (a *Accounts) TellSupervisorsOf(ctx context.Context, tx *db.Tx, agency, subject, text string) error {
	supervisors, err := db.All(ctx, tx, scanEmail, selectSupervisorsOf, agency)
	if err != nil {
		return err
	}
	return a.tellAll(ctx, tx, supervisors, subject, text)
}

// tellAll mails each address once.
func (a *Accounts) tellAll(ctx context.Context, tx *db.Tx, all []secret.Email, subject, text string) error {
	told := map[secret.Email]bool{"": true}
	for _, to := range all {
		if told[to] {
			continue
		}
		told[to] = true
		if _, err := a.outbox.Enqueue(ctx, tx, mail.StaffNotice(a.site(), to, subject, text)); err != nil {
			return err
		}
	}
	return nil
}

func scanEmail(row db.Scanner) (to secret.Email, err error) {
	err = row.Scan(&to)
	return to, err
}

// reportStaff appends the audit row and mails supervisors and the member.
func (a *Accounts) reportStaff(ctx context.Context, tx *db.Tx, what audit.Action, m Member, by audit.Actor, text string) error {
	err := audit.Append(ctx, tx, audit.Event{Actor: by, Action: what, Object: m.ID, Detail: map[string]string{"roles": joinRoles(m.Roles)}})
	if err != nil {
		return err
	}
	letter := fmt.Sprintf("Akun petugas %s (%s) berubah.\n%s\n%s", m.Name, m.Agency, text, byWhom(by))
	return a.tellSupervisors(ctx, tx, "Akun petugas berubah", letter, m.Email)
}

func byWhom(by audit.Actor) string {
	if by.Kind == audit.Console {
		return "Perubahan dibuat dari baris perintah oleh " + strings.TrimSpace(by.ID) + ".\nJika Anda tidak tahu tentang ini, hubungi admin sekarang."
	}
	return "Jika ini bukan Anda, hubungi admin sekarang."
}
