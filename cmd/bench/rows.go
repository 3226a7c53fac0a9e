package main

import (
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
	chance  int  // another status that may come by chance
}

var rows = []row{
	{"start page", aPage, 0.6, 0, public("/"), true, 0},
	{"reset start", aWrite, 0.5, 0, resets, false, 0},
	{"code try", aWrite, 0, 0, tries, false, 0},
	{"sign-in", aHash, 0, 0, signIns, false, 0},
	{"ticket filing", aWrite, 0.5, 0, filings, false, 0},
	{"queue page", aQueue, 0.5, 0.5, staff(queuePage), true, 0},
	{"filtered page", aQueue, 0, 0.5, staff("/petugas/antrean?tampilan=belum-terbukti&jenis=other"), true, 0},
	{"search", aQueue, 0, 0, searches, true, 0},
	{"ticket page", aTicket, 0, 0.5, ticketPages, true, 0},
	{"report", aQueue, 0, 0, staff("/petugas/laporan?" + month), true, 0},
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

// meant is the status of an answer that a row is about: a wrong code is told
// so, and what was done leads on.
func (r row) meant() int {
	switch r.name {
	case "code try", "practice code":
		return http.StatusUnprocessableEntity
	case "reset start", "sign-in", "ticket filing":
		return http.StatusSeeOther
	}
	return http.StatusOK
}

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
