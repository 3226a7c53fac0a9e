package accounts

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"pulih/db"
	"pulih/secret"
)

// letter is a mail as it waits in the outbox.
type letter struct{ Kind, To, Subject, Text, HTML string }

// letters opens every mail of a kind, oldest first.
func (w *world) letters(kind string) (all []letter) {
	w.t.Helper()
	scan := func(row db.Scanner) (l letter, err error) {
		var id string
		var sealed []byte
		if err := row.Scan(&id, &l.Kind, &sealed); err != nil {
			return l, err
		}
		plain, err := w.keys.Open("outbox|sealed|"+id, sealed)
		if err == nil {
			err = json.Unmarshal(plain, &l)
		}
		return l, err
	}
	w.write(func(tx *db.Tx) (err error) {
		all, err = db.All(w.ctx, tx, scan, `SELECT id, kind, sealed FROM outbox WHERE kind = $1 ORDER BY id`, kind)
		return err
	})
	return all
}

// last opens the newest mail of a kind.
func (w *world) last(kind string) letter {
	w.t.Helper()
	all := w.letters(kind)
	if len(all) == 0 {
		w.t.Fatalf("no mail of kind %s", kind)
	}
	return all[len(all)-1]
}

var (
	codeInMail   = regexp.MustCompile(`\b[0-9A-Z]{4}-[0-9A-Z]{4}\b`)
	linkInMail   = regexp.MustCompile(`https://pulih\.test/(?:pulihkan|aktivasi|buka-kunci)/kode/([\w-]+)`)
	readyInMail  = regexp.MustCompile(`https://pulih\.test/pulihkan-mfa/lanjut/([\w-]+)`)
	disownInMail = regexp.MustCompile(`https://pulih\.test/bukan-saya/([\w-]+)`)
)

func (l letter) code() secret.Code {
	code, _ := secret.ReadCode(codeInMail.FindString(l.Text), CodeLength)
	return code
}

func (l letter) link() secret.Token   { return token(linkInMail, l.Text) }
func (l letter) ready() secret.Token  { return token(readyInMail, l.Text) }
func (l letter) disown() secret.Token { return token(disownInMail, l.Text) }

func token(pattern *regexp.Regexp, text string) secret.Token {
	if found := pattern.FindStringSubmatch(text); found != nil {
		return secret.Token(found[1])
	}
	return ""
}

func TestACodeIsNoLinkAndInNoSubject_RC13(t *testing.T) {
	w := oneWorld(t)
	w.ask(sariNIP, sariEmail)
	mail := w.last("reset.code")
	code := string(mail.code())
	if len(code) != CodeLength || mail.link() == "" || mail.disown() == "" {
		t.Fatalf("%+v", mail)
	}
	if strings.Contains(strings.ReplaceAll(mail.Subject+mail.HTML[:strings.Index(mail.HTML, "<body")], "-", ""), code) {
		t.Error("the code stands in the subject or title")
	}
	for _, link := range regexp.MustCompile(`https?://\S+`).FindAllString(mail.Text+mail.HTML, -1) {
		if strings.Contains(link, code) || strings.Contains(link, mail.code().Grouped()) {
			t.Error("the code stands in a link")
		}
	}
}
