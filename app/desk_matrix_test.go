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
	tickets.Open:      "p/pesan pengambilan:a pelepasan:a massal/ambil:a berikutnya:a pengambilalihan:s p/berkas p/berkas/:berkas/penarikan catatan:avs penyelesaian:a penolakan:av eskalasi:a p/pembatalan",
	tickets.Waiting:   "pengambilan:a pelepasan:a massal/ambil:a pengambilalihan:s p/berkas p/berkas/:berkas/penarikan catatan:avs penyelesaian:a penolakan:av p/pesan p/pembatalan",
	tickets.Escalated: "p/pesan catatan:avs penyelesaian:a penolakan:av eskalasi:a jawaban-bkn:a p/pembatalan",
	tickets.Checked:   "p/pesan catatan:avs penolakan:av p/pembatalan p/berkas/:berkas/penarikan",
	tickets.Approved:  "p/pesan catatan:avs penolakan:av p/pembatalan p/berkas/:berkas/penarikan",
	tickets.Ready:     "p/pesan catatan:avs penolakan:av p/pembatalan p/berkas/:berkas/penarikan",
	tickets.Issued:    "p/pesan catatan:avs p/pembatalan",
	tickets.Refused:   "pembukaan:a p/pembukaan",
	tickets.Done:      "", tickets.Cancelled: "", tickets.Merged: "", tickets.Expired: "", tickets.Disowned: "",
}

// asking is not for whom an agent entered at the counter: he holds no receipt
// to answer with.
const asking = "pertanyaan:a massal/kirim:a"

// deskLawOf is what a kind or a channel has besides.
var deskLawOf = map[string]map[tickets.State]string{
	"filed":    {tickets.Open: "nip:a jenis:a penggabungan:a", tickets.Waiting: "penggabungan:a"},
	"receipt":  {tickets.Open: asking, tickets.Waiting: asking, tickets.Escalated: asking},
	"question": {tickets.Done: "pembukaan:a p/pembukaan"},
	"change": {tickets.Open: "bukti:a bukti/:bukti/penarikan:a pemeriksaan:a p/bukti", tickets.Waiting: "p/bukti",
		tickets.Checked:  "bukti:a bukti/:bukti/penarikan:a persetujuan:v pengembalian:v",
		tickets.Approved: "bukti:a bukti/:bukti/penarikan:a", tickets.Ready: "bukti:a bukti/:bukti/penarikan:a"},
	"change counter": {tickets.Checked: "riwayat:a", tickets.Approved: "riwayat:a", tickets.Ready: "riwayat:a", tickets.Issued: "riwayat:a"},
	"change remote":  {tickets.Open: "telepon:a p/telepon", tickets.Waiting: "p/telepon", tickets.Checked: "telepon:v p/telepon", tickets.Approved: "telepon:v p/telepon"},
	"pass":           {tickets.Issued: "pencabutan:a"},
	"pass counter":   {tickets.Ready: "penerbitan:a"},
	"pass remote":    {tickets.Ready: "p/kode"},
	"email counter": {tickets.Open: "email:a", tickets.Waiting: "email:a", tickets.Checked: "email:a", tickets.Approved: "email:a",
		tickets.Ready: "email:a kode-email:a ganti-email:a"},
	"email remote": {tickets.Open: "p/email", tickets.Waiting: "p/email", tickets.Checked: "p/email", tickets.Approved: "p/email",
		tickets.Ready: "p/email p/email/kode p/email/ganti"},
	"lock":  {tickets.Open: "buka-kunci:a"},
	"fraud": {tickets.Open: "pembekuan:a usul-pembukaan:a pembukaan-penahanan:v", tickets.Waiting: "pembekuan:a"},
}

// deskElse are the addresses that change the browser's cookie and no ticket.
var deskElse = []string{"p/disimpan", "p/tutup"}

// deskMany are the ways to a verb that are no address of one ticket: the
// boxes of the queue, and "ambil berikutnya", which a key presses.
var deskMany = []string{"massal/ambil", "massal/kirim", "berikutnya"}

