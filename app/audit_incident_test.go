package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"pulih/accounts"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/tickets"
)

func affectedFilled(g *clerk, pairs ...string) url.Values {
	f := url.Values{"dari": {"2026-11-01"}, "sampai": {"2026-11-30"}, "pelaku": {""}, "tindakan": {"ticket.claim"}, "jaringan": {""}, "otp": {g.otp()}}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Set(pairs[i], pairs[i+1])
	}
	return f
}

// Whom an incident concerns leaves as a file for a fresh code alone, and it is
// written down how many they were.
func TestAnIncidentListIsExported_PR05(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		x := staffedOf(newTestOn(t, d, clock))
		x.exec(`UPDATE people SET name = '=cmd|Siti' WHERE nip = '` + string(asn.NIP) + `'`)
		x.rina.mustGo(x.remote(tickets.MFA).Number, "pengambilan")
		x.sealed()
		list := x.sari.post(affectedPath, affectedFilled(x.sari, "pelaku", x.staffID(x.rina)))
		for _, want := range []string{"\ufeff\"NIP\";\"Unit\";", `"19860926 201505 1 001";"Dinas Pendidikan";`, "\r\n\"# selesai\";\"1\"\r\n", "Permohonan: diambil"} {
			if list.status != http.StatusOK || !strings.Contains(list.body, want) {
				t.Errorf("%d, no %q:\n%s", list.status, want, list.body)
			}
		}
		if strings.Contains(list.body, "Siti") {
			t.Error("the list names somebody:\n", list.body)
		}
		if strings.Contains(list.body, "Permohonan: dibuka,") {
			t.Error("what another did is there too:\n", list.body)
		}
		if n := x.countRows(`SELECT count(*) FROM audit_events WHERE action = 'incident.export' AND detail LIKE '%"people":"1"%'`); n != 1 {
			t.Errorf("audited %d times", n)
		}
		if list := x.sari.post(affectedPath, affectedFilled(x.sari, "jaringan", "10.")); !strings.HasSuffix(list.body, "\n\"# selesai\";\"0\"\r\n") {
			t.Error("another network:\n", list.body)
		}
	})
}

// A list of everybody is not had by filling in nothing.
func TestAnIncidentIsNarrowed_PR05(t *testing.T) {
	x := newStaffed(t)
	for _, c := range []struct {
		until, action string
		status        int
	}{{"2026-11-07", "", http.StatusOK}, {"2026-11-08", "", http.StatusUnprocessableEntity}, {"2026-11-08", "ticket.claim", http.StatusOK}} {
		if p := x.sari.post(affectedPath, affectedFilled(x.sari, "sampai", c.until, "tindakan", c.action)); p.status != c.status {
			t.Errorf("until %s, %q: %d", c.until, c.action, p.status)
		}
	}
}

func TestNoIncidentListWithoutAFreshCode_SE07(t *testing.T) {
	x := newStaffed(t)
	x.rina.mustGo(x.remote(tickets.MFA).Number, "pengambilan")
	x.sealed()
	for name, otp := range map[string]string{"none": "", "wrong": "000000"} {
		if p := x.sari.post(affectedPath, affectedFilled(x.sari, "otp", otp)); p.status != http.StatusUnprocessableEntity || strings.Contains(p.body, "1986") {
			t.Errorf("%s: %d", name, p.status)
		}
	}
	spent := affectedFilled(x.sari)
	x.sari.post(affectedPath, spent)
	if p := x.sari.post(affectedPath, spent); p.status != http.StatusUnprocessableEntity {
		t.Error("the same code twice: ", p.status)
	}
	x.sari.post(affectedPath, affectedFilled(x.sari, "dari", "")).mustSay(t, http.StatusUnprocessableEntity, "Pilih tanggal awal")
	if n := x.countRows(`SELECT count(*) FROM audit_events WHERE action = 'incident.export'`); n != 1 {
		t.Errorf("audited %d times", n)
	}
}

func TestAnIncidentIsOfOnesOwnAgencyAndUnits_ST04(t *testing.T) {
	x := newStaffed(t)
	umar := x.clerkOf(otherAgency, "197001072000011007", "Umar Penyelia", accounts.Supervisor)
	x.rina.mustGo(x.remote(tickets.MFA).Number, "pengambilan")
	x.sealed()
	if p := umar.post(affectedPath, affectedFilled(umar)); strings.Contains(p.body, "19860926") {
		t.Error("another agency reads:\n", p.body)
	}
	x.exec(`UPDATE staff SET units = 'Dinas Lain' WHERE nip = '` + x.sari.nip + `'`)
	if p := x.sari.post(affectedPath, affectedFilled(x.sari)); strings.Contains(p.body, "19860926") {
		t.Error("another unit reads:\n", p.body)
	}
}
