package app

import (
	"context"
	"net/http"
	"net/http/httptest"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/mail"
	"pulih/tickets"
)

// promised are the metrics that docs/production.md, the dashboard and the
// alerts count on.
var promised = []string{
	"pulih_request_seconds_count", "pulih_clock_off_seconds", "pulih_flood", "pulih_audit_findings", "pulih_build_info", "pulih_schema_brought",
	"pulih_schema_version", "pulih_database_up", "pulih_passwords_computing", "pulih_passwords_waiting", "pulih_passwords_refused_total",
	"pulih_streams", "pulih_uploads", "pulih_mails_total", "pulih_outbox_waiting", "pulih_outbox_oldest_seconds", "pulih_tickets_live",
	"pulih_audit_unsealed", "pulih_audit_unsealed_seconds", "pulih_audit_sealed_timestamp_seconds", "pulih_audit_copied_timestamp_seconds",
	"pulih_audit_uncopied", "pulih_audit_copy_held", "pulih_measures_waiting", "pulih_lease_held", "pulih_db_connections", "pulih_db_connections_busy",
	"pulih_db_connection_waits_total", "pulih_db_connection_wait_seconds_total", "pulih_db_batch_writes_count", "pulih_db_wal_bytes",
	"pulih_disk_free_bytes", "pulih_disk_bytes", "pulih_gate_total", "pulih_limit_refused_total", "pulih_certificate_expires_timestamp_seconds",
	"process_resident_memory_bytes", "process_cpu_seconds_total", "process_open_fds", "process_max_fds", "go_goroutines",
}

// metricValues are the samples of a scrape, by name and labels.
func (x *test) metricValues() map[string]string {
	all := map[string]string{}
	for _, line := range strings.Split(x.metrics(), "\n") {
		if at := strings.LastIndexByte(line, ' '); at > 0 && !strings.HasPrefix(line, "#") {
			all[line[:at]] = line[at+1:]
		}
	}
	return all
}

// refused meets a limit that was spent.
func (x *test) refused() {
	x.t.Helper()
	for n := range 2 {
		if wait, err := x.Limits.Take(context.Background(), Limit{"busy", time.Hour, 1}, sitiNIP); err != nil || wait > 0 != (n == 1) {
			x.t.Fatal(wait, err)
		}
	}
}

// lawBusy does a little of everything that is counted.
func (x *test) lawBusy() {
	x.t.Helper()
	e := x.employee(sitiNIP)
	b := x.browser()
	b.askOpen(sitiNIP, string(e.Email))
	x.refused()
	if err := x.DB.Lease("clock").Do(context.Background(), func(context.Context) error { return nil }); err != nil {
		x.t.Fatal(err)
	}
	x.Metrics.Certificate(x.clock.Now().Add(time.Hour))
	x.Metrics.streaming("tickets")()
	x.Checks.Copy = x.t.TempDir() + "/audit.jsonl"
}

func TestEveryPromisedMetricIsThere(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		x := newTestOn(t, d, clock)
		x.lawBusy()
		x.waits("reset.code")
		names := map[string]bool{}
		for sample := range x.metricValues() {
			name, _, _ := strings.Cut(sample, "{")
			names[name] = true
		}
		for _, name := range promised {
			if !names[name] {
				t.Errorf("%s is not there", name)
			}
		}
		for name := range names {
			if strings.HasPrefix(name, "pulih_") && !slices.Contains(promised, strings.TrimSuffix(strings.TrimSuffix(name, "_bucket"), "_sum")) && !strings.HasSuffix(name, "_bucket") && !strings.HasSuffix(name, "_sum") {
				t.Errorf("%s is not promised", name)
			}
		}
	})
}

// waits puts a mail into the outbox that no relay has taken.
func (x *test) waits(kind string) {
	x.t.Helper()
	x.lawExec(`INSERT INTO outbox (id, kind, person, message_id, sealed, state, attempts, created_at, run_at, lease_until, expires_at, ended_at, answer)
		VALUES ($1, $2, '', $1, $3, 'queued', 3, $4, $5, 0, $5, 0, '')`, db.NewID(), kind, []byte("x"), x.DB.Now().Add(-time.Hour), x.DB.Now().Add(time.Hour))
}

