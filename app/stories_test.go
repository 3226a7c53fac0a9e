package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/otp"
	"pulih/tickets"
	"pulih/views"
)

// The stories are real days at an agency, over HTTP, as they are lived: each
// goes from the door to the sign-in, or to the refusal.

// day is an agency with its desk, and Siti, whose telephone is the trouble.
type day struct {
	*test
	rina, dewi, budi, sari *clerk // two agents, an approver, a supervisor
	siti                   employee
}

func newDay(t testing.TB) *day {
	x := newTest(t)
	d := &day{test: x, siti: x.settledEmployee(testNIP)}
	d.rina = x.clerk("197001012000011001", "Rina Petugas", accounts.Agent)
	d.dewi = x.clerk("197001052000011005", "Dewi Petugas", accounts.Agent)
	d.budi = x.clerk("197001022000011002", "Budi Verifikator", accounts.Approver)
	d.sari = x.clerk("197001032000011003", "Sari Penyelia", accounts.Supervisor)
	return d
}

// comes opens a request for whoever stands at the counter.
func (d *day) comes(at *clerk, nip string, kind tickets.Kind) string {
	d.t.Helper()
	p := at.submit(at.get("/petugas/tiket/baru"), "nip", nip, "nama", "Siti Contoh", "opd", "Dinas Contoh",
		"telepon", "", "masalah", "Datang sendiri.", "jenis", string(kind))
	if p.status != http.StatusSeeOther {
		d.t.Fatalf("not opened: %d\n%s", p.status, p.text())
	}
	return strings.TrimPrefix(p.header.Get("Location"), "/petugas/tiket/")
}

// shows has an agent read a document of Siti's.
func (d *day) shows(to *clerk, number, kind, how string) {
	d.t.Helper()
	d.showsOf(d.siti, to, number, kind, how)
}

// showsOf is the same for somebody else.
func (d *day) showsOf(e employee, to *clerk, number, kind, how string) {
	d.t.Helper()
	birth, _ := accounts.BirthDate(e.NIP)
	form := to.open(number).Find("#" + kind + " form")
	values := formValues(form, kind+"-nama", e.Name, kind+"-nomor", "7401 "+kind)
	for name, value := range map[string]string{kind + "-lahir": birth.Format("02-01-2006"), kind + "-nip": string(e.NIP), kind + "-cara": how} {
		if form.Find(`[name="`+name+`"]`).Length() > 0 && value != "" {
			values.Set(name, value)
		}
	}
	if p := to.post(form.AttrOr("action", ""), values); p.status != http.StatusSeeOther {
		d.t.Fatalf("%s of %s: %d\n%s", kind, number, p.status, p.text())
	}
}

func (d *day) checks(g *clerk, number string) {
	d.t.Helper()
	g.mustGo(number, "pemeriksaan", "pemeriksaan-otp", g.otp())
}

// approves is the second person; at the counter he reads the card himself.
func (d *day) approves(number, document string) {
	d.t.Helper()
	if document == "" {
		d.budi.mustGo(number, "persetujuan", "persetujuan-otp", d.budi.otp())
		return
	}
	d.budi.mustGo(number, "persetujuan", "persetujuan-dokumen", document, "persetujuan-otp", d.budi.otp())
	d.tick()
}

// waits lets the notice go out and the working hours pass.
func (d *day) waits(f filed) {
	d.t.Helper()
	d.lawQuiet()
	for range 80 {
		d.clock.Advance(time.Hour)
		d.tick()
		if title := f.page("").Find("h1").Text(); strings.Contains(title, "siap") || strings.Contains(title, "dapat diganti") {
			return
		}
	}
	d.t.Fatal("waited in vain: ", f.page("").text())
}

// enrols uses a pass with a factor or with a new password, and gives the new
// device.
func (d *day) enrols(b *browser, pass, password string, fresh bool) otp.Secret {
	d.t.Helper()
	form := b.get(views.EnrolOpen{NewPassword: fresh}.Address())
	device := b.follow(b.submit(form, "nip", testNIP, "kode", pass, "sandi", password))
	device.mustSay(d.t, http.StatusOK, "Pasang aplikasi autentikator")
	key := device.newSecret()
	b.follow(b.submit(device, "kode", d.otp(key), "perangkat", "HP baru")).mustSay(d.t, http.StatusOK, "HP baru")
	d.clock.Advance(time.Minute)
	return key
}

