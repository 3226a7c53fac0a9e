package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/db/dbtest"
)

// aged is how a test makes a row of a rule: the column that Keep runs from,
// and what other columns must say for the row to be due at all.
type aged struct {
	table, since string
	fixed        map[string]any
}

var agedRows = map[string]aged{
	"resets":          {"resets", "expires_at", map[string]any{"state": "ended", "counted": true}},
	"enrolments":      {"enrolments", "until", map[string]any{"state": "ended", "via": "self"}},
	"passes":          {"passes", "ended_at", map[string]any{"state": "used", "basis": "factor"}},
	"counters":        {"counters", "since", nil},
	"notices":         {"notices", "expires_at", map[string]any{"kind": "attempt"}},
	"waits":           {"waits", "ended_at", map[string]any{"state": "ended"}},
	"sessions":        {"sessions", "created_at", map[string]any{"kind": "account"}},
	"former-emails":   {"former_emails", "until", nil},
	"notice-emails":   {"notice_emails", "ended_at", map[string]any{"state": "ended"}},
	"proposals":       {"proposals", "ended_at", map[string]any{"field": "email", "state": "dropped"}},
	"staff-proposals": {"staff_proposals", "proposed_at", map[string]any{"confirmed_by": ""}},
	"device-secrets":  {"devices", "ended_at", map[string]any{"state": "ended"}},
	"mails":           {"outbox", "ended_at", map[string]any{"state": "accepted"}},
	"walks":           {"walks", "last_at", map[string]any{"solved_by": "", "counted": true}},
	"clock-checks":    {"clock_checks", "at", map[string]any{"counted": true}},
	"practices":       {"practices", "expires_at", nil},
	"hours":           {"hours", "hour", nil},
	"limits":          {"limits", "tat", nil},
	"captchas":        {"captchas", "expires_at", nil},
	"proofs":          {"spent_proofs", "expires_at", nil},
	"drafts":          {"drafts", "begun_at", nil},
	"email-codes":     {"email_codes", "until", map[string]any{"state": "ended"}},
	"presence":        {"ticket_presence", "seen", nil},
	"evidence":        {"tickets", "closed_at", endedTicket("done")},
	"junk":            {"tickets", "closed_at", endedTicket("expired")},
	"draft-files":     {"drafts", "saved_at", nil},
	"counts":          {"ticket_counts", "", nil},
}

func endedTicket(state string) map[string]any {
	return map[string]any{"kind": "other", "channel": "remote", "state": state, "basis": "", "approved_by": ""}
}

// shelf is a database in which a test lays rows of an age.
type shelf struct {
	testing.TB
	*db.DB
	columns map[string][]string // of each table, "name TYPE"
}

func eachShelf(t *testing.T, do func(s shelf)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock) {
		s := shelf{t, d, tableColumns(t)}
		s.insert("people", "p", map[string]any{})
		s.insert("tickets", "t", endedTicket("done"))
		do(s)
	})
}

var (
	createTable  = regexp.MustCompile(`(?ms)CREATE TABLE (\w+) \((.*?)\);$`)
	renameTable  = regexp.MustCompile(`ALTER TABLE (\w+) RENAME TO (\w+)`)
	addColumn    = regexp.MustCompile(`ALTER TABLE (\w+) ADD COLUMN (\w+)`)
	createColumn = regexp.MustCompile(`(?m)^\t(\w+)\s+(TEXT|BIGINT|BYTEA|BOOLEAN)\b`)
)

// tableColumns reads the migrations. What they add later has a default, and
// no type here.
func tableColumns(t testing.TB) map[string][]string {
	all := map[string][]string{}
	for _, file := range must(filepath.Glob("../db/migrations/*.sql"))(t) {
		text := string(must(os.ReadFile(file))(t))
		for _, table := range createTable.FindAllStringSubmatch(text, -1) {
			var columns []string
			for _, c := range createColumn.FindAllStringSubmatch(table[2], -1) {
				columns = append(columns, c[1]+" "+c[2])
			}
			all[table[1]] = columns
		}
		for _, column := range addColumn.FindAllStringSubmatch(text, -1) {
			all[column[1]] = append(all[column[1]], column[2])
		}
		for _, name := range renameTable.FindAllStringSubmatch(text, -1) {
			all[name[2]] = all[name[1]]
			delete(all, name[1])
		}
	}
	return all
}

