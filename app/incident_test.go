package app

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/db"
	"pulih/db/dbtest"
)

const incidentText = "Portal sulit dibuka sejak pagi. Kata sandi Anda tidak bermasalah."

// announcers are who may have to do with an announcement.
type announcers struct {
	*test
	agent, approver, supervisor, other *clerk
}

func (x *test) announcers() announcers {
	x.t.Helper()
	return announcers{x, x.clerk("197101012000011001", "Rina Contoh", accounts.Agent, accounts.Approver),
		x.clerk("197101022000011002", "Budi Contoh", accounts.Approver), x.clerk("197101032000011003", "Sari Contoh", accounts.Supervisor),
		x.clerkOf("BKD Kota Lain", "197101042000011004", "Wati Lain", accounts.Agent, accounts.Approver, accounts.Supervisor)}
}

func announcement(text string) url.Values {
	return url.Values{"teks": {text}, "mulai": {"2026-11-23T10:00"}, "akhir": {"2026-11-23T14:00"}}
}

// propose returns the address of the announcement.
func (a announcers) propose(text string) string {
	a.t.Helper()
	if p := a.agent.post(incidentPath, announcement(text)); p.status != http.StatusSeeOther {
		a.t.Fatalf("%d %s", p.status, p.text())
	}
	ids := lawRows(a.t, a.DB, `SELECT id FROM incidents ORDER BY id DESC LIMIT 1`, func(v []any) string { return v[0].(string) })
	return incidentPath + "/" + ids[0]
}

func (a announcers) shown() bool {
	return strings.Contains(a.browser().get("/").text(), incidentText)
}

// announcedAt are the pages that tell everybody of trouble at the portal: the
// start, where each flow begins that changes an account, and the questions.
var announcedAt = []string{"/", "/pulihkan", "/pulihkan-mfa", "/aktivasi", "/buka-kunci", "/masuk", "/tiket/baru",
	"/bantuan", "/bantuan/pilih/mulai", "/panduan", "/panduan/aktivasi"}

// silentAt are pages where it would only stand in the way.
var silentAt = []string{"/tiket", "/daftar-mfa", "/cek-jam", "/bantuan/selesai", "/bantuan/pendamping"}

// Two people, a start and an end; shown at the start, where a flow begins, at
// the questions and at the symptoms that it explains (impostor 24).
func TestAnAnnouncementTakesTwo_impostor24(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		a := newTestOn(t, d, clock).announcers()
		at := a.propose(incidentText)
		if a.shown() {
			t.Error("shown before a second person confirmed it")
		}
		a.agent.post(at+"/konfirmasi", nil).mustSay(t, http.StatusForbidden, "dikonfirmasi orang lain")
		if a.shown() {
			t.Error("shown after the proposer confirmed it himself")
		}
		if p := a.approver.post(at+"/konfirmasi", nil); p.status != http.StatusSeeOther || !a.shown() {
			t.Errorf("%d, shown %v", p.status, a.shown())
		}
		for at, want := range a.places() {
			if told := strings.Contains(a.browser().get(at).text(), incidentText); told != want {
				t.Errorf("%s: told %v, want %v", at, told, want)
			}
		}
		for _, s := range a.Catalogue.Symptoms() {
			if told := strings.Contains(a.browser().get(symptomAddress(s.Key)).text(), incidentText); told != s.Portal {
				t.Errorf("%s: told %v, want %v", s.Key, told, s.Portal)
			}
		}
		a.clock.Advance(4 * time.Hour)
		if a.shown() {
			t.Error("shown after its end")
		}
		late := a.clerk("197101052000011005", "Dewi Contoh", accounts.Supervisor)
		late.post(at+"/konfirmasi", nil).mustSay(t, http.StatusNotFound, "sudah berakhir")
	})
}

// places are pages, and whether they tell of an announcement.
func (a announcers) places() map[string]bool {
	all := map[string]bool{}
	for _, at := range announcedAt {
		all[at] = true
	}
	for _, at := range silentAt {
		all[at] = false
	}
	return all
}

func TestAnAnnouncementEndsByOne(t *testing.T) {
	a := newTest(t).announcers()
	at := a.propose(incidentText)
	a.supervisor.post(at+"/konfirmasi", nil)
	if p := a.approver.post(at+"/akhir", nil); p.status != http.StatusSeeOther || a.shown() {
		t.Errorf("%d, shown %v", p.status, a.shown())
	}
	a.supervisor.post(at+"/konfirmasi", nil).mustSay(t, http.StatusNotFound, "sudah berakhir")
	if a.shown() {
		t.Error("confirmed after its end")
	}
	a.agent.post(a.propose(incidentText)+"/akhir", nil) // a proposal is taken back
	if n := a.countRows(`SELECT count(*) FROM incidents WHERE ended_at > 0`); n != 2 {
		t.Errorf("%d ended", n)
	}
}