type deskMatrix struct {
	*staffed
	world   *ticketstest.World
	kind    tickets.Kind
	channel tickets.Channel
	mine    bool // the person filed it and holds the receipt
	state   tickets.State
	story   *ticketstest.Story
	called  secret.Code // what was read out on the telephone
	reader  filed
	people  int
}

// The matrix over HTTP: what the law allows happens, anything else changes
// nothing, whoever forges it.
func TestEveryStateVerbRoleOverHTTP(t *testing.T) {
	both := []tickets.Channel{tickets.Counter, tickets.Remote}
	for kind, channels := range map[tickets.Kind][]tickets.Channel{tickets.MFA: both, tickets.Email: both,
		tickets.Activation: both, tickets.Lock: both, tickets.Other: both, tickets.Fraud: both[1:]} {
		for _, channel := range channels {
			t.Run(string(kind)+" "+string(channel), func(t *testing.T) {
				t.Parallel()
				newDeskMatrix(t, kind, channel).run()
			})
		}
		if kind == tickets.Fraud {
			continue
		}
		t.Run(string(kind)+" counter, filed by himself", func(t *testing.T) {
			t.Parallel()
			m := newDeskMatrix(t, kind, tickets.Counter)
			m.mine = true
			m.run()
		})
	}
}

func newDeskMatrix(t *testing.T, kind tickets.Kind, channel tickets.Channel) *deskMatrix {
	x := newStaffed(t)
	x.box.Fail(mailbox.Drop) // so that mails stay in the outbox, where they can be read
	w := &ticketstest.World{TB: t, DB: x.DB, Clock: x.clock, Keys: x.Keys, Accounts: x.Accounts, Outbox: x.Outbox, Desk: x.Desk}
	w.Checker = w.Staff("198001012005011001", "Ratna", accounts.Agent)
	w.Other = w.Staff("198101012005011002", "Tono", accounts.Agent)
	w.Approver = w.Staff("198201012005012003", "Sri", accounts.Approver)
	return &deskMatrix{staffed: x, world: w, kind: kind, channel: channel, mine: channel == tickets.Remote}
}

func (m *deskMatrix) run() {
	states := slices.Sorted(maps.Keys(deskLaw))
	for _, state := range slices.DeleteFunc(states, func(s tickets.State) bool { return !m.reaches(s) }) {
		m.state, m.story = state, nil
		m.offers()
		for _, route := range append(deskActs(), deskMany...) {
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
	case tickets.Waiting, tickets.Expired:
		return m.mine
	case tickets.Checked, tickets.Approved, tickets.Ready, tickets.Disowned: // of a question no notice is sent
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
	m.rest()
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
		if roles, ofStaff := strings.CutPrefix(entry, route+":"); ofStaff || entry == route {
			return !ofStaff || strings.Contains(roles, role)
		}
	}
	return false
}

func (m *deskMatrix) groups() []string {
	all := []string{string(m.channel), string(m.kind), string(m.kind) + " " + string(m.channel)}
	if m.kind != tickets.Fraud {
		all = append(all, "filed")
	}
	if m.mine {
		all = append(all, "receipt")
	}
	if !m.kind.Changes() {
		return append(all, "question")
	}
	all = append(all, "change", "change "+string(m.channel))
	if m.kind != tickets.Email {
		all = append(all, "pass", "pass "+string(m.channel))
	}
	return all
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
		"persetujuan-dokumen": "ktp" + ticketstest.DocumentNumber, "jenis": "karpeg", "jenis-jenis": m.anotherKind(), "penyelesaian-cara": string(tickets.Solutions(m.kind)[0])} {
		if form.Has(name) {
			form.Set(name, value)
		}
	}
	m.special(path, form)
	return form
}

func (m *deskMatrix) anotherKind() string {
	if m.kind == tickets.MFA {
		return string(tickets.Email)
	}
	return string(tickets.MFA)
}
