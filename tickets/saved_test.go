package tickets_test

import (
	"errors"
	"strings"
	"testing"

	"pulih/accounts"
	"pulih/db"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// Whatever staff write to a person links to listed hosts only.
func TestRepliesLinkToListedHostsOnly_impostor24(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		for text, ok := range map[string]bool{
			"Buka https://asndigital.bkn.go.id/akun lalu masuk.": true,
			"Buka asndigital.bkn.go.id.":                         true,
			"Buka bantuan.asndigital.bkn.go.id hari ini":         true,
			"Yth. Ibu Siti, S.Pd, M.Si. Terima kasih":            true,
			"Ketik 08.00 sampai 16.30, biaya Rp10.000":           true,
			"Datang ke loket. Bawa KTP":                          true,
			"Buka https://asndigital-bkn.com":                    false,
			"Buka bit.ly/abc":                                    false,
			"wa.me/6281234567890":                                false,
			"s.id/x":                                             false,
			"S.Id/x":                                             false,
			"https://asndigital.bkn.go.id@evil.com":              false,
			"https://asndigital.bkn.go.id.evil.com/":             false,
			"evilasndigital.bkn.go.id":                           false,
			"bkn.go.id":                                          false,
			"evil\u200b.com":                                     false,
			"evil。com":                                           false,
			"http://10.0.0.1/masuk":                              false,
			"kirim ke petugas@gmail.com":                         false,
			"asndigitaⅼ.bkn.go.id":                               false,
			"http://[::1]/":                                      false,
			"lihat evil-portal.co.id hari ini":                   false,
			"HTTPS://EVIL.COM":                                   false,
		} {
			s := w.FileAs(w.Person(newNIP(), "Budi"), tickets.Filing{NIP: budi, Name: "Budi", Kind: tickets.Other, Channel: tickets.Remote})
			_, err := w.Desk.Ask(w.Context(), w.Checker, s.Number, s.Version(), text)
			if ok != (err == nil) || err != nil && !errors.Is(err, tickets.ErrLink) {
				w.Errorf("ask %q: %v", text, err)
			}
			_, err = w.Desk.Resolve(w.Context(), w.Checker, s.Number, s.Version(), tickets.ByPortal, text)
			if ok != (err == nil) {
				w.Errorf("resolve %q: %v", text, err)
			}
			err = w.Desk.SaveReply(w.Context(), w.Supervisor, tickets.SavedReply{Title: db.NewID(), Text: text})
			if ok != (err == nil) {
				w.Errorf("save %q: %v", text, err)
			}
		}
		s := w.File(w.Person(newNIP(), "Budi"), tickets.Remote)
		if _, err := w.Desk.Note(w.Context(), w.Checker, s.Number, s.Version(), "Lihat evil.com"); err != nil {
			w.Error("a note for colleagues: ", err)
		}
	})
}

func TestASavedReplyBelongsToItsAgency_ST04(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		if err := w.Desk.SaveReply(w.Context(), w.Supervisor, tickets.SavedReply{Title: "Salam", Text: "Yth. {nama}, nomor {nomor}."}); err != nil {
			w.Fatal(err)
		}
		all, err := w.Desk.SavedReplies(w.Context(), w.Checker)
		if err != nil || len(all) != 1 {
			w.Fatal(all, err)
		}
		far := w.Staff("198001012005011009", "Lina", accounts.Supervisor)
		far.Staff.Agency = "BKPSDM Kota Lain"
		if theirs, err := w.Desk.SavedReplies(w.Context(), far); err != nil || len(theirs) != 0 {
			w.Error(theirs, err)
		}
		mine := all[0]
		for name, err := range map[string]error{
			"read":   readSaved(w, far, mine.ID),
			"change": w.Desk.SaveReply(w.Context(), far, mine),
			"end":    w.Desk.EndReply(w.Context(), far, mine.ID),
		} {
			if !errors.Is(err, tickets.ErrNoSaved) {
				w.Errorf("%s of another agency's: %v", name, err)
			}
		}
	})
}