// What waits is counted by kind, and its age is that of the first try: a retry
// that is put off does not make a mail young.
func TestWhatWaitsIsTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		x := newTestOn(t, d, clock)
		for range 3 {
			x.waits("reset.code")
		}
		x.waits("notice.changed")
		x.lawExec(`INSERT INTO audit_events VALUES ('0', $1, 'clock', '', 'report.read', '', '', 'ok', '{}', '', '')`, d.Now().Add(-time.Minute))
		x.lawExec(`INSERT INTO audit_queue VALUES ('0')`)
		x.lawExec(`INSERT INTO measure_queue (event, ticket, again_at) VALUES ('1', '1', 0)`)
		got := x.metricValues()
		for sample, want := range map[string]string{
			`pulih_outbox_waiting{kind="reset.code"}`: "3", `pulih_outbox_waiting{kind="notice.changed"}`: "1",
			`pulih_outbox_oldest_seconds{kind="reset.code"}`: "3600", `pulih_tickets_live{state="open"}`: "0", `pulih_database_up`: "1",
			`pulih_audit_unsealed`: "1", `pulih_audit_unsealed_seconds`: "60", `pulih_measures_waiting`: "1", `pulih_audit_copy_held`: "0",
		} {
			if got[sample] != want {
				t.Errorf("%s is %q, want %q", sample, got[sample], want)
			}
		}
		if _, err := (audit.Sealer{DB: d}).Seal(context.Background()); err != nil {
			t.Fatal(err)
		}
		clock.Advance(sharedFor - time.Second)
		if got := x.metricValues()["pulih_audit_unsealed"]; got != "1" {
			t.Errorf("the database is asked again at once: %s", got)
		}
		clock.Advance(time.Second)
		if got := x.metricValues()["pulih_audit_unsealed"]; got != "0" {
			t.Errorf("what is sealed still waits: %s", got)
		}
	})
}

// Each state that is alive has its figure, and none is counted twice.
func TestEveryLiveStateIsCounted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock) {
		x := newTestOn(t, d, dbtest.NewClock())
		var states []tickets.State
		for _, c := range x.shared().live {
			states = append(states, c.State)
		}
		for _, s := range tickets.States {
			if s.Live() != slices.Contains(states, s) {
				t.Errorf("%s is counted: %v", s, !s.Live())
			}
		}
	})
}

// Without a database the process still says how it is, and that it has none.
func TestMetricsOutliveTheDatabase(t *testing.T) {
	x := newTest(t)
	if err := x.DB.Close(); err != nil {
		t.Fatal(err)
	}
	got := x.metricValues()
	if got["pulih_database_up"] != "0" || got["pulih_uploads"] != "0" {
		t.Errorf("%v", got)
	}
	if _, there := got["pulih_audit_unsealed"]; there {
		t.Error("it tells of a database that it cannot read")
	}
}

