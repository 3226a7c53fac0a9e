package ticketstest

import (
	"context"
	"regexp"

	"pulih/accounts"
	"pulih/db"
	"pulih/secret"
	"pulih/tickets"
)

// FreshEmail is the address to which everybody changes.
const FreshEmail = secret.Email("alamat.baru@example.test")

// FileKind files a request of a kind; at the counter another agent does.
func (w *World) FileKind(p Someone, k tickets.Kind, c tickets.Channel) *Story {
	w.Helper()
	f := ofKind(p, k, c)
	if c == tickets.Counter {
		f.By = &w.Other
	}
	return w.FileAs(p, f)
}

// FileMine has the person file it himself and keep the receipt, for the
// counter too.
func (w *World) FileMine(p Someone, k tickets.Kind, c tickets.Channel) *Story {
	w.Helper()
	return w.FileAs(p, ofKind(p, k, c))
}

func ofKind(p Someone, k tickets.Kind, c tickets.Channel) tickets.Filing {
	return tickets.Filing{NIP: p.NIP, Name: p.Name, Unit: p.Unit, Phone: "0811111111", Problem: "Tidak bisa masuk", Kind: k, Channel: c}
}

// Newcomer enters somebody who never signed in.
func (w *World) Newcomer(nip secret.NIP, name string) Someone {
	w.Helper()
	p := Someone{Person: accounts.Person{ID: db.NewID(), NIP: nip, Name: name, Unit: "Dinas Pendidikan",
		Agency: Agency, Email: "mati@example.go.id", Phone: "081234567890", Active: true}}
	w.Write(func(ctx context.Context, tx *db.Tx) error { return w.Accounts.AddPerson(ctx, tx, p.Person) })
	return p
}

// NameEmail says to which address it goes.
func (s *Story) NameEmail(to secret.Email) {
	s.Helper()
	if s.Status().Channel == tickets.Counter {
		_, err := s.Desk.NameEmailAtCounter(s.Context(), s.Checker, s.Number, s.Version(), to)
		s.must(err)
		return
	}
	s.must(s.Desk.NameEmail(s.Context(), s.Number, s.Secret, to, Stranger))
}

// AskEmailCode has a code mailed to the new address, and reads it.
func (s *Story) AskEmailCode() secret.Code {
	s.Helper()
	if s.Status().Channel == tickets.Counter {
		_, err := s.Desk.AskEmailCodeAtCounter(s.Context(), s.Checker, s.Number, s.Version())
		s.must(err)
	} else {
		s.must(s.Desk.AskEmailCode(s.Context(), s.Number, s.Secret, Stranger))
	}
	return s.EmailCode()
}

var codeInMail = regexp.MustCompile(`[0-9A-Z]{4}-[0-9A-Z]{4}`)

// EmailCode is the code of the newest mail to the new address.
func (s *Story) EmailCode() secret.Code {
	s.Helper()
	var code secret.Code
	for _, l := range s.Letters() {
		if l.Kind == "email.code" && l.To == string(FreshEmail) {
			code, _ = secret.ReadCode(codeInMail.FindString(l.Text), accounts.CodeLength)
		}
	}
	if code == "" {
		s.Fatal("no code was mailed")
	}
	return code
}

// ChangeEmail types the code, with the factor or an agent's fresh OTP.
func (s *Story) ChangeEmail() {
	s.Helper()
	code := s.AskEmailCode()
	tried, err := tickets.EmailTried(""), error(nil)
	if s.Status().Channel == tickets.Counter {
		s.Prove(s.Checker)
		tried, err = s.Desk.ChangeEmailAtCounter(s.Context(), s.Checker, s.Number, s.Version(), code)
	} else {
		tried, err = s.Desk.ChangeEmail(s.Context(), s.Number, s.Secret, code, tickets.FactorForm{Password: Password}, Stranger)
	}
	if err != nil || tried != tickets.EmailDone {
		s.Fatal(tried, err)
	}
}

// way is what brings a kind from open to done.
func (s *Story) way() []func() {
	switch k := s.Status().Kind; {
	case k == tickets.Email:
		return []func(){s.Evidence, s.Check, s.Approve, s.Wait, s.ChangeEmail}
	case k.Changes():
		return []func(){s.Evidence, s.Check, s.Approve, s.Wait, s.Issue, s.Begin, s.Enrol}
	}
	return []func(){s.Resolve}
}

// Resolve has the checker end it without touching a credential.
func (s *Story) Resolve() {
	s.Helper()
	_, err := s.Desk.Resolve(s.Context(), s.Checker, s.Number, s.Version(), tickets.Solutions(s.Status().Kind)[0], "")
	s.must(err)
}
