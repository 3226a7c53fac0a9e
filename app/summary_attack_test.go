package app

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/tickets"
)

// Who supervises another agency by now gets the figures of that one alone, at
// his address of now.
func TestWhoMovedGetsHisNewAgencysSummary_ST04(t *testing.T) {
	x := newStaffed(t)
	x.resolved(time.Hour)
	x.sari.subscribe()
	x.at(db.WITA, 30, 7, 0)
	old := must(x.Accounts.Subscribers(t.Context(), "2026-11-23"))(t)[0]
	x.lawExec(`UPDATE staff SET agency = $1, email = 'sari@baru.test' WHERE nip = $2`, otherAgency, x.sari.nip)
	if sent := must(x.Accounts.SendSummary(t.Context(), old, "2026-11-23", must(x.summaryMail(t.Context(), tickets.By{Staff: old.Staff}, summaryOf(x.DB.Now(), db.WITA)))(t)))(t); sent {
		t.Error("figures of the old agency went out")
	}
	x.mustHaveSent(1, "of the new one")
	m := x.mailTo("sari@baru.test", "Ringkasan mingguan")
	if !strings.Contains(m.Text, "Instansi: "+otherAgency) || !strings.Contains(m.Text, "- "+tickets.Arrived.Label()+": 0") {
		t.Error(m.Text)
	}
}

// Two processes with one database, of which one dies after it has read the
// figures, send each supervisor one summary.
func TestTwoProcessesSendOneSummaryEach(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		x := staffedOf(newTestOn(t, d, clock))
		tini := x.clerk("197001082000011008", "Tini Penyelia", accounts.Supervisor)
		x.sari.subscribe()
		tini.subscribe()
		x.at(db.WITA, 30, 7, 0)
		dying, die := context.WithCancel(t.Context())
		die()
		if err := x.sendSummary(dying); err == nil {
			t.Error("it did not die")
		}
		x.mustHaveSent(2, "after it") // three rounds, each of one mail
		second := x.beside()
		var both sync.WaitGroup
		for _, a := range []*App{x.App, second, x.App, second} {
			both.Go(func() {
				if err := a.sendSummary(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		x.mustHaveSent(2, "again")
		x.at(db.WITA, 37, 7, 0)
		for _, a := range []*App{second, x.App, second, x.App} {
			both.Go(func() {
				if err := a.sendSummary(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		x.mustHaveSent(4, "the next week")
	})
}

// beside is another process of the same installation.
func (x *test) beside() *App {
	a := x.App
	ctx, stop := context.WithCancel(context.Background())
	x.t.Cleanup(stop)
	return New(ctx, &App{DB: a.DB, Keys: a.Keys, Accounts: a.Accounts, Outbox: a.Outbox, Zone: a.Zone, Desk: a.Desk, Guide: a.Guide,
		Assets: a.Assets, Log: a.Log, Catalogue: a.Catalogue, BaseURL: a.BaseURL, Issuer: a.Issuer, Site: a.Site})
}

// What fetches a mail's links beforehand, signed in or not, ends nothing; nor
// does a form of another site.
func TestNothingButTheButtonEndsASummary_law8(t *testing.T) {
	x := newStaffed(t)
	x.sari.subscribe()
	for _, b := range []*browser{x.browser(), x.sari.browser} {
		for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodOptions} {
			for _, query := range []string{"", "?mau=tidak"} {
				b.do(must(http.NewRequest(method, x.url+summaryPath+query, nil))(t))
			}
		}
	}
	foreign := must(http.NewRequest(http.MethodPost, x.url+summaryPath, strings.NewReader("mau=tidak")))(t)
	foreign.Header.Set("Content-Type", lawURLEncoded)
	foreign.Header.Set("Origin", "https://jahat.test")
	if p := x.sari.do(foreign); p.status != http.StatusForbidden {
		t.Error("another site's form: ", p.status)
	}
	if x.countRows(`SELECT count(*) FROM summaries WHERE wanted_at > 0`) != 1 {
		t.Error("it was ended")
	}
}

// A mail says of small groups what the page says: nothing.
func TestTheSummaryTellsNoSmallGroup_ST08(t *testing.T) {
	x := newStaffed(t)
	for range 4 {
		x.resolved(time.Hour)
	}
	x.sari.subscribe()
	x.at(db.WITA, 30, 7, 0)
	x.mustHaveSent(1, "Monday")
	text := x.mailTo(x.sari.nip+"@staf.test", "Ringkasan mingguan").Text
	for _, f := range []tickets.Figure{tickets.FullWork, tickets.Kept} {
		_, block, _ := strings.Cut(text, "- "+f.Label()+": ")
		if value, _, _ := strings.Cut(block, "\n"); !strings.Contains(value, underFive) && strings.TrimSpace(value) != noneAt {
			t.Errorf("%s: %q", f.Label(), value)
		}
	}
}

// While figures are being measured anew nobody is mailed what would be short;
// it goes out afterwards.
func TestNoSummaryOfWhatIsNotMeasured(t *testing.T) {
	x := newStaffed(t)
	for range 5 {
		x.resolved(time.Hour)
	}
	x.sari.subscribe()
	x.at(db.WITA, 30, 7, 0)
	x.exec(`WITH RECURSIVE k (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < 700) INSERT INTO measure_queue (event, ticket) SELECT 'z' || n, (SELECT min(id) FROM tickets) FROM k`)
	if x.countRows(`SELECT count(*) FROM measure_queue`) <= 600 {
		t.Fatal("too few wait")
	}
	x.mustHaveSent(0, "while figures are short")
	x.sari.again()
	x.sari.post(exportMonth, exportFilled(x.sari, tickets.ExportExcel)).mustSay(t, http.StatusUnprocessableEntity, "Angka masih dihitung")
	x.exec(`DELETE FROM measure_queue`)
	x.mustHaveSent(1, "afterwards")
}
