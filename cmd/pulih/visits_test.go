package main

import (
	"context"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"pulih/accounts"
	"pulih/db"
	"pulih/guide"
	"pulih/secret"
)

// visits are looks at pages that no journey passes: what stands at an
// address, and what a refusal looks like.
var visits = []journey{
	{"addresses", visit(
		to("/"), to("/pulihkan"), to("/aktivasi"), to("/buka-kunci"), to("/masuk"), to("/tiket/baru"), to("/tiket"), to("/daftar-mfa"), to("/daftar-mfa?kata-sandi=baru"),
		to("/cek-jam"), to("/bukan-saya/tidak-ada"), to("/tidak-ada"), to("/petugas/masuk"), to("/petugas/aktivasi"),
		to("/demo/kotak-surat"), to("/demo/autentikator"),
	)},
	{"refusals", visit(
		to("/tiket/baru"), press("Mulai mengisi"), press("Simpan dan lanjutkan"), to("/tiket/baru"), to("/tiket/baru/masalah"), press("Simpan dan lanjutkan"),
		to("/tiket/baru/kontak"), press("Simpan dan lanjutkan"), to("/tiket/baru/bukti"), press("Simpan dan lanjutkan"),
		to("/tiket/baru/identitas"), fill("nip", "198609262015051001"), fill("nama", "Siti Contoh"), fill("unit", "Dinas Contoh"), press("Simpan dan lanjutkan"), to("/tiket/baru/berkas"),
		to("/tiket"), fill("nomor", "PUL-7K3M-9QXD"), fill("kunci", "0000-0000-0000-0000"), press("Lihat status"),
		to("/daftar-mfa"), fill("kode", "0000-0000-0000"), press("Lanjutkan"),
		to("/masuk"), press("Masuk"),
		to("/petugas/masuk"), press("Masuk"),
		to("/petugas/aktivasi"), press("Lanjutkan"),
		to("/cek-jam"), press("Buat entri latihan"), fill("kode", "12"), press("Periksa kode"),
	)},
	{"troubleshooter", visit(
		to("/bantuan"), press("Cari"), fill("pesan", "invalid autenticator kode"), press("Cari"), fill("pesan", "zzz"), press("Cari"),
		to("/bantuan/pilih/mulai"), to("/bantuan/otp-tidak-valid"), press("Cetak semua langkah"), to("/bantuan/otp-tidak-valid"), press("Mulai langkah 1"),
		to("/bantuan/otp-tidak-valid/cek-jam"), press("Uji jam sekarang"), to("/bantuan/otp-tidak-valid/cek-jam"), press("Jam saya meleset"),
		to("/bantuan/otp-tidak-valid/jam-otomatis?merek=samsung"), to("/bantuan/pendamping"), press("Mulai membantu"), to("/bantuan/pendamping"),
		to("/bantuan/otp-tidak-valid/petugas"), press("Isi formulir permohonan"), to("/bantuan/selesai"), to("/panduan"), to("/panduan/aktivasi"),
	)},
	{"steps with tools", visit(toolSteps()...)},
	{"reset refused", resetRefused},
	{"flows", flowPages},
	{"account refused", accountRefused},
	{"clock", clockByEye},
	{"request refused", requestRefused},
	{"survey", surveyPages},
	{"staff", staffPages},
	{"files at the desk", filePages},
	{"settings", settingsPages},
	{"audit", auditPages},
}

// step is a thing that somebody does at a page.
type step func(*tab)

func to(path string) step          { return func(b *tab) { b.open(path) } }
func press(text string) step       { return func(b *tab) { b.press(text) } }
func fill(name, value string) step { return func(b *tab) { b.fill(name, value) } }

// toolSteps are a step of the troubleshooter for each thing that may stand
// beside one, and where its walk is handed over.
func toolSteps() (all []step) {
	catalogue, err := guide.LoadCatalogue(guide.Builtin(), guide.Words{})
	if err != nil {
		panic(err) // no catalogue, no test
	}
	seen := map[guide.Tool]bool{}
	for _, s := range catalogue.Symptoms() {
		for _, at := range s.Steps {
			if !seen[at.Tool] {
				seen[at.Tool] = true
				all = append(all, to("/bantuan/"+s.Key+"/"+at.Key), press(at.Says.Cannot), to("/bantuan/"+s.Key+"/petugas"))
			}
		}
	}
	return all
}

func visit(steps ...step) walk {
	return func(_ *world, open func() *tab, _ part) {
		b := open()
		for _, do := range steps {
			do(b)
		}
	}
}