// insert writes a row whose texts and hashes are its id, unless they are
// fixed.
func (s shelf) insert(table, id string, fixed map[string]any) {
	s.Helper()
	plain := map[string]any{"TEXT": id, "BIGINT": 0, "BYTEA": []byte(id), "BOOLEAN": false}
	refers := map[string]any{"person": "p", "ticket": "t"}
	var names, marks []string
	var values []any
	for _, column := range s.columns[table] {
		name, kind, _ := strings.Cut(column, " ")
		value := plain[kind]
		if v, ok := refers[name]; ok && table != "attachments" {
			value = v
		}
		if v, ok := fixed[name]; ok {
			value = v
		} else if kind == "" {
			continue
		}
		names, values = append(names, name), append(values, value)
		marks = append(marks, fmt.Sprintf("$%d", len(names)))
	}
	s.exec(fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", table, strings.Join(names, ", "), strings.Join(marks, ", ")), values...)
}

func (s shelf) exec(statement string, values ...any) {
	s.Helper()
	err := s.Write(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), statement, values...)
		return err
	})
	if err != nil {
		s.Fatalf("%s: %v", statement, err)
	}
}

func (s shelf) count(query string) (n int) {
	s.Helper()
	err := s.Read(context.Background(), func(tx *db.Tx) error { return tx.Row(context.Background(), query).Scan(&n) })
	if err != nil {
		s.Fatalf("%s: %v", query, err)
	}
	return n
}

// lay lays what a rule speaks of, as old as at.
func (s shelf) lay(rule, id string, at db.Time) {
	s.Helper()
	a := agedRows[rule]
	fixed := map[string]any{a.since: at}
	for k, v := range a.fixed {
		fixed[k] = v
	}
	file := map[string]any{"ticket": "", "draft": "", "added_at": at, "type": "application/pdf", "why": ""}
	switch rule {
	case "counts":
		s.exec(`INSERT INTO ticket_counts (what, who, day, n) VALUES ('x', $1, $2, 1)`, id, at.Time().AddDate(0, 0, -1).Format(time.DateOnly))
		return
	case "drafts", "waits", "presence":
		fixed["opened_at"], fixed["person"], fixed["ticket"] = s.Now(), "p", id
	case "evidence", "junk":
		file["ticket"] = id
	case "draft-files":
		fixed["opened_at"], fixed["begun_at"], file["draft"] = s.Now(), s.Now(), id
	}
	s.insert(a.table, id, fixed)
	if file["ticket"] != file["draft"] {
		s.insert("attachments", id, file)
		s.insert("attachment_contents", id, map[string]any{"attachment": id})
	}
}

// left is how many rows of a rule there are.
func (s shelf) left(rule string) int {
	s.Helper()
	switch rule {
	case "evidence", "junk", "draft-files":
		return s.count(`SELECT count(*) FROM attachment_contents`)
	case "device-secrets":
		return s.count(`SELECT count(*) FROM devices WHERE length(secret) > 0`)
	}
	return s.count(`SELECT count(*) FROM ` + agedRows[rule].table)
}

func (s shelf) due(r audit.Rule) audit.Standing {
	s.Helper()
	return must(audit.Standings(context.Background(), s.DB, []audit.Rule{r}))(s)[0]
}

func (s shelf) purge(rules ...audit.Rule) {
	s.Helper()
	if err := audit.Purge(context.Background(), s.DB, rules, audit.Actor{Kind: audit.Clock}); err != nil {
		s.Fatal(err)
	}
}

// The rule's last microsecond: what is due goes, what is one younger stays,
// and the listing counts exactly what goes and changes nothing.
func TestEveryRuleKeepsToItsPeriod_PR04(t *testing.T) {
	for _, r := range Rules(0) {
		if r.Kept() {
			continue
		}
		if agedRows[r.Name].table == "" {
			t.Errorf("%s: no row to try it with", r.Name)
			continue
		}
		t.Run(r.Name, func(t *testing.T) { eachShelf(t, func(s shelf) { s.keepsToItsPeriod(r) }) })
	}
}

func (s shelf) keepsToItsPeriod(r audit.Rule) {
	before := s.Now().Add(-r.Keep)
	young := before + 1
	if r.Name == "counts" {
		young = before.Add(24 * time.Hour)
	}
	s.lay(r.Name, "old", before)
	s.lay(r.Name, "young", young)
	tables := slices.Concat(r.Tables, []string{"audit_events", "retention_runs"})
	held := lawDump(s.TB, s.DB, tables...)
	if st := s.due(r); st.Due != 1 || st.Oldest == 0 || st.Oldest > s.Now() || st.RanAt != 0 {
		s.Errorf("before: %d due, oldest %d, ran %d", st.Due, st.Oldest, st.RanAt)
	}
	lawSame(s.TB, held, lawDump(s.TB, s.DB, tables...), "the listing")
	all := s.left(r.Name)
	s.purge(r)
	if st := s.due(r); all-s.left(r.Name) != 1 || st.Due != 0 || !r.Silent && (st.Removed != 1 || st.RemovedAt != s.Now()) {
		s.Errorf("after: %d of %d left, %d due, %d removed", s.left(r.Name), all, st.Due, st.Removed)
	}
	s.audited(r)
	s.purge(r) // nothing is left, so nothing is said
	s.audited(r)
}

