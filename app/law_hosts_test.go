package app

import "testing"

// Every flow is walked by browsers and proxies that lie about the host, and
// every kind of mail that comes of it links to our own address (RC-12;
// CVE-2023-49097 was fixed four times in four paths). No kind is left out.
func TestHostileHostsReachNoMailOfAnyKind_RC12(t *testing.T) {
	kinds, seen := lawSubjects(t), map[string]bool{}
	for _, walk := range lawMailWalks {
		x := newTest(t)
		x.evil = lawEvil
		walk(x)
		x.lawQuiet()
		for _, m := range x.box.Messages() {
			x.lawOurLinks(t, m)
			seen[kinds[lawSubject(m.Subject)]] = true
		}
		seen["staff"] = seen["staff"] || x.countRows(`SELECT count(*) FROM outbox WHERE kind = 'staff'`) > 0 // its subjects differ
	}
	for _, kind := range kinds {
		if !seen[kind] {
			t.Errorf("no walk leads to %s", kind)
		}
	}
}
