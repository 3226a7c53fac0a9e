package app

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"pulih/db"
	"pulih/tickets"
)

// calendarOf is what the calendar's page would send.
func calendarPost(c council, pairs ...string) url.Values {
	c.t.Helper()
	form := c.adi.get(calendarPath).Find(`form[action="` + calendarPath + `"]`)
	return formValues(form, append([]string{"langkah", "usul"}, pairs...)...)
}

const ourHoliday = "tanggal;jenis;nama\n2026-11-24;libur;Hari jadi kabupaten\n"

func TestACalendarTakesTwoAndMovesTheDueTimes_impostor17(t *testing.T) {
	x := newTest(t)
	c := x.council()
	x.enrolASN(testAgency)
	number := x.remote(tickets.MFA).Number
	c.rina.open(number).mustSay(t, http.StatusOK, "24 November 2026 pukul 10.")
	if p := c.adi.post(calendarPath, calendarPost(c, "daftar", ourHoliday)); p.status != http.StatusSeeOther {
		t.Fatal(p.status, p.text())
	}
	x.tick()
	c.rina.open(number).mustSay(t, http.StatusOK, "24 November 2026 pukul 10.")
	at := c.newest()
	c.ani.get(at).mustSay(t, http.StatusOK, "Hari jadi kabupaten")
	c.adi.post(calendarPath, calendarPost(c)).mustSay(t, http.StatusUnprocessableEntity, "masih menunggu")
	c.ani.mustConfirm(at)
	x.tick()
	c.rina.open(number).mustSay(t, http.StatusOK, "25 November 2026 pukul 10.")
	c.rina.get(ticketAddress(number)+"/waktu").mustSay(t, http.StatusOK, "Hari jadi kabupaten")
	c.adi.get(calendarPath).mustSay(t, http.StatusOK, "Versi 1")
	c.other.get(calendarPath).mustSay(t, http.StatusOK, "belum mengatur")
}

func TestTheDecreeIsPastedAndRamadanAdded(t *testing.T) {
	c := newTest(t).council()
	form := calendarPost(c, "langkah", "gabung", "daftar", ourHoliday, "ramadan-dari", "2027-02-08", "ramadan-sampai", "2027-03-09",
		"impor", "Tanggal,Jenis,Nama\n25/12/2026,Libur Nasional,Natal\n")
	p := c.adi.post(calendarPath, form)
	list := p.Find("textarea#daftar").Text()
	for _, want := range []string{"2026-11-24;libur;Hari jadi kabupaten", "2026-12-25;libur;Natal", "2027-02-08;jam khusus;Ramadan;2027-03-09;jumat;08.00-11.30 12.30-15.30"} {
		if p.status != http.StatusOK || !strings.Contains(list, want) {
			t.Errorf("%d, no %q in\n%s", p.status, want, list)
		}
	}
	if n := c.countRows(`SELECT count(*) FROM staff_proposals`); n != 0 {
		t.Error("adding lines proposes")
	}
	for field, value := range map[string]string{"daftar": "bukan daftar", "impor": "tanggal;jenis;nama\n2026-02-30;libur;Tidak ada\n", "ramadan-dari": "besok"} {
		p := c.adi.post(calendarPath, calendarPost(c, "langkah", "gabung", field, value))
		if p.status != http.StatusUnprocessableEntity || p.Find("#"+field+"-error").Length() == 0 {
			t.Errorf("%s: %d\n%s", field, p.status, p.text())
		}
	}
	for field, value := range map[string]string{"hari-1": "16.00-08.00", "zona": "GMT"} {
		if p := c.adi.post(calendarPath, calendarPost(c, field, value)); p.status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", field, p.status)
		}
	}
}

// The counter is where two people said it is (impostor 6).
func TestCounterNetworksTakeTwo_impostor6(t *testing.T) {
	x := newTest(t)
	c := x.council()
	x.enrolASN(testAgency)
	set := func(text string) page { return c.adi.post(networksPath, url.Values{"jaringan": {text}}) }
	for _, bad := range []string{"0.0.0.0/0", "::/0", "10.0.0.0/33", "loket", "10.1.2.3.4"} {
		if p := set(bad); p.status != http.StatusUnprocessableEntity {
			t.Errorf("%q: %d", bad, p.status)
		}
	}
	set("10.1.2.0/24\n127.0.0.1")
	c.rina.get("/petugas/tiket/baru").mustSay(t, http.StatusOK, "")
	c.ani.mustConfirm(c.newest())
	c.rina.counter()
	set("10.1.2.0/24") // fewer holds at once
	c.rina.post("/petugas/tiket", url.Values{"nip": {string(asn.NIP)}, "nama": {asn.Name}, "opd": {""}, "telepon": {""}, "masalah": {"Hilang."}, "jenis": {"mfa"}}).
		mustSay(t, http.StatusForbidden, "jaringan loket")
	set("10.1.2.0/24 127.0.0.0/8")
	c.adi.get(networksPath).mustSay(t, http.StatusOK, "127.0.0.1") // says where he is
	c.rina.post("/petugas/tiket", url.Values{"nip": {string(asn.NIP)}, "nama": {asn.Name}, "opd": {""}, "telepon": {""}, "masalah": {"Hilang."}, "jenis": {"mfa"}}).
		mustSay(t, http.StatusForbidden, "jaringan loket")
}

