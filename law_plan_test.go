package pulih

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"pulih/db"
	"pulih/db/dbtest"
)

// readsAll names every statement that reads a whole table or index, and why
// that is little or does not happen while somebody waits.
var readsAll = map[string]string{
	"accounts.selectAllStaff":       "staff are few",
	"accounts.selectStaffByBrowser": "only staff who are setting up are in the index",
	"accounts.selectStaffNIPs":      "staff are few",
	"accounts.selectSupervisors":    "staff are few",
	"accounts.selectSupervisorsOf":  "staff are few",
	"accounts.selectPrivileged":     "operators are few",
	"accounts.selectOperators":      "operators are few",
	"accounts.selectDueWaits":       "waits end within two days and are reaped",
	"accounts.selectHeldWait":       "waits end within two days and are reaped",
	"accounts.selectOpenProposals":  "the index holds what is open",
	"accounts.selectKnown":          "an import compares everybody",
	"accounts.raiseStaffSteps":      "a restore, which touches everything",
	"accounts.raiseSteps":           "a restore, which touches everything",
	"accounts.selectEveryone":       "a restore, which touches everything",
	"accounts.voidAddresses":        "a restore, which touches everything",
	"accounts.voidEnrolments":       "a restore, which touches everything",
	"accounts.voidPasses":           "a restore, which touches everything",
	"accounts.voidProposals":        "a restore, which touches everything",
	"accounts.voidResetCodes":       "a restore, which touches everything",
	"accounts.voidSecondYes":        "a restore, which touches everything",
	"accounts.voidSessions":         "a restore, which touches everything",
	"accounts.voidSetups":           "a restore, which touches everything",
	"accounts.selectSetups":         "a restore, which touches everything",
	"accounts.voidWaits":            "a restore, which touches everything",
	"mail.selectQueuedMails":        "a restore, which touches everything",
	"tickets.selectDraftIDs":        "a restore, which touches everything",
	"tickets.voidAccess":            "a restore, which touches everything",
	"tickets.voidCallCodes":         "a restore, which touches everything",
	"tickets.voidEmailCodes":        "a restore, which touches everything",
	"app.capCaptchas":               "the table is capped by it",
	"audit.countUnsealed":           "pulih check reads everything",
	"audit.countPlacedUnsealed":     "pulih check reads everything",
	"audit.countBehind":             "the same, up to a limit",
	"audit.countWaiting":            "what the last second wrote",
	"audit.countRequeued":           "what the last second wrote",
	"audit.dropRequeued":            "what the last second wrote",
	"audit.selectGuardsSQLite":      "the schema",
	"audit.selectPlacing":           "one row",
	"audit.selectFloor":             "backwards, one row",
	"audit.selectFloors":            "one a day",
	"audit.countFloored":            "what is due; the first that is kept ends it",
	"audit.selectQueued":            "what the last second wrote",
	"audit.selectPlaced":            "one row",
	"audit.movePlaced":              "one row",
	"guide.countProposals":          "the index holds what runs",
	"guide.selectUncountedChecks":   "the index holds what the last minute measured",
	"mail.selectQueues":             "the index holds what waits, up to a limit",
	"mail.selectSealed":             "pulih keys reads everything",
	"tickets.selectMeasureQueue":    "what has happened since the last second",
	"tickets.countUnmeasured":       "a few hundred at most",
	"tickets.countMeasureQueue":     "the same, up to a limit",
	"tickets.selectAgencies":        "pulih check reads everything",
	"tickets.searchSQLite":          "the words are the index",
	"tickets.selectPending":         "the index holds what is not yet in the search",
	"tickets.selectLockedDrafts":    "the index holds files of drafts, which go after half an hour",
	"tickets.countLockedFiles":      "the index holds files of drafts, which go after half an hour",
	"tickets.selectOverdue":         "the index holds the files that are kept: 30 days after the end, none",
	"tickets.countOverdue":          "the index holds the files that are kept: 30 days after the end, none",
	"tickets.selectStaleTimers":     "settings are few: one for each change of an agency",
	"tickets.selectHeld":            "the index holds what is claimed",
	"tickets.selectWork":            "the index holds whom nobody has told yet",
}

var routine = regexp.MustCompile(`\bCO-ROUTINE (\w+)`)

// TestNoStatementReadsEverything keeps every statement on an index: with a
// million tickets a scan is what makes a desk slow (helpdesk.md §2). It asks
// SQLite; TestNoStatementReadsEverythingOnPostgres asks the other.
func TestNoStatementReadsEverything(t *testing.T) {
	d, _ := dbtest.New(t)
	for name, text := range statements(t) {
		if strings.HasSuffix(name, "Postgres") || strings.HasPrefix(name, "tickets/ticketstest") {
			continue
		}
		plan := explain(t, d, text)
		for _, m := range routine.FindAllStringSubmatch(plan, -1) {
			plan = strings.ReplaceAll(plan, "SCAN "+m[1], "")
		}
		all := strings.Contains(strings.ReplaceAll(plan, "SCAN CONSTANT ROW", ""), "SCAN ")
		if _, may := readsAll[name]; all != may {
			t.Errorf("%s reads everything: %v, said to be %v\n%s\n%s", name, all, may, text, plan)
		}
	}
}

var (
	ofOne = regexp.MustCompile(`(?s) ON (\w+) .*\bWHERE\b.*?\b(\w+) = '`)
	bare  = regexp.MustCompile(`\bLIKE \$|\bLIMIT \$\d+(?: \+ 0)?`)
)

// SQLite compiles a statement anew at each use where what is bound might decide
// how it is read: a column that an index has for one value only, the begin of a
// word, and how many rows are wanted, unless that is reckoned ("$1 + 0"). That
// was a quarter of the queue's page.
func TestNoStatementIsCompiledAnew(t *testing.T) {
	d, _ := dbtest.New(t)
	ctx := context.Background()
	var indexes []string
	err := d.Read(ctx, func(tx *db.Tx) (err error) {
		indexes, err = db.All(ctx, tx, func(row db.Scanner) (text string, err error) { return text, row.Scan(&text) },
			`SELECT sql FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE %'`)
		return err
	})
	if err != nil || len(indexes) < 20 {
		t.Fatal(len(indexes), err)
	}
	for name, text := range statements(t) {
		for _, found := range bare.FindAllString(text, -1) {
			if !strings.HasSuffix(found, " + 0") {
				t.Errorf("%s: %s\n%s", name, found, text)
			}
		}
		_, where, _ := strings.Cut(text, "WHERE")
		for _, index := range indexes {
			of := ofOne.FindStringSubmatch(index)
			if of != nil && regexp.MustCompile(`(FROM|UPDATE|JOIN) `+of[1]+`\b`).MatchString(text) && regexp.MustCompile(`\b`+of[2]+` = \$`).MatchString(where) {
				t.Errorf("%s binds %s, of which there is\n%s\n%s", name, of[2], index, text)
			}
		}
	}
}

func explain(t *testing.T, d *db.DB, text string) string {
	t.Helper()
	var lines []string
	ctx := context.Background()
	err := d.Write(ctx, func(tx *db.Tx) (err error) {
		lines, err = db.All(ctx, tx, func(row db.Scanner) (line string, err error) {
			var skip int
			err = row.Scan(&skip, &skip, &skip, &line)
			return line, err
		}, "EXPLAIN QUERY PLAN "+text, make([]any, parameters(text))...)
		return err
	})
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return strings.Join(lines, "\n")
}
