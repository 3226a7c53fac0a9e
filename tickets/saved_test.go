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

// What leads to listed hosts, or nowhere.
var honest = []string{
	"Buka https://asndigital.bkn.go.id/akun lalu masuk.", "Buka asndigital.bkn.go.id.", "Buka bantuan.asndigital.bkn.go.id hari ini",
	"Buka asndigital.bkn.go.id:443/akun", "(https://asndigital.bkn.go.id), lalu", "Buka https://asndigital.bkn.go.id.", "Alamatnya selalu dimulai dengan https: dan gembok.", "HTTPS://ASNDIGITAL.BKN.GO.ID",
	"Yth. Ibu Siti, S.Pd, M.Si. Terima kasih", "Budi, S.Kom., M.Si", "Rina, A.Md.Kep", "Dewi, S.Tr.Keb, M.Keb.", "dr. Andi, Sp.OG", "Prof. Dr. Tono, S.H., M.Hum., Ph.D.",
	"Sari, S.Ag; Joko (S.Pt)", "Ketik 08.00 sampai 16.30, biaya Rp10.000", "Buka 08.00–16.00 WITA, Senin–Jumat", "Pukul 08:00:00", "pukul 10.00/11.00 WIB",
	"Datang ke loket. Bawa KTP", "Tanggal 23-11-2026, 23/11/2026, 23.11.2026, atau 2026-11-23", "Surat No. 12/2026, SK/12/2015, dan B/1234/XI/2026",
	"Rp1.250.000,00", "Biaya Rp1.000.000.000, lunas", "Rp 2.500.000.000.", "NIP 198609262015052001", "NIP 19860926 201505 2 001/Budi", "Telepon 0402-123456/654321", "WA 081234567890/081298765432",
	"Nomor PUL-7K3M-9QXD", "Nomor PUL-0X7F-0XAB", "“Lupa sandi” … lalu tunggu", "Gunakan kode 123456.", "Dinas a.n. Kepala", "dan/atau, s.d., dll.",
}

// What leads anywhere else, however it is written.
var hostile = []string{
	"Buka https://asndigital-bkn.com", "Buka bit.ly/abc", "wa.me/6281234567890", "s.id/x", "S.Id/x", `S.Id\pulih`, "S.Id?pulih", "S.Id#pulih", "S.Id", "As.Dn.My.Id", "T.Co/X.Com", "T.Co", "X.Com", "M.Si/a", "S.Pd:8080/a", `S.Pd\a`, "a@S.Pd",
	"https://asndigital.bkn.go.id@evil.com", "https://asndigital.bkn.go.id.evil.com/", "evilasndigital.bkn.go.id", "asndigital.bkn.go.id1", "bkn.go.id", "asndigital.bkn.go.id@1729625093",
	"evil\u200b.com", "evil。com", "evil·com", "evil‚com", "evil‧com", "evil∙com", "evil•com", "evil﹒com", "evil．com", "evil｡com", "evil․com", "evil۔com", "evil⋅com",
	"http://10.0.0.1/masuk", "103.21.4.5/masuk", "103.21.4.5:8080/masuk", "103.21.4.5", "(103.21.4.5).", "Rp103.214.111.222/masuk", "103.1377285/masuk", "103.21.1029/a", "1729625093/masuk", "1729625093:80/masuk", "014705402005/masuk", "0x67150405/masuk", "103.1377285/", "103.21.1029:80", "0147.025.04.05", "evil٠com", "evilꓸcom", "0x67.0x15.0x4.0x5",
	"https:1729625093/x", "https:/1729625093/x", `https:\\1729625093`, "//1729625093/", `\\1729625093\x`, "https:evil", "hTTps://EVIL", "http://[::1]/", "[2001:db8::1]/masuk", "[2001:db8::1]:80", "2001:db8::1", "2001:db8::1/masuk", "[::ffff:103.21.4.5]",
	"kirim ke petugas@gmail.com", "asndigitaⅼ.bkn.go.id", "lihat evil-portal.co.id hari ini", "HTTPS://EVIL.COM", "ftp://evil", "Selesai.Terima",
}

// Whatever staff write to a person links to listed hosts only: one filter for
// replies, endings, saved texts and bulk replies.
func TestRepliesLinkToListedHostsOnly_impostor24(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.FileAs(w.Person(newNIP(), "Budi"), tickets.Filing{NIP: budi, Name: "Budi", Kind: tickets.Other, Channel: tickets.Remote})
		for text, ok := range bothWays(honest, hostile) {
			err := w.Desk.TidyReply(&tickets.SavedReply{Title: "Salam", Text: text})
			if ok != (err == nil) || err != nil && !errors.Is(err, tickets.ErrLink) {
				w.Errorf("%q: %v", text, err)
			}
		}
		for _, text := range hostile[:20] {
			_, ask := w.Desk.Ask(w.Context(), w.Checker, s.Number, s.Version(), text)
			_, resolve := w.Desk.Resolve(w.Context(), w.Checker, s.Number, s.Version(), tickets.ByPortal, text)
			_, bulk := w.Desk.ReplyMany(w.Context(), w.Checker, []string{s.Number}, text)
			save := w.Desk.SaveReply(w.Context(), w.Supervisor, tickets.SavedReply{Title: db.NewID(), Text: text})
			for door, err := range map[string]error{"ask": ask, "resolve": resolve, "bulk": bulk, "save": save} {
				if !errors.Is(err, tickets.ErrLink) {
					w.Errorf("%s %q: %v", door, text, err)
				}
			}
		}
		if _, err := w.Desk.Ask(w.Context(), w.Checker, s.Number, s.Version(), honest[0]); err != nil {
			w.Error(err)
		}
		if _, err := w.Desk.Note(w.Context(), w.Checker, s.Number, s.Version(), "Lihat evil.com"); err != nil {
			w.Error("a note for colleagues: ", err)
		}
	})
}

func bothWays(honest, hostile []string) map[string]bool {
	all := map[string]bool{}
	for _, text := range honest {
		all[text] = true
	}
	for _, text := range hostile {
		all[text], all["Silakan buka "+text+" hari ini"] = false, false
	}
	return all
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