func TestAnAnnouncementBeginsAtItsTime(t *testing.T) {
	a := newTest(t).announcers()
	form := announcement(incidentText)
	form.Set("mulai", "2026-11-23T12:00")
	a.agent.post(incidentPath, form)
	id := lawRows(t, a.DB, `SELECT id FROM incidents`, func(v []any) string { return v[0].(string) })[0]
	a.approver.post(incidentPath+"/"+id+"/konfirmasi", nil)
	if a.shown() {
		t.Error("shown before its start")
	}
	a.clock.Advance(2 * time.Hour)
	if !a.shown() {
		t.Error("not shown at its start")
	}
}

// Other agencies' staff see, confirm and end nothing here (ST-04).
func TestOtherAgenciesHaveNoHandInIt_ST04(t *testing.T) {
	a := newTest(t).announcers()
	at := a.propose(incidentText)
	if strings.Contains(a.other.get(incidentPath).body, incidentText) {
		t.Error("seen by another agency")
	}
	for _, verb := range []string{"/konfirmasi", "/akhir"} {
		a.other.post(at+verb, nil).mustSay(t, http.StatusNotFound, "Pengumuman ini")
	}
	a.other.post(incidentPath, announcement(incidentText)).mustSay(t, http.StatusForbidden, "instansi lain")
	if n := a.countRows(`SELECT count(*) FROM incidents WHERE confirmed_at > 0 OR ended_at > 0`) + a.countRows(`SELECT count(*) FROM incidents`); n != 1 {
		t.Errorf("%d", n)
	}
}

// A banner links nowhere and is no way to reach people (impostor 24).
func TestAnAnnouncementLinksNowhere_impostor24(t *testing.T) {
	a := newTest(t).announcers()
	for _, text := range []string{
		"Buka https://evil.test untuk masuk", "Buka evil.test/asn untuk masuk", "Buka www evil test ya", "Buka bit.ly/asn sekarang", "Tulis ke a@evil.test sekarang",
		"Buka asn-digital。com sekarang juga", "Buka asn．id sekarang juga", "Hubungi 0812 3456 7890 sekarang", "Hubungi 0812-3456-7890", "Hubungi ０８１２３４５６７８９０",
		"Hubungi +62 (812) 345.678.90", "Buka //evil untuk masuk", "pendek", "", strings.Repeat("a", 301), "Buka ev\u200bil.t\u200best ya", "Buka evil\u200b.\u200btest ya", "Buka evil dot test ya",
	} {
		if p := a.agent.post(incidentPath, announcement(text)); p.status != http.StatusUnprocessableEntity {
			t.Errorf("%q: %d", text, p.status)
		}
	}
	if n := a.countRows(`SELECT count(*) FROM incidents`); n != 0 {
		t.Errorf("%d written", n)
	}
	for _, hostile := range []string{`Gangguan <a href=x>klik</a><script>alert(1)</script>`, "Gangguan \u202egnilaer hari ini"} {
		if p := a.agent.post(incidentPath, announcement(hostile)); p.status != http.StatusUnprocessableEntity {
			t.Errorf("%q: %d", hostile, p.status)
		}
	}
}

// Nobody buries a running announcement under proposals, and none hides another.
func TestAnAnnouncementIsNotBuried(t *testing.T) {
	a := newTest(t).announcers()
	first := a.propose(incidentText)
	a.approver.post(first+"/konfirmasi", nil)
	for range 5 {
		a.propose(incidentText)
	}
	a.agent.post(incidentPath, announcement(incidentText)).mustSay(t, http.StatusUnprocessableEntity, "Lima usulan")
	if a.approver.get(incidentPath).Find(`form[action="`+first+`/akhir"]`).Length() != 1 {
		t.Error("the running one has no button to end it")
	}
	ids := lawRows(t, a.DB, `SELECT id FROM incidents WHERE confirmed_at = 0`, func(v []any) string { return v[0].(string) })
	for i, id := range ids {
		p := a.supervisor.post(incidentPath+"/"+id+"/konfirmasi", nil)
		if i < 2 && p.status != http.StatusSeeOther || i >= 2 && p.status != http.StatusConflict {
			t.Errorf("no. %d: %d %s", i+2, p.status, p.text())
		}
	}
	if n := a.browser().get("/").Find(".panel:contains('Gangguan di')").Length(); n != 3 {
		t.Errorf("%d shown", n)
	}
}

