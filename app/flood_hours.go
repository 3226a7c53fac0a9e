package app

import (
	"context"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/db"
)

// What is counted by the hour.
const (
	tallyAsked = "code-asked"
	tallyTried = "code-tried"
	tallyWrong = "code-wrong"
)

// tally counts what happened, for known and unknown numbers alike. That it
// could not be counted is the operator's trouble and not the person's.
func (a *App) tally(c echo.Context, what ...string) {
	ctx := c.Request().Context()
	err := a.DB.Write(ctx, func(tx *db.Tx) error {
		for _, w := range what {
			if _, err := tx.Exec(ctx, countHour, w, hourOf(tx.Now)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		a.Log.Error("tally", "err", err)
	}
}

func (a *App) tallyTry(c echo.Context, right bool) {
	what := []string{tallyTried}
	if !right {
		what = append(what, tallyWrong)
	}
	a.tally(c, what...)
}

func hourOf(t db.Time) db.Time { return t - t%db.Time(time.Hour.Microseconds()) }

func (a *App) tallied(ctx context.Context) (before, last, now tallies, err error) {
	err = a.DB.Read(ctx, func(tx *db.Tx) error {
		this := hourOf(tx.Now)
		rows, err := db.All(ctx, tx, scanHour, selectHours, this.Add(-(week+1)*time.Hour))
		for _, r := range rows {
			switch r.hour {
			case this:
				now.add(r)
			case this.Add(-time.Hour):
				last.add(r)
			default:
				before.add(r)
			}
		}
		return err
	})
	return before, last, now, err
}

func (h *tallies) add(r hourRow) {
	switch r.what {
	case tallyAsked:
		h.asked += r.n
	case tallyTried:
		h.tried += r.n
	case tallyWrong:
		h.wrong += r.n
	}
}

type hourRow struct {
	what string
	hour db.Time
	n    int64
}

func scanHour(row db.Scanner) (r hourRow, err error) {
	err = row.Scan(&r.what, &r.hour, &r.n)
	return r, err
}