func (d *day) canSignIn(password string, key otp.Secret, want bool) {
	d.t.Helper()
	d.clock.Advance(31 * time.Second)
	p := d.browser().enter(testNIP, password, d.otp(key))
	if got := p.status == http.StatusSeeOther; got != want {
		d.t.Errorf("signs in: %v, want %v: %d %s", got, want, p.status, p.text())
	}
}

// returns signs a clerk in again, hours later.
func (d *day) returns(g *clerk) {
	d.t.Helper()
	if p := g.signsIn(g.nip, clerkPassword, g.otp()); p.status != http.StatusSeeOther {
		d.t.Fatalf("%s cannot come back: %d %s", g.name, p.status, p.text())
	}
}

// remote files from afar, and proves it with the password.
func (d *day) files(proven bool, answers ...string) filed {
	d.t.Helper()
	f := d.filed(answers...)
	d.tick()
	if proven {
		f.follow(f.submit(f.page("bukti"), "sandi", employeePassword)).mustSay(d.t, http.StatusOK, "Bukti Anda cocok")
	}
	return f
}

func (d *day) mails(subject string) string {
	d.t.Helper()
	return disownInMail.FindString(d.mailTo(string(d.siti.Email), subject).Text)
}

const storyPassword = "Sawah-Hijau-7-petak"

// Siti has lost telephone and password, and comes with card and decree.
func TestStoryAtTheCounterWithNothing(t *testing.T) {
	d := newDay(t)
	number := d.comes(d.rina, testNIP, tickets.MFA)
	d.shows(d.rina, number, "ktp", "")
	d.shows(d.rina, number, "sk_pns", "")
	d.checks(d.rina, number)
	d.rina.forge(number, "penerbitan", "penerbitan-otp", d.rina.otp()).mustSay(t, http.StatusConflict, "tidak berlaku")
	d.approves(number, "7401 ktp")
	slip := d.rina.fill(d.rina.open(number), ticketAddress(number)+"/penerbitan", "penerbitan-otp", d.rina.otp())
	key := d.enrols(d.browser(), slip.Find(".slip-code").Text(), storyPassword, true)
	d.canSignIn(storyPassword, key, true)
	d.canSignIn(employeePassword, d.siti.device, false)
}

// Siti's mailbox is closed for good. She knows her password.
func TestStoryRemoteWithADeadMailbox(t *testing.T) {
	d := newDay(t)
	f := d.files(true, "sebab", "email")
	f.follow(f.submit(f.page("email"), "email", "siti.baru@contoh.test"))
	d.shows(d.rina, f.number, "ktp", "video")
	d.shows(d.rina, f.number, "sk_pns", "video")
	d.rina.open(f.number).mustSay(t, http.StatusOK, "Telepon balik oleh pemeriksa")
	said := d.rina.act(f.number, "telepon", "telepon-nomor", string(d.siti.Phone))
	f.follow(f.submit(f.page("telepon"), "kode", said.Find("#kode-telepon").Text())).mustSay(t, http.StatusOK, "Kode dari telepon cocok")
	d.checks(d.rina, f.number)
	d.approves(f.number, "")
	d.waits(f)
	f.submit(f.page("email/ganti")) // "Kirim kode"
	code := codeInMail.FindString(d.mailTo("siti.baru@contoh.test", "Kode untuk email baru").Text)
	f.submit(f.page("email/ganti"), "kode", code, "sandi", "Salah-tebak-11").mustSay(t, http.StatusUnprocessableEntity, "belum cocok")
	f.follow(f.submit(f.page("email/ganti"), "kode", code, "sandi", employeePassword)).mustSay(t, http.StatusOK, "Email Anda sudah diganti")
	d.mails("telah diganti") // the old address hears of it
	b := d.browser()
	b.askCode(testNIP, "siti.baru@contoh.test")
	d.mailTo("siti.baru@contoh.test", "Kode untuk kata sandi baru")
}

// Rina goes home ill in the middle of a check; nothing she saw is lost.
func TestStoryAgentOnLeaveInMidCheck(t *testing.T) {
	d := newDay(t)
	f := d.files(true)
	d.rina.mustGo(f.number, "pengambilan")
	d.shows(d.rina, f.number, "ktp", "video")
	d.dewi.forge(f.number, "pengambilan").mustSay(t, http.StatusConflict, "sedang ditangani rekan lain")
	d.sari.mustGo(f.number, "pengambilalihan")
	d.sari.mustGo(f.number, "catatan", "catatan-teks", "Rina sakit. Dewi melanjutkan.")
	d.clock.Advance(31 * time.Minute)
	d.tick()
	d.returns(d.dewi)
	d.returns(d.budi)
	d.dewi.mustGo(f.number, "pengambilan")
	d.checks(d.dewi, f.number)
	d.approves(f.number, "")
	d.waits(f)
	key := d.enrols(f.browser, f.pass(), employeePassword, false)
	d.canSignIn(employeePassword, key, true)
}

