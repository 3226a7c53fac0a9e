package mail

import (
	"pulih/db"
	"pulih/secret"
)

// SummaryMail is a week in figures for one supervisor. It names nobody and
// opens nothing: whoever reads the mailbox learns what a report on paper says
// (impostor A). Report and Switch are addresses that want his session.
type SummaryMail struct {
	To             secret.Email
	Agency, Period string
	Scope          string // whose requests are counted
	Figures        []SummaryFigure
	Report, Switch string
	Expires        db.Time // an older summary is no news
}

// SummaryFigure is a figure in the words of the report: Value and, in the week
// before, Before. Note is what it rests on, "" for nothing.
type SummaryFigure struct{ Label, Value, Note, Before string }

// Summary writes it.
func Summary(s Site, m SummaryMail) Message {
	l := letter{Site: s, Subject: "Ringkasan mingguan",
		Lines:   []string{"Ini ringkasan laporan minggu lalu.", "Lama penyelesaian adalah median: separuh lebih cepat, separuh lebih lama."},
		Facts:   []fact{{"Periode", m.Period}, {"Instansi", plain(m.Agency)}, {"Cakupan", m.Scope}},
		Figures: m.Figures,
		Button:  button{"Rincian setiap angka ada di halaman laporan.", "Buka laporan", m.Report, "Anda perlu masuk sebagai petugas."},
		Stop:    button{"Tidak ingin menerima email ini lagi?", "Atur ringkasan", m.Switch, "Halaman itu memiliki tombol untuk berhenti."}}
	return l.message(Message{Kind: "summary", To: m.To, Expires: m.Expires})
}

// Text writes a figure on lines that are short in any mail program.
func (f SummaryFigure) Text() string {
	line := "- " + f.Label + ": " + f.Value
	if f.Note != "" {
		line += "\n  Keterangan: " + f.Note
	}
	return line + "\n  Minggu sebelumnya: " + f.Before + "\n"
}
