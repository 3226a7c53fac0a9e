package faults

import (
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"pulih/cmd/rig"
	"pulih/db/dbtest"
)

// disk is a small file system of its own. Where this program may not mount
// one, the test is skipped, or fails when PULIH_TEST_REQUIRE names "mounts".
func disk(t *testing.T, size string) string {
	t.Helper()
	folder := t.TempDir()
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "mode=700,size="+size); err != nil {
		dbtest.Lacks(t, "mounts", fmt.Sprint(err, " (run as root)"))
	}
	t.Cleanup(func() { _ = syscall.Unmount(folder, syscall.MNT_DETACH) })
	return folder
}

// on is a load on a disk.
func on(t *testing.T, folder, url string) *load {
	t.Helper()
	s := newSiteIn(t, folder, url)
	l := newLoad(s)
	l.serve()
	return l
}

// outage lets clients work, makes the trouble, and waits until one of them and
// the probe have heard of it; ends the trouble, and waits until the same
// process works again. Nothing that was acknowledged is lost by it.
func (l *load) outage(begin, end func()) (refused int64) {
	l.Helper()
	l.begin()
	l.works("before")
	begin()
	eventually(l.T, "somebody was told to try again", func() bool { return l.answers[5].Load() > 0 })
	eventually(l.T, "/siap failed", func() bool { return l.probe() == http.StatusServiceUnavailable })
	l.honest()
	end()
	eventually(l.T, "/siap said yes again", func() bool { return l.probe() == http.StatusOK })
	l.works("after")
	refused = l.answers[5].Load()
	l.finish()
	l.check(l.deeds())
	return refused
}

// works waits until more is done.
func (l *load) works(when string) {
	l.Helper()
	before := l.count(wrote)
	eventually(l.T, "clients were served "+when, func() bool { return l.count(wrote) > before+4 || l.Failed() })
}

// probe is what /siap answers.
func (s *site) probe() int {
	answer, err := http.Get(s.process.URL + "/siap")
	if err != nil {
		return 0
	}
	_ = answer.Body.Close()
	return answer.StatusCode
}

// honest looks at the page that somebody is shown meanwhile.
func (s *site) honest() {
	s.Helper()
	var a rig.Answer
	var err error
	eventually(s.T, "somebody else was told so", func() bool { // a small thing may still fit
		a, err = rig.NewVisitor(s.process.URL).Post("/tiket/baru", "sebab", "")
		return err != nil || a.Status >= http.StatusInternalServerError
	})
	if err != nil || a.Status != http.StatusServiceUnavailable || a.Header.Get("Retry-After") == "" ||
		!strings.Contains(a.Body, "coba lagi") || !strings.Contains(a.Body, "mungkin belum masuk") || strings.Contains(a.Body, "Data Anda aman") {
		s.Errorf("told %d, %v: %s", a.Status, err, a.Body)
	}
}

const harmless = "people get a page that says so (503, Retry-After), /siap fails, and the same process works again by itself; all that was acknowledged is there, once; `pulih check`"

func TestAFullDisk(t *testing.T) {
	l := on(t, disk(t, "64m"), "")
	ballast := filepath.Join(l.place.Folder, "ballast")
	refused := l.outage(func() { fill(t, ballast) }, func() { l.must(os.Remove(ballast)) })
	l.stop()
	l.rest()
	saw(t, "disk full, SQLite and the copy of the log on it", harmless, "%d answers 503; %d tickets, %d messages", refused, l.count(filed), l.count(wrote))
}

// fill leaves no byte, also of what is freed a moment later.
func fill(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // it is full
	for size := 1 << 20; size > 0; {
		if _, err := f.Write(make([]byte, size)); err != nil {
			size /= 2
		}
	}
}

// A disk that takes no byte any more: the process finds each of its writes
// refused, as on one that has turned read-only under it.
func TestADiskThatRefusesWrites(t *testing.T) {
	t.Parallel()
	l := on(t, t.TempDir(), "")
	refused := l.outage(func() { l.must(l.limitFiles(0)) }, func() { l.must(l.limitFiles(unlimited)) })
	l.stop()
	l.rest()
	saw(t, "every write to a file refused (RLIMIT_FSIZE), SQLite", harmless, "%d answers 503; %d tickets, %d messages", refused, l.count(filed), l.count(wrote))
}

