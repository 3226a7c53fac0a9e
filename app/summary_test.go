package app

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/mail"
	"pulih/tickets"
)

const summariesSent = `SELECT count(*) FROM outbox WHERE kind = 'summary'`

// at moves the clock to a moment.
func (x *test) at(z db.Zone, day, hour, minute int) {
	x.t.Helper()
	now, then := x.clock.Now(), time.Date(2026, 11, day, hour, minute, 0, 0, z.Location)
	if then.Before(now) {
		x.t.Fatalf("%v is past %v", now, then)
	}
	x.clock.Advance(then.Sub(now))
}

// summaries lets the clock send all that is due, and counts those sent ever.
func (x *test) summaries() int {
	x.t.Helper()
	for range 3 {
		if err := x.sendSummary(context.Background()); err != nil {
			x.t.Fatal(err)
		}
	}
	return x.countRows(summariesSent)
}

func (x *test) mustHaveSent(n int, when string) {
	x.t.Helper()
	if got := x.summaries(); got != n {
		x.t.Fatalf("%s: %d summaries sent, want %d", when, got, n)
	}
}

// subscribe has him switch it on, on his page.
func (g *clerk) subscribe() {
	g.x.t.Helper()
	g.follow(g.post(summaryPath, url.Values{"mau": {"ya"}})).mustSay(g.x.t, http.StatusOK, "Ringkasan mingguan dinyalakan.")
}

func (g *clerk) again() {
	g.x.t.Helper()
	g.signsIn(g.nip, clerkPassword, g.otp()).mustSay(g.x.t, http.StatusSeeOther, "")
}

func TestTheSummaryIsSentOnceOnMondayAtSeven(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		x := staffedOf(newTestOn(t, d, clock))
		x.mustHaveSent(0, "nobody wants it")
		x.sari.subscribe()
		x.mustHaveSent(0, "on this Monday it was too late")
		x.at(db.WITA, 29, 23, 59)
		x.mustHaveSent(0, "Sunday")
		x.at(db.WITA, 30, 6, 59)
		x.mustHaveSent(0, "Monday before seven")
		x.at(db.WITA, 30, 7, 0)
		x.mustHaveSent(1, "Monday at seven")
		x.at(db.WITA, 32, 9, 0)
		x.mustHaveSent(1, "once a week")
		x.at(db.WITA, 37, 7, 0)
		x.mustHaveSent(2, "the next week")
		if n := x.countRows(`SELECT count(*) FROM audit_events WHERE action = 'summary.send' AND actor_kind = 'clock'`); n != 2 {
			t.Errorf("%d rows of the audit log", n)
		}
	})
}

func TestAServerThatWasDownMakesUpUntilWednesday(t *testing.T) {
	for day, want := range map[int]int{31: 1, 32: 1, 33: 0} { // 1, 2 and 3 December
		x := newStaffed(t)
		x.sari.subscribe()
		x.at(db.WITA, day, 23, 59)
		x.mustHaveSent(want, "up again on the "+time.Date(2026, 11, day, 0, 0, 0, 0, time.UTC).Weekday().String())
	}
}

func TestTheSummaryKeepsTheAgencysClock(t *testing.T) {
	for _, zone := range []db.Zone{db.WIB, db.WIT} {
		x := newStaffed(t)
		x.setting(x.Site.Agency, "kalender", `{"Zone":"`+zone.Name+`","Week":["","07.30-16.00","07.30-16.00","07.30-16.00","07.30-16.00","07.30-16.00",""]}`)
		x.sari.subscribe()
		x.at(zone, 30, 6, 59)
		x.mustHaveSent(0, zone.Name)
		x.at(zone, 30, 7, 0)
		x.mustHaveSent(1, zone.Name)
		x.mailTo(x.sari.nip+"@staf.test", "23 November 2026 – 29 November 2026 ("+zone.Name+")")
	}
}