// Budi is not convinced. Siti is told what she must know and no more.
func TestStoryApproverRefuses(t *testing.T) {
	d := newDay(t)
	refused := func(f filed) {
		t.Helper()
		d.shows(d.rina, f.number, "ktp", "video")
		d.checks(d.rina, f.number)
		d.budi.mustGo(f.number, "penolakan", "penolakan-alasan", "bukan-pemilik")
		f.page("").mustSay(t, http.StatusOK, "Identitas tidak dapat dipastikan.")
	}
	f := d.files(true)
	refused(f)
	if shown := f.page("").body; strings.Contains(shown, d.budi.name) || strings.Contains(shown, d.rina.name) {
		t.Error("Siti reads who decided")
	}
	f.follow(f.submit(f.page("pembukaan"), "pesan", "Saya bawa SK."))
	f.follow(f.submit(f.page("bukti"), "sandi", employeePassword))
	refused(f)
	f.submit(f.page("pembukaan"), "pesan", "Sekali lagi.").mustSay(t, http.StatusConflict, "tidak dapat dibuka kembali")
	again := d.files(true)
	d.rina.open(again.number).mustSay(t, http.StatusOK, "dua permohonan ditolak dalam 30 hari")
	d.canSignIn(employeePassword, d.siti.device, true)
}

// A decree turns out to be a copy after Budi has said yes.
func TestStoryEvidenceWithdrawn(t *testing.T) {
	d := newDay(t)
	f := d.files(true)
	d.shows(d.rina, f.number, "ktp", "video")
	d.checks(d.rina, f.number)
	d.approves(f.number, "")
	d.waits(f)
	d.returns(d.dewi)
	form := d.dewi.open(f.number).Find(`form[action$="/penarikan"]`).Last()
	d.dewi.post(form.AttrOr("action", ""), formValues(form))
	f.page("").mustSay(t, http.StatusOK, "Petugas sedang memeriksa permohonan Anda")
	if p := f.post(views.StatusPath(f.number, "kode"), url.Values{"sandi": {employeePassword}, "otp": {""}}); p.status != http.StatusConflict {
		t.Errorf("a pass without evidence: %d", p.status)
	}
	d.canSignIn(employeePassword, d.siti.device, true)
}

// An impostor files three times before Siti comes. She is served; he is not.
func TestStoryImpostorFilesFirst(t *testing.T) {
	d := newDay(t)
	var his [3]filed
	for i := range his {
		his[i] = d.files(false, "masalah", "HP saya hilang.")
	}
	hers := d.files(true)
	if first := d.rina.get("/petugas/antrean?tampilan=belum-diambil"); !strings.Contains(first.body, hers.number) || strings.Contains(first.body, his[0].number) {
		t.Error("she does not go first")
	}
	d.rina.get("/petugas/antrean?tampilan=belum-terbukti").mustSay(t, http.StatusOK, his[2].number)
	d.shows(d.rina, hers.number, "ktp", "video")
	d.checks(d.rina, hers.number)
	d.approves(hers.number, "")
	d.waits(hers)
	key := d.enrols(hers.browser, hers.pass(), employeePassword, false)
	d.clock.Advance(73 * time.Hour)
	d.tick()
	for _, f := range his {
		f.page("").mustSay(t, http.StatusOK, "Waktu permohonan ini habis")
	}
	d.canSignIn(employeePassword, key, true)
}

// It was the telephone's clock all the time.
func TestStoryClockIsTheCause(t *testing.T) {
	d := newDay(t)
	b := d.walked()
	number := d.sendRequest(b)
	d.rina.open(number).mustSay(t, http.StatusOK, "terlambat 4 menit")
	before := lawDump(t, d.DB, "accounts", "devices")
	d.rina.mustGo(number, "pertanyaan", "pertanyaan-teks", "Jam HP Anda terlambat 4 menit. Nyalakan jam otomatis, lalu coba lagi.")
	f := filed{browser: b, number: number}
	f.submit(f.page("")) // "Sudah saya simpan"
	f.follow(f.submit(f.page(""), "pesan", "Sudah bisa masuk. Terima kasih!")).mustSay(t, http.StatusOK, "Pesan Anda sudah terkirim.")
	d.rina.mustGo(number, "penyelesaian", "penyelesaian-cara", "jam")
	f.page("").mustSay(t, http.StatusOK, "Permohonan Anda selesai")
	lawSame(t, before, lawDump(t, d.DB, "accounts", "devices"), "solving it")
	d.canSignIn(employeePassword, d.siti.device, true)
}

