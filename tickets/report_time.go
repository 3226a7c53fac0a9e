package tickets

import (
	"context"
	"slices"
	"time"

	"pulih/db"
)

// pause is a time in which a ticket waited for the person.
type pause struct {
	ticket string
	at     db.Time
	begins bool
}

// spreads measures the time to resolution of every ticket that was resolved
// in the period, those that missed their target too.
func (d *Desk) spreads(ctx context.Context, tx *db.Tx, by By, r *Report) error {
	resolved, err := db.All(ctx, tx, scanSpan, selectSpans, by.Staff.Agency, r.Period.From, r.Period.Until, by.units())
	if err != nil {
		return err
	}
	pauses, err := db.All(ctx, tx, scanPause, selectPauses, by.Staff.Agency, r.Period.From, r.Period.Until, by.units())
	if err != nil {
		return err
	}
	c, err := d.calendarOf(ctx, tx, by.Staff.Agency)
	if err != nil {
		return err
	}
	waited := c.waited(pauses)
	var wall, work []time.Duration
	for _, s := range resolved {
		wall = append(wall, s.Until.Sub(s.From))
		work = append(work, c.Between(s.From, s.Until)-waited[s.ticket])
	}
	r.Wall, r.Work = spread(wall), spread(work)
	return nil
}

// waited adds up the working time of each ticket's pauses. They come in order,
// and a ticket that is resolved has ended each one.
func (c Calendar) waited(pauses []pause) map[string]time.Duration {
	waited := map[string]time.Duration{}
	var begun db.Time
	for _, p := range pauses {
		if p.begins {
			begun = p.at
		} else {
			waited[p.ticket] += c.Between(begun, p.at)
		}
	}
	return waited
}

// spread is the median, the mean of the two in the middle where n is even,
// and the 90th percentile by nearest rank.
func spread(all []time.Duration) Spread {
	n := len(all)
	if n == 0 {
		return Spread{}
	}
	slices.Sort(all)
	rank := (9*n + 9) / 10 // 0.9 n, rounded up
	return Spread{n, (all[(n-1)/2] + all[n/2]) / 2, all[rank-1]}
}

// days counts by the day of the agency.
func (d *Desk) days(ctx context.Context, tx *db.Tx, by By, r *Report) error {
	c, err := d.calendarOf(ctx, tx, by.Staff.Agency)
	if err != nil {
		return err
	}
	_, offset := r.Period.From.Time().In(c.Zone).Zone() // seconds; it never changes
	shift := db.Time(time.Duration(offset) * time.Second / time.Microsecond)
	arrived, err := perDay(ctx, tx, selectArrivedDays, by, r.Period, shift)
	if err != nil {
		return err
	}
	resolved, err := perDay(ctx, tx, selectResolvedDays, by, r.Period, shift)
	if err != nil {
		return err
	}
	for day := (r.Period.From + shift) / dayLength; day <= (r.Period.Until-1+shift)/dayLength; day++ {
		r.Days = append(r.Days, Day{day*dayLength - shift, arrived[day], resolved[day]})
	}
	return nil
}

const dayLength = db.Time(24 * time.Hour / time.Microsecond)

func perDay(ctx context.Context, tx *db.Tx, query string, by By, p Period, shift db.Time) (map[db.Time]int, error) {
	counts := map[db.Time]int{}
	_, err := db.All(ctx, tx, func(row db.Scanner) (day db.Time, err error) {
		var n int
		err = row.Scan(&day, &n)
		counts[day] = n
		return day, err
	}, query, by.Staff.Agency, p.From, p.Until, shift, dayLength, by.units())
	return counts, err
}
