package main

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
)

// limit is which of the bare programs a row is held against.
type limit string

const (
	aPage   limit = "page"   // echo and a templ page of the same size
	aQueue  limit = "queue"  // the same from one keyset read of the same table
	aTicket limit = "ticket" // the same from one read by number
	aWrite  limit = "write"  // one durable insert, committed in groups
	aHash   limit = "hash"   // one Argon2id behind as many slots as cores
)

// row is a kind of request that is measured.
type row struct {
	name    string
	limit   limit
	goal    float64 // the ratio that issue 7 wants at 16 clients, 0 for none
	sizes   float64 // and of its rate over few tickets
	prepare func(ctx context.Context, h *house, n int) ([]visit, error)
	again   bool // one may be sent again and again
	status  int  // of an answer that the row is about, 0 for 200: a wrong code is told so, and what was done leads on
	chance  int  // another status that may come by chance
}

var rows = []row{
	{name: "start page", limit: aPage, goal: 0.6, prepare: public("/"), again: true},
	{name: "reset start", limit: aWrite, goal: 0.5, prepare: resets, status: http.StatusSeeOther},
	{name: "code try", limit: aWrite, prepare: tries, status: http.StatusUnprocessableEntity},
	{name: "sign-in", limit: aHash, prepare: signIns, status: http.StatusSeeOther},
	{name: "ticket filing", limit: aWrite, goal: 0.5, prepare: filings, status: http.StatusSeeOther},
	{name: "queue page", limit: aQueue, goal: 0.5, sizes: 0.5, prepare: staff(queuePage), again: true},
	{name: "filtered page", limit: aQueue, sizes: 0.5, prepare: staff("/petugas/antrean?tampilan=belum-terbukti&jenis=other"), again: true},
	{name: "search", limit: aQueue, prepare: searches, again: true},
	{name: "ticket page", limit: aTicket, sizes: 0.5, prepare: ticketPages, again: true},
	{name: "report", limit: aQueue, prepare: staff("/petugas/laporan?" + month), again: true},
}

func public(path string) func(context.Context, *house, int) ([]visit, error) {
	return func(context.Context, *house, int) ([]visit, error) { return []visit{{method: "GET", path: path}}, nil }
}

func staff(path string) func(context.Context, *house, int) ([]visit, error) {
	return func(_ context.Context, h *house, _ int) ([]visit, error) {
		return []visit{{method: "GET", path: path, cookie: h.cookie()}}, nil
	}
}

// different pages are as many as a cache might hold, and more.
const different = 1000

func searches(_ context.Context, h *house, _ int) (all []visit, _ error) {
	for n := range different {
		all = append(all, visit{method: "GET", path: fmt.Sprintf("/petugas/cari?kata=langka%d", n), cookie: h.cookie()})
	}
	return all, nil
}

func ticketPages(_ context.Context, h *house, _ int) (all []visit, _ error) {
	for n := range different {
		all = append(all, visit{method: "GET", path: "/petugas/tiket/" + number(n*7919%written), cookie: h.cookie()})
	}
	return all, nil
}

func (r row) meant() int { return cmp.Or(r.status, http.StatusOK) }

// bareVisit is the same to the bare program.
func (r row) bareVisit(size int, like visit) visit {
	path := fmt.Sprintf("/%s?size=%d&status=%d", r.limit, size, r.meant())
	switch r.limit {
	case aTicket:
		return visit{method: "GET", path: path + "&number=" + number(7919%written)}
	case aWrite, aHash:
		if like.form == nil {
			like.form = url.Values{}
		}
		return visit{method: "POST", path: path, cookie: like.cookie, form: like.form}
	}
	return visit{method: "GET", path: path, cookie: like.cookie}
}
