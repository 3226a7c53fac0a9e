package rig

import (
	"context"
	"encoding/base32"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"time"

	"pulih/mail/mailbox"
	"pulih/otp"
)

// Password is what everybody sets.
const Password = "Perahu-Hijau-Laut-38?"

// requestParts are the pages of a request but the first, whose NIP is
// somebody's, and what is typed there beside the story.
var requestParts = []struct {
	path   string
	fields []string
}{
	{"masalah", []string{"sebab", "hilang"}},
	{"kontak", []string{"kabar", "status", "hp", "", "jam", ""}},
	{"bukti", []string{"bukti", "nanti"}},
}

// File sends a request: its parts, the check, and the gate. The number is that
// on the receipt, which this visitor holds from now on.
func (v *Visitor) File(p Person, story string) (number string, err error) {
	if err := v.seeOther(v.Post("/tiket/baru", "sebab", "")); err != nil {
		return "", fmt.Errorf("beginning a request: %w", err)
	}
	if err := v.seeOther(v.Post("/tiket/baru/identitas", "nip", p.NIP, "nama", "Orang Contoh", "unit", "Dinas Contoh")); err != nil {
		return "", fmt.Errorf("identitas: %w", err)
	}
	for _, part := range requestParts {
		fields := part.fields
		if part.path == "masalah" {
			fields = append([]string{"masalah", story}, fields...)
		}
		if err := v.seeOther(v.Post("/tiket/baru/"+part.path, fields...)); err != nil {
			return "", fmt.Errorf("%s: %w", part.path, err)
		}
	}
	return v.sendRequest()
}

func (v *Visitor) sendRequest() (number string, err error) {
	const check = "/tiket/baru/periksa"
	page, err := v.Get(check)
	if err := page.Must(http.StatusOK, err); err != nil {
		return "", fmt.Errorf("the check: %w", err)
	}
	sent, err := v.Post(check, page.gate()...)
	if err := sent.Must(http.StatusSeeOther, err); err != nil {
		return "", fmt.Errorf("sending it: %w", err)
	}
	number, ok := strings.CutPrefix(sent.Header.Get("Location"), "/tiket/PUL-")
	if !ok {
		return "", fmt.Errorf("sending it led to %s", sent.Header.Get("Location"))
	}
	return "PUL-" + number, nil
}

// Reply writes to the desk about a request whose receipt the visitor holds.
func (v *Visitor) Reply(number, text string) error {
	return v.seeOther(v.Post("/tiket/"+number+"/pesan", "pesan", text))
}

// AskCode begins a flow of a mailed code, and asks for it.
func (v *Visitor) AskCode(flow string, p Person) error {
	form, err := v.Begin(flow, p)
	if err != nil {
		return err
	}
	return v.seeOther(v.Post(flow+"/email", form...))
}

// CodeInMail is how a mailed code looks.
var CodeInMail = regexp.MustCompile(`\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b`)

// MailedCode waits for the newest code that somebody was mailed.
func MailedCode(ctx context.Context, box *mailbox.Box, p Person) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	letter, err := box.Wait(ctx, func(m mailbox.Received) bool { return m.To == p.Email && CodeInMail.MatchString(m.Text) })
	return CodeInMail.FindString(letter.Text), err
}

// TypeCode types a mailed code.
func (v *Visitor) TypeCode(flow, code string) error {
	return v.seeOther(v.Post(flow+"/kode", "kode", code))
}

// SetPassword ends a reset, or begins an activation.
func (v *Visitor) SetPassword(flow string) error {
	return v.seeOther(v.Post(flow+"/sandi", "sandi", Password))
}

var keyOnPage = regexp.MustCompile(`(?s)<code id="kunci"[^>]*>(.*?)</code>`)

// Enrol binds the authenticator whose key the page shows.
func (v *Visitor) Enrol() error {
	const device = "/daftar-mfa/perangkat"
	page, err := v.Get(device)
	if err := page.Must(http.StatusOK, err); err != nil {
		return err
	}
	found := keyOnPage.FindStringSubmatch(page.Body)
	if found == nil {
		return errors.New("no key on the page")
	}
	text := regexp.MustCompile(`<[^>]*>|\s`).ReplaceAllString(found[1], "")
	key, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(text)
	if err != nil {
		return err
	}
	return v.seeOther(v.Post(device, "kode", otp.Code(key, otp.Step(time.Now())), "perangkat", "HP pribadi"))
}

var versionOnPage = regexp.MustCompile(`name="versi" value="(\d+)"`)

// Claim takes a request, for a visitor who is signed in as staff.
func (v *Visitor) Claim(number string) error {
	path := "/petugas/tiket/" + number
	page, err := v.Get(path)
	if err := page.Must(http.StatusOK, err); err != nil {
		return err
	}
	found := versionOnPage.FindStringSubmatch(page.Body)
	if found == nil {
		return errors.New("the page offers nothing")
	}
	return v.seeOther(v.Post(path+"/pengambilan", "versi", found[1]))
}

func (v *Visitor) seeOther(a Answer, err error) error { return a.Must(http.StatusSeeOther, err) }