// The second eyes are another person's on another device, and no new
// approver's (impostor 17).
func TestTheSecondEyesAreOthers_impostor17(t *testing.T) {
	a := newTest(t).announcers()
	at := a.propose(incidentText)
	home := must(url.Parse(a.url))(t)
	i := slices.IndexFunc(a.agent.client.Jar.Cookies(home), func(c *http.Cookie) bool { return c.Name == cookieBrowser })
	a.approver.client.Jar.SetCookies(home, []*http.Cookie{a.agent.client.Jar.Cookies(home)[i]})
	a.approver.post(at+"/konfirmasi", nil).mustSay(t, http.StatusForbidden, "perangkat lain")
	young := a.clerk("197101062000011006", "Joko Contoh", accounts.Approver)
	a.exec(`UPDATE staff SET approves_from = ` + strconv.FormatInt(int64(a.DB.Now().Add(10*time.Minute)), 10) + ` WHERE name = 'Joko Contoh'`)
	young.post(at+"/konfirmasi", nil).mustSay(t, http.StatusForbidden, "72 jam")
	if a.shown() {
		t.Error("shown")
	}
	a.clock.Advance(10 * time.Minute)
	if p := young.post(at+"/konfirmasi", nil); p.status != http.StatusSeeOther {
		t.Errorf("after the 72 hours: %d %s", p.status, p.text())
	}
}

func TestAnAnnouncementHasAnEnd(t *testing.T) {
	a := newTest(t).announcers()
	for name, times := range map[string][2]string{
		"ends first": {"2026-11-23T14:00", "2026-11-23T13:00"}, "is over": {"2026-11-22T10:00", "2026-11-23T09:00"}, "eight days": {"2026-11-23T10:00", "2026-12-01T10:01"},
		"in a year": {"2027-11-23T10:00", "2027-11-23T12:00"}, "no time": {"besok", "lusa"}, "empty": {"", ""},
	} {
		form := announcement(incidentText)
		form.Set("mulai", times[0])
		form.Set("akhir", times[1])
		if p := a.agent.post(incidentPath, form); p.status != http.StatusUnprocessableEntity || !strings.Contains(p.body, "Portal sulit dibuka") {
			t.Errorf("%s: %d", name, p.status)
		}
	}
}

// Whoever proposed it takes it back, another refuses it; who may confirm sees
// in the navigation that something waits for him.
func TestAProposalIsTakenBackOrRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		a := newTestOn(t, d, clock).announcers()
		own, refused := a.propose(incidentText), a.propose(incidentText)
		for who, want := range map[*clerk][2]string{a.agent: {"Tarik usulan", ""}, a.approver: {"Tolak", "2"}, a.supervisor: {"Tolak", "2"}, a.other: {"", ""}} {
			p := who.get(incidentPath)
			button := p.Find(`form[action="` + own + `/akhir"] button`).Text()
			if count := p.Find(`.menu a[href="` + incidentPath + `"] .count`).Text(); button != want[0] || count != want[1] {
				t.Errorf("button %q, count %q, want %q", button, count, want)
			}
		}
		a.agent.post(own+"/akhir", nil)
		a.approver.post(refused+"/akhir", nil)
		p := a.supervisor.get(incidentPath)
		for _, said := range []string{"Ditarik", "Ditolak", "ditolak Budi Contoh"} {
			if !strings.Contains(p.text(), said) {
				t.Errorf("it does not say %q", said)
			}
		}
		if p.Find(".menu .count").Length() != 0 {
			t.Error("still counted")
		}
	})
}

// Each refusal says what to change.
func TestARefusedAnnouncementSaysWhy(t *testing.T) {
	a := newTest(t).announcers()
	for text, said := range map[string]string{
		"pendek": "10 sampai 300 huruf", "Portal dirawat \u2665 sebentar": "tanda baca biasa", "Buka evil.test untuk masuk": "Hapus tautan", "Hubungi 0812 3456 7890": "nomor telepon",
	} {
		a.agent.post(incidentPath, announcement(text)).mustSay(t, http.StatusUnprocessableEntity, said)
	}
	form := announcement(incidentText)
	form.Set("mulai", "besok")
	a.agent.post(incidentPath, form).mustSay(t, http.StatusUnprocessableEntity, "Isi tanggal dan jam mulai.")
}

// Many hands at once confirm it once.
func TestAnAnnouncementIsConfirmedOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		a := newTestOn(t, d, clock).announcers()
		at := a.propose(incidentText)
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() { a.approver.post(at+"/konfirmasi", nil) })
			wg.Go(func() { a.supervisor.post(at+"/konfirmasi", nil) })
		}
		wg.Wait()
		confirmed := 0
		for _, row := range lawDump(t, a.DB, "audit_events") {
			if strings.Contains(row, "incident.confirm") {
				confirmed++
			}
		}
		if confirmed != 1 {
			t.Errorf("confirmed %d times", confirmed)
		}
	})
}
