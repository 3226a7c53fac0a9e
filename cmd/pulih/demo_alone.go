package main

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"pulih/accounts"
	"pulih/guide"
	"pulih/otp"
	"pulih/secret"
)

// What people looked for help with, and by how many seconds their clocks were
// off.
var (
	storySymptoms = []string{"otp-tidak-valid", "salah-entri", "autentikator-hilang", "otp-tidak-valid", "terkunci-sementara", "otp-tidak-muncul", "lupa-sandi"}
	storyDrifts   = []int{-2, 4, -95, 1, -48, 12, -310, 0, 70, -7, -130, 3, 41, -22, 620, -60, 5}
)

// helpThemselves are the walks through the troubleshooter and the mailed
// codes. Of yesterday there are flows that nobody finished: their rows fall
// due while the visitor looks on.
func (s *story) helpThemselves() {
	for i, at := range append(s.workdays(70, 15, storyDays), s.workdays(44, 4, 14)...) {
		s.put(errand{at, true, func() error { return s.alone(i) }})
	}
	for i, at := range append(s.workdays(30, 15, storyDays), s.workdays(22, 2, 14)...) {
		s.on(at, func() error { return s.forgotten(i) })
	}
	for i := range 24 {
		s.put(errand{s.present.Add(-26*time.Hour + time.Duration(i)*10*time.Minute), true, func() error {
			_, err := s.people.StartReset(s.ctx, accounts.ForPassword, secret.NIP(s.roster[len(s.roster)-1-i].nip), afar)
			return err
		}})
	}
}

// alone is a walk that ends without a request; half of them say that it
// helped.
func (s *story) alone(i int) error {
	token, symptom, err := s.walk(i)
	if err != nil || i%5 < 2 {
		return err
	}
	_, err = s.guide.Answer(s.ctx, token, guide.Answer{Place: s.place(symptom, 1), Outcome: guide.Worked, Solved: true})
	return err
}

// walk begins one, on which most measure their clock.
func (s *story) walk(i int) (token secret.Token, symptom string, err error) {
	symptom = storySymptoms[i%len(storySymptoms)]
	token, err = s.guide.Answer(s.ctx, "", guide.Answer{Place: s.place(symptom, 0), Outcome: guide.Failed})
	if err != nil || i%3 == 0 {
		return token, symptom, err
	}
	off := time.Duration(storyDrifts[i%len(storyDrifts)]) * time.Second
	_, err = s.guide.Conclude(s.ctx, guide.Finding{Method: guide.ByCode, Drift: otp.Drift{Low: off - time.Second, High: off + time.Second}},
		guide.From{Walk: token}, afar)
	return token, symptom, err
}

// place is a step of a symptom.
func (s *story) place(symptom string, step int) guide.Place {
	found, _ := s.catalogue.Symptom(symptom)
	return guide.Place{Symptom: symptom, Step: found.Steps[min(step, len(found.Steps)-1)].Key}
}

var resetCode = regexp.MustCompile(`(?m)^([0-9A-Z]{4}-[0-9A-Z]{4}) adalah kode Anda`)

// forgotten is a password that somebody forgot: a code is mailed, and one in
// three goes all the way.
func (s *story) forgotten(i int) error {
	if len(s.lost) <= storyKept {
		return nil
	}
	who := &s.lost[storyKept+i%(len(s.lost)-storyKept)]
	token, err := s.people.StartReset(s.ctx, accounts.ForPassword, secret.NIP(who.nip), afar)
	if err != nil {
		return err
	}
	f := accounts.Flow{Purpose: accounts.ForPassword, Browser: token}
	_, err = s.people.AskResetCode(s.ctx, accounts.ResetAsk{Flow: f, Email: secret.Email(who.email), Network: afar.Network}, afar)
	if err := errors.Join(err, s.people.SendCodes(s.ctx)); err != nil {
		return err
	}
	s.clock.advance(s.travels(i))
	if err := s.settle(); err != nil || i%4 == 3 || i%13 == 12 {
		return err
	}
	code, err := s.mailed(who.email, resetCode)
	if err != nil {
		return err
	}
	return s.typeCode(i, who, f, code)
}

// travels is how long the code is on its way; some never arrive.
func (s *story) travels(i int) time.Duration {
	if i%13 == 12 {
		return 3 * time.Hour
	}
	return time.Duration(3+i*11%50) * time.Second
}

func (s *story) typeCode(i int, who *customer, f accounts.Flow, code string) error {
	if i%4 == 2 {
		code = "0000-0000"
	}
	tried, err := s.people.ProveByCode(s.ctx, f, secret.Code(strings.ReplaceAll(code, "-", "")), afar)
	if err != nil || !tried.OK || i%4 == 1 && i%3 != 0 {
		return err
	}
	who.password = fmt.Sprintf("Perahu-Nelayan-Hijau-%02d!", i)
	done, err := s.people.FinishReset(s.ctx, accounts.ResetPassword{Browser: tried.Browser, Password: secret.Password(who.password)}, afar)
	if err == nil && !done.OK {
		err = fmt.Errorf("demo: a new password was refused: %v", done.Reasons)
	}
	return err
}

// count adds up what is over, as the app does each minute.
func (s *story) count() error {
	s.clock.set(s.present)
	return errors.Join(s.guide.CountEnded(s.ctx), s.people.CountFlows(s.ctx))
}
