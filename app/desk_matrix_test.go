package app

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/mail/mailbox"
	"pulih/secret"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// deskLaw is design.md's table of transitions written out by hand as it is
// seen from the outside: address and who may. It is made neither from the
// table of the code nor from the one of the routes, so that a slip in either
// is found here. p: pemohon, a: petugas, v: verifikator, s: penyelia; the
// administrator may nothing.
var deskLaw = map[tickets.State]string{
	tickets.Open:      "pengambilan:a pengambilalihan:s catatan:avs pertanyaan:a penyelesaian:a penolakan:av eskalasi:a p/pembatalan",
	tickets.Waiting:   "pengambilan:a pengambilalihan:s catatan:avs penyelesaian:a penolakan:av p/pesan p/pembatalan",
	tickets.Escalated: "catatan:avs penyelesaian:a penolakan:av eskalasi:a jawaban-bkn:a p/pembatalan",
	tickets.Checked:   "catatan:avs penolakan:av p/pembatalan",
	tickets.Approved:  "catatan:avs penolakan:av p/pembatalan",
	tickets.Ready:     "catatan:avs penolakan:av p/pembatalan",
	tickets.Issued:    "catatan:avs p/pembatalan",
	tickets.Refused:   "pembukaan:a p/pembukaan",
	tickets.Done:      "", tickets.Cancelled: "", tickets.Merged: "", tickets.Expired: "",
}

// deskLawOf is what a kind or a channel has besides.
var deskLawOf = map[string]map[tickets.State]string{
	"filed":    {tickets.Open: "nip:a jenis:a penggabungan:a", tickets.Waiting: "penggabungan:a"},
	"question": {tickets.Done: "pembukaan:a p/pembukaan"},
	"change": {tickets.Open: "bukti:a pemeriksaan:a p/bukti", tickets.Waiting: "p/bukti", tickets.Checked: "bukti:a persetujuan:v pengembalian:v",
		tickets.Approved: "bukti:a", tickets.Ready: "bukti:a"},
	"change counter": {tickets.Checked: "riwayat:a", tickets.Approved: "riwayat:a", tickets.Ready: "riwayat:a", tickets.Issued: "riwayat:a"},
	"change remote":  {tickets.Open: "telepon:a", tickets.Checked: "telepon:v", tickets.Approved: "telepon:v"},
	"pass":           {tickets.Issued: "pencabutan:a"},
	"pass counter":   {tickets.Ready: "penerbitan:a"},
	"pass remote":    {tickets.Ready: "p/kode"},
	"email counter": {tickets.Open: "email:a", tickets.Waiting: "email:a", tickets.Checked: "email:a", tickets.Approved: "email:a",
		tickets.Ready: "email:a kode-email:a ganti-email:a"},
	"email remote": {tickets.Open: "p/email", tickets.Waiting: "p/email", tickets.Checked: "p/email", tickets.Approved: "p/email",
		tickets.Ready: "p/email p/email/kode p/email/ganti"},
	"lock": {tickets.Open: "buka-kunci:a"},
}

// deskElse are the addresses that the matrix leaves to tests of their own:
// they want an owner, an item of proof, a file, or a fraud case.
var deskElse = []string{"pelepasan", "bukti/:bukti/penarikan", "pembekuan", "usul-pembukaan", "pembukaan-penahanan",
	"p/disimpan", "p/berkas", "p/berkas/:berkas/penarikan", "p/telepon", "p/tutup"}

type deskMatrix struct {
	*staffed
	world   *ticketstest.World
	kind    tickets.Kind
	channel tickets.Channel
	state   tickets.State
	story   *ticketstest.Story
	reader  filed
	people  int
}

// The matrix over HTTP: what the law allows happens, anything else changes
// nothing, whoever forges it.
func TestEveryStateVerbRoleOverHTTP(t *testing.T) {
	both := []tickets.Channel{tickets.Counter, tickets.Remote}
	for kind, channels := range map[tickets.Kind][]tickets.Channel{tickets.MFA: both, tickets.Email: both,
		tickets.Activation: both, tickets.Lock: both[1:], tickets.Other: both[1:]} {
		for _, channel := range channels {
			t.Run(string(kind)+" "+string(channel), func(t *testing.T) {
				t.Parallel()
				newDeskMatrix(t, kind, channel).run()
			})
		}
	}
}

