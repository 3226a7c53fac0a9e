package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"pulih/mail/mailbox"
)

const (
	wave     = 64 // people who set a password at once
	waves    = 4
	password = "Perahu-Hijau-Laut-38?"
	limitMiB = 256
)

// passwords lets 64 people set a password at the same moment, each at the end
// of a whole reset by mailed code, four times over; and asks how much memory
// that took, and how long others waited for the start page meanwhile.
func passwords(ctx context.Context, pulih *process, box *mailbox.Box) error {
	quiet := watch(ctx, pulih.url, func() error { time.Sleep(3 * time.Second); return nil })
	if err := errors.Join(quiet.err, pulih.forgetPeak()); err != nil {
		return err
	}
	var busy atomic.Int64
	var took, during []time.Duration
	for n := range waves {
		proven, err := provenPeople(ctx, pulih.url, box, n*wave)
		if err != nil {
			return err
		}
		w := watch(ctx, pulih.url, func() error {
			all, err := together(proven, &busy)
			took = append(took, all...)
			return err
		})
		if w.err != nil {
			return w.err
		}
		during = append(during, w.took...)
	}
	slices.Sort(took)
	slices.Sort(during)
	fmt.Printf("\n%d people set a password at once, %d times; each at the end of a whole reset\n\n", wave, waves)
	fmt.Printf("memory, peak      %.1f MiB resident (limit %d)\n", pulih.peak(), limitMiB)
	fmt.Printf("password set      p50 %.0f ms, p99 %.0f ms; told \"sibuk, coba lagi\" %d times\n", milliseconds(took, 50), milliseconds(took, 99), busy.Load())
	fmt.Printf("start page        p99 %.1f ms meanwhile, %.1f ms when quiet (%.1f times); %d and %d requests\n",
		milliseconds(during, 99), milliseconds(quiet.took, 99), milliseconds(during, 99)/milliseconds(quiet.took, 99), len(during), len(quiet.took))
	return nil
}

// provenPeople are those before the page that takes the new password.
func provenPeople(ctx context.Context, base string, box *mailbox.Box, from int) ([]*visitor, error) {
	all := make([]*visitor, wave)
	for i := range all {
		v, p := newVisitor(base), known(from+i)
		form, err := v.begin("/pulihkan", p)
		if err != nil {
			return nil, err
		}
		asked, err := v.post("/pulihkan/email", form...)
		if err := asked.must(http.StatusSeeOther, err); err != nil {
			return nil, fmt.Errorf("asking for a code: %w", err)
		}
		all[i] = v
	}
	for i, v := range all {
		code, err := mailedCode(ctx, box, known(from+i))
		if err != nil {
			return nil, err
		}
		right, err := v.post("/pulihkan/kode", "kode", code)
		if err := right.must(http.StatusSeeOther, err); err != nil {
			return nil, fmt.Errorf("typing the code: %w", err)
		}
	}
	return all, nil
}

var codeInMail = regexp.MustCompile(`\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b`)

func mailedCode(ctx context.Context, box *mailbox.Box, p person) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	letter, err := box.Wait(ctx, func(m mailbox.Received) bool { return m.To == p.email && codeInMail.MatchString(m.Text) })
	return codeInMail.FindString(letter.Text), err
}

// together sends every password at the same moment. Who is told to try again
// does so when he is told to.
func together(proven []*visitor, busy *atomic.Int64) (took []time.Duration, failed error) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, v := range proven {
		wg.Go(func() {
			begun := time.Now()
			err := v.setPassword(busy)
			mu.Lock()
			defer mu.Unlock()
			took, failed = append(took, time.Since(begun)), errors.Join(failed, err)
		})
	}
	wg.Wait()
	return took, failed
}

func (v *visitor) setPassword(busy *atomic.Int64) error {
	for {
		set, err := v.post("/pulihkan/sandi", "sandi", password)
		if err != nil || set.status != http.StatusServiceUnavailable {
			return set.must(http.StatusSeeOther, err)
		}
		busy.Add(1)
		seconds, _ := strconv.Atoi(set.header.Get("Retry-After"))
		time.Sleep(time.Duration(seconds) * time.Second)
	}
}
