package app

import (
	"context"
	"crypto/sha256"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pulih/db"
	"pulih/views"
)

// lawWork finds the nonce as pow.js does.
func lawWork(g views.Gate) GateForm {
	return GateForm{Challenge: g.Pow.Challenge, Pow: lawNonce(g.Pow.Challenge, g.Pow.Bits, true)}
}

// lawNonce looks for a nonce that solves n bits, or one that just does not.
func lawNonce(challenge string, n int, right bool) string {
	for i := 0; ; i++ {
		nonce := strconv.Itoa(i)
		if got := lawZeros(challenge, nonce); right && got >= n || !right && got == n-1 {
			return nonce
		}
	}
}

// lawZeros counts the zero bits that a proof of work begins with.
func lawZeros(challenge, nonce string) int {
	sum := sha256.Sum256([]byte(challenge + ":" + nonce))
	return 256 - new(big.Int).SetBytes(sum[:]).BitLen()
}

func TestAProofOfWorkPassesOnce(t *testing.T) {
	x := newTest(t)
	v := x.lawVisitor()
	f := lawWork(v.gate("a"))
	if !v.pass("a", f) || v.pass("a", f) {
		t.Error("want once and never again")
	}
	again := f
	again.Pow = lawOther(f)
	if v.pass("a", again) {
		t.Error("another nonce of a spent challenge passes")
	}
}

// lawOther finds a second right nonce of a challenge.
func lawOther(f GateForm) string {
	first, _ := strconv.Atoi(f.Pow)
	for i := first + 1; ; i++ {
		if lawZeros(f.Challenge, strconv.Itoa(i)) >= powBits {
			return strconv.Itoa(i)
		}
	}
}

func TestAProofOfWorkHoldsForItsPlaceAndTime(t *testing.T) {
	x := newTest(t)
	v := x.lawVisitor()
	if v.pass("b", lawWork(v.gate("a"))) {
		t.Error("passes for another purpose")
	}
	if x.lawVisitor().pass("a", lawWork(v.gate("a"))) {
		t.Error("passes in another browser")
	}
	late := lawWork(v.gate("a"))
	x.clock.Advance(powLife)
	if v.pass("a", late) {
		t.Error("passes after half an hour")
	}
	just := lawWork(v.gate("a"))
	x.clock.Advance(powLife - time.Microsecond)
	if !v.pass("a", just) {
		t.Error("does not pass within half an hour")
	}
	g := v.gate("a")
	few := GateForm{Challenge: g.Pow.Challenge, Pow: lawNonce(g.Pow.Challenge, g.Pow.Bits, false)}
	if v.pass("a", few) {
		t.Error("too few bits pass")
	}
}

func TestAForgedChallengeIsRefused(t *testing.T) {
	x := newTest(t)
	v := x.lawVisitor()
	g := v.gate("a")
	parts := strings.Split(g.Pow.Challenge, ".")
	if len(parts) != 4 {
		t.Fatalf("the challenge has %d parts", len(parts))
	}
	for name, forge := range map[string]func(p []string){
		"no bits":     func(p []string) { p[1] = "0" },
		"fewer bits":  func(p []string) { p[1] = "1" },
		"longer life": func(p []string) { p[0] += "z" },
		"another id":  func(p []string) { p[2] = db.NewID() },
		"another mac": func(p []string) { p[3] = strings.Repeat("A", len(p[3])) },
		"no mac":      func(p []string) { p[3] = "" },
	} {
		p := slices.Clone(parts)
		forge(p)
		challenge := strings.Join(p, ".")
		n, _ := strconv.Atoi(p[1])
		nonce := "1"
		if n > 0 {
			nonce = lawNonce(challenge, n, true)
		}
		if v.pass("a", GateForm{Challenge: challenge, Pow: nonce}) {
			t.Errorf("%s passes", name)
		}
	}
	for _, challenge := range []string{"", ".", "...", "a.b.c.d", g.Pow.Challenge + ".x"} {
		if v.pass("a", GateForm{Challenge: challenge, Pow: "1"}) {
			t.Errorf("challenge %q passes", challenge)
		}
	}
}

// A network that asks for much works more; it is not shut out ("harder
// instead of closed").
func TestABusyNetworkWorksMore(t *testing.T) {
	x := newTest(t)
	v := x.lawVisitor()
	if got := v.gate("a").Pow.Bits; got != powBits {
		t.Errorf("a quiet network works %d bits", got)
	}
	for range LimitReset.Burst/3 + 1 {
		must(x.Limits.Take(context.Background(), LimitReset, limitNetwork(v.context())))(t)
	}
	g := v.gate("a")
	if g.Pow.Bits != powHardBits {
		t.Errorf("a busy network works %d bits", g.Pow.Bits)
	}
	if easy := (GateForm{Challenge: g.Pow.Challenge, Pow: lawNonce(g.Pow.Challenge, powHardBits, false)}); v.pass("a", easy) {
		t.Error("the easy work passes")
	}
	v.peer = "198.51.100.9:1"
	if got := v.gate("a").Pow.Bits; got != powBits {
		t.Errorf("another network works %d bits", got)
	}
}
