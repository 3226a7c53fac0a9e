package main

import (
	"context"
	"net/url"
	"sync"
	"time"

	"pulih/accounts"
	"pulih/audit"
	"pulih/cmd/rig"
	"pulih/otp"
	"pulih/secret"
)

// What has steps before the one that is measured goes through them by the
// verbs of the domain, in this process and between two slices: the rows they
// leave are those that the same steps leave over HTTP.

var nobody = audit.Actor{Kind: audit.Anonymous}

// resets are for numbers and from networks of their own.
func resets(_ context.Context, h *house, n int) (all []visit, _ error) {
	for range n {
		h.next++
		all = append(all, visit{method: "POST", path: "/pulihkan", form: url.Values{"nip": {rig.Someone(h.next, 1).NIP}}})
	}
	return all, nil
}

// triesOfFlow are as many codes as may be typed in one.
const triesOfFlow = 5

// tries are wrong codes, five in each flow: of numbers that nobody has, so
// that no mail is on its way meanwhile. Known ones do the same work (EN-03).
func tries(ctx context.Context, h *house, n int) ([]visit, error) {
	flows, err := many(ctx, h, n/triesOfFlow+1, h.asked)
	var all []visit
	for range triesOfFlow {
		for _, flow := range flows {
			all = append(all, visit{method: "POST", path: "/pulihkan/kode", cookie: "__Host-pulihkan=" + string(flow), form: url.Values{"kode": {"0000-0000"}}})
		}
	}
	return all, err
}

func (h *house) asked(ctx context.Context, i int) (secret.Token, error) {
	p := rig.Unknown(i)
	flow, err := h.accounts.StartReset(ctx, accounts.ForPassword, secret.NIP(p.NIP), nobody)
	if err == nil {
		_, err = h.accounts.AskResetCode(ctx, accounts.ResetAsk{Flow: accounts.Flow{Browser: flow, Purpose: accounts.ForPassword},
			Email: secret.Email(p.Email), Network: "2001:db8::/64"}, nobody)
	}
	return flow, err
}

// signIns are whole ones, of people whose code was not used in this period.
func signIns(_ context.Context, h *house, n int) (all []visit, _ error) {
	for range n {
		h.next++
		all = append(all, visit{method: "POST", path: "/masuk", form: url.Values{"nip": {rig.Known(h.next % people).NIP}, "sandi": {password},
			"otp": {otp.Code(authenticator, otp.Step(time.Now()))}}})
	}
	return all, nil
}

// filings send requests that are filled in, and whose gate was passed at the
// page before.
func filings(ctx context.Context, h *house, n int) ([]visit, error) {
	drafts, err := many(ctx, h, n, h.draft)
	var all []visit
	for _, draft := range drafts {
		all = append(all, visit{method: "POST", path: "/tiket/baru/periksa", cookie: "__Host-draf=" + string(draft), form: url.Values{}})
	}
	return all, err
}

func (h *house) draft(ctx context.Context, i int) (secret.Token, error) {
	answers := map[string]string{"sebab": "hilang", "nip": rig.Known(i % people).NIP, "nama": "Orang Contoh", "unit": "Dinas Contoh 7",
		"hp": "081234567890", "masalah": "HP jatuh di laut, langka7.", "kabar": "wa", "jam": "", "bukti": "nanti"}
	token, err := h.desk.SaveDraft(ctx, "", answers, nobody)
	if err != nil {
		return "", err
	}
	return h.desk.GateDraft(ctx, token)
}

// many prepares n things, 64 at once: they share commits.
func many(ctx context.Context, h *house, n int, one func(context.Context, int) (secret.Token, error)) (all []secret.Token, failed error) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	from := h.next
	h.next += n
	for worker := range 64 {
		wg.Go(func() {
			for i := worker; i < n; i += 64 {
				token, err := one(ctx, from+i)
				mu.Lock()
				all, failed = append(all, token), first(failed, err)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return all, failed
}

func first(a, b error) error {
	if a != nil {
		return a
	}
	return b
}
