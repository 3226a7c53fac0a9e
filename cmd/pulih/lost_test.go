package main

import (
	"strings"
	"time"

	"pulih/accounts"
	"pulih/otp"
	"pulih/secret"
	"pulih/tickets"
)

// lostFromAfar: a phone is gone, the password is known. A request, a check by
// one agent, a yes by another, the wait, the pass, a new authenticator.
func lostFromAfar(w *world, open func() *tab, who part) {
	b := open()
	number := w.file(b, who)
	b.press("Buktikan diri")
	b.fill("sandi", who.Password)
	b.press("Buktikan")
	b.shot("status")

	agent := w.staffTab(open(), "petugas", number)
	agent.press("Ambil permohonan ini")
	w.document(agent, tickets.KTP, who, tickets.Video)
	w.check(agent)

	approver := w.staffTab(open(), "verifikator", number)
	approver.fill("persetujuan-otp", w.code(w.play("verifikator", 0).Secret))
	approver.press("Setujui")
	w.mail(who.Email, "Permohonan pemulihan akun disetujui")

	w.clock.skip(61 * time.Second)
	b.until("/tiket/"+number, "Ambil kode pendaftaran")
	b.press("Ambil kode pendaftaran")
	b.fill("sandi", who.Password)
	b.press("Tampilkan kode")
	pass := b.read("#kode")
	b.shot("pass")
	b.press("Daftarkan autentikator")
	w.enrol(b, who, pass, who.Password)
	b.open("/tiket/" + number)
	b.sees("Selesai")
}

// lostAtTheCounter: nothing is left but two originals. The agent sees both,
// the approver one himself, and the password is set anew with the pass.
func lostAtTheCounter(w *world, open func() *tab, who part) {
	agent := w.staffTab(open(), "petugas", "baru")
	agent.fill("nip", who.NIP)
	agent.fill("nama", who.Name)
	agent.fill("opd", who.Unit)
	agent.fill("masalah", "HP hilang, kata sandi lupa.")
	agent.press("Buka permohonan")
	number := agent.number()
	if strings.Contains(agent.text(), "Ambil permohonan ini") {
		agent.press("Ambil permohonan ini")
	}
	w.document(agent, tickets.KTP, who, tickets.Seen)
	w.document(agent, appointment(demoPerson{nip: who.NIP}), who, tickets.Seen)
	w.check(agent)

	approver := w.staffTab(open(), "verifikator", number)
	approver.fill("persetujuan-dokumen", original(demoPerson{nip: who.NIP}, tickets.KTP))
	approver.fill("persetujuan-otp", w.code(w.play("verifikator", 0).Secret))
	approver.press("Setujui")

	agent.until("/petugas/tiket/"+number, "Terbitkan kode")
	agent.fill("penerbitan-otp", w.code(w.play("petugas", 0).Secret))
	agent.press("Terbitkan kode")
	agent.shot("slip")
	pass := findPass.FindString(agent.text())

	b := open()
	b.open("/daftar-mfa?kata-sandi=baru")
	w.enrol(b, who, pass, freshPassword)
}

// file sends a request and keeps its receipt.
func (w *world) file(b *tab, who part) (number string) {
	b.t.Helper()
	b.open("/tiket/baru")
	b.press("Mulai mengisi")
	b.fill("nip", who.NIP)
	b.fill("nama", who.Name)
	b.fill("unit", who.Unit)
	b.press("Simpan dan lanjutkan")
	b.choose("sebab", "hilang")
	b.press("Simpan dan lanjutkan")
	b.choose("kabar", "status")
	b.press("Simpan dan lanjutkan")
	b.choose("bukti", "nanti")
	b.press("Simpan dan lanjutkan")
	w.gate(b, "Kirim permohonan")
	b.shot("tanda-terima")
	number = b.read("#nomor")
	b.press("Sudah saya simpan")
	return number
}

// staffTab signs a member of staff in and opens a ticket.
func (w *world) staffTab(b *tab, role, number string) *tab {
	b.t.Helper()
	m := w.play(role, 0)
	b.open("/petugas/masuk")
	b.fill("nip", m.NIP)
	b.fill("sandi", m.Password)
	b.fill("otp", w.code(m.Secret))
	b.press("Masuk")
	b.shot("antrean")
	b.open("/petugas/tiket/" + number)
	b.shot("tiket")
	return b
}

// document types what stands on one.
func (w *world) document(b *tab, kind tickets.ProofKind, who part, how tickets.How) {
	b.t.Helper()
	birth, _ := accounts.BirthDate(secret.NIP(who.NIP))
	on := map[string]string{"nama": who.Name, "lahir": birth.Format("02-01-2006"), "nip": who.NIP, "nomor": original(demoPerson{nip: who.NIP}, kind)}
	for _, field := range kind.Fields() {
		if !field.Optional {
			b.fill(string(kind)+"-"+field.Key, on[field.Key])
		}
	}
	if how != tickets.Seen { // at the counter there is one way
		b.choose(string(kind)+"-cara", string(how))
	}
	b.press("Cocokkan " + kind.Label())
}

func (w *world) check(b *tab) {
	b.t.Helper()
	b.fill("pemeriksaan-otp", w.code(w.play("petugas", 0).Secret))
	b.shot("bukti")
	b.press("Nyatakan identitas terbukti")
	b.sees("verifikator")
}

// enrol uses a pass.
func (w *world) enrol(b *tab, who part, pass, password string) {
	b.t.Helper()
	b.fill("nip", who.NIP)
	b.fill("kode", pass)
	b.fill("sandi", password)
	b.press("Lanjutkan")
	w.bind(b, who, password)
}

// bind adds a new authenticator, which ends the old one, and signs in.
func (w *world) bind(b *tab, who part, password string) {
	b.t.Helper()
	fresh := w.device(b)
	w.mail(who.Email, "Bukan saya")
	w.refused(b, who, password)
	w.signIn(b, part{Name: who.Name, NIP: who.NIP, Secret: fresh}, password)
}

// device adds the key that is shown to an authenticator, and types its code.
func (w *world) device(b *tab) otp.Secret {
	b.t.Helper()
	b.shot("daftar")
	key, err := readKey(b.read("#kunci"))
	if err != nil {
		b.fail("key: %v", err)
	}
	b.fill("kode", w.code(key))
	b.press("Aktifkan autentikator")
	b.shot("selesai")
	return key
}

// refused tries the dead authenticator.
func (w *world) refused(b *tab, who part, password string) {
	b.t.Helper()
	b.open("/masuk")
	b.fill("nip", who.NIP)
	b.fill("sandi", password)
	b.fill("otp", w.code(who.Secret))
	b.press("Masuk")
	if where := b.where(); !strings.HasSuffix(where, "/masuk") {
		b.fail("the old authenticator still signs in: %s", where)
	}
}
