package accounts

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"pulih/db"
	"pulih/secret"
)

func (w *world) session(kind SessionKind, owner string) (token secret.Token) {
	w.t.Helper()
	w.write(func(tx *db.Tx) (err error) {
		token, err = w.NewSession(w.ctx, tx, Session{Kind: kind, Owner: owner, Network: network, Agent: "Test"})
		return err
	})
	return token
}

func (w *world) holds(kind SessionKind, token secret.Token) bool {
	w.t.Helper()
	_, err := w.Session(w.ctx, kind, token)
	if err != nil && !errors.Is(err, ErrNoSession) {
		w.t.Fatal(err)
	}
	return err == nil
}

func TestASessionEndsWhenIdle_SE03(t *testing.T) {
	eachWorld(t, func(w *world) {
		token := w.session(AccountSession, w.sari.ID)
		for range 3 {
			w.clock.Advance(9 * time.Minute)
			if !w.holds(AccountSession, token) {
				t.Fatal("ended while in use")
			}
		}
		w.clock.Advance(10 * time.Minute)
		if w.holds(AccountSession, token) {
			t.Error("still open after 10 idle minutes")
		}
	})
}

// While nothing can be written, whoever is signed in goes on reading.
func TestASessionIsReadWhileNothingCanBeWritten(t *testing.T) {
	eachWorld(t, func(w *world) {
		token := w.session(AccountSession, w.sari.ID)
		w.clock.Advance(2 * time.Minute)
		held, free := make(chan struct{}), make(chan struct{})
		var writer sync.WaitGroup
		writer.Go(func() {
			_ = w.d.Write(context.Background(), func(tx *db.Tx) error {
				_, err := tx.Exec(context.Background(), `UPDATE sessions SET agent = 'x'`)
				close(held)
				<-free
				return err
			})
		})
		<-held
		ctx, stop := context.WithTimeout(context.Background(), 300*time.Millisecond)
		defer stop()
		if _, err := w.Session(ctx, AccountSession, token); err != nil {
			t.Error(err)
		}
		close(free)
		writer.Wait()
	})
}

func TestASessionEndsAfterAnHourInUse_impostor14(t *testing.T) {
	w := oneWorld(t)
	token := w.session(AccountSession, w.sari.ID)
	for range 11 {
		w.clock.Advance(5 * time.Minute)
		w.holds(AccountSession, token)
	}
	w.clock.Advance(5 * time.Minute)
	if w.holds(AccountSession, token) {
		t.Error("still open after 60 minutes")
	}
}

func TestACookieOfOneKindOpensNotTheOther(t *testing.T) {
	w := oneWorld(t)
	if w.holds(StaffSession, w.session(AccountSession, w.sari.ID)) || w.holds(AccountSession, w.session(StaffSession, w.sari.ID)) {
		t.Error("kinds are mixed")
	}
}

func TestAClosedAccountHasNoSession_SE05(t *testing.T) {
	for _, how := range []string{
		`UPDATE accounts SET disabled_at = 1`, `UPDATE accounts SET suspended_at = 1`, `UPDATE people SET active = FALSE`,
	} {
		w := oneWorld(t)
		token := w.session(AccountSession, w.sari.ID)
		w.exec(how)
		if w.holds(AccountSession, token) {
			t.Error(how)
		}
	}
}

func TestANewPasswordEndsEverySession_SE04(t *testing.T) {
	eachWorld(t, func(w *world) {
		one, two := w.session(AccountSession, w.sari.ID), w.session(AccountSession, w.sari.ID)
		w.setPassword(w.sari.ID, sariPass, ViaSeed)
		if w.holds(AccountSession, one) || w.holds(AccountSession, two) {
			t.Error("a session outlived the password")
		}
	})
}

func TestSignOutEndsOneAndEverywhereEndsAll_SE08(t *testing.T) {
	w := oneWorld(t)
	one, two := w.session(AccountSession, w.sari.ID), w.session(AccountSession, w.sari.ID)
	if err := w.EndSession(w.ctx, AccountSession, one, somebody); err != nil || w.holds(AccountSession, one) || !w.holds(AccountSession, two) {
		t.Fatal("signing out ended the wrong session", err)
	}
	if err := w.EndSession(w.ctx, AccountSession, one, somebody); err != nil {
		t.Error("signing out twice:", err)
	}
	if err := w.SignOutEverywhere(w.ctx, w.sari.ID, somebody); err != nil || w.holds(AccountSession, two) {
		t.Error("a session is left", err)
	}
}

func TestTheTokenIsNowhereInTheDatabase_SE01(t *testing.T) {
	w := oneWorld(t)
	token := w.session(AccountSession, w.sari.ID)
	if w.count(`SELECT count(*) FROM sessions WHERE token_hash = $1`, []byte(token)) != 0 {
		t.Error("the token itself is stored")
	}
}
