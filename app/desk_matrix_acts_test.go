package app

import (
	"fmt"
	"maps"
	"net/url"
	"strings"
	"time"

	"pulih/secret"
	"pulih/tickets"
)

// begin brings a new ticket into the state, with a file, nobody working on
// it, and the evidence that a check wants.
func (m *deskMatrix) begin() {
	m.t.Helper()
	m.people++
	m.exec(`DELETE FROM ticket_counts`) // of the day's
	nip := secret.NIP(fmt.Sprintf("1986%02d%02d2015051%03d", m.people%12+1, m.people/12%28+1, m.people%1000))
	enter, file, kind := m.world.Person, m.world.FileKind, m.kind
	if m.mine {
		file = m.world.FileMine
	}
	if kind == tickets.Activation {
		enter = m.world.Newcomer
	}
	if kind == tickets.Fraud {
		kind = tickets.Other // Pulih opens these itself: see below
	}
	m.story = file(enter(nip, "Budi Santoso"), kind, m.channel)
	must(0, m.story.Attach(tickets.KTP))(m.t)
	if m.state == tickets.Waiting {
		m.call(m.world.Checker)
	}
	m.story.To(m.state)
	m.prove()
	m.exec(`UPDATE tickets SET owned_at = 0`)
	m.exec(`DELETE FROM limits`)
	m.reader = m.test.reader(tickets.Receipt{Ticket: tickets.Ticket{Number: m.story.Number}, Secret: m.story.Secret})
}

// prove brings what the check wants, and makes a fraud case of the request.
func (m *deskMatrix) prove() {
	m.t.Helper()
	if m.state == tickets.Open && m.kind.Changes() {
		m.story.Evidence() // and who checks has called
		m.exec(`UPDATE ticket_proofs SET by_id = (SELECT id FROM staff WHERE nip = '` + m.rina.nip + `') WHERE kind = 'callback'`)
	}
	if m.kind == tickets.Fraud {
		m.exec(`UPDATE tickets SET kind = 'fraud', rank = 0 WHERE number = '` + m.story.Number + `'`)
		m.exec(fmt.Sprintf(`UPDATE accounts SET reset_needs_otp = TRUE, remote_blocked_until = %d`, m.DB.Now().Add(7*24*time.Hour)))
	}
}

// call reads a code out to the person, where the kind has such a call.
func (m *deskMatrix) call(by tickets.By) {
	m.t.Helper()
	if !m.kind.Changes() || m.channel == tickets.Counter {
		return
	}
	call := must(m.Desk.CallCode(m.story.Context(), by, m.story.Number, m.story.Version(), string(m.story.Subject.Phone)))(m.t)
	m.called = call.Code
}

// prepare forges the act with everything in its form, by whoever it is.
func (m *deskMatrix) prepare(route, role string) func() page {
	m.t.Helper()
	if person, ok := strings.CutPrefix(route, "p/"); ok {
		path := "/tiket/:no/" + person
		form := m.form(path, "000000")
		if person == "berkas" {
			return func() page { return m.reader.upload(m.path(path), ktp, photo()) }
		}
		return func() page { return m.reader.post(m.path(path), form) }
	}
	g := map[string]*clerk{"a": m.rina, "v": m.budi, "s": m.sari, "d": m.adi}[role]
	if strings.HasPrefix(route, "massal/") || route == "berikutnya" {
		return m.many(g, route)
	}
	path := "/petugas/tiket/:no/" + route
	otp := "000000"
	if strings.Contains(lawForms[path], "-otp=") && strings.Contains("av", role) {
		otp = g.otp() // a wrong one would be refused for that alone, and count
	}
	form := m.form(path, otp)
	return func() page { return g.post(m.path(path), form) }
}

// many acts by the boxes of the queue, or takes what comes next: this one,
// where there is no other.
func (m *deskMatrix) many(g *clerk, route string) func() page {
	if step, ok := strings.CutPrefix(route, "massal/"); ok {
		form := url.Values{"langkah": {step}, "teks": {"Kapan HP hilang?"}, chosenPrefix + m.story.Number: {"ya"}}
		return func() page { return g.post(bulkPath, form) }
	}
	m.exec(`UPDATE tickets SET owner = 'seseorang' WHERE number <> '` + m.story.Number + `'`)
	return func() page {
		g.post("/petugas/antrean/pengambilan", url.Values{"tampilan": {string(tickets.Unclaimed)}})
		return g.post("/petugas/antrean/pengambilan", url.Values{"tampilan": {string(tickets.Unproven)}})
	}
}

