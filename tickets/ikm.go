package tickets

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"pulih/accounts"
	"pulih/db"
)

// IKM is the index of PermenPANRB 14/2017 over a calendar half-year or year,
// as an agency has to publish it, with no more than may be told.
type IKM struct {
	Period    Period
	Complete  int        // surveys that are counted
	Apart     int        // those of months that are too small to be told
	Index     Hundredths // 0 where it may not be told
	Means     []float64  // the NRR of Elements, nil where they may not be told
	Invited   int        // cycles that ended in the period and were asked
	Responded int        // complete surveys of those
}

// Response is how many per cent of Invited filled in all nine; false of too
// few.
func (k IKM) Response() (percent int, ok bool) {
	return Satisfaction{Invited: k.Invited, Responded: k.Responded}.Response()
}

// IKM counts a half-year, 1 or 2, or a whole year, 0, that is over, and the one
// before it, within the supervisor's agency and units (ST-04). It is audited.
// ErrRole, ErrPeriod.
func (d *Desk) IKM(ctx context.Context, by By, year, half int) (now, before IKM, err error) {
	if !by.Staff.Has(accounts.Supervisor) {
		return now, before, ErrRole
	}
	err = d.readMeasures(ctx, func(tx *db.Tx) error {
		c, err := d.calendarOf(ctx, tx, by.Staff.Agency)
		if err != nil {
			return err
		}
		first, months := halfYear(year, half, c.Zone)
		if now.Period = monthsFrom(first, months); now.Period.Until > tx.Now {
			return ErrPeriod
		}
		before.Period = monthsFrom(first.AddDate(0, -months, 0), months)
		return cmp.Or(d.ikm(ctx, tx, by, c.Calendar, &now), d.ikm(ctx, tx, by, c.Calendar, &before))
	})
	if err == nil {
		err = d.reportRead(ctx, by, now.Period, "of", "ikm")
	}
	if err != nil {
		return IKM{}, IKM{}, fmt.Errorf("tickets: ikm: %w", err)
	}
	return now, before, nil
}

func halfYear(year, half int, zone *time.Location) (first time.Time, months int) {
	if half == 0 {
		return time.Date(year, 1, 1, 0, 0, 0, 0, zone), 12
	}
	return time.Date(year, time.Month(6*half-5), 1, 0, 0, 0, 0, zone), 6
}

func monthsFrom(first time.Time, n int) Period {
	return Period{From: db.At(first), Until: db.At(first.AddDate(0, n, 0))}
}

func (d *Desk) ikm(ctx context.Context, tx *db.Tx, by By, c Calendar, k *IKM) (err error) {
	if k.Invited, err = d.invited(ctx, tx, by, c, k.Period); err != nil {
		return err
	}
	if err = tx.Row(ctx, countSurveyed, answersOf(by, k.Period)...).Scan(&k.Responded); err != nil {
		return err
	}
	months := 12
	if k.Period.Until.Sub(k.Period.From) < 200*24*time.Hour {
		months = 6
	}
	l, err := layersOf(ctx, tx, by, k.Period.From.Time().In(c.Zone), months)
	told := l.told()
	k.Complete, k.Apart = told.Complete, l.nothing.Complete
	k.Index, _ = told.Index()
	if l.index.Complete == 0 {
		k.Means = told.Means()
	}
	return err
}

// within are the parts, in months, that are told of a period too.
var within = map[int]int{12: 6, 6: 1}

// layersOf reads a period by the parts that are told of it.
func layersOf(ctx context.Context, tx *db.Tx, by By, first time.Time, months int) (layers, error) {
	if months == 1 {
		var s Surveys
		err := tx.Row(ctx, sumSurveys, answersOf(by, monthsFrom(first, 1))...).Scan(s.columns()...)
		return together(layers{nothing: s}), err
	}
	var parts []layers
	for at := 0; at < months; at += within[months] {
		part, err := layersOf(ctx, tx, by, first.AddDate(0, at, 0), within[months])
		if err != nil {
			return layers{}, err
		}
		parts = append(parts, part)
	}
	return together(parts...), nil
}
