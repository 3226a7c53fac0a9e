package app

import (
	"errors"
	"slices"

	"pulih/tickets"
	"pulih/views"
)

// stateWords is a state as the requester reads it: title is the H1.
type stateWords struct {
	title, tag string
	tone       views.Tone
	lead       string
}

const nothingToDo = "Belum ada yang perlu Anda lakukan."

// statusWords are those of every state. None blames, and each end says what to do next.
var statusWords = map[tickets.State]stateWords{
	tickets.Open:      {"Permohonan Anda menunggu petugas", "Diajukan", views.ToneWait, nothingToDo},
	tickets.Waiting:   {"Petugas menunggu jawaban Anda", "Menunggu Anda", views.ToneWarn, "Baca pesan petugas di bawah, lalu jawab."},
	tickets.Escalated: {"Permohonan Anda diteruskan ke BKN", "Di BKN", views.ToneWait, nothingToDo},
	tickets.Checked:   {"Identitas Anda sudah diperiksa", "Diperiksa", views.ToneWait, "Petugas kedua sedang meninjau. " + nothingToDo},
	tickets.Approved:  {"Permohonan Anda disetujui", "Masa tunggu", views.ToneWait, "Masa tunggu ini melindungi akun Anda dari orang lain."},
	tickets.Ready:     {"Kode pendaftaran Anda siap", "Siap", views.ToneSuccess, "Siapkan HP baru, lalu ambil kodenya."},
	tickets.Issued:    {"Daftarkan autentikator baru Anda", "Kode diambil", views.ToneWait, "Pakai kode pendaftaran di HP baru."},
	tickets.Done:      {"Permohonan Anda selesai", "Selesai", views.ToneSuccess, "Terima kasih sudah menunggu."},
	tickets.Refused:   {"Permohonan ini belum bisa kami setujui", "Ditutup", views.ToneNeutral, "Tidak ada yang berubah pada akun Anda."},
	tickets.Cancelled: {"Permohonan ini dibatalkan", "Dibatalkan", views.ToneNeutral, "Tidak ada yang berubah pada akun Anda."},
	tickets.Expired:   {"Waktu permohonan ini habis", "Berakhir", views.ToneNeutral, "Tidak ada yang berubah pada akun Anda."},
	tickets.Disowned:  {"Permohonan ini dihentikan", "Dihentikan", views.ToneDanger, "Pemilik akun menyatakan ini bukan permintaannya."},
	tickets.Merged:    {"Permohonan ini digabung", "Digabung", views.ToneNeutral, "Pakai nomor permohonan Anda yang lain."},
}

// kindWords are those that a kind has of its own.
var kindWords = map[tickets.Kind]map[tickets.State]stateWords{
	tickets.Email: {
		tickets.Ready: {"Email Anda dapat diganti", "Siap", views.ToneSuccess, "Buka email baru Anda, lalu ketik kode yang kami kirim."},
		tickets.Done:  {"Email Anda sudah diganti", "Selesai", views.ToneSuccess, "Alamat lama masih kami beri tahu selama 30 hari."},
	},
	tickets.Lock:       {tickets.Done: {"Kunci akun sudah dibuka", "Selesai", views.ToneSuccess, "Coba masuk lagi, dan ketik pelan-pelan. Setelah beberapa kali salah, akun terkunci lagi sebentar."}},
	tickets.Activation: {tickets.Done: {"Akun Anda sudah aktif", "Selesai", views.ToneSuccess, "Kata sandi dan autentikator pertama Anda sudah terdaftar."}},
}

func wordsOf(t tickets.Ticket) stateWords {
	if w, own := kindWords[t.Kind][t.State]; own && (t.State != tickets.Done || tickets.Solution(t.SolvedBy).ByVerb()) {
		return w
	}
	return statusWords[t.State]
}

// statusTitle: what only the person can do stands first; an open request that
// somebody has taken is being looked at.
func statusTitle(s tickets.Status) string {
	t := s.Ticket
	if s.State == tickets.Open && slices.Contains(s.Needs, tickets.NeedEmail) {
		return "Tulis email baru Anda"
	}
	if t.State == tickets.Open && t.OwnedAt != 0 { // whose it is, he is not told
		return "Petugas sedang memeriksa permohonan Anda"
	}
	return wordsOf(t).title
}

// statusLead says what the state means for him.
func statusLead(s tickets.Status) string {
	switch {
	case s.State == tickets.Open && slices.Contains(s.Needs, tickets.NeedEmail):
		return "Kami baru bisa memeriksa setelah Anda menulisnya."
	case s.State == tickets.Open && slices.Contains(s.Needs, tickets.NeedCounter):
		return "Petugas menunggu Anda di loket."
	case s.State == tickets.Open && slices.Contains(s.Needs, tickets.NeedCallCode):
		return "Petugas menelepon Anda. Ketik kode yang disebutnya."
	case s.State == tickets.Open && slices.Contains(s.Needs, tickets.NeedFactor):
		return "Anda bisa membuktikan diri sekarang. Yang sudah terbukti kami periksa lebih dahulu."
	case s.State == tickets.Open && s.Proven:
		return "Bukti Anda cocok, jadi kami dahulukan. " + nothingToDo
	case s.State == tickets.Ready && s.Channel == tickets.Counter && s.Kind != tickets.Email:
		return "Petugas menyerahkan kodenya di loket. Bawa HP baru Anda."
	case s.State == tickets.Done && s.Kind == tickets.MFA && tickets.Solution(s.SolvedBy).ByVerb():
		return "Autentikator baru Anda sudah aktif."
	}
	return wordsOf(s.Ticket).lead
}

// statusUntil says until when, with zone, or why it ended; "" when nothing
// runs.
func (a *App) statusUntil(s tickets.Status) string {
	switch s.State {
	case tickets.Open:
		return "Kami periksa paling lambat " + s.Promise.String() + "."
	case tickets.Waiting:
		return "Jawab sebelum " + s.Ends.Long(a.Zone) + "."
	case tickets.Approved:
		return a.waitUntil(s)
	case tickets.Ready:
		if s.Kind == tickets.Email {
			return "Ganti sebelum " + s.Ends.Long(a.Zone) + "."
		}
		return "Ambil sebelum " + s.Ends.Long(a.Zone) + "."
	case tickets.Issued:
		return "Kode pendaftaran berlaku sampai " + s.PassUntil.Long(a.Zone) + "."
	case tickets.Refused, tickets.Cancelled:
		return "Alasan: " + s.Reason
	}
	return ""
}

func (a *App) waitUntil(s tickets.Status) string {
	if s.MatureAt == 0 {
		return s.WaitBecause
	}
	return "Anda dapat melanjutkan mulai " + s.MatureAt.Long(a.Zone) + "."
}

// whyNot is a refusal of the desk in words for who filed; "" when err is none.
func whyNot(err error) string {
	switch {
	case errors.Is(err, tickets.ErrSpent):
		return "Percobaan habis. Datang ke loket dengan KTP dan SK asli."
	case errors.Is(err, tickets.ErrProof):
		return "Kode ini sudah tidak berlaku. Tunggu petugas menelepon lagi."
	case errors.Is(err, tickets.ErrPasses):
		return "Tiga kode sudah diambil. Tulis pesan kepada petugas."
	}
	return tickets.Why(err)
}