// path names the ticket, and the first item and file that it has.
func (m *deskMatrix) path(path string) string {
	params := map[string]string{"no": m.story.Number, "berkas": m.story.FirstFile()}
	of := ` WHERE ticket = (SELECT id FROM tickets WHERE number = '` + m.story.Number + `') ORDER BY id`
	for _, id := range lawRows(m.t, m.DB, `SELECT id FROM ticket_proofs`+of, func(v []any) string { return v[0].(string) }) {
		params["bukti"] = id
	}
	return lawPath(path, params)
}

// special are the forms that need something made first.
func (m *deskMatrix) special(path string, form url.Values) {
	m.t.Helper()
	switch {
	case strings.HasSuffix(path, "/pelepasan"), strings.HasSuffix(path, "/pengambilalihan"):
		m.exec(`UPDATE tickets SET owner = '` + m.staffID(m.rina) + `', owned_at = ` + fmt.Sprint(int64(m.DB.Now())) + ` WHERE number = '` + m.story.Number + `'`)
	case strings.HasSuffix(path, "/penggabungan") && (m.state == tickets.Open || m.state == tickets.Waiting) && m.kind != tickets.Fraud:
		form.Set("penggabungan-ke", m.story.Twin().Number)
	case path == "/petugas/tiket/:no/bukti":
		m.cardForm(form)
	case path == "/tiket/:no/telepon":
		m.heard(form)
	case strings.HasSuffix(path, "/pembukaan-penahanan") && m.kind == tickets.Fraud && m.state == tickets.Open:
		m.world.Prove(m.world.Checker)
		must(m.Desk.AskLift(m.story.Context(), m.world.Checker, m.story.Number, m.story.Version(), "KTP asli di loket."))(m.t)
		form.Set("versi", fmt.Sprint(m.story.Version()))
	case strings.HasSuffix(path, "/ganti-email") && m.channel == tickets.Counter, strings.HasSuffix(path, "/email/ganti") && m.channel == tickets.Remote:
		if m.kind == tickets.Email && m.state == tickets.Ready {
			m.setCode(form, string(m.story.AskEmailCode()))
		}
	}
}

func (m *deskMatrix) cardForm(form url.Values) {
	maps.DeleteFunc(form, func(name string, _ []string) bool { return strings.HasPrefix(name, "ktp-") })
	typed := m.story.Form(tickets.Karpeg)
	for key, value := range typed.Typed {
		form.Set("karpeg-"+key, value)
	}
	form.Del("karpeg-nip")
	form.Set("karpeg-cara", string(typed.How))
}

// heard types the code of a call that was made just now.
func (m *deskMatrix) heard(form url.Values) {
	m.t.Helper()
	switch m.state {
	case tickets.Open:
		m.call(m.world.Checker)
	case tickets.Checked, tickets.Approved:
		m.call(m.world.Approver)
	}
	form.Set("kode", string(m.called))
}

func (m *deskMatrix) setCode(form url.Values, code string) {
	for _, name := range []string{"kode", "ganti-email-kode"} {
		if form.Has(name) {
			form.Set(name, code)
		}
	}
	if form.Has("versi") {
		form.Set("versi", fmt.Sprint(m.story.Version()))
	}
}

// rest lets go of every ticket, and signs everybody in anew: a wait may have
// taken a day.
func (m *deskMatrix) rest() {
	m.t.Helper()
	m.exec(fmt.Sprintf(`UPDATE sessions SET created_at = %d, seen_at = %d`, m.DB.Now(), m.DB.Now()))
	m.exec(`UPDATE tickets SET owner = '', owned_at = 0`)
}

// keyed are the acts that a key reaches, and by what on the page.
var keyed = map[string]string{"pengambilan": `form[action$="/pengambilan"] button`, "pertanyaan": "#pertanyaan-teks", "catatan": "#catatan-teks"}

// offers looks at the page of the ticket as each role: it has no form for
// what the law forbids, whether a pointer or a key would press it, and a key
// finds what the law allows.
func (m *deskMatrix) offers() {
	m.t.Helper()
	m.begin()
	m.rest()
	for role, g := range map[string]*clerk{"a": m.rina, "v": m.budi, "s": m.sari} {
		p := g.open(m.story.Number)
		for _, route := range deskActs() {
			forms := p.Find(`form[action="` + ticketAddress(m.story.Number) + "/" + route + `"]`).Length()
			if forms > 0 && !m.allowed(route, role) {
				m.t.Errorf("%s is offered to %s in %s", route, role, m.state)
			}
		}
		for route, css := range keyed {
			if got := p.Find(css).Length() > 0; got != m.allowed(route, role) {
				m.t.Errorf("a key for %s as %s in %s: %v", route, role, m.state, got)
			}
		}
	}
}
