package main

import (
	"encoding/base32"
	"errors"
	"strings"
	"sync"

	"pulih/accounts"
	"pulih/db"
	"pulih/otp"
	"pulih/secret"
	"pulih/tickets"
	"pulih/views"
)

// phones are the authenticator apps of the demo's people, and of whoever
// enrols while he looks at the demo without a phone at hand.
type phones struct {
	mu    sync.Mutex
	parts []part
}

// Show is what every authenticator shows now, the newest entry first.
func (p *phones) Show(now db.Time) []views.DemoPhone {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := make([]views.DemoPhone, len(p.parts))
	for i, one := range p.parts {
		all[i] = one.phone(now)
	}
	return all
}

func (p part) phone(now db.Time) views.DemoPhone {
	phone := views.DemoPhone{Name: p.Name, For: p.Role, NIP: p.NIP, Email: p.Email, Phone: p.Phone, Password: p.Password, SignIn: "/masuk"}
	if p.isStaff() {
		phone.SignIn = "/petugas/masuk"
	} else if p.NIP != "" {
		birth, _ := accounts.BirthDate(secret.NIP(p.NIP))
		papers := demoPerson{nip: p.NIP}
		phone.Unit, phone.Birth = p.Unit, birth.Format("02-01-2006")
		phone.Card, phone.Decree = original(papers, tickets.KTP), original(papers, appointment(papers))
	}
	switch {
	case p.NIP == "":
		phone.SignIn = ""
	case p.Role == roleFresh:
		phone.SignIn = "/aktivasi"
	}
	if len(p.Secret) > 0 {
		phone.Code = otp.Code(p.Secret, otp.Step(now.Time()))
		phone.Left = 30 - int(now.Time().Unix()%30)
	}
	return phone
}

var errKey = errors.New("demo: not a key")

// Add takes a key as an app does when it is typed: base32, 160 bits.
func (p *phones) Add(key string) error {
	raw, err := readKey(key)
	if err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.parts = append([]part{{Name: "Entri baru", Role: "dari pendaftaran", Secret: raw}}, p.parts...)
	return nil
}

func readKey(typed string) (otp.Secret, error) {
	plain := strings.ToUpper(strings.Join(strings.Fields(typed), ""))
	raw, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(plain)
	if err != nil || len(raw) != 20 {
		return nil, errKey
	}
	return raw, nil
}
