package main

import "strings"

// newcomer is somebody of the roster who has never signed in: the last ones,
// whom the demo's past does not reach.
func (w *world) newcomer() part {
	w.newcomers++
	p := people()[demoPeople-w.newcomers]
	return part{Name: p.name, NIP: p.nip, Email: p.email}
}

// firstActivation ends with the first sign-in of somebody's life.
func firstActivation(w *world, open func() *tab, _ part) {
	b, who := open(), w.newcomer()
	b.open("/aktivasi")
	w.askAt(b, "/aktivasi", who)
	letter := w.mail(who.Email, "mengaktifkan")
	if b.scripts {
		b.fill("kode", findCode.FindString(letter))
	} else {
		b.open(w.link(letter, "/aktivasi/kode/"))
	}
	b.press("Lanjutkan")
	b.shot("aktivasi-sandi")
	fresh := "Perahu-Hijau-Laut-38?"
	b.fill("sandi", fresh)
	b.press("Lanjutkan")
	key, err := readKey(b.read("#kunci"))
	if err != nil {
		b.fail("key: %v", err)
	}
	b.fill("kode", w.code(key))
	b.press("Aktifkan autentikator")
	b.sees("buat kode cadangan")
	b.shot("aktif")
	w.mail(who.Email, "Bukan saya")
	who.Secret = key
	w.signIn(b, who, fresh)
}

// flowPages are those of the mailed codes that a whole journey passes by.
func flowPages(w *world, open func() *tab, who part) {
	b, other, fresh := open(), open(), w.newcomer()
	w.askAt(b, "/aktivasi", fresh)
	other.open(w.link(w.mail(fresh.Email, "mengaktifkan"), "/aktivasi/kode/"))
	other.press("Lanjutkan")
	other.fill("sandi", "pendek")
	other.press("Lanjutkan")
	other.press("Buatkan untuk saya")
	other.press("Pakai kata sandi ini")
	w.unlock(b, who)
}

// unlock types wrong passwords until he must wait, and does not wait.
func (w *world) unlock(b *tab, who part) {
	b.t.Helper()
	for range 6 {
		b.open("/masuk")
		b.fill("nip", who.NIP)
		b.fill("sandi", "Salah-tebak-11")
		b.press("Masuk")
	}
	b.open(strings.TrimPrefix(b.attribute(`main a[href="/buka-kunci"]`, "href"), b.base))
	w.askAt(b, "/buka-kunci", who)
	letter := w.mail(who.Email, "membuka kunci")
	b.fill("kode", "0000-0000")
	b.press("Lanjutkan")
	b.open(w.link(letter, "/buka-kunci/kode/"))
	b.press("Lanjutkan")
	b.sees("Kunci sudah dibuka")
	w.signIn(b, who, who.Password)
}
