package tickets

import (
	"math/rand/v2"
	"testing"
	"time"

	"pulih/db"
)

// life makes up a history: a ticket that is claimed, asked, answered,
// closed, reopened and filed as something else, at any hour.
func life(random *rand.Rand, begin db.Time) []moment {
	target := func() time.Duration { return time.Duration(1+random.IntN(40)) * time.Hour }
	m := moment{at: begin, to: Open, cycle: 1, kind: MFA, target: target()}
	history := []moment{m}
	for range random.IntN(12) {
		m.at = m.at.Add(time.Duration(random.Int64N(int64(60*time.Hour))) / 1000 * 1000)
		if !m.to.Live() {
			m.cycle++
			m.to, m.target = Open, target()
		} else {
			m.to = []State{Open, Open, Waiting, Escalated, Checked, Done}[random.IntN(6)]
		}
		if m.to == Open && random.IntN(8) == 0 {
			m.kind, m.target = []Kind{Email, Other, MFA, Lock}[random.IntN(4)], target()
		}
		history = append(history, m)
	}
	return history
}

// byHand adds up, minute by minute, what a timer has to say: nothing of it is
// shared with the code.
func byHand(c Calendar, history []moment, now db.Time) (spent time.Duration) {
	cycle := history[len(history)-1].cycle
	for i, m := range history {
		until := now
		if i+1 < len(history) {
			until = history[i+1].at
		}
		if m.cycle != cycle || m.to == Waiting || m.to == Done {
			continue
		}
		for at := m.at; at < until; at = at.Add(time.Minute) {
			if c.Open(at) {
				spent += time.Minute
			}
		}
	}
	return spent
}

func calendars(random *rand.Rand) Calendar {
	c := Office([]db.Zone{db.WIB, db.WITA, db.WIT}[random.IntN(3)])
	days := Ramadan(Date{2026, 2, 18}, Date{2026, 3, 19})
	for range random.IntN(20) {
		day := dateOf(time.Date(2026, 2, 1+random.IntN(60), 0, 0, 0, 0, time.UTC))
		days = append(days, Exception{From: day, Until: day, Kind: Holiday, Name: "Libur"})
	}
	return c.apply(sorted(days))
}

func TestTheTimerIsWhatItsHistorySays(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 400 {
		c := calendars(random)
		begin := db.At(time.Date(2026, 2, 1+random.IntN(40), random.IntN(24), random.IntN(60), 0, 0, time.UTC))
		history := life(random, begin)
		for i := range history {
			history[i].at -= history[i].at % db.Time(time.Minute.Microseconds())
		}
		got := rebuild(c, history)
		now := history[len(history)-1].at.Add(90 * time.Minute)
		if want := byHand(c, history, now); got.At(c, now) != want {
			t.Fatalf("spent %s, by hand %s: %v", got.At(c, now), want, history)
		}
		if got.Since != 0 && got.Due > now && got.At(c, got.Due) != got.Target {
			t.Fatalf("due at %s, with %s of %s spent", got.Due.Short(db.WITA), got.At(c, got.Due), got.Target)
		}
		if got.Since != 0 && got.Spent >= got.Target && got.Due > now {
			t.Fatalf("late, and due at %s", got.Due.Short(db.WITA))
		}
	}
}

// What only spends time may be left out: the stored row hears of nothing else.
func TestTheTimerNeedsOnlyWhatConcernsIt(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for range 2000 {
		c := calendars(random)
		history := life(random, db.At(time.Date(2026, 2, 10, random.IntN(24), 7, 0, 0, time.UTC)))
		var stored Timer
		for _, m := range history {
			if stored.Cycle == 0 || stored.concerns(m) {
				stored = stored.after(c, m)
			}
		}
		full, now := rebuild(c, history), history[len(history)-1].at.Add(30*time.Hour)
		if stored.At(c, now) != full.At(c, now) || stored.Target != full.Target || stored.Ended != full.Ended {
			t.Fatalf("stored %+v, rebuilt %+v", stored, full)
		}
		if stored.Due != full.Due && full.Spent < full.Target {
			t.Fatalf("stored due %s, rebuilt %s", stored.Due.Short(db.WITA), full.Due.Short(db.WITA))
		}
	}
}

func TestTheStepsAddUp(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for range 1000 {
		c := calendars(random)
		history := life(random, db.At(time.Date(2026, 2, 10, random.IntN(24), 7, 0, 0, time.UTC)))
		timer, now := rebuild(c, history), history[len(history)-1].at.Add(5*time.Hour)
		var past, ahead time.Duration
		for _, s := range c.explain(history, timer, now) {
			if s.Ahead {
				ahead += s.Work
			} else {
				past += s.Work
			}
			if s.Paused && s.Work > 0 || s.From >= s.Until {
				t.Fatalf("%+v", s)
			}
		}
		if past != timer.At(c, now) || timer.Since != 0 && timer.Due > now && past+ahead != timer.Target {
			t.Fatalf("%s and %s, want %s of %s", past, ahead, timer.At(c, now), timer.Target)
		}
	}
}

func TestTheStepsOfAWeekEndAndAPause(t *testing.T) {
	c := Office(db.WITA).apply([]Exception{{From: Date{2026, 11, 25}, Until: Date{2026, 11, 25}, Kind: Holiday, Name: "Hari Guru"}})
	at := func(day, hour int) db.Time { return db.At(time.Date(2026, 11, day, hour, 0, 0, 0, c.Zone)) }
	history := []moment{{at(20, 15), Open, 1, MFA, 15 * time.Hour}, {at(23, 9), Open, 1, MFA, 0}, {at(23, 10), Waiting, 1, MFA, 0}, {at(24, 14), Open, 1, MFA, 0}}
	timer := rebuild(c, history)
	var got []string
	for _, s := range c.explain(history, timer, at(24, 15)) {
		got = append(got, s.From.Short(db.WITA)+" "+s.Work.String()+" "+s.Why)
	}
	want := []string{"20-11-2026 15.00 1h30m0s ", "21-11-2026 00.00 0s Bukan hari kerja", "23-11-2026 00.00 2h30m0s ", "23-11-2026 10.00 0s Menunggu pemohon",
		"24-11-2026 14.00 1h0m0s ", "24-11-2026 15.00 1h0m0s ", "25-11-2026 00.00 0s Hari Guru", "26-11-2026 00.00 7h30m0s ", "27-11-2026 00.00 1h30m0s "}
	if len(got) != len(want) {
		t.Fatalf("%q", got)
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("%q, want %q", got[i], want[i])
		}
	}
}