// resetRefused types wrong things on the way.
func resetRefused(w *world, open func() *tab, who part) {
	b := open()
	b.open("/pulihkan")
	b.fill("nip", "123")
	b.press("Lanjutkan")
	b.fill("nip", who.NIP)
	b.press("Lanjutkan")
	b.fill("email", "bukan alamat")
	w.gate(b, "Kirim kode")
	b.fill("email", who.Email)
	w.gate(b, "Kirim kode")
	b.fill("kode", "0000-0000")
	b.press("Lanjutkan")
	letter := w.mail(who.Email, "Kode untuk")
	open().open(w.link(letter, "/bukan-saya/"))
	other := open()
	other.open(w.link(letter, "/pulihkan/kode/"))
	other.press("Lanjutkan")
	other.fill("sandi", "pendek")
	other.press("Simpan kata sandi")
	other.press("Buatkan untuk saya")
	b.open("/pulihkan/kode") // the flow has gone to the other window
	b.open("/demo/kotak-surat")
	b.open(b.attribute(`a[href^="/demo/kotak-surat/"]`, "href"))
}

// flowPages are those of the mailed codes that a whole journey passes by.
func flowPages(w *world, open func() *tab, who part) {
	b, fresh := open(), w.newcomer()
	w.askAt(b, "/aktivasi", fresh)
	b.open(w.link(w.mail(fresh.Email, "mengaktifkan"), "/aktivasi/kode/"))
	b.press("Lanjutkan")
	b.fill("sandi", "pendek")
	b.press("Lanjutkan")
	b.press("Buatkan untuk saya")
	b.press("Pakai kata sandi ini")
	w.askAt(b, "/buka-kunci", who)
	b.fill("kode", "0000-0000")
	b.press("Lanjutkan")
	b.open(w.link(w.mail(who.Email, "membuka kunci"), "/buka-kunci/kode/"))
	b.press("Lanjutkan")
	aloneRefused(w, b, who)
}

// aloneRefused is told what is wrong, and that his mailbox is not enough.
func aloneRefused(w *world, b *tab, who part) {
	b.open("/pulihkan-mfa")
	b.press("Lanjutkan")
	b.fill("nip", who.NIP)
	b.fill("sandi", who.Password)
	b.fill("cadangan", "0000-0000-0000-0000")
	b.press("Lanjutkan")
	b.fill("sandi", who.Password)
	b.press("Lanjutkan")
	b.fill("email", who.Email)
	w.gate(b, "Kirim kode")
	b.open(w.link(w.mail(who.Email, "/pulihkan-mfa/kode/"), "/pulihkan-mfa/kode/"))
}

// accountRefused forgets to prove that it is him.
func accountRefused(w *world, open func() *tab, who part) {
	b := open()
	w.signIn(b, who, who.Password)
	for path, button := range map[string]string{"/akun/autentikator": "Lanjutkan", "/akun/kode-cadangan": "Buat 10 kode", "/akun/email": "Kirim kode"} {
		b.open(path)
		b.press(button)
	}
	b.open("/akun/sandi")
	b.press("Simpan kata sandi")
	b.press("Buatkan untuk saya")
	b.open("/akun")
	b.open(b.link("/akun/autentikator/"))
}

// clockByEye goes the ways of the clock check.
func clockByEye(w *world, open func() *tab, _ part) {
	b := open()
	b.open("/cek-jam")
	b.choose("zona", "WITA")
	b.fill("jam", "0310AM")
	b.press("Bandingkan")
	b.open("/cek-jam/latihan")
	b.press("Buat entri latihan")
	practice, err := w.server.app.Guide.Practice(b.ctx, secret.Token(b.cookie("__Host-latihan")))
	if err != nil {
		b.fail("%v", err)
	}
	b.open("/cek-jam/" + string(practice.HandOff))
}

// requestRefused opens what a receipt opens, and takes the request back.
func requestRefused(w *world, open func() *tab, who part) {
	b := open()
	number := w.file(b, who)
	b.open("/tiket/" + number + "/bukti")
	b.press("Buktikan")
	b.open("/tiket/" + number + "/berkas")
	b.press("Kirim berkas")
	b.open("/tiket/" + number + "/telepon")
	b.press("Kirim kode")
	b.open("/tiket/" + number + "/pembukaan")
	b.open("/tiket/" + number + "/email")
	b.open("/tiket/" + number + "/email/ganti")
	b.open("/tiket/" + number + "/pembatalan")
	b.press("Batalkan permohonan")
}

// surveyPages says what one thinks when a request has ended.
func surveyPages(w *world, open func() *tab, who part) {
	b := open()
	number := w.file(b, who)
	agent := w.staffTab(open(), "petugas", number)
	agent.choose("penyelesaian-cara", "jawaban")
	agent.press("Selesaikan")
	b.open("/tiket/" + number)
	b.press("Kirim penilaian")
	b.choose("selesai", "ya")
	b.choose("terbantu", "4")
	b.press("Kirim penilaian")
	b.press("Isi survei")
	b.press("Kirim survei")
	b.choose("syarat", "4")
	b.press("Kirim survei")
}

