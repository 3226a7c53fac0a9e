package app

import (
	"net/http"
	"sync"
	"testing"

	"pulih/accounts"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/tickets"
)

// atOnce does all acts at the same moment, and gives how often each status
// came.
func atOnce(acts ...func() page) map[int]int {
	var wg sync.WaitGroup
	var mu sync.Mutex
	statuses, start := map[int]int{}, make(chan struct{})
	for _, act := range acts {
		wg.Go(func() {
			<-start
			p := act()
			mu.Lock()
			defer mu.Unlock()
			statuses[p.status]++
		})
	}
	close(start)
	wg.Wait()
	return statuses
}

func mustHaveOneWinner(t *testing.T, statuses map[int]int) {
	t.Helper()
	if statuses[http.StatusSeeOther] != 1 || len(statuses) != 2 || statuses[http.StatusConflict] == 0 {
		t.Errorf("statuses %v, want one 303 and 409 for the rest", statuses)
	}
}

func TestClaimsRace(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		x := staffedOf(newTestOn(t, d, clock))
		dewi := x.clerk("197001052000011005", "Dewi Petugas", accounts.Agent)
		number := x.remote(tickets.Other).Number
		form := formValues(x.rina.open(number).Find(`form[action$="/pengambilan"]`))
		claim := func(g *clerk) func() page {
			return func() page { return g.post(ticketAddress(number)+"/pengambilan", form) }
		}
		mustHaveOneWinner(t, atOnce(claim(x.rina), claim(dewi), claim(x.rina), claim(dewi)))
	})
}

func TestApprovalsRace(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		x := staffedOf(newTestOn(t, d, clock))
		second := x.clerk("197001052000011005", "Dewi Kedua", accounts.Approver)
		number := x.checked(x.rina)
		clock.Advance(otpPeriod)
		version := x.budi.open(number).Find("input[name=versi]").First().AttrOr("value", "")
		approve := func(g *clerk) func() page {
			form := map[string][]string{"versi": {version}, "persetujuan-dokumen": {"SK/12/2015"}, "persetujuan-otp": {g.code()}}
			return func() page { return g.post(ticketAddress(number)+"/persetujuan", form) }
		}
		mustHaveOneWinner(t, atOnce(approve(x.budi), approve(second)))
	})
}
