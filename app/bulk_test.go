package app

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/audit"
	"pulih/secret"
	"pulih/tickets"
)

// tick fills in the bulk form of a list with boxes that are ticked.
func (g *clerk) tick(step string, numbers ...string) page {
	g.x.t.Helper()
	list := g.get(queueAddress(tickets.List{View: tickets.Unproven}))
	form := url.Values{"langkah": {step}}
	for _, n := range numbers {
		box := list.Find(`input[form="massal"][name="pilih-` + n + `"]`)
		if box.Length() != 1 {
			g.x.t.Fatalf("%s has no box", n)
		}
		form.Set(box.AttrOr("name", ""), box.AttrOr("value", ""))
	}
	return g.post(list.Find("#massal").AttrOr("action", ""), form)
}

func TestChosenRowsAreClaimedTogether(t *testing.T) {
	x := newStaffed(t)
	one, two, other := x.remote(tickets.Other).Number, x.remote(tickets.Other).Number, x.remote(tickets.Other).Number
	p := x.rina.tick("ambil", one, two)
	p.mustSay(t, http.StatusOK, "2 permohonan berhasil")
	mine := x.rina.get(queueAddress(tickets.List{View: tickets.Mine})).body
	if !strings.Contains(mine, one) || !strings.Contains(mine, two) || strings.Contains(mine, other) {
		t.Error("what she took is not hers")
	}
	tono := x.clerk("197001052000011005", "Tono Petugas", accounts.Agent)
	tono.post(bulkPath, url.Values{"langkah": {"ambil"}, "pilih-" + one: {"ya"}}).mustSay(t, http.StatusOK, tickets.ErrTaken.Text)
	x.rina.post(bulkPath, url.Values{"langkah": {"ambil"}}).mustSay(t, http.StatusUnprocessableEntity, "Centang sedikitnya satu permohonan")
	if p := x.budi.post(bulkPath, url.Values{"langkah": {"ambil"}, "pilih-" + other: {"ya"}}); p.status != http.StatusForbidden {
		t.Errorf("an approver claims in bulk: %d", p.status)
	}
	if p := x.budi.get(queueAddress(tickets.List{View: tickets.Unproven})); p.Find("#massal, [form=massal]").Length() != 0 {
		t.Error("an approver is offered boxes")
	}
}

// A reply to many is written once, and read by each on his status page.
func TestChosenRowsAreAnsweredTogether(t *testing.T) {
	x := newStaffed(t)
	one, two := x.remote(tickets.Other).Number, x.remote(tickets.Other).Number
	p := x.rina.tick("balas", one, two)
	p.mustSay(t, http.StatusOK, "Pesan ini dikirim ke 2 permohonan.")
	p = x.rina.fill(p, bulkPath, "teks", "Buka evil.com", "langkah", "kirim")
	p.mustSay(t, http.StatusUnprocessableEntity, tickets.ErrLink.Text)
	x.rina.fill(p, bulkPath, "teks", "Portal sudah pulih.", "langkah", "kirim").mustSay(t, http.StatusOK, "2 permohonan berhasil")
	for _, n := range []string{one, two} {
		if p := x.rina.open(n); !strings.Contains(p.Find(".thread").Text(), "Portal sudah pulih.") {
			t.Errorf("%s did not get it", n)
		}
	}
}

// More than twenty people take two members of staff, over HTTP too.
func TestABulkReplyWaitsForAColleague_impostor24(t *testing.T) {
	x := newStaffed(t)
	form := url.Values{"langkah": {"kirim"}, "teks": {"Portal sudah pulih."}}
	var last string
	for i := range 21 {
		last = x.remoteOf(i).Number
		form.Set("pilih-"+last, "ya")
	}
	x.rina.post(bulkPath, form).mustSay(t, http.StatusOK, "Menunggu konfirmasi")
	if p := x.rina.open(last); strings.Contains(p.text(), "Portal sudah pulih.") {
		t.Fatal("it was sent")
	}
	at := x.rina.get(bulkWaiting).Find(`a[href^="`+bulkWaiting+`/"]`).AttrOr("href", "")
	own := x.rina.get(at)
	if own.Find(`form[action$="/konfirmasi"]`).Length() != 0 || own.Find(`form[action$="/akhir"]`).Length() != 1 {
		t.Error("what she may do with her own")
	}
	x.rina.post(at+"/konfirmasi", url.Values{"otp": {x.rina.otp()}}).mustSay(t, http.StatusForbidden, "orang lain, dari perangkat lain")
	tono := x.clerk("197001052000011005", "Tono Petugas", accounts.Agent)
	borrowed := x.signsInAt(tono, x.rina)
	borrowed.post(at+"/konfirmasi", url.Values{"otp": {tono.otp()}}).mustSay(t, http.StatusForbidden, "orang lain, dari perangkat lain")
	tono = x.clerk("197001062000011006", "Eko Petugas", accounts.Agent)
	if p := tono.get(queueAddress(tickets.List{View: tickets.Unproven})); !strings.Contains(p.text(), "1 balasan massal menunggu konfirmasi") {
		t.Error("the queue does not tell of it")
	}
	p := tono.get(at)
	tono.fill(p, at+"/konfirmasi", "otp", "000000").mustSay(t, http.StatusUnprocessableEntity, "Kode OTP tidak cocok")
	tono.fill(p, at+"/konfirmasi", "otp", tono.otp()).mustSay(t, http.StatusOK, "21 permohonan berhasil")
	if p := x.rina.open(last); !strings.Contains(p.Find(".thread .mine").Text(), "Rina Petugas") {
		t.Error("not in her name: ", p.Find(".thread").Text())
	}
}

// proposedBulk is a bulk reply of g, who has written to twenty today. It waits.
func (x *test) proposedBulk(g *clerk, number string) (id string) {
	x.t.Helper()
	x.lawExec(`INSERT INTO ticket_counts (what, who, day, n) VALUES ('bulk', $1, $2, 20)`, x.staffID(g), x.DB.Now().Time().In(x.Zone.Location).Format(time.DateOnly))
	g.post(bulkPath, url.Values{"langkah": {"kirim"}, "teks": {"Teks massal kami."}, "pilih-" + number: {"ya"}}).mustSay(x.t, http.StatusOK, "Menunggu konfirmasi")
	return lawRows(x.t, x.DB, `SELECT proposal FROM bulk_reply_tickets`, func(v []any) string { return v[0].(string) })[0]
}

// remoteOf files a request of the i-th of many people.
func (x *test) remoteOf(i int) tickets.Receipt {
	x.t.Helper()
	nip := secret.NIP(fmt.Sprintf("198609262015051%03d", 100+i))
	return must(x.Desk.Open(context.Background(), tickets.Filing{NIP: nip, Name: "Siti C.", Kind: tickets.Other, Channel: tickets.Remote},
		audit.Actor{Kind: audit.Anonymous}))(x.t)
}