// A database that hangs costs one scrape a few seconds, and not each metric.
func TestAScrapeAsksAHangingDatabaseOnce(t *testing.T) {
	t.Parallel()
	x := newTest(t)
	copier, err := audit.NewCopier(t.Context(), x.DB, t.TempDir()+"/audit.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	x.Checks.Copier = copier
	readers := x.DB.Stats().Pools["read"].MaxOpenConnections
	hold, held := make(chan struct{}), make(chan struct{}, readers)
	var all sync.WaitGroup
	for range readers {
		all.Go(func() {
			_ = x.DB.Read(context.Background(), func(*db.Tx) error { held <- struct{}{}; <-hold; return nil })
		})
	}
	defer all.Wait()
	defer close(hold)
	for range readers {
		<-held
	}
	all.Go(func() { _, _ = copier.Copy(context.Background()) })
	for began := time.Now(); time.Since(began) < 100*time.Millisecond; { // it waits for the database meanwhile
		runtime.Gosched()
	}
	began := time.Now()
	if got := x.metricValues(); got["pulih_database_up"] != "0" || got["pulih_uploads"] != "0" {
		t.Errorf("%v", got)
	}
	if took := time.Since(began); took > 2*sharedWait {
		t.Errorf("a scrape takes %s", took)
	}
	x.clock.Advance(failedFor)
	if l := &x.look; l.last.up || l.last.at.Add(failedFor) > x.DB.Now() {
		t.Error("it is not asked again")
	}
}

// A copy that was never written since the start lacks what was sealed, and has
// no time: the alert fires.
func TestACopyThatNeverWorkedIsTold_impostor26(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		x := newTestOn(t, d, clock)
		copier, err := audit.NewCopier(t.Context(), d, t.TempDir()+"/audit.jsonl")
		if err != nil {
			t.Fatal(err)
		}
		defer copier.Close() //nolint:errcheck // a test's file
		x.Checks.Copier = copier
		x.browser().askOpen(sitiNIP, string(x.employee(sitiNIP).Email))
		if _, err := (audit.Sealer{DB: d}).Seal(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := x.metricValues(); got["pulih_audit_uncopied"] == "0" || got["pulih_audit_copied_timestamp_seconds"] != "0" {
			t.Errorf("never copied: %s at %s", got["pulih_audit_uncopied"], got["pulih_audit_copied_timestamp_seconds"])
		}
		if _, err := copier.Copy(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := x.metricValues(); got["pulih_audit_uncopied"] != "0" || got["pulih_audit_copied_timestamp_seconds"] == "0" {
			t.Errorf("copied: %s at %s", got["pulih_audit_uncopied"], got["pulih_audit_copied_timestamp_seconds"])
		}
	})
}

var (
	label      = regexp.MustCompile(`([a-z]+)="((?:[^"\\]|\\.)*)"`)
	plainLabel = regexp.MustCompile(`^(/|[a-zA-Z0-9+._()-]{1,64}|/[a-z0-9/:*._-]{1,80})$`)
	manyDigits = regexp.MustCompile(`\d{6}`)
)

// No label can hold a person: whatever is sent, labels are words of the
// program (AU-05). A method too is what the client says.
func TestNoLabelHoldsAPerson_AU05(t *testing.T) {
	x := newTest(t)
	x.lawBusy()
	for _, r := range []*http.Request{
		httptest.NewRequest(sitiNIP, x.url+"/", nil), httptest.NewRequest("siti.example.go.id", x.url+"/"+sitiNIP, nil),
		httptest.NewRequest(http.MethodGet, x.url+"/tiket/"+sitiNIP+"?nip="+sitiNIP, nil), httptest.NewRequest(http.MethodGet, x.url+"/petugas/cari?q="+sitiNIP, nil),
		httptest.NewRequest("PROPFIND", x.url+"/static/"+sitiNIP, nil),
	} {
		x.ServeHTTP(httptest.NewRecorder(), r)
	}
	for sample := range x.metricValues() {
		for _, l := range label.FindAllStringSubmatch(sample, -1) {
			if l[1] != "version" && l[1] != "le" && (!plainLabel.MatchString(l[2]) || manyDigits.MatchString(l[2])) {
				t.Errorf("%s: a label says %q", sample, l[2])
			}
		}
		if strings.Contains(sample, sitiNIP) || strings.Contains(sample, "@") {
			t.Errorf("a person: %s", sample)
		}
	}
	if x.metricValues()[`pulih_request_seconds_count{method="other",route="other",status="405"}`] == "" && x.metricValues()[`pulih_request_seconds_count{method="other",route="/",status="405"}`] == "" {
		t.Error("a made-up method is not counted as another")
	}
}

// The gate and the limits say how many came through, by way.
func TestTheGateIsCounted(t *testing.T) {
	x := newTest(t)
	e := x.employee(sitiNIP)
	x.browser().askOpen(sitiNIP, string(e.Email))
	b := x.browser()
	b.submit(b.follow(b.submit(b.get("/pulihkan"), "nip", sitiNIP)), "email", string(e.Email))
	b.submit(b.get("/pulihkan/email"), "email", string(e.Email), "captcha", "123456")
	got := x.metricValues()
	for _, sample := range []string{`pulih_gate_total{result="passed",way="captcha"}`, `pulih_gate_total{result="failed",way="nothing"}`, `pulih_gate_total{result="failed",way="captcha"}`} {
		if got[sample] != "1" {
			t.Errorf("%s is %q", sample, got[sample])
		}
	}
	x.refused()
	if got := x.metricValues()[`pulih_limit_refused_total{limit="busy"}`]; got != "1" {
		t.Errorf("a refusal is counted %q times", got)
	}
}

// Each try of the outbox is counted by what it came to.
func TestTriesOfTheOutboxAreCounted(t *testing.T) {
	x := newTest(t)
	e := x.employee(sitiNIP)
	x.browser().askOpen(sitiNIP, string(e.Email))
	x.sendCodes()
	x.mailTo(string(e.Email), "Kode untuk kata sandi baru")
	for range 100 { // the verdict is written after the relay has answered
		if x.Outbox.Tries()[string(mail.Accepted)] > 0 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if got := x.metricValues()[`pulih_mails_total{result="accepted"}`]; got == "0" || got == "" {
		t.Errorf("%q mails are accepted", got)
	}
}
