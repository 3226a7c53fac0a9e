package guide

import (
	"context"
	"encoding/base64"
	"errors"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/otp"
	"pulih/secret"
)

// PracticeLife is how long a practice entry is good, and its cookie (clock.md §4.3).
const PracticeLife = 15 * time.Minute

// practiceTries is how many codes an entry takes (clock.md §4.6).
const practiceTries = 10

// The names under which the entry shows in the app: nobody shall take it for the real one.
const (
	practiceIssuer  = "LATIHAN cek jam"
	practiceAccount = "hapus-saya"
)

// ErrNoPractice says that there is no practice for this browser, or no longer: unknown, expired, handed on and another
// browser's look the same.
var ErrNoPractice = errors.New("guide: no practice")

// Practice is a throw-away entry for the authenticator app. It opens nothing: whoever sees it learns how wrong the clock
// of a phone is.
type Practice struct {
	ID      string
	Secret  otp.Secret
	Until   db.Time
	Left    int          // codes that may still be typed
	HandOff secret.Token // opens the practice on one other device
	Halfway bool         // a code was recognised; the next one decides
	Taken   bool         // another device follows it too
	Far     bool         // the next code is searched over 400 days, which has a limit of its own (clock.md §4.3)

	walk    string
	tries   int
	misses  int // codes in a row that were not recognised
	codeAt  db.Time
	offsets []int
	drift   otp.Drift // of all codes so far; zero while unknown
}

// URI is what the QR code and the link carry into the app.
func (p Practice) URI() (string, error) { return otp.URI(practiceIssuer, practiceAccount, p.Secret) }

// Practise begins a practice, for the walk of the browser where it has one, and returns the token that binds it to the
// browser.
func (g *Guide) Practise(ctx context.Context, walk secret.Token, actor audit.Actor) (secret.Token, error) {
	token, id := secret.NewToken(), db.NewID()
	err := g.db.Write(ctx, func(tx *db.Tx) error {
		if err := g.addPractice(ctx, tx, id, walk); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, insertPracticeBrowser, token.Hash(), id); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.ClockPractised})
	})
	return token, err
}

func (g *Guide) addPractice(ctx context.Context, tx *db.Tx, id string, walk secret.Token) error {
	o, err := From{Walk: walk}.owner(ctx, tx)
	if err != nil {
		return err
	}
	sealed := g.keys.Seal(sealedAt(id), otp.NewSecret())
	_, err = tx.Exec(ctx, insertPractice, id, sealed, g.handOff(id).Hash(), tx.Now, tx.Now.Add(PracticeLife), o.walk)
	return err
}

// Practice is the practice of the browser that holds token.
func (g *Guide) Practice(ctx context.Context, token secret.Token) (Practice, error) {
	var p Practice
	err := g.db.Read(ctx, func(tx *db.Tx) (err error) {
		p, err = g.practice(ctx, tx, token)
		return err
	})
	return p, err
}

// HandedOff tells, without changing anything, whether a hand-off link is still good: nil or ErrNoPractice.
func (g *Guide) HandedOff(ctx context.Context, link secret.Token) error {
	return g.db.Read(ctx, func(tx *db.Tx) error {
		_, err := handedOff(ctx, tx, link)
		return err
	})
}

// TakeOver opens a practice on the device that followed the hand-off link, once. The browser that began it keeps it too:
// a practice enrols nothing and proves nothing (impostor 10).
func (g *Guide) TakeOver(ctx context.Context, link secret.Token, actor audit.Actor) (secret.Token, error) {
	token := secret.NewToken()
	err := g.db.Write(ctx, func(tx *db.Tx) error {
		id, err := handedOff(ctx, tx, link)
		if err != nil {
			return err
		}
		if err := tx.One(ctx, updateTaken, id, tx.Now); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, insertPracticeBrowser, token.Hash(), id); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.ClockHandedOff})
	})
	if errors.Is(err, db.ErrConflict) {
		err = ErrNoPractice // somebody else's phone was faster
	}
	return token, err
}

func (g *Guide) practice(ctx context.Context, tx *db.Tx, token secret.Token) (Practice, error) {
	p, sealed, err := scanPractice(tx.Row(ctx, selectPractice, token.Hash(), tx.Now))
	if err != nil {
		return Practice{}, orNoPractice(err)
	}
	plain, err := g.keys.Open(sealedAt(p.ID), sealed)
	if err != nil {
		return Practice{}, err
	}
	p.Secret = plain
	p.Left = practiceTries - p.tries
	p.HandOff = g.handOff(p.ID)
	p.Halfway = len(p.offsets) > 0
	p.Far = p.window() == otp.WindowYear
	return p, nil
}

// handOff is made from the id, so that the page can show it again while the database holds only its hash.
func (g *Guide) handOff(id string) secret.Token {
	return secret.Token(base64.RawURLEncoding.EncodeToString(g.keys.Sum("practice hand-off", id)))
}

func handedOff(ctx context.Context, tx *db.Tx, link secret.Token) (id string, err error) {
	err = tx.Row(ctx, selectHandOff, link.Hash(), tx.Now).Scan(&id)
	return id, orNoPractice(err)
}

func orNoPractice(err error) error {
	if errors.Is(err, db.ErrNotFound) {
		return ErrNoPractice
	}
	return err
}

func sealedAt(id string) string { return "practices|secret|" + id }
