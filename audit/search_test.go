package audit_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pulih/audit"
	"pulih/db"
	"pulih/db/dbtest"
)

// byPerson says that an event is of the agency in front of the person's name,
// "a:siti", and of no other.
func byPerson(_ context.Context, _ *db.Tx, e audit.Event) ([]string, error) {
	agency, _, _ := strings.Cut(e.Person, ":")
	return []string{agency}, nil
}

// log writes events, a second apart, and seals them.
func log(t testing.TB, d *db.DB, clock *dbtest.Clock, where audit.Where, events ...audit.Event) {
	t.Helper()
	ctx := context.Background()
	for _, e := range events {
		clock.Advance(1e9)
		if err := d.Write(ctx, func(tx *db.Tx) error { return audit.Append(ctx, tx, e) }); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := (audit.Sealer{DB: d, Where: where}).Seal(ctx); err != nil {
		t.Fatal(err)
	}
}

func search(t testing.TB, d *db.DB, f audit.Filter, before audit.Mark, most int) (found []audit.Event) {
	t.Helper()
	ctx := context.Background()
	err := d.Read(ctx, func(tx *db.Tx) (err error) {
		found, err = audit.Search(ctx, tx, f, before, most)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func objects(events []audit.Event) (all []string) {
	for _, e := range events {
		all = append(all, e.Object)
	}
	return all
}

var (
	rina    = audit.Actor{Kind: audit.Staff, ID: "rina"}
	nobody  = audit.Actor{Kind: audit.Anonymous, Network: "10.1.2.0/24"}
	aMixLog = []audit.Event{
		{Actor: rina, Action: audit.TicketRead, Person: "a:siti", Object: "1"},
		{Actor: nobody, Action: audit.SignIn, Person: "a:siti", Object: "2", Result: "wrong"},
		{Actor: rina, Action: audit.TicketRead, Person: "b:joko", Object: "3"},
		{Actor: nobody, Action: audit.SignIn, Person: "a:dewi", Object: "4"},
		{Actor: rina, Action: audit.AttachmentRead, Person: "a:dewi", Object: "5"},
	}
)

func TestEachFilterFindsItsOwn_AU06(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		start := d.Now()
		log(t, d, clock, byPerson, aMixLog...)
		for name, c := range map[string]struct {
			filter audit.Filter
			want   string
		}{
			"everything":        {audit.Filter{}, "5 4 2 1"},
			"a person":          {audit.Filter{Person: "a:siti"}, "2 1"},
			"an object":         {audit.Filter{Object: "4"}, "4"},
			"staff":             {audit.Filter{Actor: "rina"}, "5 1"},
			"a kind of actor":   {audit.Filter{Actor: "anonymous"}, "4 2"},
			"an action":         {audit.Filter{Action: audit.SignIn}, "4 2"},
			"what went well":    {audit.Filter{Result: audit.OK}, "5 4 1"},
			"what did not":      {audit.Filter{Result: "wrong"}, "2"},
			"from":              {audit.Filter{From: start.Add(4e9)}, "5 4"},
			"until":             {audit.Filter{Until: start.Add(2e9)}, "1"},
			"several":           {audit.Filter{Person: "a:siti", Actor: "anonymous", Action: audit.SignIn, Result: "wrong"}, "2"},
			"who failed":        {audit.Filter{Actor: "anonymous", Result: "wrong"}, "2"},
			"several, and none": {audit.Filter{Person: "a:siti", Actor: "rina", Action: audit.SignIn}, ""},
			"another agency's":  {audit.Filter{Person: "b:joko"}, ""},
		} {
			c.filter.Agency = "a"
			if got := strings.Join(objects(search(t, d, c.filter, audit.Mark{}, 9)), " "); got != c.want {
				t.Errorf("%s: %q, want %q", name, got, c.want)
			}
		}
	})
}

func TestPagesAddUpToTheLog(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		var want []string
		for n := range 20 {
			clock.Advance(-1e9) // several in one instant
			log(t, d, clock, byPerson, audit.Event{Actor: nobody, Action: audit.SignIn, Person: "a:siti", Object: fmt.Sprint(n)})
			want = append([]string{fmt.Sprint(n)}, want...)
		}
		var got []string
		for before := (audit.Mark{}); ; {
			page := search(t, d, audit.Filter{Agency: "a"}, before, 7)
			if len(page) == 0 {
				break
			}
			got = append(got, objects(page)...)
			before = audit.Mark{At: page[len(page)-1].At, ID: page[len(page)-1].ID}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
	})
}

// What was sealed before there was an index is found once the clock has given
// it its places, in batches, newest first.
func TestOlderEventsGetTheirPlaces(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		ctx := context.Background()
		for range 2 { // as it was before there was an index
			write(t, d, 400)
			if _, err := (audit.Sealer{DB: d}).Seal(ctx); err != nil {
				t.Fatal(err)
			}
		}
		tamper := func(q string) {
			if err := d.Write(ctx, func(tx *db.Tx) error { _, err := tx.Exec(ctx, q); return err }); err != nil {
				t.Fatal(err)
			}
		}
		tamper(`UPDATE audit_placed SET below = 801`)
		s := audit.Sealer{DB: d, Where: func(context.Context, *db.Tx, audit.Event) ([]string, error) { return []string{"a", "b"}, nil }}
		for round, want := range []int{500, 800, 800} {
			left, err := s.PlaceOlder(ctx)
			if err != nil || left != (round == 0) {
				t.Fatal(round, left, err)
			}
			if n := len(search(t, d, audit.Filter{Agency: "b"}, audit.Mark{}, 1000)); n != want {
				t.Fatalf("round %d: %d have a place, want %d", round, n, want)
			}
		}
		log(t, d, clock, s.Where, audit.Event{Actor: nobody, Action: audit.SignIn})
		if n := len(search(t, d, audit.Filter{Agency: "a"}, audit.Mark{}, 1000)); n != 801 {
			t.Error("the new one has no place: ", n)
		}
	})
}