func newDeskMatrix(t *testing.T, kind tickets.Kind, channel tickets.Channel) *deskMatrix {
	x := newStaffed(t)
	x.box.Fail(mailbox.Drop) // so that mails stay in the outbox, where they can be read
	w := &ticketstest.World{TB: t, DB: x.DB, Clock: x.clock, Keys: x.Keys, Accounts: x.Accounts, Outbox: x.Outbox, Desk: x.Desk}
	w.Checker = w.Staff("198001012005011001", "Ratna", accounts.Agent)
	w.Other = w.Staff("198101012005011002", "Tono", accounts.Agent)
	w.Approver = w.Staff("198201012005012003", "Sri", accounts.Approver)
	return &deskMatrix{staffed: x, world: w, kind: kind, channel: channel}
}

func (m *deskMatrix) run() {
	states := slices.Sorted(maps.Keys(deskLaw))
	for _, state := range slices.DeleteFunc(states, func(s tickets.State) bool { return !m.reaches(s) }) {
		m.state, m.story = state, nil
		for _, route := range deskActs() {
			for _, role := range []string{"a", "v", "s", "d", "p"} {
				if strings.HasPrefix(route, "p/") == (role == "p") {
					m.try(route, role)
				}
			}
		}
	}
}

// reaches tells whether a kind can be in a state.
func (m *deskMatrix) reaches(s tickets.State) bool {
	switch s {
	case tickets.Expired:
		return m.channel == tickets.Remote
	case tickets.Checked, tickets.Approved, tickets.Ready:
		return m.kind.Changes()
	case tickets.Issued:
		return m.kind.Changes() && m.kind != tickets.Email
	}
	return true
}

// deskActs are all addresses that change a ticket, the person's after "p/".
func deskActs() []string {
	var all []string
	for _, r := range lawPosts() {
		staff, ofStaff := strings.CutPrefix(r.Path, "/petugas/tiket/:no/")
		person, ofPerson := strings.CutPrefix(r.Path, "/tiket/:no/")
		switch {
		case ofStaff && !slices.Contains(deskElse, staff):
			all = append(all, staff)
		case ofPerson && !slices.Contains(deskElse, "p/"+person):
			all = append(all, "p/"+person)
		}
	}
	return all
}

func (m *deskMatrix) try(route, role string) {
	m.t.Helper()
	if m.story == nil {
		m.begin()
	}
	got, moved := m.moves(route, role)
	after := m.story.Status()
	if allowed := m.allowed(route, role); allowed != moved {
		m.t.Fatalf("%s as %s in %s: %d, moved %v to %s\n%s", route, role, m.state, got.status, moved, after.State, got.text())
	}
	if moved {
		m.story = nil // whatever it changed, the next one wants a fresh one
	}
}

// moves sends it and tells whether the ticket is another one afterwards.
func (m *deskMatrix) moves(route, role string) (page, bool) {
	m.t.Helper()
	m.exec(fmt.Sprintf(`UPDATE sessions SET created_at = %d, seen_at = %d`, m.DB.Now(), m.DB.Now()))
	post := m.prepare(route, role)
	before := m.story.Version()
	got := post()
	return got, m.story.Version() != before
}

// allowed asks the law.
func (m *deskMatrix) allowed(route, role string) bool {
	rules := deskLaw[m.state]
	for _, group := range m.groups() {
		rules += " " + deskLawOf[group][m.state]
	}
	for _, entry := range strings.Fields(rules) {
		if at, roles, ofStaff := strings.Cut(entry, ":"); at == route {
			return !ofStaff || strings.Contains(roles, role)
		}
	}
	return false
}

func (m *deskMatrix) groups() []string {
	all := []string{"filed", string(m.kind), string(m.kind) + " " + string(m.channel)}
	if !m.kind.Changes() {
		return append(all, "question")
	}
	all = append(all, "change", "change "+string(m.channel))
	if m.kind != tickets.Email {
		all = append(all, "pass", "pass "+string(m.channel))
	}
	return all
}

