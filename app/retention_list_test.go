package app

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// Whatever a migration adds has a rule, if only the one that it stays.
func TestEveryTableHasItsPeriod_PR04(t *testing.T) {
	held := map[string]bool{}
	for _, r := range Rules(0) {
		if r.Name == "" || r.What == "" || r.Why == "" || len(r.Tables) == 0 || r.Kept() != (r.Since == "") || r.Kept() != (r.Due == nil) {
			t.Errorf("%+v is not whole", r)
		}
		for _, table := range r.Tables {
			held[table] = true
		}
	}
	columns := tableColumns(t)
	for table := range columns {
		if !held[table] {
			t.Errorf("no rule says how long %s is kept", table)
		}
	}
	for table := range held {
		if _, ok := columns[table]; !ok && table != "ticket_words" {
			t.Errorf("there is no table %s", table)
		}
	}
}

// What is silent is a short list: whatever else is removed is audited.
func TestOnlyWhatLivesForMinutesGoesSilently_PR04(t *testing.T) {
	var silent []string
	for _, r := range Rules(0) {
		if r.Silent {
			silent = append(silent, r.Name)
		}
		if r.Silent && (!r.Minutely || r.Keep >= time.Hour) {
			t.Errorf("%s does not live for minutes", r.Name)
		}
	}
	if got := strings.Join(silent, " "); got != "presence limits captchas proofs" {
		t.Error(got)
	}
}

// The operator's table is the code's. UPDATE_GOLDEN=1 draws it anew.
func TestRetentionIsDrawnInTheDocs_PR04(t *testing.T) {
	const file, from, until = "../docs/production.md", "<!-- retention -->\n", "<!-- /retention -->"
	text := string(must(os.ReadFile(file))(t))
	head, rest, _ := strings.Cut(text, from)
	_, tail, whole := strings.Cut(rest, until)
	var b strings.Builder
	b.WriteString("| rule | tables | what, as the page says it | kept | why |\n|---|---|---|---|---|\n")
	for _, r := range Rules(0) {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", r.Name, strings.Join(r.Tables, ", "), r.What, r.Period(), r.Why)
	}
	drawn := head + from + b.String() + until + tail
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(file, []byte(drawn), 0o600); err != nil {
			t.Fatal(err)
		}
	} else if !whole || drawn != text {
		t.Error("docs/production.md draws other rules; UPDATE_GOLDEN=1 draws them anew")
	}
}

// The page counts what is due, and tells what was removed; a supervisor and an
// admin read it, nobody else does.
func TestSupervisorsReadWhatIsKeptHowLong_PR04(t *testing.T) {
	x := newStaffed(t)
	s := shelf{t, x.DB, tableColumns(t)}
	s.insert("people", "p", map[string]any{})
	r := ruleOf(t, "passes")
	for i := range 7 {
		s.lay("passes", fmt.Sprint(i), x.DB.Now().Add(-r.Keep))
	}
	before := lawDump(t, x.DB, "passes", "retention_runs")
	page := x.sari.get(retentionPath)
	page.mustSay(t, http.StatusOK, "Kode pendaftaran autentikator")
	page.mustSay(t, http.StatusOK, "30 hari setelah kode berakhir")
	if row := page.Find("tr").FilterFunction(func(_ int, tr *goquery.Selection) bool {
		return strings.Contains(tr.Text(), "Kode pendaftaran")
	}); !strings.Contains(row.Text(), "7 sejak 23-11-2026") {
		t.Error("counts: ", row.Text())
	}
	lawSame(t, before, lawDump(t, x.DB, "passes", "retention_runs"), "a look")
	if err := x.purge(context.Background()); err != nil {
		t.Fatal(err)
	}
	x.sari.get(retentionPath).mustSay(t, http.StatusOK, "7 pada 23-11-2026")
	x.rina.get(retentionPath).mustSay(t, http.StatusForbidden, "")
}
