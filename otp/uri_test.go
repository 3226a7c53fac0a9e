package otp

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"

	pquerna "github.com/pquerna/otp"
	"pgregory.net/rapid"
)

func TestURIReadsBackInAnApp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		issuer := rapid.StringMatching(`[A-Za-zÀ-ÖØ-öø-ÿ0-9._-]([A-Za-zÀ-ÖØ-öø-ÿ0-9 ._-]{0,38}[A-Za-z0-9])?`).Draw(t, "issuer")
		account := rapid.StringMatching(`[a-z0-9._@-]{1,64}`).Draw(t, "account")
		s := NewSecret()
		uri, err := URI(issuer, account, s)
		if err != nil {
			t.Fatal(err)
		}
		key, err := pquerna.NewKeyFromURL(uri)
		if err != nil {
			t.Fatal(err)
		}
		if key.Issuer() != issuer || key.AccountName() != account || key.Secret() != s.Base32() || key.Period() != 30 {
			t.Fatalf("%q read back as %q %q", uri, key.Issuer(), key.AccountName())
		}
	})
}

func TestURIRefusesWhatAltersTheKey(t *testing.T) {
	for _, bad := range []string{"", "A & B", "A&secret=AAAA", "A:B", "A+B", "A=B", "A/B", "A?B", "A#B", "A%26", "A\nB", "A\x00", "\xff", strings.Repeat("a", 65)} {
		if _, err := URI(bad, "1", vectorSecret); !errors.Is(err, ErrLabel) {
			t.Errorf("issuer %q: got %v", bad, err)
		}
		if _, err := URI("Pulih", bad, vectorSecret); !errors.Is(err, ErrLabel) {
			t.Errorf("account %q: got %v", bad, err)
		}
	}
}

func TestURIWritesSpacesForEveryApp(t *testing.T) {
	uri, err := URI("LATIHAN cek jam", "hapus-saya", vectorSecret)
	want := "otpauth://totp/LATIHAN%20cek%20jam:hapus-saya?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" +
		"&issuer=LATIHAN%20cek%20jam&algorithm=SHA1&digits=6&period=30"
	if err != nil || uri != want {
		t.Errorf("got %q, %v", uri, err)
	}
}

func TestQRHasItsOwnWhiteMargin(t *testing.T) {
	uri, _ := URI("LATIHAN cek jam", "hapus-saya", vectorSecret)
	src, err := QR(uri)
	if err != nil {
		t.Fatal(err)
	}
	svg, ok := strings.CutPrefix(src, "data:image/svg+xml,")
	svg, err = url.PathUnescape(svg)
	if err != nil || !ok {
		t.Fatal(err, src)
	}
	var side int
	if _, err := fmt.Sscanf(svg, "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d", &side); err != nil || side < 29+8 {
		t.Fatalf("side %d: %v in %.80s", side, err, svg)
	}
	if !strings.Contains(svg, fmt.Sprintf("<path fill='#fff' d='M0 0h%dv%dH0z'/>", side, side)) {
		t.Error("no white ground")
	}
	for _, m := range regexp.MustCompile(`M(\d+) (\d+)\.5h(\d+)`).FindAllStringSubmatch(svg, -1) {
		var x, y, n int
		fmt.Sscan(m[1]+" "+m[2]+" "+m[3], &x, &y, &n)
		if x < 4 || y < 4 || x+n > side-4 || y >= side-4 {
			t.Errorf("stroke %v enters the margin", m[0])
		}
	}
	if len(src) > 8<<10 {
		t.Errorf("%d bytes", len(src))
	}
}

func TestQRRefusesWhatDoesNotFit(t *testing.T) {
	if _, err := QR(strings.Repeat("x", 5000)); err == nil {
		t.Error("no error")
	}
}