// begin brings a new ticket into the state, with nobody working on it and the
// evidence that a check wants.
func (m *deskMatrix) begin() {
	m.people++
	nip := secret.NIP(fmt.Sprintf("1986%02d%02d2015051%03d", m.people%12+1, m.people/12%28+1, m.people%1000))
	enter := m.world.Person
	if m.kind == tickets.Activation {
		enter = m.world.Newcomer
	}
	m.story = m.world.FileKind(enter(nip, "Budi Santoso"), m.kind, m.channel).To(m.state)
	if m.state == tickets.Open && m.kind.Changes() {
		m.story.Evidence() // and who checks has called
		m.exec(`UPDATE ticket_proofs SET by_id = (SELECT id FROM staff WHERE nip = '` + m.rina.nip + `') WHERE kind = 'callback'`)
	}
	m.exec(`UPDATE tickets SET owned_at = 0`)
	m.exec(`DELETE FROM limits`)
	m.reader = m.test.reader(tickets.Receipt{Ticket: tickets.Ticket{Number: m.story.Number}, Secret: m.story.Secret})
}

// prepare forges the act with everything in its form, by whoever it is.
func (m *deskMatrix) prepare(route, role string) func() page {
	if person, ok := strings.CutPrefix(route, "p/"); ok {
		path := "/tiket/:no/" + person
		form := m.form(path, "000000")
		return func() page { return m.reader.post(lawPath(path, map[string]string{"no": m.story.Number}), form) }
	}
	path := "/petugas/tiket/:no/" + route
	g := map[string]*clerk{"a": m.rina, "v": m.budi, "s": m.sari, "d": m.adi}[role]
	otp := "000000"
	if strings.Contains(lawForms[path], "-otp=") && strings.Contains("av", role) {
		otp = g.otp() // a wrong one would be refused for that alone, and count
	}
	form := m.form(path, otp)
	return func() page { return g.post(lawPath(path, map[string]string{"no": m.story.Number}), form) }
}

// form is the whole form of an address, true in every field.
func (m *deskMatrix) form(path, otp string) url.Values {
	form, _ := lawForm(m.t.(*testing.T), path)
	p := m.story.Subject
	for name := range form {
		switch {
		case name == "versi":
			form.Set(name, fmt.Sprint(m.story.Version()))
		case strings.HasSuffix(name, "-otp"):
			form.Set(name, otp)
		case name == "sandi":
			form.Set(name, string(ticketstest.Password))
		}
	}
	for name, value := range map[string]string{"nip-nip": string(asn.NIP), "telepon-nomor": string(p.Phone), "eskalasi-pengingat": m.clock.Now().Add(72 * time.Hour).Format(time.DateOnly),
		"persetujuan-dokumen": "ktp" + ticketstest.DocumentNumber, "jenis": "karpeg", "jenis-jenis": m.anotherKind()} {
		if form.Has(name) {
			form.Set(name, value)
		}
	}
	m.special(path, form)
	return form
}

// special are the forms that need something made first.
func (m *deskMatrix) special(path string, form url.Values) {
	switch {
	case strings.HasSuffix(path, "/penggabungan") && (m.state == tickets.Open || m.state == tickets.Waiting):
		form.Set("penggabungan-ke", m.story.Twin().Number)
	case path == "/petugas/tiket/:no/bukti":
		maps.DeleteFunc(form, func(name string, _ []string) bool { return strings.HasPrefix(name, "ktp-") })
		typed := m.story.Form(tickets.Karpeg)
		for key, value := range typed.Typed {
			form.Set("karpeg-"+key, value)
		}
		form.Del("karpeg-nip")
		form.Set("karpeg-cara", string(typed.How))
	case strings.HasSuffix(path, "/ganti-email") && m.channel == tickets.Counter, strings.HasSuffix(path, "/email/ganti") && m.channel == tickets.Remote:
		if m.kind == tickets.Email && m.state == tickets.Ready {
			m.setCode(form, string(m.story.AskEmailCode()))
		}
	}
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

func (m *deskMatrix) anotherKind() string {
	if m.kind == tickets.MFA {
		return string(tickets.Email)
	}
	return string(tickets.MFA)
}
