package otp

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// phone is an authenticator whose clock is wrong by drift and whose owner needs delay to type.
type phone struct {
	secret Secret
	drift  time.Duration
}

func (p phone) read(at time.Time, delay time.Duration) Typed {
	return Typed{Code(p.secret, Step(at.Add(p.drift))), at.Add(delay)}
}

func TestPairFindsEveryDriftWithin26Hours(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := phone{NewSecret(), time.Duration(rapid.Int64Range(-93_500_000, 93_500_000).Draw(t, "drift ms")) * time.Millisecond}
		read := time.UnixMilli(rapid.Int64Range(1_700_000_000_000, 1_900_000_000_000).Draw(t, "now"))
		delay := rapid.Int64Range(0, 25_000)
		first := p.read(read, time.Duration(delay.Draw(t, "delay 1"))*time.Millisecond)
		second := p.read(read.Add(30*time.Second), time.Duration(delay.Draw(t, "delay 2"))*time.Millisecond)
		found := SearchPair(p.secret, first, second, Window)
		if !slices.ContainsFunc(found, func(pair Pair) bool { return pair.explains(p, first, second) }) {
			t.Fatalf("drift %s not found in %v", p.drift, found)
		}
	})
}

func (q Pair) explains(p phone, first, second Typed) bool {
	d := ReadingAt(first.At, q.First).Drift().And(ReadingAt(second.At, q.Second).Drift())
	return d.Low <= p.drift && p.drift < d.High && d.Bound() <= 27500*time.Millisecond
}

func TestPairOfTheWrongEntryFindsNothing(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	found := 0
	for i := range 60 {
		wrong := phone{NewSecret(), 0}
		at := now.Add(time.Duration(i) * time.Hour)
		found += len(SearchPair(vectorSecret, wrong.read(at, 0), wrong.read(at.Add(30*time.Second), 0), Window))
	}
	if found > 0 {
		t.Errorf("%d of 60 wrong entries were taken for a drift; 2e-8 is expected", found)
	}
}

func TestPairNeedsALaterCode(t *testing.T) {
	p := phone{vectorSecret, -4 * time.Minute}
	at := time.Unix(1_800_000_000, 0)
	once := p.read(at, 3*time.Second)
	again := Typed{once.Code, at.Add(20 * time.Second)}
	if found := SearchPair(p.secret, once, again, Window); len(found) > 0 {
		t.Errorf("the same code twice gave %v", found)
	}
	first, second := Search(p.secret, once.Code, once.At, Window), Search(p.secret, again.Code, again.At, Window)
	if !Repeats(first, once.At, second, again.At) {
		t.Error("the same code twice was not noticed")
	}
}

func TestSearchIgnoresWhatIsNoCode(t *testing.T) {
	for _, code := range []string{"", "12345", "１２３４５６", "12345a"} {
		if found := Search(vectorSecret, code, time.Unix(59, 0), Window); found != nil {
			t.Errorf("%q gave %v", code, found)
		}
	}
}

func TestReadingBoundsTheDrift(t *testing.T) {
	at := time.Unix(1_800_000_010, 0) // ten seconds into a step
	for _, c := range []struct{ offset, low, high int }{{0, -10, 45}, {1, 20, 75}, {-8, -250, -195}} {
		got := ReadingAt(at, c.offset).Drift()
		want := Drift{time.Duration(c.low) * time.Second, time.Duration(c.high) * time.Second}
		if got != want {
			t.Errorf("offset %d: got %v, want %v", c.offset, got, want)
		}
	}
}

func TestPressAtTheChangeIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := phone{vectorSecret, time.Duration(rapid.IntRange(-5000, 5000).Draw(t, "drift s")) * time.Second}
		step := rapid.Int64Range(50_000_000, 60_000_000).Draw(t, "step")
		age := time.Duration(rapid.IntRange(1, 28).Draw(t, "age")) * time.Second
		change := time.Unix(step*30, 0).Add(-p.drift)
		got := Reading{step, change.Add(age)}.DriftAtChange(age)
		if got.Low > p.drift || got.High <= p.drift || got.Bound() > 2*time.Second {
			t.Fatalf("drift %s: got %v", p.drift, got)
		}
	})
}

func TestForgedAgeOfAPressSaysNothing(t *testing.T) {
	r := Reading{60_000_000, time.Unix(1_800_000_010, 0)}
	for _, age := range []time.Duration{-time.Second, 31 * time.Second, 1 << 62, -1 << 62} {
		if got := r.DriftAtChange(age); got != r.Drift() {
			t.Errorf("age %s: got %v", age, got)
		}
	}
}

func TestContradictionKeepsTheFasterPhone(t *testing.T) {
	late, prompt := Drift{-90 * time.Second, -35 * time.Second}, Drift{-20 * time.Second, 35 * time.Second}
	if late.And(prompt) != prompt || prompt.And(late) != prompt {
		t.Error("a code typed late made the phone slow")
	}
}

// The searched codes are those that sign in (RFC 4226 §5.3, by the library).
func TestARowOfCodesIsTheLibrarys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, step := NewSecret(), rapid.Int64Range(0, 1<<40).Draw(t, "step")
		if got := newRow(s).code(step); got != number(Code(s, step)) {
			t.Fatalf("step %d: %06d, not %s", step, got, Code(s, step))
		}
	})
}

func TestAShortSecretHasNoCodes(t *testing.T) {
	if found := Search(Secret("short"), "000000", time.Unix(1_800_000_000, 0), WindowWeek); found != nil {
		t.Errorf("found %v", found)
	}
}

func BenchmarkSearch(b *testing.B) {
	for name, window := range map[string]int{"26h": Window, "7d": WindowWeek, "400d": WindowYear} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Search(vectorSecret, "123456", time.Unix(1_800_000_000, 0), window)
			}
		})
	}
}
