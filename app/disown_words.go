package app

import (
	"slices"

	"pulih/accounts"
	"pulih/mail"
	"pulih/views"
)

const (
	unchanged = "Kata sandi dan autentikator Anda tidak berubah."
	noMore    = " tidak bisa dipakai lagi."
)

// willDisown says before the button what it does (impostor 2).
func willDisown(n accounts.Notice) []string {
	switch {
	case n.Undoes.Any():
		return slices.Concat(willFreeze(n.What, n.Undoes), []string{credentials(n.Undoes) + " kami hentikan."}, endsOfChange)
	case n.Kind == accounts.Change:
		return endsOfChange
	case n.What.Proven():
		return append(willStop(n.What), "Laporan kedua dalam 30 hari menahan permohonan jarak jauh 7 hari.")
	}
	return willStop(n.What)
}

// willFreeze comes first: whoever presses cannot sign in either until the
// account is opened again.
func willFreeze(w mail.What, u accounts.Undone) []string {
	switch {
	case !freezes(w, u):
		return nil
	case u.Device:
		return []string{"Akun Anda kami bekukan. Tidak ada yang bisa masuk, termasuk Anda.", "Untuk membukanya, Anda datang ke loket dengan dokumen asli."}
	}
	return []string{"Akun Anda kami bekukan. Tidak ada yang bisa masuk, termasuk Anda.",
		"Untuk membukanya, Anda membuat kata sandi baru dengan kode email dan kode OTP."}
}

// freezes tells whether nobody can sign in after what is suspended. A second
// authenticator leaves the first.
func freezes(w mail.What, u accounts.Undone) bool {
	return u.Password || u.Device && w != mail.DeviceSecond
}

func willStop(w mail.What) []string {
	switch {
	case w.AsksCode():
		return []string{"Kode itu kami batalkan.", unchanged}
	case w == mail.MFAWaiting || w == mail.MFAReady:
		return []string{"Penggantian autentikator itu kami hentikan.", unchanged}
	case w == mail.DataAsked:
		return []string{"Permintaan data itu kami hentikan, dan petugas memeriksanya.", unchanged}
	case stoppable(w):
		return []string{"Permohonan itu kami hentikan.", unchanged}
	}
	return []string{"Petugas kami mendapat laporan Anda.", unchanged}
}

// endsOfChange is what the button does on every notice of a change.
var endsOfChange = []string{"Semua sesi kami akhiri.", "Permohonan jarak jauh kami tahan 7 hari."}

func credentials(u accounts.Undone) string {
	switch {
	case u.Backup:
		return "Semua kode cadangan Anda"
	case u.Email:
		return "Alamat email baru itu"
	case u.Address:
		return "Email tambahan itu"
	case u.Device && u.Password:
		return "Autentikator dan kata sandi baru itu"
	case u.Password:
		return "Kata sandi baru itu"
	}
	return "Autentikator baru itu"
}

func stoppable(w mail.What) bool {
	switch w {
	case mail.RequestFiled, mail.RequestApproved, mail.PassIssued, mail.MFAWaiting, mail.MFAReady:
		return true
	}
	return false
}

// disowned says what was done, exactly, and what to do next.
func disowned(d accounts.Disowned) views.DisownedPage {
	p := views.DisownedPage{Done: didDisown(d)}
	if freezes(d.What, d.Undone) {
		p.Done = append([]string{"Akun Anda kami bekukan. Tidak ada yang bisa masuk, termasuk Anda."}, p.Done...)
	}
	if d.Blocked {
		p.Done = append(p.Done, "Permohonan jarak jauh untuk akun Anda kami tahan selama 7 hari.")
	}
	switch {
	case !d.Undone.Any() && d.What.Alone():
		p.Next = []string{"Segera ganti kata sandi akun dan email Anda.", "Orang itu mengetahui kata sandi Anda, dan mungkin membaca email Anda."}
		p.Desk, p.Mail = d.Blocked, true
	case d.Kind == accounts.Change && keepsDevice(d):
		p.Next, p.Desk = []string{"Orang lain mungkin mengetahui kata sandi Anda. Masuk, lalu ganti kata sandi sekarang.",
			"Tidak bisa masuk? Datanglah ke loket dengan dokumen asli."}, true
	case !d.Undone.Any():
		p.Next = []string{"Anda bisa masuk seperti biasa.", "Jangan berikan kata sandi, kode OTP, atau kode email kepada siapa pun."}
		p.Desk = d.Blocked
	case d.Undone.Device || d.Undone.Email:
		p.Next, p.Desk = []string{"Datanglah ke loket dengan dokumen asli.", "Dua petugas memeriksa dokumen lalu membuka kembali akun Anda."}, true
	default:
		p.Next = []string{"Buat kata sandi baru lewat email. Kami juga akan meminta kode OTP Anda.",
			"Tidak punya autentikator? Datanglah ke loket dengan dokumen asli."}
		p.Desk, p.Mail = true, true
	}
	if d.Kind == accounts.Change {
		p.Next = append(p.Next, "Ganti juga kata sandi email Anda: orang lain mungkin bisa membukanya.")
	}
	return p
}

// keepsDevice tells whether the person still has an authenticator and a
// password that he knows: then he can sign in at once.
func keepsDevice(d accounts.Disowned) bool {
	return !freezes(d.What, d.Undone)
}

func didDisown(d accounts.Disowned) []string {
	guarded := []string{"Semua sesi akun Anda sudah berakhir.", "Mulai sekarang kode email saja tidak cukup untuk mengganti kata sandi."}
	switch {
	case d.Undone.Any():
		return append([]string{credentials(d.Undone) + noMore}, guarded...)
	case d.Kind == accounts.Change:
		return guarded
	case d.What.AsksCode():
		return []string{"Kode itu sudah tidak berlaku.", unchanged}
	case d.What == mail.DataAsked:
		return []string{"Permintaan data itu sudah kami hentikan.", unchanged}
	case stoppable(d.What):
		return []string{"Permohonan itu sudah kami hentikan.", unchanged}
	}
	return []string{"Laporan Anda tercatat dan dilihat petugas."}
}
