package app

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/db"
	"pulih/views"
)

// keep puts counts of a day into the tables that stand for ever.
func (x *staffed) keep(day db.Time, statement string, args ...any) {
	x.t.Helper()
	err := x.DB.Write(x.t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(x.t.Context(), statement, append([]any{day}, args...)...)
		return err
	})
	if err != nil {
		x.t.Fatal(err)
	}
}

const (
	keepWalks  = `INSERT INTO walk_days (day, ending, cause, n) VALUES ($1, $2, $3, $4)`
	keepClocks = `INSERT INTO clock_days (day, drift, n) VALUES ($1, $2, $3)`
	keepCodes  = `INSERT INTO code_days (day, agency, stage, n) VALUES ($1, $2, $3, $4)`
	keepMails  = `INSERT INTO mail_days (day, domain, delay, n) VALUES ($1, $2, $3, $4)`
)

// alone is what a supervisor of an agency, or of units of it, sees of today.
func (x *staffed) alone(s accounts.Staff) []views.ReportSection {
	x.t.Helper()
	c := x.echo.NewContext(httptest.NewRequestWithContext(x.t.Context(), http.MethodGet, "/", nil), httptest.NewRecorder())
	c.Set(ctxStaff, staffOnPage{s})
	day := today(x.DB.Now(), x.Zone)
	sections, err := x.aloneSections(c, asked{days: days{day, day, x.Zone}})
	if err != nil {
		x.t.Fatal(err)
	}
	return sections
}

func section(t *testing.T, all []views.ReportSection, id string) views.ReportSection {
	t.Helper()
	i := slices.IndexFunc(all, func(s views.ReportSection) bool { return s.ID == id })
	if i < 0 {
		t.Fatalf("there is no section %s", id)
	}
	return all[i]
}

func values(s views.ReportSection) string {
	var all []string
	for _, f := range s.Figures {
		all = append(all, f.Value+" ("+f.Note+"; "+f.Before+")")
	}
	return strings.Join(all, ", ")
}

// Known answers, worked out on paper: 5 of 8 solved alone are 63 %, 2 of 8
// unknown are 25 %, 1 of 8 filed is 13 %; those without intent are in none.
// The median of 4, 4, 4, 120, 120, 120 s is 62 s, here within 5 %.
func TestTheReportTellsWhatWasSolvedAlone(t *testing.T) {
	x := newStaffed(t)
	day := x.DB.Now().Midnight(x.Zone)
	before := day.Add(-24 * time.Hour)
	x.keep(day, keepWalks, "mandiri", "jam", 5)
	x.keep(day, keepWalks, "tak-dikenal", "", 2)
	x.keep(day, keepWalks, "permohonan", "hilang", 1)
	x.keep(day, keepWalks, "batal", "jam", 40)
	x.keep(before, keepWalks, "mandiri", "jam", 3)
	x.keep(day, keepClocks, -120, 3)
	x.keep(day, keepClocks, 4, 3)
	x.keep(day, keepCodes, x.Site.Agency, "minta", 10)
	x.keep(day, keepCodes, x.Site.Agency, "selesai", 4)
	x.keep(day, keepCodes, "Instansi Lain", "minta", 99)
	x.keep(day, keepMails, "gmail", 1400, 6)
	x.keep(day, keepMails, "gmail", -1, 2)
	x.keep(day, keepMails, "yahoo", 900, 4)
	all := x.alone(accounts.Staff{Agency: x.Site.Agency})
	for id, want := range map[string]string{
		"mandiri":    "63% (5 dari 8 penelusuran; kurang dari 5), 25% (2 dari 8 penelusuran; kurang dari 5), 13% (1 dari 8 penelusuran; kurang dari 5)",
		"kode-email": "40% (4 dari 10 permintaan; –)",
		"sebab-otp":  "64 dtk (n = 6; –), 50% (3 dari 6 pengukuran; –)",
	} {
		if got := values(section(t, all, id)); got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
	if s := section(t, all, "sebab-otp"); len(s.Pictures) != 2 {
		t.Error(values(s))
	}
	rows := section(t, all, "kode-email").Tables[0].Rows
	if len(rows) != 2 || rows[0][1].Text != "6" || rows[0][2].Text != "1,4 dtk" || rows[0][5].Text != "2" || rows[1][1].Text != underFive || rows[1][2].Text != underFive {
		t.Errorf("%+v", rows)
	}
}

// Fewer than five say nothing: no number, no picture.
func TestSmallGroupsAreNotShown(t *testing.T) {
	x := newStaffed(t)
	day := x.DB.Now().Midnight(x.Zone)
	x.keep(day, keepWalks, "mandiri", "jam", 4)
	x.keep(day, keepClocks, -120, 4)
	x.keep(day, keepCodes, x.Site.Agency, "minta", 4)
	for _, s := range x.alone(accounts.Staff{Agency: x.Site.Agency}) {
		if len(s.Pictures) != 0 {
			t.Errorf("%s has a picture of fewer than five", s.ID)
		}
		for _, f := range s.Figures {
			if f.Value != noneAt || f.Note != underFive || f.Href != "" {
				t.Errorf("%s: %+v", s.ID, f)
			}
		}
	}
}

// Every figure carries its definition, and none a list.
func TestEachFigureAloneHasItsSheet(t *testing.T) {
	x := newStaffed(t)
	for _, s := range x.alone(accounts.Staff{Agency: x.Site.Agency}) {
		for _, f := range s.Figures {
			if f.Sheet.Set == "" || f.Sheet.Clock == "" || f.Sheet.Start == "" || f.Sheet.Calendar == "" || f.Value != noneAt || f.Before != noneAt {
				t.Errorf("%s: %+v", s.ID, f)
			}
		}
	}
}

// Walks are nobody's, so they are the installation's: another agency sees its
// own codes only, and who is bound to units sees nothing (ST-04).
func TestWalksAreTheInstallationsOnly_ST04(t *testing.T) {
	x := newStaffed(t)
	day := x.DB.Now().Midnight(x.Zone)
	x.keep(day, keepCodes, x.Site.Agency, "minta", 99)
	x.keep(day, keepCodes, "Instansi Lain", "minta", 8)
	x.keep(day, keepCodes, "Instansi Lain", "selesai", 8)
	if bound := x.alone(accounts.Staff{Agency: x.Site.Agency, Units: []string{"Dinas Perhubungan"}}); len(bound) != 0 {
		t.Errorf("bound to a unit, he sees %d sections", len(bound))
	}
	other := x.alone(accounts.Staff{Agency: "Instansi Lain"})
	if len(other) != 1 || other[0].ID != "kode-email" || len(other[0].Tables) != 0 || other[0].Figures[0].Value != "100%" {
		t.Errorf("%+v", other)
	}
}

func TestDaysMoveToAnotherZone(t *testing.T) {
	at := time.Date(2026, 11, 23, 0, 0, 0, 0, db.WIB.Location)
	p := days{at, at, db.WIB}.of(db.WIT)
	if p.From.Exact(db.WIT) != "23-11-2026 00.00 WIT" || p.Until.Exact(db.WIT) != "24-11-2026 00.00 WIT" {
		t.Error(p.From.Exact(db.WIT), p.Until.Exact(db.WIT))
	}
}