func TestTwoClocksSendOneSummary(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		x := staffedOf(newTestOn(t, d, clock))
		x.sari.subscribe()
		x.at(db.WITA, 30, 7, 0)
		var both sync.WaitGroup
		for range 4 {
			both.Go(func() {
				if err := x.sendSummary(context.Background()); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		x.mustHaveSent(1, "all at once")
	})
}

// What the mail says is what the page says of the same week to the same
// supervisor, word for word.
func TestTheSummarySaysWhatThePageSays(t *testing.T) {
	for unit, arrived := range map[string]string{"": "6", asn.Unit: "6", "Dinas Perhubungan": "0"} {
		x := newStaffed(t)
		x.lawExec(`UPDATE staff SET units = $1 WHERE nip = $2`, unit, x.sari.nip)
		for i := range 5 {
			x.resolved(time.Duration(1+i) * 30 * time.Minute)
		}
		x.remote(tickets.Lock)
		x.sari.subscribe()
		x.at(db.WITA, 30, 7, 0)
		x.mustHaveSent(1, unit)
		m := x.mailTo(x.sari.nip+"@staf.test", "Ringkasan mingguan")
		x.sari.again()
		page := x.sari.get(strings.TrimPrefix(linkIn(t, m.Text, "/petugas/laporan?"), x.url))
		for _, f := range summarised {
			block := tileAsText(t, page, f.Label())
			if !strings.Contains(m.Text, block) {
				t.Errorf("%q: the page says\n%s\nthe mail says\n%s", unit, block, m.Text)
			}
		}
		if n, _ := figure(t, page, tickets.Arrived.Label()); n != arrived {
			t.Errorf("%q: %s arrived", unit, n)
		}
		if strings.Contains(m.Text, "9 dari 10 dalam") != (arrived == "6") || strings.Contains(m.Text, "hanya unit Anda (1)") != (unit != "") {
			t.Errorf("%q:\n%s", unit, m.Text)
		}
	}
}

func linkIn(t *testing.T, text, path string) string {
	t.Helper()
	for _, line := range strings.Split(strings.ReplaceAll(text, "\r", ""), "\n") {
		if strings.Contains(line, path) {
			return line
		}
	}
	t.Fatalf("no link to %s in\n%s", path, text)
	return ""
}

// tileAsText is a figure of the page as the mail has to write it.
func tileAsText(t *testing.T, p page, label string) string {
	t.Helper()
	tile := p.Find(".figures li").FilterFunction(func(_ int, li *goquery.Selection) bool { return li.Find("a").Text() == label }).First()
	if tile.Length() == 0 {
		t.Fatalf("the page has no %q", label)
	}
	f := mail.SummaryFigure{Label: label, Value: tile.Find("b").Text()}
	for _, small := range tile.Find(".small, small, .muted").EachIter() {
		text := strings.TrimSpace(small.Text())
		if before, ok := strings.CutPrefix(text, "sebelumnya "); ok {
			f.Before = before
		} else if f.Note == "" {
			f.Note = text
		}
	}
	return f.Text()
}

func TestTheSummaryNamesNobody_impostorA(t *testing.T) {
	x := newStaffed(t)
	number := x.resolved(time.Hour)
	x.sari.subscribe()
	x.at(db.WITA, 30, 7, 0)
	x.mustHaveSent(1, "Monday")
	m := x.mailTo(x.sari.nip+"@staf.test", "Ringkasan mingguan")
	for _, word := range []string{"Siti", string(asn.NIP), number, asn.Unit, "Rina", "Budi", x.sari.nip} {
		if strings.Contains(m.Subject+m.Text+m.HTML, word) {
			t.Errorf("the mail holds %q", word)
		}
	}
}

// Whoever left, stopped supervising or asked for an end gets none, at once;
// nor does somebody who comes back.
func TestWhoMayNotReadTheReportGetsNoSummary_ST07(t *testing.T) {
	for name, happens := range map[string]func(*staffed){
		"left": func(x *staffed) { x.disable(x.sari) },
		"came back": func(x *staffed) {
			x.disable(x.sari)
			x.lawExec(`UPDATE staff SET disabled_at = 0 WHERE nip = $1`, x.sari.nip)
		},
		"other role": func(x *staffed) { x.lawExec(`UPDATE staff SET roles = 'petugas' WHERE nip = $1`, x.sari.nip) },
		"switched off": func(x *staffed) {
			x.sari.follow(x.sari.submit(x.sari.get(summaryPath), "mau", "tidak")).mustSay(t, http.StatusOK, "Ringkasan mingguan dimatikan.")
		},
	} {
		dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
			x := staffedOf(newTestOn(t, d, clock))
			x.sari.subscribe()
			happens(x)
			x.at(db.WITA, 30, 7, 0)
			x.mustHaveSent(0, name)
		})
	}
}

func (x *staffed) disable(g *clerk) {
	x.t.Helper()
	if err := x.Accounts.DisableMember(x.t.Context(), accounts.Officer{Staff: accounts.Staff{ID: "x", Agency: x.Site.Agency, Roles: []accounts.Role{accounts.Admin}},
		Actor: audit.Actor{Kind: audit.Console, ID: "operator"}}, x.staffID(g)); err != nil {
		x.t.Fatal(err)
	}
}