// evidencePost is what the page would send, with some fields otherwise; a
// value of "" leaves a tick out.
func evidencePost(c council, pairs ...string) url.Values {
	form := c.adi.get(evidencePath).Find(`form[action="` + evidencePath + `"]`)
	values := url.Values{}
	form.Find("input:checked").Each(func(_ int, f *goquery.Selection) { values.Set(f.AttrOr("name", ""), "ya") })
	form.Find("select").Each(func(_ int, f *goquery.Selection) {
		values.Set(f.AttrOr("name", ""), f.Find("option[selected]").AttrOr("value", ""))
	})
	for i := 0; i+1 < len(pairs); i += 2 {
		if values.Set(pairs[i], pairs[i+1]); pairs[i+1] == "" {
			values.Del(pairs[i])
		}
	}
	return values
}

func TestEvidenceMayOnlyBeStricter_impostor8(t *testing.T) {
	c := newTest(t).council()
	for name, form := range map[string]url.Values{
		"no factor at L1":       evidencePost(c, "mfa-l1-faktor", ""),
		"no document at L1":     evidencePost(c, "mfa-l1-dokumen", "0"),
		"no decree at L2":       evidencePost(c, "email-l2-sk", ""),
		"no call at L2":         evidencePost(c, "activation-l2-telepon", ""),
		"one original at L3":    evidencePost(c, "mfa-l3-dokumen", "1"),
		"factor at the counter": evidencePost(c, "mfa-l3-faktor", "ya"),
		"empty":                 {},
		"nine documents":        evidencePost(c, "mfa-l1-dokumen", "9"),
		"knowledge":             {"mfa-l1-nip": {"ya"}, "mfa-l1-nama": {"ya"}, "mfa-l1-lahir": {"ya"}},
	} {
		if p := c.adi.post(evidencePath, form); p.status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d\n%s", name, p.status, p.text())
		}
	}
	if n := c.countRows(`SELECT count(*) FROM staff_proposals`); n != 0 {
		t.Errorf("%d proposed", n)
	}
	if p := c.adi.post(evidencePath, evidencePost(c)); p.status != http.StatusSeeOther {
		t.Error("the floor itself is refused: ", p.status, p.text())
	}
}

// Two staff and a day (impostor 8).
func TestEvidenceWaitsADay_impostor8(t *testing.T) {
	c := newTest(t).council()
	c.adi.post(evidencePath, evidencePost(c, "mfa-l1-kartu", "ya"))
	at := c.newest()
	c.adi.confirm(at).mustSay(t, http.StatusForbidden, "orang lain")
	c.ani.mustConfirm(at)
	waits := lawRows(t, c.DB, `SELECT from_at - made_at FROM settings WHERE name = 'bukti'`, func(v []any) string {
		return (time.Duration(v[0].(int64)) * time.Microsecond).String()
	})
	if len(waits) != 1 || waits[0] != "24h0m0s" {
		t.Error(waits)
	}
	c.adi.get(evidencePath).mustSay(t, http.StatusOK, "berlaku mulai")
	c.mailTo(c.sari.nip+"@staf.test", "paket bukti")
}

// targets fills in the form of the targets.
func (g *clerk) targets(pairs ...string) page {
	g.x.t.Helper()
	return g.fill(g.get(targetsPath), targetsPath, pairs...)
}

func TestTargetsHoldAtOnce(t *testing.T) {
	x := newTest(t)
	c := x.council()
	for _, bad := range []string{"sebentar", "0 m", "5 m", "9999 j", "7 j 30", "-1 j"} {
		if p := c.adi.targets("target-mfa", bad); p.status != http.StatusUnprocessableEntity {
			t.Errorf("%q: %d", bad, p.status)
		}
	}
	c.adi.targets("target-mfa", "2 jam 30 menit", "target-other", "1,5 j")
	c.adi.get(targetsPath).mustSay(t, http.StatusOK, "")
	if got := c.adi.get(targetsPath).Find("#target-mfa").AttrOr("value", ""); got != "2 jam 30 mnt" {
		t.Error(got)
	}
	if got := x.promise(tickets.MFA).Sub(x.DB.Now()); got > 26*time.Hour {
		t.Error(got)
	}
	if x.promise(tickets.Other) == x.promise(tickets.MFA) {
		t.Error("both kinds have one target")
	}
}

// promise is until when somebody who files now is told to wait.
func (x *test) promise(k tickets.Kind) db.Time {
	r := x.remote(k)
	return must(x.Desk.Follow(context.Background(), r.Number, r.Secret))(x.t).Promise.At
}

// A setting that somebody changed in the meantime is proposed anew.
func TestASettingChangedMeanwhileIsRefused(t *testing.T) {
	c := newTest(t).council()
	c.adi.post(networksPath, url.Values{"jaringan": {"10.1.2.0/24 127.0.0.0/8"}})
	c.ani.mustConfirm(c.newest())
	c.adi.post(networksPath, url.Values{"jaringan": {"10.1.2.0/24 127.0.0.0/8 10.9.9.0/24"}})
	at := c.newest()
	c.ani.post(networksPath, url.Values{"jaringan": {"127.0.0.0/8"}})
	c.sari.confirm(at).mustSay(t, http.StatusConflict, "sudah berubah")
}
