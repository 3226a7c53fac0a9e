package ticketstest

import (
	"context"
	"encoding/json"
	"regexp"

	"pulih/db"
	"pulih/secret"
)

// Letter is a mail as it waits in the outbox.
type Letter struct{ Kind, To, Subject, Text, HTML string }

// Letters opens every mail there ever was, oldest first.
func (w *World) Letters() (all []Letter) {
	w.Helper()
	w.Write(func(ctx context.Context, tx *db.Tx) (err error) {
		all, err = db.All(ctx, tx, w.letter, selectMails)
		return err
	})
	return all
}

func (w *World) letter(row db.Scanner) (l Letter, err error) {
	var id string
	var sealed []byte
	if err := row.Scan(&id, &l.Kind, &sealed); err != nil {
		return l, err
	}
	plain, err := w.Keys.Open("outbox|sealed|"+id, sealed)
	if err == nil {
		err = json.Unmarshal(plain, &l)
	}
	return l, err
}

var disownLink = regexp.MustCompile(`/bukan-saya/([\w-]+)`)

// NotMe is the "Bukan saya" link of the newest notice of a kind, like
// "notice.request.filed".
func (w *World) NotMe(kind string) secret.Token {
	w.Helper()
	var token secret.Token
	for _, l := range w.Letters() {
		if found := disownLink.FindStringSubmatch(l.Text); l.Kind == kind && found != nil {
			token = secret.Token(found[1])
		}
	}
	if token == "" {
		w.Fatalf("no %s", kind)
	}
	return token
}
