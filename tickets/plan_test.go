package tickets

import (
	"context"
	"slices"
	"strings"
	"testing"

	"pulih/db"
	"pulih/db/dbtest"
)

// sortsFew sort what is little: what time makes due, the requests of one person,
// a few hundred events.
var sortsFew = []string{"work", "live", "happened", "wrong items", "filed again"}

// TestNoPageReadsEveryTicket keeps lists and the clock on their indexes: with
// a million tickets a scan or a sort is what makes a desk slow (helpdesk.md §2).
func TestNoPageReadsEveryTicket(t *testing.T) {
	d, _ := dbtest.New(t)
	for name, query := range map[string]string{"view": selectView, "view back": selectViewBack, "mine": selectMine, "mine back": selectMineBack,
		"soon": selectSoon, "soon back": selectSoonBack, "closed": selectClosed, "closed back": selectClosedBack, "next": selectNext,
		"reach view": reachView, "reach view back": reachViewBack, "reach mine": reachMine, "reach mine back": reachMineBack, "reach soon": reachSoon,
		"reach soon back": reachSoonBack, "reach closed": reachClosed, "reach closed back": reachClosedBack, "count of a unit": countViewOf, "count mine of a unit": countMineOf, "count soon of a unit": countSoonOf, "count closed of a unit": countClosedOf, "counts": sizeViews,
		"search": searchSQLite, "pending": selectPending, "number": selectByNumber, "work": selectWork, "live": selectLive, "past": selectEndings, "live others": selectLiveOthers, "moments": selectMoments, "slot": selectSlot, "disowned": selectDisowned,
		"events": selectEvents, "messages": selectMessages, "proofs": selectProofs, "browser": selectBrowserChecked,
		"responded": countResponded, "ratings": sumRatings, "surveys": sumSurveys,
		"packs": selectPacks, "measured": selectMeasured, "happened": selectHappened, "wrong items": selectWrongs, "filed again": selectAgain, "filed before": selectRepeats, "filed before, in an hour": selectRepeatsIn, "others of a number": queueOthers} {
		plan := explain(t, d, query)
		plan = strings.ReplaceAll(plan, "SCAN tickets USING COVERING INDEX tickets_untold", "")   // holds the untold only
		plan = strings.ReplaceAll(plan, "SCAN ticket_texts USING INDEX ticket_texts_pending", "") // holds the pending only
		plan = strings.ReplaceAll(plan, "SCAN ticket_words VIRTUAL TABLE INDEX", "")              // the words are the index
		sorts := strings.Contains(plan, "TEMP B-TREE") && !slices.Contains(sortsFew, name)
		if strings.Contains(plan, "SCAN ticket") || sorts {
			t.Errorf("%s:\n%s", name, plan)
		}
	}
}

// TestAListEndsWhereItIsTold: a walk that has no end in the index reads all of
// a million closed tickets for a filter that finds nothing.
func TestAListEndsWhereItIsTold(t *testing.T) {
	d, _ := dbtest.New(t)
	for _, w := range []ways{viewWays, mineWays, soonWays, closedWays} {
		for _, query := range []string{w.forward.read, w.forward.reach, w.back.read, w.back.reach} {
			if plan := explain(t, d, query); !strings.Contains(plan, ")>(") || !strings.Contains(plan, ")<(") {
				t.Errorf("%s\n%s", query, plan)
			}
		}
	}
}

// The counts of a unit walk what lives in it, and not all of the agency.
func TestAUnitIsCountedByItself(t *testing.T) {
	d, _ := dbtest.New(t)
	for _, query := range []string{countViewOf, countSoonOf} {
		if plan := explain(t, d, query); !strings.Contains(plan, "tickets_home") {
			t.Errorf("%s\n%s", query, plan)
		}
	}
}

// The clock's statement runs each second: it finds what is due, and reads no
// other open ticket.
func TestTheClockReadsWhatIsDue(t *testing.T) {
	d, _ := dbtest.New(t)
	plan := explain(t, d, selectWork)
	for _, due := range []string{"tickets_claims (state=? AND owned_at<?)", "tickets_clock (state=? AND state_at<?)"} {
		if !strings.Contains(plan, due) {
			t.Errorf("%s is not used\n%s", due, plan)
		}
	}
	if plan := explain(t, d, selectHeld); !strings.Contains(plan, "tickets_owner") {
		t.Error(plan)
	}
}

func explain(t *testing.T, d *db.DB, query string) string {
	t.Helper()
	var lines []string
	ctx := context.Background()
	err := d.Read(ctx, func(tx *db.Tx) (err error) {
		lines, err = db.All(ctx, tx, func(row db.Scanner) (line string, err error) {
			var skip int
			err = row.Scan(&skip, &skip, &skip, &line)
			return line, err
		}, "EXPLAIN QUERY PLAN "+query, make([]any, 20)...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}
