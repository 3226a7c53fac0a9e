package app

import (
	"pulih/tickets"
	"pulih/views"
)

// receiptSteps is what happens from here, as the kind of the request has it.
func receiptSteps(s tickets.Status) (steps []views.Moment) {
	add := func(title, text string) {
		steps = append(steps, views.Moment{Title: title, Text: text, Later: len(steps) > 0})
	}
	if s.Kind == tickets.Email && s.Channel == tickets.Remote {
		add("Anda menulis email baru", "Lakukan sekarang di halaman status. Tanpa itu kami belum bisa memeriksa.")
	}
	if s.Kind.Changes() && s.Channel == tickets.Remote {
		add("Anda membuktikan diri", "Caranya ada di halaman status. Yang terbukti kami periksa lebih dahulu.")
	}
	add("Petugas memeriksa", "Paling lambat "+s.Promise.String()+".")
	if !s.Kind.Changes() {
		add("Petugas menjawab", "Jawaban muncul di halaman status.")
		return steps
	}
	if s.Channel == tickets.Counter {
		add("Anda datang ke loket", counterBrings(s.Kind))
	}
	add("Petugas kedua menyetujui", "Dua orang memeriksa, agar akun Anda aman.")
	end := receiptEnds[s.Kind][s.Channel]
	add(end.Title, end.Text)
	return steps
}

// counterBrings is what somebody takes along.
func counterBrings(k tickets.Kind) string {
	if k == tickets.Email {
		return "Bawa KTP, SK asli, dan alamat email baru Anda."
	}
	return "Bawa KTP, SK asli, dan HP baru Anda."
}

var receiptEnds = map[tickets.Kind]map[tickets.Channel]views.Moment{
	tickets.MFA: {
		tickets.Remote:  {Title: "Anda mendaftarkan autentikator baru", Text: "Kode pendaftaran muncul di halaman status."},
		tickets.Counter: {Title: "Anda mendaftarkan autentikator baru", Text: "Kode pendaftaran diberikan di loket."},
	},
	tickets.Email: {
		tickets.Remote:  {Title: "Anda mengganti email", Text: "Kami mengirim kode ke email baru Anda."},
		tickets.Counter: {Title: "Email diganti di loket", Text: "Kami mengirim kode ke email baru Anda."},
	},
	tickets.Activation: {
		tickets.Remote:  {Title: "Anda mengaktifkan akun", Text: "Kode pendaftaran muncul di halaman status."},
		tickets.Counter: {Title: "Anda mengaktifkan akun", Text: "Kode pendaftaran diberikan di loket."},
	},
}
