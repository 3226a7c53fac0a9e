package tickets_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"pulih/accounts"
	"pulih/db"
	"pulih/secret"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// wander takes requests of every kind through every verb at random, over nights,
// weekends and holidays. The same seed walks the same way on both engines.
type wander struct {
	*ticketstest.World
	random  *rand.Rand
	people  []ticketstest.Someone
	stories []*ticketstest.Story
	agents  []tickets.By
	seconds []tickets.By // who approves
	days    string       // the agency's holidays
	version int64        // of its calendar and its targets
	rares   int
}

// ways are how far somebody's request is brought, and what is done there.
var ways = []struct {
	kind    tickets.Kind
	channel tickets.Channel
	state   tickets.State
	then    []string
}{
	{tickets.MFA, tickets.Remote, tickets.Ready, []string{"pass", "revoke"}},
	{tickets.Email, tickets.Counter, tickets.Ready, []string{"changeemail"}},
	{tickets.MFA, tickets.Counter, tickets.Checked, []string{"misread", "approve", "mature", "pass", "enrol"}},
	{tickets.Lock, tickets.Remote, tickets.Open, []string{"twin", "merge", "merge", "unlock", "unlock"}},
	{tickets.MFA, tickets.Remote, tickets.Escalated, []string{"remind"}},
	{tickets.MFA, tickets.Counter, tickets.Ready, []string{"pass", "letpass"}},
	{tickets.Email, tickets.Remote, tickets.Approved, []string{"void", "mature"}},
	{tickets.MFA, tickets.Remote, tickets.Checked, []string{"recall", "sendback", "sendback"}},
}

func newWander(w *ticketstest.World, seed uint64) *wander {
	k := &wander{World: w, random: rand.New(rand.NewPCG(seed, seed)), days: "tanggal;jenis;nama\n"}
	both := w.Staff("197601012000011001", "Hana", accounts.Agent, accounts.Approver)
	k.agents = []tickets.By{w.Checker, w.Other, both}
	k.seconds = []tickets.By{w.Approver, w.Staff("198501012010011005", "Putu", accounts.Approver), both}
	for i := range 12 {
		p := w.Person(secret.NIP(fmt.Sprintf("1986071720160511%02d", i)), fmt.Sprint("Orang ", i))
		exec(w, `UPDATE people SET unit = $2 WHERE id = $1`, p.ID, []string{"Dinas Pendidikan", "RSUD Contoh", "Dinas 100% Baru_"}[i%3])
		k.people = append(k.people, p)
	}
	for i := range 3 {
		k.people = append(k.people, w.Newcomer(secret.NIP(fmt.Sprintf("1986071720160512%02d", i)), fmt.Sprint("Baru ", i)))
	}
	k.people = append(k.people, ticketstest.Someone{Person: accounts.Person{NIP: "198607172016051301", Name: "Tak dikenal"}})
	return k
}

// goes takes so many steps. After each few, check is called.
func (k *wander) goes(steps int, check func(*wander)) {
	k.Helper()
	for i := range steps {
		k.passTime()
		switch n := k.random.IntN(100); {
		case n < 7 || len(k.stories) < 3:
			k.file()
		case n < 12:
			k.declare()
		default:
			k.act(k.one())
		}
		if k.random.IntN(3) == 0 {
			k.Tick()
		}
		if i%40 == 39 {
			k.rare()
		}
		if i%15 == 14 {
			check(k)
		}
	}
}

// passTime goes on by anything from parts of a second to days. Half of the
// time it then is an hour of work: else hardly anything happens at a counter.
func (k *wander) passTime() {
	most := []time.Duration{time.Minute, time.Minute, time.Minute, 5 * time.Minute, 20 * time.Minute, time.Hour, 9 * time.Hour}[k.random.IntN(7)]
	k.Clock.Advance(time.Duration(k.random.Int64N(int64(most))).Truncate(time.Microsecond))
	if k.random.IntN(3) > 0 {
		k.toWork()
	}
}

// toWork goes on to an hour of work.
func (k *wander) toWork() {
	c, err := form(k.days).Calendar()
	if err != nil {
		k.Fatal(err)
	}
	for !c.Open(k.DB.Now()) {
		k.Clock.Advance(20 * time.Minute)
	}
}

func (k *wander) file() {
	p := pick(k.random, k.people...)
	if n := len(k.stories); n > 0 && k.random.IntN(3) == 0 {
		p = k.stories[n-1].Subject // once more
	}
	f := tickets.Filing{NIP: p.NIP, Name: p.Name, Unit: pick(k.random, "Disdik", "dinas pendidikan", ""), Phone: "0811111111", Problem: "Tidak bisa masuk",
		Kind:    pick(k.random, tickets.MFA, tickets.MFA, tickets.Email, tickets.Lock, tickets.Activation, tickets.Other),
		Channel: pick(k.random, tickets.Remote, tickets.Counter), Cause: pick(k.random, "", "hilang", "rusak")}
	if p.Key == nil && k.random.IntN(2) == 0 {
		f.Kind = tickets.Activation
	}
	if f.Channel == tickets.Counter && k.random.IntN(2) == 0 {
		f.By = &k.Other
	}
	r, err := k.Desk.Open(k.Context(), f, ticketstest.Stranger)
	if err == nil {
		k.stories = append(k.stories, &ticketstest.Story{World: k.World, Subject: p, Secret: r.Secret, Number: r.Number})
	}
}