// Rina and Budi agree to take Siti's account. She reads her mail.
func TestStoryTwoAgentsCollude(t *testing.T) {
	d := newDay(t)
	number := d.comes(d.rina, testNIP, tickets.MFA)
	d.shows(d.rina, number, "ktp", "")
	d.shows(d.rina, number, "sk_pns", "")
	d.checks(d.rina, number)
	d.approves(number, "7401 ktp")
	slip := d.rina.fill(d.rina.open(number), ticketAddress(number)+"/penerbitan", "penerbitan-otp", d.rina.otp())
	theirs := d.enrols(d.browser(), slip.Find(".slip-code").Text(), storyPassword, true)
	d.canSignIn(storyPassword, theirs, true)

	link := d.mails("Autentikator baru terdaftar")
	d.browser().submit(d.browser().get(link)).mustSay(t, http.StatusOK, "Autentikator dan kata sandi baru itu")
	d.canSignIn(storyPassword, theirs, false)
	d.dewi.get("/petugas/antrean?tampilan=belum-diambil").mustSay(t, http.StatusOK, "Dugaan penipuan")
	seen := d.sari.open(number)
	seen.mustSay(t, http.StatusOK, "Diperiksa")
	for _, name := range []string{d.rina.name, d.budi.name} {
		if !strings.Contains(seen.text(), name) {
			t.Errorf("the supervisor does not read that it was %s", name)
		}
	}
	again := d.comes(d.dewi, testNIP, tickets.MFA) // the counter stays open to her
	d.dewi.open(again).mustSay(t, http.StatusOK, "dilaporkan “Bukan saya”")
}

// Sari herself has lost her telephone. She decides nothing about it, and is
// served at the counter only.
func TestStoryTheSubjectIsASupervisor(t *testing.T) {
	d := newDay(t)
	p := d.employee(d.sari.nip)
	d.exec(`UPDATE accounts SET password_at = 1 WHERE person = '` + p.ID + `'`)
	f := d.files(true, "nip", d.sari.nip)
	d.sari.open(f.number).mustSay(t, http.StatusForbidden, "tentang Anda sendiri")
	d.rina.open(f.number).mustSay(t, http.StatusOK, "Harus di loket: pemohon adalah petugas atau operator")
	if list := d.sari.get("/petugas/antrean?tampilan=belum-diambil"); strings.Contains(list.body, f.number) {
		t.Error("her list shows it")
	}
	d.rina.mustGo(f.number, "pengambilan")
	if remote := d.rina.open(f.number); remote.Find(`form[action$="/bukti"]`).Length() != 0 || !strings.Contains(remote.text(), "Minta datang ke loket") {
		t.Error("documents are compared that count for nothing: ", remote.text())
	}
	d.rina.forge(f.number, "pemeriksaan", "pemeriksaan-otp", d.rina.otp()).mustSay(t, http.StatusConflict, "Bukti belum lengkap")
	number := d.comes(d.rina, d.sari.nip, tickets.MFA)
	d.showsOf(p, d.rina, number, "ktp", "")
	d.showsOf(p, d.rina, number, "sk_pns", "")
	d.checks(d.rina, number)
	d.approves(number, "7401 ktp")
	d.rina.open(number).mustSay(t, http.StatusOK, "Kode siap diterbitkan")
}

// Siti mixed up two digits of her number.
func TestStoryMistypedNIP(t *testing.T) {
	d := newDay(t)
	f := d.files(false, "nip", "198609262015051010")
	d.rina.open(f.number).mustSay(t, http.StatusOK, tickets.ErrSubject.Text)
	d.rina.mustGo(f.number, "pertanyaan", "pertanyaan-teks", "NIP ini tidak kami temukan. Mohon ketik ulang.")
	f.follow(f.submit(f.page(""), "pesan", "Maaf, terbalik: 198609262015051001."))
	d.rina.mustGo(f.number, "nip", "nip-nip", testNIP)
	d.tick()
	d.mails("Permohonan pemulihan akun diterima") // only now Siti hears of it
	f.follow(f.submit(f.page("bukti"), "sandi", employeePassword))
	d.shows(d.rina, f.number, "ktp", "video")
	d.checks(d.rina, f.number)
	d.approves(f.number, "")
	d.waits(f)
	key := d.enrols(f.browser, f.pass(), employeePassword, false)
	d.canSignIn(employeePassword, key, true)
}
