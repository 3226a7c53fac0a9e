package app

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pulih/db"
	"pulih/mail/mailbox"
	"pulih/tickets"
	"pulih/views"
)

// lawMailWalks lead to every kind of mail between them.
var lawMailWalks = map[string]func(*test){
	"the tour": func(x *test) {
		l := x.lawTour()
		l.lawFinish()
		l.finishAlone()
	},
	"the counter":     func(x *test) { lawCounter(x, staffedOf(x)) },
	"at home":         lawHomeMails,
	"codes":           lawCodeMails,
	"wrong codes":     lawWrongCodeMails,
	"bukan saya":      func(x *test) { x.lawFrozen() },
	"another address": func(x *test) { lawNewAddress(x, staffedOf(x)) },
	"the desk":        lawDeskMails,
	"the summary": func(x *test) {
		staffedOf(x).sari.subscribe()
		x.at(db.WITA, 30, 7, 0)
		x.summaries()
	},
}

// lawHomeMails changes everything that somebody can change at /akun.
func lawHomeMails(x *test) {
	h := x.home(sitiNIP)
	codes := codesOn(h.proves("/akun/kode-cadangan"))
	second := h.follow(h.proves("/akun/autentikator"))
	h.submit(second, "kode", x.otp(second.newSecret()), "perangkat", "Tablet")
	h.lawSecondAddress()
	for _, what := range []string{"/akun/autentikator/", "/akun/email/"} {
		remove, _ := h.get("/akun").Find(`a[href^="` + what + `"]`).Last().Attr("href")
		h.proves(remove)
	}
	b := x.browser()
	b.submit(b.get("/masuk"), "nip", sitiNIP, "sandi", employeePassword, "cadangan", codes[0])
}

func (h atHome) lawSecondAddress() {
	h.x.t.Helper()
	wait := h.follow(h.proves("/akun/email", "email", "kedua@contoh.test"))
	code, _, _ := strings.Cut(h.x.mailTo("kedua@contoh.test", "adalah kode Anda").Text, " ")
	h.submit(wait, "kode", code)
}

// lawCodeMails asks for each code where another mailbox hears of it, and for
// two that there is no use for.
func lawCodeMails(x *test) {
	e, new := x.settledEmployee(sitiNIP), x.newcomer("199501012023211002")
	for _, person := range []string{e.ID, new.ID} { // who activates has no way to add an address: staff replaced it
		x.lawExec(`INSERT INTO former_emails (id, person, email, since, until) VALUES ($1, $1, 'lama@contoh.test', 1, $2)`, person, x.DB.Now().Add(time.Hour))
	}
	x.browser().askMFACode(e)
	for flow, nip := range map[string]string{"/pulihkan": sitiNIP, "/buka-kunci": sitiNIP, "/aktivasi": string(new.NIP)} {
		email := string(e.Email)
		if nip != sitiNIP {
			email = string(new.Email)
		}
		x.browser().askCodeAt(flow, nip, email)
	}
	x.browser().askCodeAt("/pulihkan", string(new.NIP), string(new.Email))
	x.browser().askCodeAt("/aktivasi", sitiNIP, string(e.Email))
}

// lawWrongCodeMails types the third wrong code in a row, and the hundredth.
func lawWrongCodeMails(x *test) {
	e := x.employee(sitiNIP)
	for _, before := range []int{2, 99} {
		x.lawExec(`UPDATE accounts SET otp_failures = $1, otp_wait_until = 0 WHERE person = $2`, before, e.ID)
		x.browser().enter(sitiNIP, employeePassword, "000000")
	}
}

// lawFrozen changes a password and disowns that.
func (x *test) lawFrozen() {
	_, change := x.changed(x.employee(sitiNIP))
	b := x.browser()
	b.submit(b.get(change))
}

// lawNewAddress replaces an address at the counter.
func lawNewAddress(x *test, desk *staffed) {
	number := desk.rina.at(tickets.Email)
	desk.rina.mustGo(number, "email", "email-alamat", "siti.baru@dinas.test")
	desk.rina.seeOriginals(number)
	desk.rina.mustGo(number, "pemeriksaan", "pemeriksaan-otp", desk.rina.otp())
	desk.budi.mustGo(number, "persetujuan", "persetujuan-dokumen", "sk/12/2015", "persetujuan-otp", desk.budi.otp())
	x.tick()
	desk.rina.mustGo(number, "kode-email")
	code := emailCodeInMail.FindString(x.mailTo("siti.baru@dinas.test", "Kode untuk email baru").Text)
	desk.rina.mustGo(number, "ganti-email", "ganti-email-kode", code, "ganti-email-otp", desk.rina.otp())
}

// lawDeskMails asks, refuses, is taken back, hands data over, and lifts a block.
func lawDeskMails(x *test) {
	desk := staffedOf(x)
	asked, refused, back := x.remote(tickets.MFA), x.remote(tickets.MFA), x.remote(tickets.MFA)
	desk.rina.mustGo(asked.Number, "pertanyaan", "pertanyaan-teks", "Kapan HP hilang?")
	desk.rina.mustGo(refused.Number, "penolakan", "penolakan-alasan", "bukti")
	x.reader(back).post(views.StatusPath(back.Number, "pembatalan"), nil)
	at := desk.asked()
	desk.sari.fill(desk.sari.get(at), at, "bentuk", "cetak", "dokumen", seenNumber, "otp", desk.sari.otp()).mustSay(x.t, http.StatusOK, asn.Name)
	x.tick()
	blocked := desk.blockedASN()
	desk.rina.mustGo(blocked, "usul-pembukaan", "usul-pembukaan-teks", "KTP asli.", "usul-pembukaan-otp", desk.rina.otp())
	desk.budi.mustGo(blocked, "pembukaan-penahanan", "pembukaan-penahanan-otp", desk.budi.otp())
}

// lawSubjects are the subjects of all kinds of mail, by the golden files of
// package mail: each kind has its own.
func lawSubjects(t *testing.T) map[string]string {
	subjects := map[string]string{}
	for _, file := range must(filepath.Glob("../mail/testdata/*.txt"))(t) {
		first, _, _ := strings.Cut(string(must(os.ReadFile(file))(t)), "\n")
		subject := lawSubject(strings.TrimPrefix(first, "Subject: "))
		if subjects[subject] != "" {
			t.Errorf("%s and %s are called the same", file, subjects[subject])
		}
		subjects[subject] = strings.TrimSuffix(filepath.Base(file), ".txt")
	}
	return subjects
}

// lawSubject is a subject without the agency.
func lawSubject(s string) string {
	s, _, _ = strings.Cut(s, " – ")
	return s
}

// lawOurLinks looks at every link of a mail.
func (x *test) lawOurLinks(t *testing.T, m mailbox.Received) {
	t.Helper()
	if strings.Contains(m.Text+m.HTML+m.Subject, "evil") || strings.Contains(m.Text+m.HTML, "gopher:") {
		t.Errorf("%q believed a forwarded host: %s", m.Subject, m.Text)
	}
	for _, link := range lawLinks(m) {
		if u, err := url.Parse(link); err != nil || u.Scheme+"://"+u.Host != x.url {
			t.Errorf("%q links to %s", m.Subject, link)
		}
	}
}
