package app

import (
	"pulih/db"
	"pulih/tickets"
	"pulih/views"
)

// statusView is a ticket as its requester sees it. Of the ticket it takes
// number, state and times only: name, unit and NIP may be the record's by
// now, and a receipt for somebody else's number must show none of it (EN-08).
func (a *App) statusView(s tickets.Status) views.Status {
	w := wordsOf(s.Ticket)
	return views.Status{
		Danger: s.State.Live() && s.Cause == causeMisused,
		Number: s.Number, Tag: w.tag, Tone: w.tone, Lead: statusLead(s),
		Until: a.statusUntil(s), Updated: a.shortTime(a.DB.Now()),
		Next: a.statusNext(s), Steps: a.statusSteps(s.Ticket), Messages: a.statusTalk(s.Messages), History: a.statusHistory(s.Timeline),
		Files: kindsOf(s.Files), CanAttach: s.CanAttach, Rating: a.ratingForm(s), CanSurvey: s.CanSurvey, CanReply: s.CanWrite, CanCancel: s.CanWithdraw,
	}
}

// statusNext is what the person can do now.
func (a *App) statusNext(s tickets.Status) []views.StatusNext {
	var next []views.StatusNext
	for _, need := range s.Needs {
		next = append(next, a.nextFor(need, s))
	}
	if s.Kind == tickets.Activation && s.Channel == tickets.Remote && (s.State == tickets.Open || s.State == tickets.Waiting) {
		next = append(next, a.quicker())
	}
	if !s.State.Live() {
		next = append(next, a.afterEnd(s)...)
	}
	return next
}

func (a *App) nextFor(need tickets.Need, s tickets.Status) views.StatusNext {
	path := func(what string) string { return views.StatusPath(s.Number, what) }
	switch need {
	case tickets.NeedFactor:
		return views.StatusNext{Title: "Ingin didahulukan?", Text: "Permohonan yang terbukti kami periksa lebih dahulu. Buktikan dengan kata sandi atau perangkat lain.", Button: "Buktikan diri", Href: path("bukti")}
	case tickets.NeedCallCode:
		return views.StatusNext{Title: "Petugas menelepon Anda", Text: "Ketik kode yang disebut petugas lewat telepon.", Button: "Ketik kode", Href: path("telepon")}
	case tickets.NeedReply:
		return views.StatusNext{Title: "Jawab petugas", Text: "Permohonan berlanjut setelah Anda menjawab.", Button: "Tulis jawaban", Href: "#pesan"}
	case tickets.NeedPass:
		return views.StatusNext{Title: "Giliran Anda", Text: "Siapkan HP baru. Kode berlaku 60 menit.", Button: "Ambil kode pendaftaran", Href: path("kode")}
	case tickets.NeedEmail:
		return views.StatusNext{Title: "Tulis email baru Anda", Text: "Petugas memeriksanya bersama bukti Anda.", Button: "Tulis email baru", Href: path("email")}
	case tickets.NeedChange:
		return views.StatusNext{Title: "Giliran Anda", Text: "Kami mengirim kode ke email baru Anda.", Button: "Ganti email", Href: path("email/ganti")}
	case tickets.NeedEnrol:
		return views.StatusNext{Title: "Giliran Anda", Text: "Pasang aplikasi autentikator di HP baru dahulu.", Button: "Daftarkan autentikator", Href: enrolAddress(s)}
	}
	return views.StatusNext{Title: "Datang ke loket", Text: counterBrings(s.Kind) + " Alamat: " + a.Site.Address + ". Jam layanan: " + a.Site.Hours + "."}
}

// quicker is for who has nothing to prove himself with from afar.
func (a *App) quicker() views.StatusNext {
	return views.StatusNext{Title: "Ingin lebih cepat?", Text: "Datang ke loket dengan KTP dan SK asli: " + a.Site.Address + ". Jam layanan: " + a.Site.Hours + "."}
}

// afterEnd leads on: out of what is done to the sign-in first, back into
// anything else first.
func (a *App) afterEnd(s tickets.Status) []views.StatusNext {
	if s.State == tickets.Done {
		return append(nextAfter(s.State), a.reopening(s)...)
	}
	return append(a.reopening(s), nextAfter(s.State)...)
}

// reopening offers the one way back into a request that has ended.
func (a *App) reopening(s tickets.Status) []views.StatusNext {
	if !s.CanReopen {
		return nil
	}
	return []views.StatusNext{{Title: "Belum selesai menurut Anda?", Text: "Anda boleh membuka kembali permohonan ini dalam 7 hari.",
		Button: "Buka kembali", Href: views.StatusPath(s.Number, "pembukaan")}}
}

// nextAfter is what to do when a request has ended.
func nextAfter(s tickets.State) []views.StatusNext {
	switch s {
	case tickets.Done:
		return []views.StatusNext{{Title: "Coba masuk sekarang", Text: "Pakai NIP, kata sandi, dan kode OTP.", Button: "Masuk", Href: "/masuk"}}
	case tickets.Disowned:
		return []views.StatusNext{{Title: "Anda pemilik akun ini?", Text: "Datang ke loket dengan KTP. Kami bantu mengamankan akun Anda."}}
	case tickets.Merged:
		return []views.StatusNext{{Title: "Tidak punya nomor yang lain?", Text: "Bisa jadi orang lain mengajukan untuk NIP Anda. Ajukan lagi, atau datang ke loket.", Button: "Ajukan permohonan baru", Href: "/tiket/baru"}}
	}
	return []views.StatusNext{{Title: "Masih perlu bantuan?", Text: "Anda boleh mengajukan lagi, atau datang ke loket dengan KTP dan SK asli.", Button: "Ajukan permohonan baru", Href: "/tiket/baru"}}
}

func (a *App) statusTalk(messages []tickets.Message) []views.Message {
	var out []views.Message
	for _, m := range messages {
		v := views.Message{By: "Petugas", Text: m.Text, At: machine(m.At), When: a.shortTime(m.At)}
		if m.From == tickets.FromPerson {
			v.By, v.Mine = "Anda", true
		}
		out = append(out, v)
	}
	return out
}

// shortTime is for the public, who read a month in words.
func (a *App) shortTime(t db.Time) string { return t.Date(a.Zone) + ", " + t.Hour(a.Zone) }

func (a *App) statusHistory(moments []tickets.Moment) []views.Moment {
	var out []views.Moment
	for _, m := range moments {
		out = append(out, a.moment(m.Text, views.ToneNeutral, m.At))
	}
	return out
}
