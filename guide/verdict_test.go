package guide

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"pulih/otp"
)

// exactly is a drift measured to the second.
func exactly(d time.Duration) otp.Drift {
	return otp.Drift{Low: d - time.Second, High: d + time.Second}
}

const second = time.Second

func TestLightIsNotSymmetric_clock45(t *testing.T) {
	for d, want := range map[time.Duration]Light{
		0: Green, -15 * second: Green, 30 * second: Green,
		-16 * second: Amber, -45 * second: Amber, 31 * second: Amber, 50 * second: Amber,
		-46 * second: Red, 51 * second: Red, -26 * time.Hour: Red, 26 * time.Hour: Red,
	} {
		if got := Judge(Finding{Method: ByBrowser, Drift: exactly(d)}).Light; got != want {
			t.Errorf("%s: got %s, want %s", d, got, want)
		}
	}
}

func TestDriftBetraysItsCause_clock45(t *testing.T) {
	type c struct {
		drift time.Duration
		cause Cause
		text  string
	}
	cases := []c{
		{0, NoCause, "Jam HP Anda cocok"},
		{-12 * second, NoCause, "Jam HP Anda cocok"},
		{-20 * second, Unsynchronised, "Jam HP Anda terlambat 20 detik"},
		{40 * second, Unsynchronised, "Jam HP Anda lebih cepat 40 detik"},
		{-4 * time.Minute, Unsynchronised, "Jam HP Anda terlambat 4 menit"},
		{9*time.Minute + 50*second, Unsynchronised, "Jam HP Anda lebih cepat 10 menit"},
		{25 * time.Minute, ByHand, "Jam HP Anda lebih cepat 25 menit"},
		{-59*time.Minute - 45*second, WrongZone, "Jam HP Anda terlambat tepat 1 jam"},
		{-5*time.Hour - 3*time.Minute, ByHand, "Jam HP Anda terlambat 5 jam 3 menit"},
		{12*time.Hour + 80*second, HalfDay, "Jam HP Anda lebih cepat tepat 12 jam"},
		{-12 * time.Hour, HalfDay, "Jam HP Anda terlambat tepat 12 jam"},
		{24 * time.Hour, WrongDate, "Jam HP Anda lebih cepat 24 jam"},
		{-25 * time.Hour, WrongDate, "Jam HP Anda terlambat 25 jam"},
		{23 * time.Hour, WrongDate, "Jam HP Anda lebih cepat 23 jam"},
		{20 * time.Hour, ByHand, "Jam HP Anda lebih cepat 20 jam"},
		{-50 * 365 * day, WrongDate, "Jam HP Anda terlambat 18250 hari"},
		{3*day + 5*time.Hour, WrongDate, "Jam HP Anda lebih cepat 3 hari"},
	}
	for _, n := range []time.Duration{-9, -8, -7, -2, -1, 1, 2, 7, 8, 9} {
		cases = append(cases, c{n*time.Hour + 75*second, WrongZone, ""})
	}
	for _, c := range cases {
		v := Judge(Finding{Method: ByBrowser, Drift: exactly(c.drift)})
		if v.Cause != c.cause || c.text != "" && v.Headline() != c.text {
			t.Errorf("%s: got %q, %q; want %q, %q", c.drift, v.Cause, v.Headline(), c.cause, c.text)
		}
	}
}

func TestAppAndPhoneThatDisagreeBetrayTheCorrection_clock47(t *testing.T) {
	for _, c := range []struct {
		app, phone time.Duration
		cause      Cause
		text       string
	}{
		{-2 * time.Minute, second, Leftover, "Jam HP benar, tetapi aplikasi autentikator terlambat 2 menit"},
		{time.Minute, 0, Leftover, "Jam HP benar, tetapi aplikasi autentikator lebih cepat 1 menit"},
		{2 * second, 4 * time.Minute, Corrected, "Kode Anda benar, tetapi jam HP lebih cepat 4 menit"},
		{4 * time.Minute, 4 * time.Minute, Unsynchronised, "Jam HP Anda lebih cepat 4 menit"},
		{90 * second, 0, Unsynchronised, "Jam HP Anda lebih cepat 2 menit"},
		{-20 * second, 0, Unsynchronised, "Jam HP Anda terlambat 20 detik"},
		{0, 0, NoCause, "Jam HP Anda cocok"},
	} {
		phone := exactly(c.phone)
		v := Judge(Finding{Method: ByCode, Drift: exactly(c.app), System: &phone})
		if v.Cause != c.cause || v.Headline() != c.text {
			t.Errorf("app %s, phone %s: got %q, %q; want %q, %q", c.app, c.phone, v.Cause, v.Headline(), c.cause, c.text)
		}
	}
}