// Figures that were counted of more units than he sees by now are not sent.
func TestASummaryOfOtherUnitsIsNotSent_ST04(t *testing.T) {
	x := newStaffed(t)
	x.sari.subscribe()
	x.at(db.WITA, 30, 7, 0)
	s := must(x.Accounts.Subscribers(t.Context(), "2026-11-23"))(t)[0]
	x.lawExec(`UPDATE staff SET units = 'Dinas Perhubungan' WHERE nip = $1`, x.sari.nip)
	if sent := must(x.Accounts.SendSummary(t.Context(), s, "2026-11-23", mail.SummaryMail{Agency: x.Site.Agency}))(t); sent {
		t.Error("it went out")
	}
	x.mustHaveSent(1, "with the figures of his units")
}

// One agency whose calendar cannot be read does not keep another from its mail.
func TestOneFailureKeepsNobodyFromHisSummary(t *testing.T) {
	x := newStaffed(t)
	other := x.clerkOf("BKD Kota Lain", "197001062000011006", "Wati Lain", accounts.Supervisor)
	x.sari.subscribe()
	other.subscribe()
	x.setting(x.Site.Agency, "kalender", `rusak`)
	x.at(db.WITA, 30, 7, 0)
	if err := x.sendSummary(t.Context()); x.countRows(summariesSent) != 1 || err == nil {
		t.Errorf("%d sent, and the failure is told as %v", x.countRows(summariesSent), err)
	}
}

func TestOnlyASupervisorSwitchesTheSummary(t *testing.T) {
	x := newStaffed(t)
	for _, g := range []*clerk{x.rina, x.budi, x.adi} {
		if p := g.post(summaryPath, url.Values{"mau": {"ya"}}); p.status != http.StatusForbidden {
			t.Errorf("%s: %d", g.name, p.status)
		}
		if err := x.Accounts.SwitchSummary(t.Context(), x.staffID(g), true, fromConsole); err == nil {
			t.Errorf("the verb lets %s", g.name)
		}
	}
	if n := x.countRows(`SELECT count(*) FROM summaries`); n != 0 {
		t.Errorf("%d rows", n)
	}
}

// The mail's link wants a session, and looking ends nothing (law 8).
func TestTheSummaryEndsOnItsPageOnly_law8(t *testing.T) {
	x := newStaffed(t)
	x.sari.get(summaryPath).mustSay(t, http.StatusOK, "Tidak dikirim")
	x.sari.subscribe()
	x.sari.subscribe()
	x.at(db.WITA, 30, 7, 0)
	x.mustHaveSent(1, "Monday")
	link := strings.TrimPrefix(linkIn(t, x.mailTo(x.sari.nip+"@staf.test", "Ringkasan mingguan").Text, summaryPath), x.url)
	stranger := x.browser()
	stranger.get(link)
	if p := stranger.post(link, url.Values{"mau": {"tidak"}}); p.header.Get("Location") != "/petugas/masuk" {
		t.Errorf("a stranger's post: %d", p.status)
	}
	x.sari.again()
	x.sari.get(link).mustSay(t, http.StatusOK, "Dikirim sejak Senin, 23 November 2026")
	wanted := `SELECT count(*) FROM summaries WHERE wanted_at > 0`
	if x.countRows(wanted) != 1 {
		t.Error("looking ended it")
	}
	x.sari.submit(x.sari.get(link), "mau", "tidak").mustSay(t, http.StatusSeeOther, "")
	if x.countRows(wanted) != 0 || x.countRows(`SELECT count(*) FROM audit_events WHERE action = 'summary.switch' AND actor_kind = 'staff'`) != 2 {
		t.Error("it goes on, or a switch is not in the log once")
	}
}

func TestTheSummaryIsSwitchedByItsOwnButtonsOnly(t *testing.T) {
	x := newStaffed(t)
	x.sari.subscribe()
	for _, f := range []url.Values{{}, {"mau": {""}}, {"mau": {"TIDAK"}}, {"mau": {"tidak", "ya"}}} {
		if p := x.sari.post(summaryPath, f); p.status != http.StatusBadRequest {
			t.Errorf("%v: %d", f, p.status)
		}
	}
}

// The page tells when the next one comes.
func TestThePageSaysWhenTheNextSummaryComes(t *testing.T) {
	x := newStaffed(t)
	x.sari.subscribe()
	x.sari.get(summaryPath).mustSay(t, http.StatusOK, "Senin, 30 November 2026 pukul 07.00 WITA")
	x.at(db.WITA, 30, 6, 0)
	x.sari.again()
	x.sari.get(summaryPath).mustSay(t, http.StatusOK, "Senin, 30 November 2026 pukul 07.00 WITA")
	x.at(db.WITA, 30, 7, 0)
	x.mustHaveSent(1, "Monday")
	x.sari.again()
	x.sari.get(summaryPath).mustSay(t, http.StatusOK, "Senin, 7 Desember 2026 pukul 07.00 WITA")
}
