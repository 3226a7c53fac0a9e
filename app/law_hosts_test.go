package app

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// lawNoFlow are the kinds of mail that no request of a tour leads to; that
// their links are ours too says TestEveryLinkIsOurs of package mail, which
// draws each kind from the settings alone.
var lawNoFlow = strings.Fields(`account.frozen activation.asked activation.code activation.done activation.needed
	address.removed backup.made backup.used device.removed device.second mfa.asked mfa.code mfa.ready otp.failed otp.stopped
	reply.arrived request.cancelled request.refused reset.asked unlock.asked unlock.code`)

// Every flow is walked by browsers and proxies that lie about the host, and
// every kind of mail that comes of it links to our own address (RC-12;
// CVE-2023-49097 was fixed four times in four paths).
func TestHostileHostsReachNoMailOfAnyKind_RC12(t *testing.T) {
	seen := map[string]bool{}
	for _, walk := range []func(*test){
		func(x *test) { x.lawTour().lawFinish() },
		func(x *test) { lawCounter(x, staffedOf(x)) },
	} {
		x := newTest(t)
		x.evil = lawEvil
		walk(x)
		x.lawQuiet()
		for _, m := range x.box.Messages() {
			if strings.Contains(m.Text+m.HTML+m.Subject, "evil") || strings.Contains(m.Text+m.HTML, "gopher:") {
				t.Errorf("%q believed a forwarded host: %s", m.Subject, m.Text)
			}
			for _, link := range lawLinks(m) {
				if !strings.HasPrefix(link, x.url+"/") {
					t.Errorf("%q links to %s", m.Subject, link)
				}
			}
		}
		for _, kind := range lawRows(t, x.DB, `SELECT kind FROM outbox`, func(v []any) string { return v[0].(string) }) {
			seen[strings.TrimPrefix(kind, "notice.")] = true
		}
	}
	t.Log(seen)
	for _, file := range must(filepath.Glob("../mail/testdata/*.txt"))(t) {
		if kind := strings.TrimSuffix(filepath.Base(file), ".txt"); seen[kind] == slices.Contains(lawNoFlow, kind) {
			t.Errorf("%s: mailed by a tour %v, said to be %v", kind, seen[kind], !seen[kind])
		}
	}
}
