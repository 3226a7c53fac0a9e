package secret_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"pulih/secret"
)

func keys(t *testing.T, sealing, pepper string) *secret.Keys {
	t.Helper()
	k, err := secret.ParseKeys(sealing, pepper)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestWeakKeysAreRefused_SC01(t *testing.T) {
	good, other := secret.NewKey(), secret.NewKey()
	short := base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{1, 2}, 15)) // 240 bit
	long := base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{1, 2}, 17))
	zeros := base64.StdEncoding.EncodeToString(make([]byte, 32))
	same := base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{0x61}, 32))
	for name, c := range map[string]struct{ sealing, pepper string }{
		"no sealing key":            {"", other},
		"no pepper":                 {"1:" + good, ""},
		"a short sealing key":       {"1:" + short, other},
		"a short pepper":            {"1:" + good, short},
		"a long key":                {"1:" + long, other},
		"zeros":                     {"1:" + zeros, other},
		"zeros as pepper":           {"1:" + good, zeros},
		"one byte again and again":  {"1:" + same, other},
		"the pepper as sealing key": {"1:" + good, good},
		"the same key twice":        {"1:" + good + ",2:" + good, other},
		"the same number twice":     {"1:" + good + ",1:" + other, secret.NewKey()},
		"number 0":                  {"0:" + good, other},
		"number 256":                {"256:" + good, other},
		"a negative number":         {"-1:" + good, other},
		"no number":                 {good, other},
		"not base64":                {"1:" + strings.Repeat("!", 44), other},
		"a word":                    {"1:secret", "secret"},
		"the mask of a secret":      {"1:•••", "•••"},
	} {
		if _, err := secret.ParseKeys(c.sealing, c.pepper); !errors.Is(err, secret.ErrKey) {
			t.Errorf("%s: %v", name, err)
		} else if strings.Contains(err.Error(), good) || strings.Contains(err.Error(), short) {
			t.Errorf("%s: the error shows the key", name)
		}
	}
}

func TestKeysAreReadFromLinesAndCommas(t *testing.T) {
	a, b := secret.NewKey(), secret.NewKey()
	for _, text := range []string{"1:" + a + "\n2:" + b + "\n", "2:" + b + ",1:" + a, " 1:" + a + " \n\n 2:" + b} {
		if k := keys(t, text, secret.NewKey()+"\n"); k.Newest() != 2 {
			t.Errorf("newest of %d lines is %d", strings.Count(text, ":"), k.Newest())
		}
	}
}

func TestASealedValueBelongsToItsPlace_TV12(t *testing.T) {
	k := keys(t, "1:"+secret.NewKey(), secret.NewKey())
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SliceOf(rapid.Byte()).Draw(t, "plain")
		place, other := rapid.String().Draw(t, "place"), rapid.String().Draw(t, "other")
		sealed := k.Seal(place, plain)
		opened, err := k.Open(place, sealed)
		if err != nil || !bytes.Equal(opened, plain) {
			t.Fatalf("%v, %v", opened, err)
		}
		if _, err := k.Open(other, sealed); place != other && !errors.Is(err, secret.ErrSealed) {
			t.Fatalf("opens at another place: %v", err)
		}
	})
}

func TestASealedValueCannotBeChanged_TV12(t *testing.T) {
	k := keys(t, "1:"+secret.NewKey(), secret.NewKey())
	sealed := k.Seal("devices|secret|1", []byte("20 bytes of a secret"))
	for i := range sealed {
		forged := slices.Clone(sealed)
		forged[i] ^= 1
		if _, err := k.Open("devices|secret|1", forged); !errors.Is(err, secret.ErrSealed) {
			t.Errorf("byte %d changed: %v", i, err)
		}
	}
	for n := range sealed {
		if _, err := k.Open("devices|secret|1", sealed[:n]); !errors.Is(err, secret.ErrSealed) {
			t.Errorf("cut to %d bytes: %v", n, err)
		}
	}
}

func TestSealingTwiceIsNotTheSame(t *testing.T) {
	k := keys(t, "1:"+secret.NewKey(), secret.NewKey())
	if bytes.Equal(k.Seal("a", []byte("b")), k.Seal("a", []byte("b"))) {
		t.Error("a nonce was used twice")
	}
}

func TestANewKeySealsAndTheOldOneStillOpens_SC02(t *testing.T) {
	first, second, pepper := secret.NewKey(), secret.NewKey(), secret.NewKey()
	before := keys(t, "1:"+first, pepper)
	both := keys(t, "1:"+first+",2:"+second, pepper)
	after := keys(t, "2:"+second, pepper)
	old, fresh := before.Seal("a", []byte("x")), both.Seal("a", []byte("x"))
	if opened, err := both.Open("a", old); err != nil || string(opened) != "x" {
		t.Errorf("the old value: %q, %v", opened, err)
	}
	if !both.Stale(old) || both.Stale(fresh) {
		t.Errorf("stale: old %v, new %v", both.Stale(old), both.Stale(fresh))
	}
	if _, err := after.Open("a", fresh); err != nil {
		t.Errorf("after the old key is gone: %v", err)
	}
	if _, err := after.Open("a", old); !errors.Is(err, secret.ErrSealed) {
		t.Errorf("without its key: %v", err)
	}
	if !bytes.Equal(before.Sum("code", "A"), after.Sum("code", "A")) {
		t.Error("stored hashes do not outlive a rotation")
	}
}

func TestSumKeepsPartsApart(t *testing.T) {
	k := keys(t, "1:"+secret.NewKey(), secret.NewKey())
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.StringMatching(`[ab|\x00]{0,3}`), 1, 4)
		a, b := parts.Draw(t, "a"), parts.Draw(t, "b")
		if bytes.Equal(k.Sum(a[0], a[1:]...), k.Sum(b[0], b[1:]...)) != slices.Equal(a, b) {
			t.Fatalf("%q and %q", a, b)
		}
	})
}

func TestSumNeedsThePepper_RC03(t *testing.T) {
	a := keys(t, "1:"+secret.NewKey(), secret.NewKey())
	b := keys(t, "1:"+secret.NewKey(), secret.NewKey())
	if bytes.Equal(a.Sum("code", "A"), b.Sum("code", "A")) || len(a.Sum("code")) != 32 {
		t.Error("the pepper does not count")
	}
}
