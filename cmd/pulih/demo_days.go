package main

import (
	"fmt"
	"slices"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
	"pulih/tickets"
)

// How many requests there are: those of long ago, those of the last two
// weeks, and those that still stand in the queue when the visitor comes. Some
// of those have shown that they still know their password.
const (
	storyOld     = 76
	storyRecent  = 44
	storyPast    = storyOld + storyRecent
	storyOpen    = 21
	storyProven  = 5
	storyTickets = storyPast + storyOpen
)

// What people write, and the cause that they choose.
var storyProblems = []struct{ cause, text string }{
	{"rusak", "HP saya rusak kena air. Kode OTP tidak bisa dibuka lagi."},
	{"ganti", "Ganti HP bulan lalu, aplikasi autentikator kosong."},
	{"ditolak", "Kode OTP selalu ditolak walau baru muncul."},
	{"hilang", "HP hilang di perjalanan dinas."},
	{"terhapus", "Aplikasi autentikator terhapus waktu membersihkan memori."},
	{"lain", "Halaman portal lambat dan tidak terbuka sejak pagi."},
	{"ditolak", "Kode dari aplikasi ditolak terus sejak kemarin."},
}

// days plays everything that happened, and ends now.
func (s *story) days() error {
	for i, at := range s.arrivals() {
		s.on(at, func() error {
			if err := s.request(i); err != nil {
				return fmt.Errorf("request %d: %w", i, err)
			}
			return nil
		})
	}
	s.helpThemselves()
	s.on(s.visit(), s.openAlways)
	if err := s.run(); err != nil {
		return err
	}
	if late := s.clock.Now().Sub(s.present); late > 0 {
		return fmt.Errorf("demo: the past lasts %s too long", late)
	}
	if err := s.count(); err != nil {
		return err
	}
	s.clock.set(time.Time{})
	return s.settle()
}

// request is one of them, and what becomes of it.
func (s *story) request(i int) error {
	if i >= storyPast {
		return s.today(i - storyPast)
	}
	switch i % 12 {
	case 0, 4, 8:
		return s.counter(i)
	case 1, 7, 10:
		return s.refuse(i)
	case 2:
		return s.askBack(i)
	case 3:
		return s.giveUp(i)
	case 5:
		return s.comeBack(i)
	case 9:
		return s.twice(i)
	}
	return s.answer(i)
}

// today is one of those that the visitor finds in the queue.
func (s *story) today(i int) error {
	problem, last := storyProblems[i%len(storyProblems)].text, storyOpen-1
	switch {
	case i == last: // waits for the second person
		_, err := s.checkAtCounter(s.staff[first], s.person(), problem)
		return err
	case i == last-1:
		return s.disown(s.lost[storyKept-1], problem)
	case i >= last-1-storyProven:
		return s.proven(s.lost[storyKept-2-(last-2-i)], problem)
	}
	return s.leave(s.staff[first], problem, i)
}

// storyKept of the people with an account are left as they are: the visitor
// plays the first two, and the others stand in the queue.
const storyKept = 2 + storyProven + 1

// arrivals are when the requests come, in order: most in office hours of the
// past days, the open ones within the last. They are the same each time.
func (s *story) arrivals() []time.Time {
	all := append(s.workdays(storyOld, 15, storyDays), s.workdays(storyRecent, 2, 14)...)
	for i := range storyOpen {
		all = append(all, s.present.Add(-time.Duration(storyOpen-i)*25*time.Minute))
	}
	slices.SortFunc(all, time.Time.Compare)
	return all
}

// workdays are n moments in the morning of days that are so long ago. Not
// yesterday: the work of a day may last into the night.
func (s *story) workdays(n, from, until int) (all []time.Time) {
	today := s.present.In(db.WITA.Location)
	for len(all) < n {
		day := today.AddDate(0, 0, -from-s.dice.IntN(until-from+1))
		if day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
			continue
		}
		all = append(all, time.Date(day.Year(), day.Month(), day.Day(), 7+s.dice.IntN(6), s.dice.IntN(60), 0, 0, db.WITA.Location))
	}
	return all
}

// afar is where people file from.
var afar = audit.Actor{Kind: audit.Anonymous, Network: "203.0.113.0/24"}

// file opens a request as the person does from afar; every fourth tried to
// help himself first.
func (s *story) file(p demoPerson, kind tickets.Kind, i int) (tickets.Receipt, error) {
	problem := storyProblems[i%len(storyProblems)]
	f := tickets.Filing{
		NIP: secret.NIP(p.nip), Name: p.name, Unit: p.unit, Phone: p.phone, Problem: problem.text,
		Cause: problem.cause, Kind: kind, Channel: tickets.Remote,
	}
	if i%4 == 1 {
		var err error
		if f.Walk, f.Symptom, err = s.walk(i); err != nil {
			return tickets.Receipt{}, err
		}
	}
	return s.desk.Open(s.ctx, f, afar)
}
