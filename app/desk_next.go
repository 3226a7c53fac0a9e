package app

import (
	"strings"

	"pulih/tickets"
	"pulih/views"
)

// next says in one sentence whose turn it is, so that nobody has to work it
// out from a state.
func (a *App) next(by tickets.By, f tickets.File) views.Next {
	switch {
	case f.Owner == "" && f.FiledBy != by.Staff.ID && may(f, tickets.VerbClaim):
		claim := claiming.action(f)
		return views.Next{Tone: views.ToneInfo, Title: "Belum ada petugasnya", Text: "Ambil permohonan ini. Mencocokkan dokumen juga mengambilnya untuk Anda.", Action: &claim}
	case may(f, tickets.VerbCheck):
		return views.Next{Tone: views.ToneSuccess, Title: "Bukti lengkap", Text: "Periksa sekali lagi, lalu", Href: "#pemeriksaan", Link: "nyatakan terbukti"}
	case may(f, tickets.VerbApprove):
		return views.Next{Tone: views.ToneInfo, Title: "Giliran Anda memutuskan", Text: "Baca bukti dan percakapan, lalu", Href: "#persetujuan", Link: "setujui atau kembalikan"}
	case may(f, tickets.VerbLift):
		return views.Next{Tone: views.ToneInfo, Title: "Giliran Anda memutuskan", Text: "Rekan mengusulkan membuka penahanan. Baca catatannya, lalu", Href: "#pembukaan-penahanan", Link: "putuskan"}
	case may(f, tickets.VerbEmailCode):
		return views.Next{Tone: views.ToneSuccess, Title: "Email siap diganti", Text: "Pemohon ada di depan Anda?", Href: "#kode-email", Link: "Kirim kode ke email baru"}
	case may(f, tickets.VerbIssue):
		return views.Next{Tone: views.ToneSuccess, Title: "Kode siap diterbitkan", Text: "Pemohon ada di depan Anda?", Href: "#penerbitan", Link: "Terbitkan kode"}
	case f.State == tickets.Open && f.Owner != "" && f.Owner != by.Staff.ID:
		return views.Next{Tone: views.ToneWait, Title: "Sedang ditangani " + f.OwnerName, Text: "Anda dapat membaca dan menulis catatan."}
	case f.State == tickets.Open && mustCome(f):
		return come(f)
	case f.State == tickets.Open && len(f.Missing) > 0:
		return views.Next{Tone: views.ToneInfo, Title: "Lengkapi bukti", Text: "Masih kurang: " + strings.Join(f.Missing, "; ") + ".", Href: "#bukti", Link: "Cocokkan bukti"}
	}
	return a.waiting(f)
}

// waiting says for whom or what a ticket waits.
func (a *App) waiting(f tickets.File) views.Next {
	n := views.Next{Tone: views.ToneWait}
	switch f.State {
	case tickets.Waiting:
		n.Title, n.Text = "Menunggu balasan pemohon", "Batas waktu berhenti sampai pemohon membalas."
	case tickets.Checked:
		n.Title, n.Text = "Menunggu verifikator", f.Allowed[tickets.VerbApprove]
	case tickets.Approved:
		n.Title, n.Text = "Masa tunggu berjalan", waitText(f)
	case tickets.Ready:
		n.Title, n.Text = ready(f)
	case tickets.Issued:
		n.Title, n.Text = "Menunggu pemohon mendaftar", "Kode berlaku sampai "+f.PassUntil.Long(f.Zone)+"."
	case tickets.Done:
		n.Tone, n.Title, n.Text = views.ToneSuccess, "Selesai", tickets.Solution(f.SolvedBy).Label()+"."
	case tickets.Escalated:
		n.Title, n.Text = "Menunggu jawaban BKN", "Nomor di BKN: "+f.BKN+". "+a.reminder(f)+" Batas waktu tetap berjalan."
	case tickets.Merged:
		n.Title, n.Text = stateBadges[f.State].Text, "Berlanjut sebagai"
		n.Href, n.Link = ticketAddress(f.MergedInto), f.MergedInto
	case tickets.Open:
		return n
	default:
		n.Tone, n.Title, n.Text = stateBadges[f.State].Tone, stateBadges[f.State].Text, f.Reason
	}
	return n
}

// ready says what a request waits for that only has to be carried out.
func ready(f tickets.File) (title, text string) {
	title, text = "Siap diterbitkan", "Menunggu pemohon mengambil kode di halaman statusnya."
	if f.Kind == tickets.Email {
		title, text = "Email siap diganti", "Menunggu pemohon mengetik kode dari email barunya."
	}
	if f.Channel == tickets.Counter {
		text = "Lanjutkan di loket, pada jam kerja, saat pemohon datang."
	}
	if f.Passes > 0 {
		text = "Kode sebelumnya tidak terpakai. " + text
	}
	return title, text
}

func waitText(f tickets.File) string {
	if f.MatureAt == 0 {
		return f.WaitBecause
	}
	return "Kode dapat terbit mulai " + f.MatureAt.Long(f.Zone) + ". " + f.WaitBecause
}

// may tells whether the verb is open to whoever looks at the file.
func may(f tickets.File, v tickets.Verb) bool {
	why, known := f.Allowed[v]
	return known && why == ""
}