const unlimited = 1<<64 - 1

// limitFiles is how long a file of the process may become; the hard limit
// stays, so that it can be lifted again.
func (s *site) limitFiles(bytes uint64) error {
	limit := syscall.Rlimit{Cur: bytes, Max: unlimited}
	_, _, failed := syscall.RawSyscall6(syscall.SYS_PRLIMIT64, uintptr(s.process.Process.Pid), syscall.RLIMIT_FSIZE,
		uintptr(unsafe.Pointer(&limit)), 0, 0, 0) //nolint:gosec // the kernel reads it
	if failed != 0 {
		return failed
	}
	return nil
}

// On a disk that is mounted read-only production does not begin, and says why.
func TestAReadOnlyDisk(t *testing.T) {
	l := on(t, disk(t, "64m"), "")
	l.begin()
	l.works("before")
	l.finish()
	l.stop()
	remount := func(flags uintptr) {
		eventually(t, "the disk could be mounted anew", func() bool {
			return !errors.Is(syscall.Mount("", l.place.Folder, "", syscall.MS_REMOUNT|flags, ""), syscall.EBUSY)
		})
	}
	remount(syscall.MS_RDONLY)
	_, err := l.place.Begin(t.Context())
	if err == nil {
		t.Error("it began without a log")
	}
	said := l.refusal()
	remount(0)
	l.check(l.deeds())
	l.rest()
	saw(t, "disk mounted read-only at the start, SQLite", "`serve` ends with a sentence that says so; mounted anew, all that was acknowledged is there; `pulih check`",
		"it said: %s", said)
}

// refusal is what a start says that cannot be.
func (s *site) refusal() string {
	s.Helper()
	place := s.place
	place.Log, place.Database = filepath.Join(s.TempDir(), "log"), place.URL()
	if p, err := place.Serve(s.Context()); err == nil {
		p.Kill()
		s.Error("it serves from a disk that it cannot write to")
	}
	text, _ := os.ReadFile(place.Log)
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	last := lines[len(lines)-1]
	if !strings.Contains(last, "read-only") && !strings.Contains(last, "readonly") {
		s.Errorf("it does not say why: %s", text)
	}
	return strings.ReplaceAll(last, s.place.Folder, "…")
}

// Another program holds the database: a backup by hand, or somebody with a
// prompt.
func TestADatabaseThatIsLocked(t *testing.T) {
	each(t, func(t *testing.T, url string) {
		t.Parallel()
		l := on(t, t.TempDir(), url)
		var held *sql.Conn
		refused := l.outage(func() { held = l.lock() }, func() {
			_, err := held.ExecContext(t.Context(), "ROLLBACK")
			l.must(err)
		})
		l.stop()
		l.rest()
		saw(t, "database locked by another program, "+engineOf(url), harmless, "%d answers 503; %d tickets, %d messages", refused, l.count(filed), l.count(wrote))
	})
}

func (s *site) lock() *sql.Conn {
	s.Helper()
	driver, address, locks := "sqlite", "file:"+s.place.URL()+"?_pragma=busy_timeout(60000)", "BEGIN IMMEDIATE"
	if s.place.Database != "" {
		driver, address, locks = "pgx", s.place.Database, "BEGIN; LOCK TABLE limits, leases, audit_events"
	}
	pool, err := sql.Open(driver, address)
	s.must(err)
	s.Cleanup(func() { _ = pool.Close() })
	conn, err := pool.Conn(s.Context())
	s.must(err)
	eventually(s.T, "the tables are locked", func() bool { // a server in the middle of its work may win the deadlock
		_, err := conn.ExecContext(s.Context(), locks)
		if err != nil {
			_, _ = conn.ExecContext(s.Context(), "ROLLBACK")
		}
		return err == nil
	})
	return conn
}