func TestAnIncidentNamesEachPersonOnce_PR05(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		start := d.Now()
		log(t, d, clock, byPerson, append(slices.Clone(aMixLog), audit.Event{Actor: rina, Action: audit.ReportRead, Person: "a:"})...)
		for name, c := range map[string]struct {
			incident audit.Incident
			want     string
		}{
			"all":          {audit.Incident{}, "a: 1 1; a:dewi 2 2; a:siti 2 2; "},
			"an actor":     {audit.Incident{Actor: "rina", Action: audit.AttachmentRead}, "a:dewi 1 1; "},
			"a network":    {audit.Incident{Network: "10.1."}, "a:dewi 1 1; a:siti 1 1; "},
			"no network":   {audit.Incident{Network: "%"}, ""},
			"one second":   {audit.Incident{From: start.Add(2e9), Until: start.Add(3e9)}, "a:siti 1 1; "},
			"other agency": {audit.Incident{Agency: "b"}, "b:joko 1 1; "},
		} {
			if c.incident.Agency == "" {
				c.incident.Agency = "a"
			}
			if c.incident.Until == 0 {
				c.incident.Until = d.Now() + 1
			}
			got := ""
			err := c.incident.Each(context.Background(), d, func(p audit.Affected) error {
				got += fmt.Sprintf("%s %d %d; ", p.Person, p.Events, len(p.Actions))
				return nil
			})
			if err != nil || got != c.want {
				t.Errorf("%s: %q, want %q, %v", name, got, c.want, err)
			}
		}
	})
}

func TestAllOfALongIncidentAreListed_PR05(t *testing.T) {
	d, clock := dbtest.New(t)
	var all []audit.Event
	for n := range 450 {
		all = append(all, audit.Event{Actor: nobody, Action: audit.SignIn, Person: fmt.Sprintf("a:%04d", n)})
	}
	log(t, d, clock, byPerson, all...)
	seen := map[string]bool{}
	err := audit.Incident{Agency: "a", Until: d.Now() + 1}.Each(context.Background(), d, func(p audit.Affected) error {
		seen[p.Person] = true
		return nil
	})
	if err != nil || len(seen) != 450 {
		t.Errorf("%d of 450, %v", len(seen), err)
	}
	if agencies, err := audit.Agencies(context.Background(), d); err != nil || !slices.Equal(agencies, []string{"a"}) {
		t.Error(agencies, err)
	}
}

// Who is looked up in the log is not affected by that, nor who wants his data:
// a supervisor could fill a list with people. It is found where it is asked
// for, or with what one member of staff did.
func TestReadersMakeNobodyAffected_PR05(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		log(t, d, clock, byPerson, audit.Event{Actor: rina, Action: audit.AuditRead, Person: "a:siti"},
			audit.Event{Actor: rina, Action: audit.HistoryAsked, Person: "a:budi"}, audit.Event{Actor: rina, Action: audit.HistoryExported, Person: "a:budi"},
			audit.Event{Actor: rina, Action: audit.TicketRead, Person: "a:dewi"}, audit.Event{Actor: rina, Action: audit.AuditRead, Person: "a:dewi"})
		for name, c := range map[string]struct {
			incident audit.Incident
			want     string
		}{
			"everything":     {audit.Incident{}, "a:dewi 1; "},
			"what was asked": {audit.Incident{Action: audit.AuditRead}, "a:dewi 1; a:siti 1; "},
			"what one did":   {audit.Incident{Actor: "rina"}, "a:budi 2; a:dewi 2; a:siti 1; "},
		} {
			got := ""
			c.incident.Agency, c.incident.Until = "a", d.Now()+1
			err := c.incident.Each(context.Background(), d, func(p audit.Affected) error {
				got += fmt.Sprintf("%s %d; ", p.Person, p.Events)
				return nil
			})
			if err != nil || got != c.want {
				t.Errorf("%s: %q, want %q, %v", name, got, c.want, err)
			}
		}
	})
}