func TestOnlyASupervisorKeepsReplies(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		r := tickets.SavedReply{Title: "Salam", Text: "Halo"}
		for _, by := range []tickets.By{w.Checker, w.Approver} {
			if err := w.Desk.SaveReply(w.Context(), by, r); !errors.Is(err, tickets.ErrRole) {
				w.Errorf("%s saves: %v", by.Staff.Name, err)
			}
		}
		for name, c := range map[string]struct {
			r    tickets.SavedReply
			want error
		}{
			"no title":      {tickets.SavedReply{Text: "Halo"}, tickets.ErrMissing},
			"no text":       {tickets.SavedReply{Title: "x", Text: " "}, tickets.ErrMissing},
			"too long":      {tickets.SavedReply{Title: "x", Text: strings.Repeat("x", 2001)}, tickets.ErrMissing},
			"a wrong word":  {tickets.SavedReply{Title: "x", Text: "Halo {sandi}"}, tickets.ErrPlaceholder},
			"half a word":   {tickets.SavedReply{Title: "x", Text: "Halo {nama"}, tickets.ErrPlaceholder},
			"no such reply": {tickets.SavedReply{ID: "x", Title: "x", Text: "Halo"}, tickets.ErrNoSaved},
		} {
			if err := w.Desk.SaveReply(w.Context(), w.Supervisor, c.r); !errors.Is(err, c.want) {
				w.Errorf("%s: %v", name, err)
			}
		}
		if err := w.Desk.SaveReply(w.Context(), w.Supervisor, r); err != nil {
			w.Fatal(err)
		}
		if err := w.Desk.SaveReply(w.Context(), w.Supervisor, r); !errors.Is(err, tickets.ErrTitle) {
			w.Error("twice the same title: ", err)
		}
		all, _ := w.Desk.SavedReplies(w.Context(), w.Checker)
		old := all[0]
		old.Text = "Selamat pagi"
		if err := w.Desk.SaveReply(w.Context(), w.Supervisor, old); err != nil {
			w.Fatal(err)
		}
		if err := w.Desk.SaveReply(w.Context(), w.Supervisor, old); !errors.Is(err, tickets.ErrChanged) {
			w.Error("a change of what has changed: ", err)
		}
		if err := w.Desk.EndReply(w.Context(), w.Supervisor, old.ID); err != nil {
			w.Fatal(err)
		}
		if _, err := w.Desk.SavedReply(w.Context(), w.Checker, old.ID); !errors.Is(err, tickets.ErrNoSaved) {
			w.Error("an ended one: ", err)
		}
		if n := scan[int](w, `SELECT count(*) FROM audit_events WHERE action IN ('reply.save', 'reply.end')`); n != 3 {
			w.Errorf("%d audit rows", n)
		}
	})
}

func TestAReplyIsFilledWithWhatStaffMaySee_impostor22(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(newNIP(), "Bambang Sulaksono")
		s := w.FileAs(p, tickets.Filing{NIP: p.NIP, Name: "Pak Bams", Unit: "Disdik", Kind: tickets.MFA, Channel: tickets.Remote})
		f, err := w.Desk.Look(w.Context(), w.Checker, s.Number)
		if err != nil {
			w.Fatal(err)
		}
		r := tickets.SavedReply{Text: "{nama} {opd} {nomor} {petugas} {instansi}"}
		if got, want := r.Fill(f.Ticket, w.Checker, f.Promise), "Pak Bams Disdik "+s.Number+" Rina "+ticketstest.Agency; got != want {
			w.Errorf("%q, want %q", got, want)
		}
	})
}

func readSaved(w *ticketstest.World, by tickets.By, id string) error {
	_, err := w.Desk.SavedReply(w.Context(), by, id)
	return err
}
