package otp

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

var vectorSecret = Secret("12345678901234567890")

// RFC 6238 Appendix B, SHA1, cut from eight digits to the last six.
var vectors = []struct {
	unix int64
	code string
}{
	{59, "287082"}, {1111111109, "081804"}, {1111111111, "050471"},
	{1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"},
}

func TestCodeFollowsRFC6238(t *testing.T) {
	for _, v := range vectors {
		if got := Code(vectorSecret, Step(time.Unix(v.unix, 0))); got != v.code {
			t.Errorf("at %d: got %q, want %q", v.unix, got, v.code)
		}
	}
}

func TestVerifyTakesOneStepEachWay_TV01(t *testing.T) {
	now := time.Unix(1111111111, 0)
	for k := int64(-5); k <= 5; k++ {
		want := k >= -1 && k <= 1
		step, ok := Verify(vectorSecret, Code(vectorSecret, Step(now)+k), now)
		if ok != want || ok && step != Step(now)+k {
			t.Errorf("%+d steps: got step %d, %v", k, step, ok)
		}
	}
}

func TestVerifyRefusesWhatIsNotSixASCIIDigits_TV04(t *testing.T) {
	now := time.Unix(59, 0) // code 287082
	for _, code := range []string{"", " 287082", "287082 ", "287082\n", "\u00a0287082", "287 082", "28708", "2870820",
		"２８７０８２", "٢٨٧٠٨٢", "28708O", "+28708", "-28708", "287082\x00"} {
		if _, ok := Verify(vectorSecret, code, now); ok {
			t.Errorf("%q was accepted", code)
		}
	}
}

func TestUnsetSecretMatchesNothing(t *testing.T) {
	now := time.Unix(59, 0)
	for _, s := range []Secret{nil, {}, vectorSecret[:15]} {
		for _, code := range []string{"", "000000", "328482", Code(s, Step(now))} {
			if _, ok := Verify(s, code, now); ok {
				t.Errorf("%d bytes accepted %q", len(s), code)
			}
		}
	}
}

func TestVerifyNamesTheNewestOfEqualCodes_TV02(t *testing.T) {
	const step = 910737 // the first whose code is also that of the next step
	code := Code(vectorSecret, step)
	if code != Code(vectorSecret, step+1) {
		t.Fatal("no longer equal")
	}
	if got, ok := Verify(vectorSecret, code, time.Unix(step*30, 0)); !ok || got != step+1 {
		t.Errorf("got step %d, %v; want %d: the older one could be replayed", got, ok, step+1)
	}
}

func TestNearNamesTheOffsetWithinFiveMinutes_TV10(t *testing.T) {
	now := time.Unix(1234567890, 0)
	for k := -12; k <= 12; k++ {
		offset, ok := Near(vectorSecret, Code(vectorSecret, Step(now)+int64(k)), now)
		if want := abs(k) <= 10; ok != want || ok && offset != k {
			t.Errorf("%+d steps: got %d, %v", k, offset, ok)
		}
	}
}

func TestNoCodeBeforeTheEpoch(t *testing.T) {
	for second, want := range map[int64]int64{-31: -2, -30: -1, -1: -1, 0: 0, 29: 0, 30: 1} {
		if got := Step(time.Unix(second, 0)); got != want {
			t.Errorf("second %d: got step %d, want %d", second, got, want)
		}
	}
	if Code(vectorSecret, -1) != "" {
		t.Error("a negative step made a code")
	}
}

func TestVerifyAgreesWithCode(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Secret(rapid.SliceOfN(rapid.Byte(), 16, 64).Draw(t, "secret"))
		now := time.Unix(rapid.Int64Range(60, 1<<36).Draw(t, "now"), 0)
		code := Code(s, Step(now)+rapid.Int64Range(-3, 3).Draw(t, "offset"))
		want := false
		for k := int64(-1); k <= 1; k++ {
			want = want || Code(s, Step(now)+k) == code
		}
		step, ok := Verify(s, code, now)
		if ok != want || ok && Code(s, step) != code {
			t.Fatalf("got step %d, %v, want %v", step, ok, want)
		}
	})
}

func FuzzClean(f *testing.F) {
	for _, input := range []string{"123456", " 123 456", "123-456", "12345", "1234567", "１２３４５６", "123456\n", "\u00a0123456", "\xff123456", "12345O"} {
		f.Add(input)
	}
	f.Fuzz(func(t *testing.T, input string) {
		code, ok := Clean(input)
		kept := ""
		for _, b := range []byte(input) {
			if b != ' ' && b != '-' {
				kept += string(rune(b))
			}
		}
		if want := len(kept) == 6 && allDigits(kept); ok != want || ok && code != kept || !ok && code != "" {
			t.Errorf("Clean(%q) = %q, %v", input, code, ok)
		}
	})
}

func allDigits(s string) bool {
	for _, b := range []byte(s) {
		if b < '0' || b > '9' {
			return false
		}
	}
	return true
}
