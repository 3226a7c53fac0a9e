package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"pulih/tickets"
)

// Whoever looks numbers up is counted and slowed, whether they hit or miss: the
// answer tells who works where. The log says that he typed one, not which.
func TestSeekingIsLimitedAndAudited_AU03(t *testing.T) {
	x := newStaffed(t)
	x.remote(tickets.MFA)
	seek := func(path, nip string) page {
		return x.sari.post(path, url.Values{"nip": {nip}, "dasar": {"Datang ke loket"}, "dokumen": {seenNumber}})
	}
	for n := range LimitSeek.Burst {
		path, nip := auditPath, string(asn.NIP)
		if n%2 == 1 {
			path, nip = accessPath, "199001012015051003"
		}
		if p := seek(path, nip); p.status == http.StatusUnprocessableEntity != (n%2 == 1) {
			t.Fatal(n, p.status, p.text())
		}
	}
	for _, path := range []string{auditPath, accessPath} {
		for _, nip := range []string{string(asn.NIP), "199001012015051003"} {
			seek(path, nip).mustSay(t, http.StatusUnprocessableEntity, "Batas pencarian tercapai. Coba lagi dalam")
		}
	}
	for result, want := range map[string]int{"ok": LimitSeek.Burst / 2, "none": LimitSeek.Burst / 2} {
		if n := x.countRows(`SELECT count(*) FROM audit_events WHERE action = 'person.seek' AND person = '' AND object = '' AND detail IN ('null', '{}') AND result = '` + result + `'`); n != want {
			t.Errorf("%s: %d rows", result, n)
		}
	}
	x.clock.Advance(LimitSeek.Every)
	if p := seek(auditPath, string(asn.NIP)); p.status != http.StatusSeeOther {
		t.Error("after a pause: ", p.status)
	}
}

// Files leave one at a time and twenty in a day, of whatever kind they are.
func TestDownloadsAreLimited_PR05(t *testing.T) {
	x := newStaffed(t)
	x.rina.mustGo(x.remote(tickets.MFA).Number, "pengambilan")
	x.sealed()
	id := x.staffID(x.sari)
	x.exporting.begin(id, 1)
	x.sari.post(affectedPath, affectedFilled(x.sari)).mustSay(t, http.StatusUnprocessableEntity, "masih berjalan")
	x.exporting.end(id)
	if wait, err := x.Limits.TakeMany(t.Context(), LimitExport, LimitExport.Burst-1, id); err != nil || wait > 0 {
		t.Fatal(wait, err)
	}
	x.clock.Advance(30 * time.Second)
	if p := x.sari.post(affectedPath, affectedFilled(x.sari)); p.status != http.StatusOK || !strings.Contains(p.body, "# selesai") {
		t.Fatal(p.status, p.text())
	}
	x.clock.Advance(30 * time.Second)
	x.sari.post(affectedPath, affectedFilled(x.sari)).mustSay(t, http.StatusUnprocessableEntity, "Batas unduhan harian tercapai")
	at := x.asked()
	x.clock.Advance(30 * time.Second)
	x.sari.fill(x.sari.get(at), at, "bentuk", "csv", "dokumen", seenNumber, "otp", x.sari.otp()).mustSay(t, http.StatusUnprocessableEntity, "Batas unduhan harian tercapai")
	if n := x.countRows(`SELECT count(*) FROM access_requests WHERE handed_at > 0`); n != 0 {
		t.Error("it counts as handed over")
	}
	if n := x.countRows(`SELECT count(*) FROM audit_events WHERE action = 'incident.export'`); n != 1 {
		t.Errorf("%d lists left", n)
	}
}