// audited wants one row of the log for the one run that removed something.
func (s shelf) audited(r audit.Rule) {
	s.Helper()
	want := 1
	if r.Silent {
		want = 0
	}
	query := `SELECT count(*) FROM audit_events WHERE action = 'retention.purge' AND object = '` + r.Name + `' AND detail LIKE '%"count":"1"%'`
	if n := s.count(query); n != want || s.count(`SELECT count(*) FROM audit_events WHERE action = 'retention.purge'`) != want {
		s.Errorf("%d rows of the log, want %d", n, want)
	}
}

// A run is many short transactions, so that nobody waits for it, and one row
// of the log.
func TestAPurgeGoesInBatches_PR04(t *testing.T) {
	eachShelf(t, func(s shelf) {
		const rows = 10_000
		err := s.Write(context.Background(), func(tx *db.Tx) error {
			for i := range rows {
				if _, err := tx.Exec(context.Background(), `INSERT INTO counters (key, n, since, until) VALUES ($1, 1, 1, 0)`, fmt.Append(nil, i)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			s.Fatal(err)
		}
		r, batches := ruleOf(s, "counters"), 0
		purge := r.Purge
		r.Purge = func(ctx context.Context, tx *db.Tx, before db.Time, most int) (int, error) {
			batches++
			n, err := purge(ctx, tx, before, most)
			if n > 500 {
				s.Errorf("%d rows in one transaction", n)
			}
			return n, err
		}
		s.purge(r)
		if n := s.count(`SELECT count(*) FROM counters`); n != 0 || batches < 20 {
			s.Errorf("%d left after %d batches", n, batches)
		}
		if n := s.count(`SELECT count(*) FROM audit_events WHERE action = 'retention.purge' AND detail LIKE '%"count":"10000"%'`); n != 1 {
			s.Errorf("%d rows tell of it", n)
		}
	})
}

func ruleOf(t testing.TB, name string) audit.Rule {
	i := slices.IndexFunc(Rules(0), func(r audit.Rule) bool { return r.Name == name })
	if i < 0 {
		t.Fatal("no rule ", name)
	}
	return Rules(0)[i]
}

// Two servers purge at once: each row goes once, and the log counts it once.
func TestTwoPurgesDoNoHarm_PR04(t *testing.T) {
	eachShelf(t, func(s shelf) {
		r := ruleOf(s, "passes")
		r.Batch = 3
		for i := range 40 {
			s.lay("passes", fmt.Sprint(i), s.Now().Add(-r.Keep))
		}
		done := make(chan error, 4)
		for range cap(done) {
			go func() {
				done <- audit.Purge(context.Background(), s.DB, []audit.Rule{r}, audit.Actor{Kind: audit.Clock})
			}()
		}
		for range cap(done) {
			if err := <-done; err != nil {
				s.Error(err)
			}
		}
		s.purge(r)
		told := 0
		for i := 1; i <= 40; i++ {
			told += i * s.count(fmt.Sprintf(`SELECT count(*) FROM audit_events WHERE action = 'retention.purge' AND detail LIKE '%%"count":"%d"%%'`, i))
		}
		if s.left("passes") != 0 || told != 40 {
			s.Errorf("%d left, %d told", s.left("passes"), told)
		}
	})
}

// However old a request is: its files stay while it is open.
func TestEvidenceOfAnOpenRequestStays_UP07(t *testing.T) {
	eachShelf(t, func(s shelf) {
		for _, state := range []string{"open", "waiting", "escalated", "checked", "approved", "ready", "issued"} {
			fixed := endedTicket(state)
			fixed["opened_at"], fixed["closed_at"], fixed["person"] = 1, 0, state
			s.insert("tickets", state, fixed)
			s.insert("attachments", state, map[string]any{"ticket": state, "draft": "", "type": "image/jpeg", "why": "", "added_at": 1})
			s.insert("attachment_contents", state, map[string]any{"attachment": state})
		}
		s.purge(Rules(0)...)
		if n := s.left("evidence"); n != 7 {
			s.Errorf("%d of 7 files are left", n)
		}
	})
}
