package app

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"pulih/db"
	"pulih/db/dbtest"
	"pulih/secret"
)

// While nobody can reach the database, help that needs nothing kept is read as
// ever; whoever has begun to follow it, and a form, get our page that says it is
// not their mistake, and when to come back.
func TestHelpWithoutADatabase(t *testing.T) {
	x, shut := newShut(t)
	help := []string{guidePath, guidePath + "/" + x.Catalogue.Guide()[0].Key, "/bantuan", "/bantuan/otp-tidak-valid"}
	walker := x.browser()
	walker.lawCookie(cookieWalk, secret.NewToken())
	answer := func(b *browser, want int, paths ...string) {
		t.Helper()
		for _, path := range paths {
			p := b.get(path)
			if p.status != want || p.Find("main h1").Length() != 1 {
				t.Errorf("%s: %d, want our page with %d\n%s", path, p.status, want, p.text())
			}
			if gone := want == http.StatusServiceUnavailable; gone != strings.Contains(p.text(), "Kami sedang tidak bisa membaca atau menyimpan data.") || gone && p.header.Get("Retry-After") == "" {
				t.Errorf("%s does not say what is wrong, or when to come back\n%s", path, p.text())
			}
		}
	}
	answer(walker, http.StatusOK, help...)
	shut()
	x.clock.Advance(time.Minute) // what is kept for a moment is read anew
	for range 2 {                // the first may break a connection that was open
		answer(x.browser(), http.StatusOK, help...)
		answer(walker, http.StatusServiceUnavailable, help...)
		answer(walker, http.StatusServiceUnavailable, "/tiket/baru")
	}
}

// newShut is a test on a database of its own, and what makes it unreachable.
func newShut(t *testing.T) (x *test, shut func()) {
	t.Helper()
	base := must(url.Parse(dbtest.Require(t, "postgres", "PULIH_TEST_POSTGRES")))(t)
	admin := must(sql.Open("pgx", base.String()))(t)
	t.Cleanup(func() { _ = admin.Close() })
	do := func(statement string) {
		if _, err := admin.ExecContext(context.Background(), statement); err != nil {
			t.Errorf("%s: %v", statement, err)
		}
	}
	name := fmt.Sprintf("shut_app%d", os.Getpid())
	do("CREATE DATABASE " + name)
	t.Cleanup(func() { do("DROP DATABASE " + name + " WITH (FORCE)") })
	base.Path = "/" + name
	clock := dbtest.NewClock()
	d := must(db.Open(t.Context(), base.String(), clock.Now))(t)
	t.Cleanup(func() { _ = d.Close() })
	if err := d.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return newTestOn(t, d, clock), func() {
		do("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false")
		do("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'")
	}
}
