package accounts

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"pulih/secret"
)

func TestHashVerifiesOnlyItsOwnPassword_PW05(t *testing.T) {
	h, ctx := NewHasher(2, time.Minute), context.Background()
	phc, err := h.Hash(ctx, "Kolam-teduh-41")
	if err != nil || !strings.HasPrefix(phc, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatalf("%q %v", phc, err)
	}
	for p, want := range map[secret.Password]bool{"Kolam-teduh-41": true, "kolam-teduh-41": false, "": false, "Kolam-teduh-41 ": false} {
		if got, err := h.Verify(ctx, phc, p); got != want || err != nil {
			t.Errorf("%q: %v %v", string(p), got, err)
		}
	}
	if again, _ := h.Hash(ctx, "Kolam-teduh-41"); again == phc {
		t.Error("the salt repeats")
	}
}

func TestCombiningMarksAreOnePassword_PW01(t *testing.T) {
	h, ctx := NewHasher(2, time.Minute), context.Background()
	phc, err := h.Hash(ctx, "Kol\u00e9m")
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := h.Verify(ctx, phc, "Kole\u0301m"); !ok || err != nil {
		t.Error(ok, err)
	}
}

func TestNobodysPasswordIsNeverRight_EN05(t *testing.T) {
	h := NewHasher(2, time.Minute)
	for _, p := range []secret.Password{"", "x", secret.Password(strings.Repeat("x", 1<<20))} {
		if ok, err := h.Verify(context.Background(), "", p); ok || err != nil {
			t.Error(ok, err)
		}
	}
}

func TestALongPasswordIsNotItsBeginning(t *testing.T) {
	h, ctx := NewHasher(2, time.Minute), context.Background()
	whole := secret.Password(strings.Repeat("x", longest))
	phc, err := h.Hash(ctx, whole)
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := h.Verify(ctx, phc, whole+"y"); ok || err != nil {
		t.Error("a truncated password was accepted", err)
	}
}

func TestABusyHasherSaysSo_PW06(t *testing.T) {
	h := NewHasher(1, time.Millisecond)
	h.slots <- struct{}{}
	if _, err := h.Hash(context.Background(), "x"); !errors.Is(err, ErrBusy) {
		t.Error(err)
	}
	if _, err := h.Verify(context.Background(), "", "x"); !errors.Is(err, ErrBusy) {
		t.Error(err)
	}
}

func TestADamagedHashIsAnError(t *testing.T) {
	h := NewHasher(1, time.Minute)
	for _, phc := range []string{"x", "$argon2id$v=19$m=1$x$x", "$argon2i$v=19$m=8,t=1,p=1$AAAA$AAAA", "$argon2id$v=19$m=8,t=1,p=0$AAAA$AAAAAAAAAAAAAAAAAAAAAA"} {
		if _, err := h.Verify(context.Background(), phc, "x"); !errors.Is(err, ErrPHC) {
			t.Errorf("%s: %v", phc, err)
		}
	}
}