func staffPages(w *world, open func() *tab, _ part) {
	agent := w.staffTab(open(), "petugas", "baru")
	agent.press("Buka permohonan")
	w.dueOf(agent)
	for _, list := range []string{"/petugas/antrean?tampilan=belum-terbukti&jenis=mfa", "/petugas/antrean?tampilan=selesai-hari-ini&unit=zzz", "/petugas/cari", "/petugas/cari?kata=zzz", "/petugas/cari?kata=hp"} {
		agent.open(list)
	}
	head := w.staffTab(open(), "penyelia", "tidak-ada")
	agent.open("/petugas/gangguan")
	agent.press("Usulkan")
	agent.fill("teks", "Portal sulit dibuka sejak pagi ini.")
	agent.press("Usulkan")
	head.open("/petugas/gangguan")
	head.press("Konfirmasi dan tampilkan")
	open().open("/")
	agent.open("/petugas/balasan-massal")
	agent.open("/petugas/antrean?tampilan=belum-terbukti")
	agent.evaluate(`document.querySelector("[name^=pilih-]").click() ?? ""`)
	agent.press("Balas yang dipilih")
	agent.press("Kirim ke semua")
	agent.fill("teks", "Kapan Anda terakhir masuk?")
	agent.press("Kirim ke semua")
	w.wroteToTwenty()
	agent.open("/petugas/antrean?tampilan=belum-terbukti")
	agent.evaluate(`document.querySelector("[name^=pilih-]").click() ?? ""`)
	agent.press("Balas yang dipilih")
	agent.fill("teks", "Apakah Anda masih menunggu?")
	agent.press("Kirim ke semua")
	agent.open("/petugas/balasan-massal")
	agent.press("Baca dan putuskan")
	agent.open("/petugas/tombol")
	agent.press("Matikan tombol pintas")
	agent.press("Hidupkan tombol pintas")
	head.open("/petugas/balasan")
	head.fill("judul", "Salam")
	head.fill("teks", "Yth. {nama}, buka evil.com.")
	head.press("Simpan balasan")
	head.fill("teks", "Yth. {nama}, nomor {nomor}.")
	head.press("Pratinjau")
	head.press("Simpan balasan")
	head.open(head.attribute(`main a[href^="/petugas/balasan?"]`, "href"))
	agent.open("/petugas/balasan") // who may only read them
	head.open("/petugas/retensi")
	head.open("/petugas/laporan")
	head.open(strings.TrimPrefix(head.attribute(`a[href^="/petugas/laporan/daftar"]`, "href"), head.base))
	head.open("/petugas/laporan/ekspor")
	head.fill("otp", w.code(w.play("penyelia", 0).Secret))
	head.press("Unduh berkas")
	head.open("/petugas/laporan/pasangan?pemeriksa=x&verifikator=y")
	head.open("/petugas/laporan/ikm")
	head.open("/petugas/laporan/ringkasan")
	head.press("Nyalakan ringkasan")
	w.staffTab(open(), "admin", "tidak-ada")
	w.setUp(open())
}

// setUp opens the page on which a new agent adds his authenticator.
// wroteToTwenty has every agent at the end of what he may write alone today.
func (w *world) wroteToTwenty() {
	w.t.Helper()
	const all = `INSERT INTO ticket_counts (what, who, day, n) SELECT 'bulk', id, $1, 20 FROM staff WHERE TRUE
		ON CONFLICT (what, who, day) DO UPDATE SET n = excluded.n`
	day := w.clock.Now().In(w.server.app.Zone.Location).Format(time.DateOnly)
	err := w.server.db.Write(w.t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(w.t.Context(), all, day)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) setUp(b *tab) {
	b.t.Helper()
	code, err := w.server.app.Accounts.AddStaff(b.ctx, accounts.NewStaff{
		NIP: "197903152005011007", Name: "Petugas Baru", Email: "petugas.baru@example.go.id", Agency: demoAgency, Roles: []accounts.Role{accounts.Agent},
	}, console)
	if err != nil {
		b.fail("%v", err)
	}
	b.open("/petugas/aktivasi")
	b.fill("kode", string(code))
	b.fill("sandi", freshPassword)
	b.press("Lanjutkan")
	b.fill("otp", "12")
	b.press("Aktifkan akun petugas")
}

// cookie is what the browser holds under a name.
func (b *tab) cookie(name string) (value string) {
	b.t.Helper()
	b.do(func(ctx context.Context, target *chromedp.Target) (none chromedp.Void, err error) {
		held, err := cdp.Call(ctx, target, network.GetCookies, network.GetCookiesParams{})
		for _, c := range held.Cookies {
			if c.Name == name {
				value = c.Value
			}
		}
		return none, err
	})
	return value
}
