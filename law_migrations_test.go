package pulih

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// rolls is the first migration of the time in which processes are replaced one
// after the other: the version before it still serves on the new schema.
const rolls = "141"

// breaking are what the version before would fail at, or wait for: a column or
// table that it uses is gone or has another name, a row that it writes is
// refused, all rows of a table are written while it serves.
var breaking = map[string]*regexp.Regexp{
	"takes a table or column away":       regexp.MustCompile(`(?i)\bDROP (TABLE|COLUMN|VIEW)\b`),
	"renames":                            regexp.MustCompile(`(?i)\bRENAME\b`),
	"changes a column":                   regexp.MustCompile(`(?i)\bALTER COLUMN\b`),
	"wants a value that nobody gives":    regexp.MustCompile(`(?i)\bADD COLUMN\b[^;,]*\bNOT NULL\b`),
	"refuses what was allowed":           regexp.MustCompile(`(?i)\b(CREATE UNIQUE INDEX|ADD CONSTRAINT)\b`),
	"changes what stands in a table":     regexp.MustCompile(`(?i)^\s*(UPDATE|DELETE)\b`),
	"hands a decision to the schema":     regexp.MustCompile(`(?i)\bCREATE (OR REPLACE )?(TRIGGER|RULE)\b`),
	"waits for everybody who is writing": regexp.MustCompile(`(?i)\bLOCK TABLE\b`),
}

var made = regexp.MustCompile(`(?i)\bCREATE TABLE (\w+)`)

// A migration widens the schema. What narrows it comes in a later release, when
// no process uses it any more, and says so: "-- narrows: since 1.4 nothing reads
// it" (docs/production.md, "Updating, and going back").
func TestMigrationsLetTheOldVersionServe(t *testing.T) {
	files, err := filepath.Glob("db/migrations/*.sql")
	if err != nil || len(files) < 50 {
		t.Fatal(len(files), err)
	}
	for _, file := range files {
		if filepath.Base(file) < rolls {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, fault := range narrowing(string(text)) {
			t.Errorf("%s: %s", file, fault)
		}
	}
}

// narrowing says what of a migration the version before would not survive.
func narrowing(text string) (faults []string) {
	if strings.Contains(text, "-- narrows: ") {
		return nil
	}
	text = regexp.MustCompile(`(?m)--.*$`).ReplaceAllString(text, "")
	new := map[string]bool{}
	for _, m := range made.FindAllStringSubmatch(text, -1) {
		new[m[1]] = true
	}
	for _, statement := range strings.Split(text, ";") {
		if ofNew(statement, new) {
			continue
		}
		for fault, pattern := range breaking {
			if pattern.MatchString(statement) && !(strings.Contains(fault, "nobody gives") && strings.Contains(statement, " DEFAULT ")) {
				faults = append(faults, fault+": "+strings.TrimSpace(statement))
			}
		}
	}
	return faults
}

var target = regexp.MustCompile(`(?i)\b(?:ON|UPDATE|FROM|TABLE) (\w+)`)

// ofNew tells whether a statement is about a table that the same migration makes.
func ofNew(statement string, made map[string]bool) bool {
	m := target.FindStringSubmatch(statement)
	return m != nil && made[m[1]]
}

func TestNarrowingIsSeen(t *testing.T) {
	for text, want := range map[string]int{
		"ALTER TABLE tickets DROP COLUMN cause;":                                     1,
		"ALTER TABLE tickets RENAME COLUMN cause TO why;":                            1,
		"ALTER TABLE tickets ADD COLUMN x TEXT NOT NULL;":                            1,
		"ALTER TABLE tickets ADD COLUMN x TEXT NOT NULL DEFAULT '';":                 0,
		"ALTER TABLE tickets ADD COLUMN x TEXT;":                                     0,
		"CREATE UNIQUE INDEX one ON tickets (nip);":                                  1,
		"CREATE TABLE extra (id TEXT);\nCREATE UNIQUE INDEX one ON extra (id);":      0,
		"UPDATE tickets SET rank = 1;":                                               1,
		"-- narrows: since 1.4 nothing reads it\nALTER TABLE tickets DROP COLUMN x;": 0,
		"DROP INDEX tickets_soon;\nCREATE INDEX tickets_soon ON tickets (due_at);":   0,
	} {
		if got := narrowing(text); len(got) != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}