func TestRoughMeasurementClaimsNoMoreThanItKnows(t *testing.T) {
	v := Judge(Finding{Method: ByCode, Drift: otp.Drift{Low: -60 * second, High: -5 * second}})
	if v.Sure || v.Headline() != "Jam HP Anda terlambat sekitar 35 detik" {
		t.Errorf("got sure %v, %q", v.Sure, v.Headline())
	}
}

func TestComputerIsNotCalledAPhone(t *testing.T) {
	v := Judge(Finding{Method: ByBrowser, Drift: exactly(4 * time.Minute), Computer: true})
	if v.Headline() != "Jam komputer ini lebih cepat 4 menit" || v.Advice()[0].Do != OnPhone {
		t.Errorf("got %q, %v", v.Headline(), v.Advice()[0])
	}
}

func TestAdviceStartsWithTheLikeliestHelp_clock47(t *testing.T) {
	zero := exactly(0)
	for name, c := range map[string]struct {
		Finding
		first []Do
	}{
		"red":        {Finding{Method: ByBrowser, Drift: exactly(-4 * time.Minute)}, []Do{Automatic, Retest, SyncApp, Entry, File}},
		"amber":      {Finding{Method: ByBrowser, Drift: exactly(-30 * second)}, []Do{FreshCode, Automatic, Retest}},
		"green":      {Finding{Method: ByBrowser, Drift: zero}, []Do{Practise, Entry}},
		"green code": {Finding{Method: ByCode, Drift: zero}, []Do{Entry, FreshCode, File, Forget}},
		"leftover":   {Finding{Method: ByCode, Drift: exactly(2 * time.Minute), System: &zero}, []Do{SyncApp, Retest}},
		"eye":        {Finding{Method: ByEye, Drift: exactly(2 * time.Hour)}, []Do{Automatic, Practise}},
	} {
		got := Judge(c.Finding).Advice()
		for i, do := range c.first {
			if i >= len(got) || got[i].Do != do {
				t.Errorf("%s: got %v, want %v", name, got, c.first)
				break
			}
		}
	}
}

func TestEverySentenceIsShortAndPlain(t *testing.T) {
	var all []string
	for _, m := range []Method{ByBrowser, ByCode, ByEye} {
		for d := -27 * time.Hour; d <= 27*time.Hour; d += 37 * time.Second {
			v := Judge(Finding{Method: m, Drift: exactly(d), Computer: m == ByBrowser && d%2 == 0})
			all = append(all, v.Headline(), v.Meaning(), v.Why())
			for _, a := range v.Advice() {
				all = append(all, a.Title, a.Text)
			}
		}
	}
	end := regexp.MustCompile(`[.?] `)
	for _, text := range all {
		for _, sentence := range end.Split(text, -1) {
			if words := len(strings.Fields(sentence)); words > 15 {
				t.Fatalf("%d words: %q", words, sentence)
			}
		}
	}
}

func TestBrandIsGuessedOrLeftToThePerson(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/150.0 Mobile Safari/537.36":                      "",
		"Mozilla/5.0 (Linux; Android 13; SAMSUNG SM-A145F) AppleWebKit/537.36 SamsungBrowser/27.0 Chrome/125.0 Mobile": "samsung",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148":                    "iphone",
		"Mozilla/5.0 (Linux; U; Android 12; id-id; Redmi 9A) Mobile Safari MiuiBrowser/14":                             "xiaomi",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/150.0":                                                       "windows",
		"": "",
	} {
		got := GuessBrand(agent)
		if got != want {
			t.Errorf("%q: got %q, want %q", agent, got, want)
		}
		if _, ok := BrandByKey(got); !ok && got != "" {
			t.Errorf("no brand %q", got)
		}
		if IsComputer(agent) != strings.Contains(agent, "Windows") {
			t.Errorf("%q is taken for the wrong device", agent)
		}
	}
}