// one is a request of late, mostly one that lives.
func (k *wander) one() *ticketstest.Story {
	s := k.stories[0]
	for range 5 {
		s = k.stories[len(k.stories)-1-k.random.IntN(min(9, len(k.stories)))]
		if s.State().Live() || k.random.IntN(8) == 0 {
			break
		}
	}
	return s
}

// declare has the agency change its calendar, for days that are over too, or
// its targets.
func (k *wander) declare() {
	k.version++
	if k.random.IntN(3) == 0 {
		put(k.World, ticketstest.Agency, tickets.TargetSetting, k.version, tickets.Targets{tickets.Other: tickets.Minutes(30 + k.random.IntN(600))})
		return
	}
	day := k.DB.Now().Add(time.Duration(k.random.IntN(6)-4) * 24 * time.Hour)
	k.days += day.Time().In(db.WITA.Location).Format(time.DateOnly) + ";libur;Hari jadi\n"
	put(k.World, ticketstest.Agency, tickets.CalendarSetting, k.version, form(k.days))
}

// rare brings somebody's request a good part of its way, and there does what
// seldom comes of itself and has not been done yet.
func (k *wander) rare() {
	k.toWork()
	p := k.Person(newNIP(), "Orang Baru")
	k.people = append(k.people, p)
	way := ways[k.rares%len(ways)]
	k.rares++
	s := k.FileKind(p, way.kind, way.channel)
	k.stories = append(k.stories, s)
	s.To(way.state)
	for _, verb := range way.then {
		k.do(verb, s)
	}
	walked := k.walked()
	for _, verb := range []string{"merge", "takeover", "release", "return", "reclassify", "unproof", "detach", "note", "withdraw"} {
		for _, s := range k.stories[max(0, len(k.stories)-20):] {
			if slices.Contains(walked, verb) {
				break
			}
			k.do(verb, s)
			walked = k.walked()
		}
	}
}

// act does what leads on, or else anything; whether it may is for the desk to
// say.
func (k *wander) act(s *ticketstest.Story) {
	verb := pick(k.random, k.onward(s)...)
	if k.random.IntN(4) == 0 {
		verb = pick(k.random, walkVerbs...)
	}
	k.do(verb, s)
}

func (k *wander) do(verb string, s *ticketstest.Story) {
	by := k.agents[len(s.Subject.Name)%2] // as if he had claimed it
	switch {
	case k.random.IntN(5) == 0:
		by = pick(k.random, k.agents...)
	case slices.Contains([]string{"approve", "misread", "sendback", "recall"}, verb):
		by = pick(k.random, k.seconds...)
	case verb == "takeover":
		by = k.Supervisor
	}
	k.Prove(by)
	if do, special := walkActs[verb]; special {
		do(k, s, by)
		return
	}
	_ = acts[verb](s, by)
}

func pick[T any](random *rand.Rand, all ...T) T { return all[random.IntN(len(all))] }

// onward are the verbs that lead on from where a request is.
func (k *wander) onward(s *ticketstest.Story) []string {
	status := s.Status()
	switch status.State {
	case tickets.Open:
		if status.Kind.Changes() {
			return []string{"evidence", "evidence", "check", "ask", "mismatch"}
		}
		return []string{"claim", "release", "ask", "identify", "identify", "resolve", "unlock", "resolve", "merge", "refuse"}
	case tickets.Waiting:
		return []string{"reply", "reply", "attach", "ask", "detach"}
	case tickets.Escalated:
		return []string{"return", "ask", "letpass"}
	case tickets.Checked:
		return []string{"approve", "approve", "approve", "approve", "misread", "misread", "sendback", "refuse", "recall"}
	case tickets.Approved:
		return []string{"mature"}
	case tickets.Ready:
		return []string{"pass", "pass", "pass", "changeemail", "changeemail", "changeemail", "letpass"}
	case tickets.Issued:
		return []string{"enrol", "enrol", "letpass", "revoke"}
	case tickets.Done, tickets.Refused:
		return []string{"reopen", "reopenmine", "note"}
	}
	return walkVerbs
}

// walked are the verbs of all that has happened.
func (k *wander) walked() (verbs []string) {
	k.Write(func(ctx contextType, tx *db.Tx) (err error) {
		verbs, err = db.All(ctx, tx, scanWord, `SELECT DISTINCT verb FROM ticket_events`)
		return err
	})
	return verbs
}

func scanWord(row db.Scanner) (word string, err error) {
	err = row.Scan(&word)
	return word, err
}

// rest are verbs of nobody's own act.
var rest = []string{"open", "letgo", "mature", "lapse", "expire", "enrol", "callcode", "takein", "remind"}

// leavesNothingOut fails unless every verb was walked: a walk that leaves some
// out would find no fault.
func (k *wander) leavesNothingOut() {
	k.Helper()
	walked := k.walked()
	for _, verb := range slices.Concat(rest, walkVerbs) {
		composed := []string{"twin", "misread", "evidence", "mismatch", "misread", "letpass", "pass", "reopenmine"}
		if !slices.Contains(walked, verb) && !slices.Contains(composed, verb) {
			k.Error("not walked: ", verb)
		}
	}
}
