package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"pulih/cmd/rig"
	"pulih/mail/mailbox"
)

const (
	wave      = 64 // people who set a password at once
	waves     = 4
	password  = rig.Password
	limitMiB  = 256
	mostTimes = 3 // the p99 of public pages meanwhile
)

// passwords lets 64 people set a password at the same moment, each at the end
// of a whole reset by mailed code, four times over; and asks how much memory
// that took, and how long others waited for the start page meanwhile.
func (b *bench) passwords(ctx context.Context, pulih *rig.Process, w io.Writer) error {
	quiet := watch(ctx, pulih.URL, func() error { time.Sleep(3 * time.Second); return nil })
	if err := errors.Join(quiet.err, pulih.ForgetPeak()); err != nil {
		return err
	}
	var busy atomic.Int64
	var took, during []time.Duration
	for n := range waves {
		proven, err := provenPeople(ctx, pulih.URL, b.box, n*wave)
		if err != nil {
			return err
		}
		seen := watch(ctx, pulih.URL, func() error {
			all, err := together(proven, &busy)
			took = append(took, all...)
			return err
		})
		if seen.err != nil {
			return seen.err
		}
		during = append(during, seen.took...)
	}
	slices.Sort(took)
	slices.Sort(during)
	fmt.Fprintf(w, "\n%d people set a password at once, %d times; each at the end of a whole reset\n\n", wave, waves)
	b.report.held("memory while 64 people set a password", pulih.Peak(), limitMiB, "MiB")
	b.report.held("p99 of the start page meanwhile, against a quiet server", milliseconds(during, 99)/milliseconds(quiet.took, 99), mostTimes, "times")
	fmt.Fprintf(w, "password set      p50 %.0f ms, p99 %.0f ms; told \"sibuk, coba lagi\" %d times\n", milliseconds(took, 50), milliseconds(took, 99), busy.Load())
	fmt.Fprintf(w, "start page        p99 %.1f ms meanwhile, %.1f ms when quiet (%.1f times); %d and %d requests\n",
		milliseconds(during, 99), milliseconds(quiet.took, 99), milliseconds(during, 99)/milliseconds(quiet.took, 99), len(during), len(quiet.took))
	return nil
}

// provenPeople are those before the page that takes the new password.
func provenPeople(ctx context.Context, base string, box *mailbox.Box, from int) ([]*rig.Visitor, error) {
	all := make([]*rig.Visitor, wave)
	for i := range all {
		v, p := rig.NewVisitor(base), rig.Known(from+i)
		form, err := v.Begin("/pulihkan", p)
		if err != nil {
			return nil, err
		}
		asked, err := v.Post("/pulihkan/email", form...)
		if err := asked.Must(http.StatusSeeOther, err); err != nil {
			return nil, fmt.Errorf("asking for a code: %w", err)
		}
		all[i] = v
	}
	for i, v := range all {
		code, err := rig.MailedCode(ctx, box, rig.Known(from+i))
		if err != nil {
			return nil, err
		}
		right, err := v.Post("/pulihkan/kode", "kode", code)
		if err := right.Must(http.StatusSeeOther, err); err != nil {
			return nil, fmt.Errorf("typing the code: %w", err)
		}
	}
	return all, nil
}

// together sends every password at the same moment. Who is told to try again
// does so when he is told to.
func together(proven []*rig.Visitor, busy *atomic.Int64) (took []time.Duration, failed error) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, v := range proven {
		wg.Go(func() {
			begun := time.Now()
			err := setPassword(v, busy)
			mu.Lock()
			defer mu.Unlock()
			took, failed = append(took, time.Since(begun)), errors.Join(failed, err)
		})
	}
	wg.Wait()
	return took, failed
}

func setPassword(v *rig.Visitor, busy *atomic.Int64) error {
	for {
		set, err := v.Post("/pulihkan/sandi", "sandi", rig.Password)
		if err != nil || set.Status != http.StatusServiceUnavailable {
			return set.Must(http.StatusSeeOther, err)
		}
		busy.Add(1)
		seconds, _ := strconv.Atoi(set.Header.Get("Retry-After"))
		time.Sleep(time.Duration(seconds) * time.Second)
	}
}
