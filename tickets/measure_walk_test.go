package tickets_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pulih/db"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// What was measured event by event is what the whole history says, whatever
// happened to requests of every kind, and whenever it was folded. The figures
// of it add up, and are the same on both engines.
func TestTheMeasuresOfAWalkAreTheRebuiltOnes(t *testing.T) {
	figures := map[string]bool{}
	each(t, func(w *ticketstest.World) {
		k := newWander(w, 18)
		k.goes(380, proves)
		k.leavesNothingOut()
		kept := packs(w)
		rebuild(w)
		if packs(w) != kept {
			w.Error("rebuilt, they are others")
		}
		figures[k.addsUp()] = true
	})
	if len(figures) != 1 {
		t.Error("the engines count differently: ", figures)
	}
}

func proves(k *wander) {
	k.Helper()
	packs(k.World)
	if sum, told := proof(k.World); sum.Differ != 0 || sum.Waiting != 0 {
		k.Fatalf("after %d requests, %s: %+v\n%s", len(k.stories), k.DB.Now().Short(db.WITA), sum, told)
	}
}

// addsUp holds the figures of the walk against each other, against the lists
// behind them and against ticket_events, and gives them as text.
func (k *wander) addsUp() (text string) {
	k.Helper()
	begin, month := local(k, "2026-11-23 00.00"), 30*24*time.Hour
	bound := k.Supervisor
	bound.Staff.Units = []string{"RSUD Contoh"}
	for _, c := range []struct {
		by     tickets.By
		p      tickets.Period
		filter tickets.ReportFilter
	}{
		{k.Supervisor, tickets.Period{From: begin, Until: begin.Add(month)}, tickets.ReportFilter{}},
		{k.Supervisor, tickets.Period{From: begin.Add(month), Until: begin.Add(3 * month)}, tickets.ReportFilter{}},
		{k.Supervisor, tickets.Period{From: begin.Add(100*time.Hour + 17*time.Second), Until: begin.Add(month)}, tickets.ReportFilter{Kind: tickets.MFA}},
		{k.Supervisor, tickets.Period{From: begin, Until: begin.Add(month)}, tickets.ReportFilter{Level: tickets.L2, Channel: tickets.Counter}},
		{bound, tickets.Period{From: begin, Until: begin.Add(month)}, tickets.ReportFilter{}},
	} {
		r := addsUpFor(k.World, c.by, c.p, c.filter)
		for _, g := range r.Sums[tickets.Arrived].Groups[tickets.ByUnit] {
			if !slices.Contains([]string{"", "Dinas Pendidikan", "RSUD Contoh", "Dinas 100% Baru_"}, g.Value) {
				k.Errorf("a unit that is in no roster: %q", g.Value)
			}
		}
		for _, f := range tickets.Figures {
			text += fmt.Sprintln(f, r.Sums[f].N, r.Sums[f].Spread)
		}
		if len(c.by.Staff.Units) == 0 && c.filter == (tickets.ReportFilter{}) {
			k.countsEvents(r)
		}
	}
	return text
}

// countsEvents compares figures with what plain statements count.
func (k *wander) countsEvents(r tickets.Report) {
	k.Helper()
	const live, within = `('open', 'waiting', 'escalated', 'checked', 'approved', 'ready', 'issued')`, ` AND e.kind <> 'fraud' AND e.at >= $1 AND e.at < $2`
	for f, where := range map[tickets.Figure]string{
		tickets.Arrived:    `e.verb = 'open'`,
		tickets.Reopenings: `e.verb = 'reopen'`,
		tickets.Declined:   `e.to_state = 'refused' AND e.from_state IN ` + live,
		tickets.NotMine:    `e.verb = 'disown'`,
		tickets.Unsure:     `e.to_state = 'refused' AND e.outcome = 'Identitas tidak dapat dipastikan.' AND e.from_state IN ` + live,
		tickets.Repeat: `e.verb = 'open' AND EXISTS (SELECT 1 FROM tickets t JOIN tickets o ON o.nip = t.nip AND o.agency = t.agency AND o.kind <> 'fraud'
			AND o.opened_at < t.opened_at AND o.opened_at >= t.opened_at - 2592000000000 WHERE t.id = e.ticket)`,
		tickets.Checks:      `e.verb = 'check'`,
		tickets.LapsedCodes: `e.verb = 'lapse'`,
		tickets.Rulings: `e.from_state = 'checked' AND e.verb IN ('approve', 'sendback', 'refuse') AND e.actor_kind = 'staff' AND e.actor <>
			(SELECT c.actor FROM ticket_events c WHERE c.ticket = e.ticket AND c.verb = 'check' AND c.version < e.version ORDER BY c.version DESC LIMIT 1)`,
		tickets.Resolved: `e.to_state = 'done' AND e.from_state IN ` + live + ` AND NOT EXISTS
			(SELECT 1 FROM ticket_events x WHERE x.ticket = e.ticket AND x.cycle = e.cycle AND x.to_state = 'disowned')`,
		tickets.Dropped: `e.from_state IN ` + live + ` AND (e.to_state IN ('cancelled', 'expired', 'merged') OR e.to_state = 'done' AND EXISTS
			(SELECT 1 FROM ticket_events x WHERE x.ticket = e.ticket AND x.cycle = e.cycle AND x.to_state = 'disowned'))`,
	} {
		if n := scan[int](k.World, `SELECT count(*) FROM ticket_events e WHERE `+where+within, r.Period.From, r.Period.Until); n != r.Sums[f].N || n == 0 && f == tickets.Arrived {
			k.Errorf("%s: %d, of the events %d", f, r.Sums[f].N, n)
		}
	}
	wrong := scan[int](k.World, `SELECT count(*) FROM ticket_proofs WHERE result = 'no_match' AND at >= $1 AND at < $2`, r.Period.From, r.Period.Until)
	if r.Sums[tickets.WrongItems].N != wrong {
		k.Errorf("wrong items: %d, of the proofs %d", r.Sums[tickets.WrongItems].N, wrong)
	}
	open := scan[int](k.World, `SELECT count(*) FROM ticket_events e WHERE e.kind <> 'fraud' AND e.at < $1 AND e.to_state IN `+live+
		` AND NOT EXISTS (SELECT 1 FROM ticket_events x WHERE x.ticket = e.ticket AND x.version > e.version AND x.at < $1)`, r.Period.Until)
	if r.Sums[tickets.Backlog].N != open {
		k.Errorf("open: %d, of the events %d", r.Sums[tickets.Backlog].N, open)
	}
}
