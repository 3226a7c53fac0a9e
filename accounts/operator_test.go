package accounts

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pulih/audit"
	"pulih/secret"
)

// toldStaff are the mailboxes of staff that a subject went to, with one text.
func (w *world) toldStaff(subject string) (to []string, text string) {
	for _, l := range w.letters("staff") {
		if strings.Contains(l.Subject, subject) {
			to, text = append(to, l.To), l.Text
		}
	}
	return to, text
}

func (w *world) staffed(nip, email, agency string, roles ...Role) {
	w.t.Helper()
	_, err := w.AddStaff(w.ctx, NewStaff{NIP: secret.NIP(nip), Name: "Petugas", Email: secret.Email(email), Agency: agency, Roles: roles}, console)
	if err != nil {
		w.t.Fatal(err)
	}
}

const ourAgency, ourUnit = "Kabupaten Contoh", "Dinas Perhubungan"

func TestTheUnitHearsOfAnActivation_impostor15(t *testing.T) {
	eachWorld(t, func(w *world) {
		budi := newcomer(w)
		w.staffed("198001012005011001", "penyelia@example.go.id", ourAgency, Supervisor)
		for _, o := range []Operator{{ourAgency, ourUnit, "Operator@Unit.example.go.id"}, {ourAgency, "  " + ourUnit, "dua@unit.example.go.id"}} {
			if err := w.AddOperator(w.ctx, o, console); err != nil {
				t.Fatal(err)
			}
		}
		key := w.activate()
		to, text := w.toldStaff("Akun diaktifkan di unit Anda")
		if !slices.Equal(to, []string{"dua@unit.example.go.id", "operator@unit.example.go.id"}) {
			t.Errorf("told %v", to)
		}
		for _, want := range []string{budi.Name, ourUnit, "WITA", string(budiNIP[14:])} {
			if !strings.Contains(text, want) {
				t.Errorf("does not say %s:\n%s", want, text)
			}
		}
		for _, secret := range []string{string(budiNIP), Group(budiNIP), string(newPass), key.Base32(), string(budiEmail), "bukan-saya"} {
			if strings.Contains(text, secret) {
				t.Errorf("says %s", secret)
			}
		}
	})
}

func TestWithoutAnOperatorTheAgencysSupervisorsHear_impostor15(t *testing.T) {
	for name, want := range map[string][]string{"own": {"kita@example.go.id"}, "none": {"lain@example.go.id"}} {
		w := oneWorld(t)
		newcomer(w)
		w.staffed("198001012005011001", "lain@example.go.id", "Kabupaten Lain", Supervisor)
		w.staffed("198001012005011002", "petugas@example.go.id", ourAgency, Agent, Approver)
		if name == "own" {
			w.staffed("198001012005011003", "kita@example.go.id", ourAgency, Agent, Supervisor)
		}
		w.activate()
		if to, _ := w.toldStaff("Akun diaktifkan"); !slices.Equal(to, want) {
			t.Errorf("%s: told %v, want %v", name, to, want)
		}
	}
}

func TestOperatorsComeAndGoOnTheConsole_impostor17(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.staffed("198001012005011001", "penyelia@example.go.id", ourAgency, Supervisor)
		o := Operator{ourAgency, ourUnit, "operator@unit.example.go.id"}
		for _, bad := range []Operator{{ourAgency, "Dinas Perhubngan", o.Email}, {"Kabupaten Lain", ourUnit, o.Email}, {ourAgency, "", o.Email},
			{ourAgency, ourUnit, ""}, {ourAgency, ourUnit, "a@b.test\r\nBcc: x@y.test"}, {ourAgency, ourUnit, "satu@a.test,dua@b.test"}} {
			if err := w.AddOperator(w.ctx, bad, console); !errors.Is(err, ErrOperatorForm) {
				t.Errorf("%+v: %v", bad, err)
			}
		}
		if err := w.RemoveOperator(w.ctx, o, console); !errors.Is(err, ErrNoOperator) {
			t.Error(err)
		}
		if err := w.AddOperator(w.ctx, o, console); err != nil {
			t.Fatal(err)
		}
		if err := w.AddOperator(w.ctx, o, console); !errors.Is(err, ErrOperatorExists) {
			t.Error("twice:", err)
		}
		if all, err := w.Operators(w.ctx); err != nil || len(all) != 1 || all[0] != o {
			t.Error(all, err)
		}
		if err := w.RemoveOperator(w.ctx, o, console); err != nil {
			t.Error(err)
		}
		to, text := w.toldStaff("Operator unit berubah")
		if len(to) != 4 || !slices.Contains(to, "penyelia@example.go.id") || !strings.Contains(text, "baris perintah oleh operator") {
			t.Errorf("told %v:\n%s", to, text)
		}
		if w.audited(audit.OperatorAdded, "ok") != 1 || w.audited(audit.OperatorRemoved, "ok") != 1 {
			t.Error("the log does not know")
		}
	})
}
