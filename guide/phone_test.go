package guide

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"pulih/db"
	"pulih/otp"
)

// phone is a simulated authenticator: its clock is wrong by drift, its owner types each code delay after reading it.
type phone struct {
	secret otp.Secret
	drift  time.Duration
	delay  time.Duration
}

func (p phone) code(read time.Time) otp.Typed {
	return otp.Typed{Code: otp.Code(p.secret, otp.Step(read.Add(p.drift))), At: read.Add(p.delay)}
}

// finding is what two codes in a row tell.
func (p phone) finding(read time.Time) Finding {
	first, second := p.code(read), p.code(read.Add(30*time.Second))
	pair := otp.SearchPair(p.secret, first, second, otp.Window)[0]
	return Finding{Method: ByCode, Drift: otp.ReadingAt(first.At, pair.First).Drift().
		And(otp.ReadingAt(second.At, pair.Second).Drift())}
}

func TestTwoCodesOfAnyPhoneWithin26HoursTellItsDrift(t *testing.T) {
	secret := otp.NewSecret()
	start := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	for i, d := 0, -26*time.Hour+time.Minute; d < 26*time.Hour; i, d = i+1, d+29*time.Minute {
		p := phone{secret, d, time.Duration(3+i%13) * time.Second}
		v := Judge(p.finding(start.Add(time.Duration(i) * 7 * time.Second)))
		if off := (v.Drift.Middle() - d).Abs(); off > 25*time.Second {
			t.Errorf("%s was measured as %s", d, v.Drift.Middle())
		}
		if truth := (Finding{Method: ByBrowser, Drift: exactly(d)}).cause(); v.Cause != truth && !border(d) {
			t.Errorf("%s: got %q, want %q", d, v.Cause, truth)
		}
	}
}

// border is where 25 seconds more or less may rightly change the cause.
func border(d time.Duration) bool {
	truth := func(e time.Duration) Cause { return Finding{Method: ByBrowser, Drift: exactly(d + e)}.cause() }
	return truth(-25*second) != truth(25*second)
}

func TestReadClockBoundsEveryPhone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := rapid.SampledFrom([]db.Zone{db.WIB, db.WITA, db.WIT}).Draw(t, "zone")
		drift := time.Duration(rapid.IntRange(-11*3600, 11*3600).Draw(t, "drift s")) * time.Second
		read := time.Unix(rapid.Int64Range(1_750_000_000, 1_850_000_000).Draw(t, "now"), 0)
		delay := time.Duration(rapid.IntRange(0, 29).Draw(t, "delay")) * time.Second
		shown := read.Add(drift).In(zone.Location).Format("15:04")
		f, err := ReadClock(shown, zone, read.Add(delay))
		if err != nil || drift < f.Drift.Low || drift >= f.Drift.High {
			t.Fatalf("%s shown as %s: got %v, %v", drift, shown, f.Drift, err)
		}
		if v := Judge(f); drift == 0 && v.Light != Green {
			t.Fatalf("a right clock is %s", v.Light)
		}
	})
}

func TestReadClockSeesWholeHoursAndHalfDays(t *testing.T) {
	now := time.Date(2026, 11, 23, 2, 0, 20, 0, time.UTC) // 10.00.20 WITA
	for typed, want := range map[string]Cause{
		"10:00": NoCause, "09:59": NoCause, "9.59": NoCause,
		"10:06": Unsynchronised, "10:01": Unsynchronised, "09:58": Unsynchronised, "09:00": WrongZone, "12:00": WrongZone, "02:00": WrongZone,
		"22:00": HalfDay, "21:59": HalfDay, "13:30": ByHand,
	} {
		f, err := ReadClock(typed, db.WITA, now)
		if got := Judge(f).Cause; err != nil || got != want {
			t.Errorf("%s: got %q, %v; want %q", typed, got, err, want)
		}
	}
}

func TestReadClockRefusesWhatIsNoHour(t *testing.T) {
	for _, typed := range []string{"", "24:00", "10:60", "1000", "10", "10:0", "１０:００", "10:00 PM", "-1:00", "10:00:99"} {
		if f, err := ReadClock(typed, db.WIB, time.Unix(0, 0)); !errors.Is(err, ErrHour) {
			t.Errorf("%q was read as %s", typed, fmt.Sprint(f))
		}
	}
}
